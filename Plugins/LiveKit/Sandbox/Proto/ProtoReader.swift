import SwitchboardCore
import FoundationEssentials
import SwitchboardSandbox

/// Reads a message from JSON with exactly the leniencies of Go's protobuf library.
///
/// Both spellings of a name count, unknown names and unknown enum names are dropped, null means absent;
/// a field twice, two members of a oneof and a value of the wrong type are refused.
enum ProtoReader {
    /// A JSON value that the message cannot be read from.
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
        if case .map = field.kind { return .map(try map(json)) }
        guard field.presence == .repeated else { return normal(try single(json, field.kind), field) }
        guard let elements = json.elements else { throw Malformed() }
        var values: [ProtoValue] = []
        for element in elements {
            if let value = try single(element, field.kind) { values.append(value) }
        }
        return .list(values)
    }

    /// A plain field that holds its default is the same as an unset one.
    private static func normal(_ value: ProtoValue?, _ field: ProtoField) -> ProtoValue? {
        guard field.presence == .single else { return value }
        switch value {
        case .string(""), .integer(0), .bool(false), .double(0), .enumeration(0): return nil
        default: return value
        }
    }

    private static func single(_ json: JSON, _ kind: ProtoField.Kind) throws(Malformed) -> ProtoValue? {
        switch (kind, json) {
        case (.string, .string(let text)): return .string(text)
        case (.int32, _): return .integer(try integer(json, Int64(Int32.min)...Int64(Int32.max)))
        case (.uint32, _): return .integer(try integer(json, 0...Int64(UInt32.max)))
        case (.bool, .bool(let truth)): return .bool(truth)
        case (.double, .number(let text)): return Double(text).map { .double($0) }
        case (.enumeration(let names), .string(let name)): return names.value(named: name).map { .enumeration($0) }
        case (.enumeration, _):
            return .enumeration(Int32(truncatingIfNeeded: try integer(json, Int64(Int32.min)...Int64(Int32.max))))
        case (.message(let schema), _): return .message(try read(json, as: schema))
        case (.anyMessage, .object): return .anyMessage(json)
        case (.duration, .string(let text)):
            guard let duration = ProtoDuration(text) else { throw Malformed() }
            return .duration(duration)
        case (.timestamp, .string(let text)):
            guard let time = Timestamps.read(text) else { throw Malformed() }
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

    private static func integer(_ json: JSON, _ range: ClosedRange<Int64>) throws(Malformed) -> Int64 {
        let text: String
        switch json {
        case .number(let number): text = number
        case .string(let string):
            guard case .number(string)? = try? JSON(reading: string) else { throw Malformed() }
            text = string
        default: throw Malformed()
        }
        let value = Int64(text) ?? Double(text).flatMap { Int64(exactly: $0) }
        guard let value, range.contains(value) else { throw Malformed() }
        return value
    }
}

/// RFC 3339 moments.
enum Timestamps {
    /// Reads a moment with `Z` or an offset and up to nine digits of fraction, to the microsecond.
    static func read(_ text: String) -> SandboxTime? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") else { return nil }
        var place = 19
        var fraction: [UInt8] = []
        if bytes[place] == UInt8(ascii: ".") {
            place += 1
            while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
                fraction.append(bytes[place])
                place += 1
            }
            guard (1...9).contains(fraction.count) else { return nil }
        }
        let zone = String(decoding: bytes[place...], as: UTF8.self)
        let whole = String(decoding: bytes[..<19], as: UTF8.self) + zone
        guard zone == "Z" || zone.utf8.count == 6, let date = try? Date(whole, strategy: .iso8601) else { return nil }
        let digits = String(decoding: fraction.prefix(6), as: UTF8.self)
        let padded = digits + String(repeating: "0", count: 6 - digits.utf8.count)
        let seconds = Int64(date.timeIntervalSince1970.rounded())
        return SandboxTime(microseconds: seconds * 1_000_000 + (Int64(padded) ?? 0))
    }
}
