import SwitchboardCore
import SwitchboardSandbox

extension ProtoMessage {
    /// The message as LiveKit prints it: proto names in declaration order, every field, null for unset messages,
    /// unset optional fields and oneof members left out.
    var json: JSON { .object(schema.fields.compactMap(member)) }

    private func member(_ field: ProtoField) -> JSON.Member? {
        if let value = self[field.name] { return .init(field.name, Self.json(value, field)) }
        switch field.presence {
        case .optional, .oneof: return nil
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
        case .double(let number): json(number)
        case .enumeration(let number): name(of: number, field)
        case .message(let message): message.json
        case .list(let elements): .array(elements.map { json($0, field) })
        case .map(let map): .object(map.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
        case .duration(let duration): .string(duration.text)
        case .timestamp(let time): .string(time.text)
        case .anyMessage(let message): message.json
        }
    }

    private static func json(_ number: Double) -> JSON {
        guard number.isFinite else { return .string(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity") }
        return Int64(exactly: number).map { .integer($0) } ?? .number(String(number))
    }

    private static func name(of number: Int32, _ field: ProtoField) -> JSON {
        if case .enumeration(let names) = field.kind, let name = names.names[number] { return .string(name) }
        return .integer(number)
    }
}
