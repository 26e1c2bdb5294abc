import SwitchboardCore

/// Reads a message from JSON with exactly the leniencies of Go's protobuf library.
///
/// Both spellings of a name count, unknown names and unknown enum names are dropped, null means absent;
/// a field twice, two members of a oneof and a value of the wrong type are refused.
enum ProtoReader {
    /// Something that a message cannot be read from.
    struct Malformed: Error {}

    static func read(_ json: JSON, as schema: ProtoSchema) throws(Malformed) -> ProtoMessage {
        guard let members = json.members else { throw Malformed() }
        var message = ProtoMessage(schema)
        var seen: Set<String> = []
        var decided: Set<String> = []
        for member in members {
            guard let field = schema.field(named: member.name) else { continue }
            guard seen.insert(field.name).inserted else { throw Malformed() }
            if member.value == .null { continue }
            if case .oneof(let group) = field.presence, !decided.insert(group).inserted { throw Malformed() }
            message[field.name] = try value(member.value, field)
        }
        return message
    }

    private static func value(_ json: JSON, _ field: ProtoField) throws(Malformed) -> ProtoValue? {
        if case .map = field.kind { return field.normal(.map(try map(json))) }
        guard field.presence == .repeated else { return try single(json, field.kind).flatMap(field.normal) }
        guard let elements = json.elements else { throw Malformed() }
        var values: [ProtoValue] = []
        for element in elements {
            if let value = try single(element, field.kind) { values.append(value) }
        }
        return field.normal(.list(values))
    }

    private static func single(_ json: JSON, _ kind: ProtoField.Kind) throws(Malformed) -> ProtoValue? {
        switch (kind, json) {
        case (.string, .string(let text)): return .string(text)
        case (.int32, _): return .integer(try integer(json, Int64(Int32.min)...Int64(Int32.max)))
        case (.uint32, _): return .integer(try integer(json, 0...Int64(UInt32.max)))
        case (.bool, .bool(let truth)): return .bool(truth)
        case (.double, _): return .double(try double(json))
        case (.enumeration(let names), .string(let name)): return names.value(named: name).map { .enumeration($0) }
        case (.enumeration, _):
            return .enumeration(Int32(truncatingIfNeeded: try integer(json, Int64(Int32.min)...Int64(Int32.max))))
        case (.message(let schema), _): return .message(try read(json, as: schema))
        case (.anyMessage, .object): return .anyMessage(OpaqueMessage(json))
        case (.duration, .string(let text)):
            guard let duration = ProtoDuration(text) else { throw Malformed() }
            return .duration(duration)
        case (.timestamp, .string(let text)):
            guard let time = ProtoTimestamp(text) else { throw Malformed() }
            return .timestamp(time)
        default: throw Malformed()
        }
    }

    private static func map(_ json: JSON) throws(Malformed) -> [String: String] {
        guard let members = json.members else { throw Malformed() }
        var map: [String: String] = [:]
        for member in members {
            guard let text = member.value.text, map.updateValue(text, forKey: member.name) == nil else {
                throw Malformed()
            }
        }
        return map
    }

    /// A number, or a string with one or with the name of what is no number.
    private static func double(_ json: JSON) throws(Malformed) -> Double {
        switch json {
        case .string("NaN"): return .nan
        case .string("Infinity"): return .infinity
        case .string("-Infinity"): return -.infinity
        default:
            guard let number = Double(try number(json)), number.isFinite else { throw Malformed() }
            return number
        }
    }

    private static func integer(_ json: JSON, _ range: ClosedRange<Int64>) throws(Malformed) -> Int64 {
        let text = try number(json)
        let value = Int64(text) ?? Double(text).flatMap { Int64(exactly: $0) }
        guard let value, range.contains(value) else { throw Malformed() }
        return value
    }

    /// The text of a number, which may also be the whole text of a string.
    private static func number(_ json: JSON) throws(Malformed) -> String {
        switch json {
        case .number(let text): return text
        case .string(let text):
            guard case .number(text)? = try? JSON(reading: text) else { throw Malformed() }
            return text
        default: throw Malformed()
        }
    }
}
