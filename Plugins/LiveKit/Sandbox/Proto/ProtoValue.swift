import SwitchboardSandbox

/// The value of one field.
enum ProtoValue: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    case bool(Bool)
    case double(Double)
    case enumeration(Int32)
    case message(ProtoMessage)
    case list([ProtoValue])
    case map([String: String])
    case duration(ProtoDuration)
    case timestamp(ProtoTimestamp)
    case anyMessage(OpaqueMessage)

    /// The moment of a clock.
    static func timestamp(_ time: SandboxTime) -> ProtoValue { .timestamp(ProtoTimestamp(time)) }

    /// How the value stands in the binary form.
    var wireType: WireType {
        switch self {
        case .integer, .bool, .enumeration: .varint
        case .double: .fixed64
        case .string, .message, .list, .map, .duration, .timestamp, .anyMessage: .length
        }
    }
}
