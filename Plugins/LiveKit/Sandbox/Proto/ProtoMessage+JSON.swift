import SwitchboardCore
import SwitchboardSandbox

extension ProtoMessage {
    /// The message as LiveKit prints it: proto names in declaration order, every field, null for unset messages,
    /// unset optional fields and oneof members left out.
    var json: JSON { .object(schema.fields.compactMap(member)) }

    private func member(_ field: ProtoField) -> JSON.Member? {
        if let value = self[field.name] { return .init(field.name, Self.json(value, field)) }
        switch field.presence {
        case .optional, .oneof:
            if case .message = field.kind, field.presence == .optional { return .init(field.name, .null) }
            return nil
        case .repeated: return .init(field.name, [])
        case .single: return .init(field.name, Self.unset(field.kind))
        }
    }

    private static func unset(_ kind: ProtoField.Kind) -> JSON {
        switch kind {
        case .string: ""
        case .int32, .uint32, .double: 0
        case .bool: false
        case .map: [:]
        case .enumeration(let names): names.names[0].map { .string($0) } ?? 0
        case .message, .anyMessage, .duration, .timestamp: .null
        }
    }

    private static func json(_ value: ProtoValue, _ field: ProtoField) -> JSON {
        switch value {
        case .string(let text): .string(text)
        case .integer(let number): .integer(number)
        case .bool(let truth): .bool(truth)
        case .double(let number): .number(number == number.rounded() ? String(Int64(number)) : String(number))
        case .enumeration(let number): name(of: number, field)
        case .message(let message): message.json
        case .list(let elements): .array(elements.map { json($0, field) })
        case .map(let map): .object(map.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
        case .duration(let duration): .string(duration.text)
        case .timestamp(let time): .string(time.text)
        case .anyMessage(let json): json
        }
    }

    private static func name(of number: Int32, _ field: ProtoField) -> JSON {
        if case .enumeration(let names) = field.kind, let name = names.names[number] { return .string(name) }
        return .integer(number)
    }
}

extension ProtoDuration {
    /// The text, such as `30s` or `3600.500s`, with 0, 3, 6 or 9 digits of fraction.
    var text: String {
        let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
        var fraction = String(nanoseconds.magnitude)
        fraction = String(repeating: "0", count: 9 - fraction.utf8.count) + fraction
        while fraction.hasSuffix("000") { fraction.removeLast(3) }
        return sign + String(seconds.magnitude) + (fraction.isEmpty ? "" : ".") + fraction + "s"
    }

    /// Reads `30s` or `1.5s`; nil for anything else.
    init?(_ text: String) {
        guard text.hasSuffix("s") else { return nil }
        let isNegative = text.hasPrefix("-")
        let body = text.dropFirst(isNegative ? 1 : 0).dropLast()
        let parts = body.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        guard let whole = parts.first, !whole.isEmpty, fraction.utf8.count <= 9,
            (String(whole) + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let seconds = Int64(whole), seconds <= 315_576_000_000,
            let nanoseconds = Int32(fraction + String(repeating: "0", count: 9 - fraction.utf8.count))
        else { return nil }
        self.init(seconds: isNegative ? -seconds : seconds, nanoseconds: isNegative ? -nanoseconds : nanoseconds)
    }
}
