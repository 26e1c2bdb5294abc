import SwitchboardCore
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
}

/// A message: the fields that are set, by their proto names.
struct ProtoMessage: Hashable, Sendable {
    let schema: ProtoSchema
    private(set) var values: [String: ProtoValue] = [:]

    init(_ schema: ProtoSchema) { self.schema = schema }

    static func == (left: ProtoMessage, right: ProtoMessage) -> Bool {
        left.schema === right.schema && left.values == right.values
    }

    func hash(into hasher: inout Hasher) { hasher.combine(values) }

    subscript(name: String) -> ProtoValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    func string(_ name: String) -> String { optionalString(name) ?? "" }

    func optionalString(_ name: String) -> String? {
        if case .string(let text)? = values[name] { text } else { nil }
    }

    func strings(_ name: String) -> [String] {
        guard case .list(let elements)? = values[name] else { return [] }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    func enumerations(_ name: String) -> [Int32] {
        guard case .list(let elements)? = values[name] else { return [] }
        return elements.compactMap { if case .enumeration(let value) = $0 { value } else { nil } }
    }

    func enumeration(_ name: String) -> Int32? {
        if case .enumeration(let value)? = values[name] { value } else { nil }
    }

    func integer(_ name: String) -> Int64? {
        if case .integer(let value)? = values[name] { value } else { nil }
    }

    func bool(_ name: String) -> Bool { values[name] == .bool(true) }

    func message(_ name: String) -> ProtoMessage? {
        if case .message(let message)? = values[name] { message } else { nil }
    }

    func map(_ name: String) -> [String: String] {
        if case .map(let map)? = values[name] { map } else { [:] }
    }

    mutating func set(_ name: String, _ text: String) { values[name] = .string(text) }

    mutating func set(_ name: String, _ texts: [String]) { values[name] = .list(texts.map { .string($0) }) }

    mutating func set(_ name: String, _ message: ProtoMessage?) { values[name] = message.map { .message($0) } }

    mutating func set(_ name: String, _ messages: [ProtoMessage]) {
        values[name] = .list(messages.map { .message($0) })
    }

    /// Removes a list, so that it can grow without being copied, and returns it.
    mutating func takeList(_ name: String) -> [ProtoValue] {
        if case .list(let elements)? = values.removeValue(forKey: name) { elements } else { [] }
    }

    /// Removes a map, so that it can grow without being copied, and returns it.
    mutating func takeMap(_ name: String) -> [String: String] {
        if case .map(let map)? = values.removeValue(forKey: name) { map } else { [:] }
    }

    /// Removes the bytes of a message of unknown fields, so that they can grow without being copied, and returns them.
    mutating func takeOpaque(_ name: String) -> [UInt8] {
        if case .anyMessage(let message)? = values.removeValue(forKey: name) { message.bytes } else { [] }
    }

    /// Removes a message, so that it can grow without being copied, and returns it.
    mutating func takeMessage(_ name: String) -> ProtoMessage? {
        if case .message(let message)? = values.removeValue(forKey: name) { message } else { nil }
    }
}
