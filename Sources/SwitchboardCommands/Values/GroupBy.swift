public import SwitchboardEngine
public import SwitchboardLanguage

/// Puts records with one value of a field together.
public enum GroupBy: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "group-by", summary: "put items together that have one value of a field, in order of first appearance",
        parameters: [Parameter("field", .positional, .fieldPath, isRequired: true, help: "the field, such as .status")],
        input: .whole, output: .computed(groups),
        examples: [
            .init("[{a: 1, b: 2} {a: 1, b: 3}] | group-by .a", "one record with the fields a, count and items"),
            .init("list | group-by .status | select .status .count", "how many numbers have which status"),
        ])

    private static func groups(_ call: CallTypes) throws(TypeFault) -> ValueType {
        let item = try call.items()
        guard let field = call.fieldPaths["field"]?.first else { return .list(.any) }
        guard !["count", "items"].contains(field.name) else {
            throw TypeFault(
                "a group has a field '\(field.name)' of its own", help: "rename the field first", at: "field")
        }
        return .list(
            .record(
                RecordType(fields: [
                    .init(field.name, item.at(field), "the value that they share"),
                    .init("count", .int, "how many items"), .init("items", .list(item), "the items"),
                ])))
    }

    /// Groups; items without a value make a group too.
    public static func run(_ call: CommandCall) throws -> Value {
        var places: [EqualityKey: Int] = [:]
        var groups: [(key: Value, items: [Value])] = []
        for (item, key) in zip(call.items, try call.column("field")) {
            let place = places[try EqualityKey(key), default: groups.count]
            if place == groups.count {
                places[try EqualityKey(key)] = place
                groups.append((key, []))
            }
            groups[place].items.append(item)
        }
        let name = call["field"]?.path?.name ?? ""
        return .list(
            groups.map { key, items in
                .record(
                    Record(
                        nil,
                        [.init(name, key), .init("count", .int(Int64(items.count))), .init("items", .list(items))]))
            })
    }
}
