public import SwitchboardEngine
public import SwitchboardLanguage

/// Tells of what a value is made.
public enum Describe: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "describe", summary: "tell a value's type, and of records the fields: how many have a value, from what to what",
        input: .whole, output: .computed(described),
        examples: [
            .init("[3 1 nothing] | describe", "list<int?>: two values, one nothing, from 1 to 3"),
            .init("search livekit --limit 5 | describe", "a row for the list, and one for each field"),
        ])

    private static func described(_ call: CallTypes) throws(TypeFault) -> ValueType {
        if call.input == .nothing { throw TypeFault("nothing flows in", help: "put a value and a | in front") }
        return .list(
            .record(
                RecordType(fields: [
                    .init("field", .optional(.string), "the field; nothing for the value as a whole"),
                    .init("type", .string, "its type"), .init("count", .int, "how many values there are"),
                    .init("nothing", .int, "how many of them are nothing"),
                    .init("min", .any, "the smallest, of values that have an order"), .init("max", .any, "the largest"),
                ])))
    }

    /// Describes: the value itself without a field's name, then its fields, those of inner records as `a.b`.
    public static func run(_ call: CommandCall) throws -> Value {
        let values: [Value]
        if case .list(let items) = call.input { values = items } else { values = [call.input] }
        let whole = row(nil, ValueType(of: [call.input]), values)
        return .list([whole] + fields(of: values, inside: ""))
    }

    private static func fields(of values: [Value], inside prefix: String) -> [Value] {
        var records: [Record?] = []
        for value in values {
            switch value {
            case .record(let record): records.append(record)
            case .nothing: records.append(nil)
            default: return []
            }
        }
        var seen: Set<String> = []
        let names = records.flatMap { $0?.fields.map(\.name) ?? [] }.filter { seen.insert($0).inserted }
        return names.flatMap { name in
            // A field that is not there counts as nothing.
            let column = records.map { $0?[name] ?? .nothing }
            return [row(prefix + name, ValueType(of: column), column)]
                + fields(of: column, inside: prefix + name + ".")
        }
    }

    private static func row(_ name: String?, _ type: ValueType, _ values: [Value]) -> Value {
        let known = values.filter { !$0.isNothing }
        func count(_ number: Int) -> Value { .int(Int64(number)) }
        return .record(
            Record(
                nil,
                [
                    .init("field", .text(name)), .init("type", .string("\(type)")), .init("count", count(known.count)),
                    .init("nothing", count(values.count - known.count)), .init("min", extreme(known) { $0 < 0 }),
                    .init("max", extreme(known) { $0 > 0 }),
                ]))
    }

    /// Nothing where the values have no common order.
    private static func extreme(_ values: [Value], isBefore: (Int) -> Bool) -> Value {
        guard let first = values.first else { return .nothing }
        let found = try? values.reduce(first) { best, value in isBefore(try Value.order(value, best)) ? value : best }
        return found ?? .nothing
    }
}

extension ValueType {
    /// The narrowest type that all these values have; of an empty list's items, `any`.
    fileprivate init(of values: [Value]) {
        let known = values.filter { !$0.isNothing }
        let lists = known.compactMap { value in if case .list(let items) = value { items } else { nil } }
        let type: ValueType
        if known.isEmpty {
            type = values.isEmpty ? .any : .nothing
        } else if lists.count == known.count {
            type = .list(ValueType(of: lists.flatMap { $0 }))
        } else {
            type = known.dropFirst().reduce(ValueType(known[0])) { $0.joined(with: ValueType($1)) }
        }
        self = known.count == values.count ? type : type.orNothing
    }

    private init(_ value: Value) {
        switch value {
        case .nothing: self = .nothing
        case .bool: self = .bool
        case .int: self = .int
        case .decimal: self = .decimal
        case .string: self = .string
        case .phone: self = .phone
        case .id: self = .id(nil)
        case .money: self = .money
        case .duration: self = .duration
        case .time: self = .time
        case .rate: self = .rate
        case .secret: self = .secret
        case .schema: self = .schema
        case .fieldPath: self = .fieldPath
        case .unknown(let placeholder): self = placeholder.type
        case .list(let items): self = ValueType(of: [.list(items)])
        case .record(let record): self = .record(RecordType(name: record.typeName, fields: []))
        }
    }
}
