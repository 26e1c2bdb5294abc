import SwitchboardCore
import SwitchboardEngine

/// How a value of the language becomes one of a routing document.
enum RoutingValue {
    /// The value as JSON, lengths of time in seconds as LiveKit has them.
    ///
    /// Throws `invalid_argument` for a secret: a secret has a flag of its own.
    static func json(_ value: Value) throws -> JSON {
        switch value {
        case .nothing: return .null
        case .bool(let flag): return .bool(flag)
        case .int(let number): return .integer(number)
        case .decimal: return .number(value.plainText ?? "0")
        case .duration(let duration): return .string(DurationText.text(duration))
        case .list(let values): return .array(try values.map(json))
        case .record(let record): return .object(try record.fields.map { .init($0.name, try json($0.value)) })
        default:
            guard let text = value.plainText else {
                throw SwitchboardError(.invalidArgument, "\(value.typeName) cannot stand in a trunk or a rule")
            }
            return .string(text)
        }
    }

    /// The value as JSON for a field; an empty text and a duration of nothing clear it.
    static func json(_ value: Value, for field: RoutingField) throws -> JSON {
        switch field.kind {
        case .texts: .strings(texts(value))
        case .messages: .array(texts(value).map(codec))
        case .duration where value == .duration(.zero): .null
        default: try json(value)
        }
    }

    /// The texts of a list; of one empty text none.
    static func texts(_ value: Value) -> [String] {
        let values = if case .list(let values) = value { values } else { [value] }
        let texts = values.compactMap(\.plainText)
        return texts == [""] ? [] : texts
    }

    /// `G722/16000` as name and rate.
    private static func codec(_ text: String) -> JSON {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Int(parts[1]) != nil else { return ["name": .string(text)] }
        return ["name": .string(parts[0]), "rate": .number(parts[1])]
    }

    /// LiveKit's `30s` or `1.500s` as a length of time.
    static func duration(_ text: String) -> Value {
        let parts = text.dropLast().split(separator: ".")
        guard text.hasSuffix("s"), let seconds = parts.first.flatMap({ Int64($0) }) else { return .nothing }
        let milliseconds = parts.count == 2 ? Int64(String(parts[1] + "000").prefix(3)) ?? 0 : 0
        return .duration(.seconds(seconds) + .milliseconds(milliseconds))
    }

    /// JSON as a value, for showing.
    static func value(_ json: JSON) -> Value {
        switch json {
        case .null: .nothing
        case .bool(let flag): .bool(flag)
        case .string(let text): .string(text)
        case .number(let text): Int64(text).map { .int($0) } ?? .string(text)
        case .array(let elements): .list(elements.map(value))
        case .object(let members): .record(Record(nil, members.map { .init($0.name, value($0.value)) }))
        }
    }
}

extension [String: Value] {
    /// The arguments that have a value: an empty cell of a row says nothing.
    var given: [String: Value] { filter { !$0.value.isNothing } }
}
