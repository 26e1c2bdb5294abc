import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage

/// How the journal writes a value, so that a resumed run has the very same one.
///
/// Texts, whole numbers, truth values and nothing are as in JSON; of any other value a list has its kind and its content.
public struct JournaledValue: Codable, Sendable {
    /// The value.
    public let value: Value

    /// Takes a value; one that the journal cannot have is nothing when it is read again.
    public init(_ value: Value) { self.value = value }

    /// Reads.
    public init(from decoder: any Decoder) throws { value = try Self.value(JSON(from: decoder)) }

    /// Writes.
    public func encode(to encoder: any Encoder) throws { try (Self.json(value) ?? .null).encode(to: encoder) }

    /// The value as JSON; nil where the journal cannot have it: a secret, a schema, a field or a placeholder is in it.
    static func json(_ value: Value) -> JSON? {
        var writer = Writer()
        guard let json = writer.json(value) else { return nil }
        return writer.pools.isEmpty ? json : ["pools", .array(writer.pools.map(\.json)), json]
    }

    /// Reads what `json` has written; throws `internal` for anything else.
    static func value(_ json: JSON) throws -> Value {
        var reader = Reader()
        if case .array(let parts) = json, parts.count == 3, parts[0].text == "pools", let pools = parts[1].elements {
            reader.pools = try pools.map { CandidatePool(try Reader.candidates($0)) }
            return try reader.value(parts[2])
        }
        return try reader.value(json)
    }

    // MARK: Writing

    private struct Writer {
        var pools: [(pool: CandidatePool, json: JSON)] = []

        mutating func json(_ value: Value) -> JSON? {
            switch value {
            case .nothing: return .null
            case .bool(let flag): return .bool(flag)
            case .int(let number): return .integer(number)
            case .string(let text): return .string(text)
            case .list(let values):
                var parts: [JSON] = ["list"]
                for value in values {
                    guard let part = json(value) else { return nil }
                    parts.append(part)
                }
                return .array(parts)
            case .record(let record): return json(record)
            case .decimal(let number): return ["decimal", .string(number.description)]
            case .phone(let number): return ["phone", .string(number.text)]
            case .id(let id): return ["id", .string(id)]
            case .money(let money):
                return ["money", .string(money.amountText), .string(money.currency)]
            case .duration(let duration):
                let (seconds, attoseconds) = duration.components
                return ["duration", .integer(seconds), .integer(attoseconds)]
            case .time(let time): return ["time", .string("\(time.timeIntervalSinceReferenceDate)")]
            case .rate(let rate): return ["rate", .integer(rate.count), .string(rate.unit)]
            case .secret, .schema, .fieldPath, .unknown: return nil
            }
        }

        private mutating func json(_ record: Record) -> JSON? {
            var fields: [JSON.Member] = []
            for field in record.fields {
                if SecretColumn.type(field.name, else: .any) != .any, !field.value.isNothing { return nil }
                guard let value = json(field.value) else { return nil }
                fields.append(.init(field.name, value))
            }
            var extras: [JSON.Member] = []
            if let place = record.place {
                extras.append(.init("place", [.string(place.file), .integer(place.line)]))
            }
            if let pool = record.candidates { extras.append(.init("pool", .integer(index(of: pool)))) }
            if let origin = record.origin {
                guard let value = json(origin) else { return nil }
                extras.append(.init("origin", value))
            }
            let parts: [JSON] = ["record", .optional(record.typeName), .object(fields)]
            return .array(extras.isEmpty ? parts : parts + [.object(extras)])
        }

        /// Records of one search share a pool, and so they do when they are read.
        private mutating func index(of pool: CandidatePool) -> Int {
            if let index = pools.firstIndex(where: { $0.pool === pool }) { return index }
            let candidates = pool.waitingNow.map { Value($0) }
            pools.append((pool, .array(candidates.map { json($0) ?? .null })))
            return pools.count - 1
        }
    }

    // MARK: Reading

    private struct Reader {
        var pools: [CandidatePool] = []

        static func candidates(_ json: JSON) throws -> [AvailableNumber] {
            try (json.elements ?? []).map { element in
                guard let number = try Reader().value(element).availableNumber else { throw unreadable(element) }
                return number
            }
        }

        func value(_ json: JSON) throws -> Value {
            switch json {
            case .null: return .nothing
            case .bool(let flag): return .bool(flag)
            case .string(let text): return .string(text)
            case .number:
                guard let number = json.integer else { throw Self.unreadable(json) }
                return .int(Int64(number))
            case .array(let parts):
                guard let kind = parts.first?.text, let value = try value(kind, Array(parts.dropFirst())) else {
                    throw Self.unreadable(json)
                }
                return value
            case .object: throw Self.unreadable(json)
            }
        }

        private func value(_ kind: String, _ parts: [JSON]) throws -> Value? {
            switch (kind, parts.first?.text, parts.count) {
            case ("list", _, _): .list(try parts.map(value))
            case ("record", _, 2...): try record(parts)
            case ("decimal", let text?, 1): ScaledDecimal(text).map { .decimal($0) }
            case ("phone", let text?, 1): E164(text).map { .phone($0) }
            case ("id", let text?, 1): .id(text)
            case ("money", let amount?, 2):
                Money(amount: amount, currency: parts[1].text ?? "").map { .money($0) }
            case ("duration", _, 2): Self.duration(parts[0].integer, parts[1].integer)
            case ("time", let text?, 1): Double(text).map { .time(Date(timeIntervalSinceReferenceDate: $0)) }
            case ("rate", _, 2): Self.rate(parts[0].integer, parts[1].text)
            default: nil
            }
        }

        private static func duration(_ seconds: Int?, _ attoseconds: Int?) -> Value? {
            guard let seconds, let attoseconds else { return nil }
            return .duration(Duration(secondsComponent: Int64(seconds), attosecondsComponent: Int64(attoseconds)))
        }

        private static func rate(_ count: Int?, _ unit: String?) -> Value? {
            guard let count, let unit else { return nil }
            return .rate(Rate(count: count, unit: unit))
        }

        private func record(_ parts: [JSON]) throws -> Value? {
            guard let members = parts[1].members else { return nil }
            var record = Record(parts[0].text, try members.map { .init($0.name, try value($0.value)) })
            guard parts.count > 2 else { return .record(record) }
            if let place = parts[2]["place"]?.elements, place.count == 2, let file = place[0].text,
                let line = place[1].integer
            {
                record.place = FilePlace(file: file, line: line)
            }
            if let pool = parts[2]["pool"]?.integer, pools.indices.contains(pool) { record.candidates = pools[pool] }
            if let origin = parts[2]["origin"] { record.origin = try value(origin) }
            return .record(record)
        }

        static func unreadable(_ json: JSON) -> SwitchboardError {
            SwitchboardError(.internal, "the journal has a value that this program cannot read", cause: json.compact)
        }
    }
}
