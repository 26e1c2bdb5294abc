/// A message: the fields of its schema that are set.
struct ProtoMessage: Hashable, Sendable {
    let schema: ProtoSchema
    /// The values in the order of the schema's fields.
    private(set) var slots: [ProtoValue?]

    init(_ schema: ProtoSchema) {
        self.schema = schema
        slots = Array(repeating: nil, count: schema.fields.count)
    }

    static func == (left: ProtoMessage, right: ProtoMessage) -> Bool {
        left.schema === right.schema && left.slots == right.slots
    }

    func hash(into hasher: inout Hasher) { hasher.combine(slots) }

    /// The value of a field; nil for one that is not set or not in the schema, which no value can be given.
    subscript(name: String) -> ProtoValue? {
        get { schema.place(of: name).flatMap { slots[$0] } }
        set {
            guard let place = schema.place(of: name) else {
                preconditionFailure("\(schema.name) has no field \(name)")
            }
            slots[place] = newValue
        }
    }

    /// The fields that are set, in the order of the schema.
    var values: [(name: String, value: ProtoValue)] {
        zip(schema.fields, slots).compactMap { field, value in value.map { (field.name, $0) } }
    }

    func has(_ name: String) -> Bool { self[name] != nil }

    func string(_ name: String) -> String { optionalString(name) ?? "" }

    func optionalString(_ name: String) -> String? {
        if case .string(let text)? = self[name] { text } else { nil }
    }

    func strings(_ name: String) -> [String] {
        guard case .list(let elements)? = self[name] else { return [] }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    func enumerations(_ name: String) -> [Int32] {
        guard case .list(let elements)? = self[name] else { return [] }
        return elements.compactMap { if case .enumeration(let value) = $0 { value } else { nil } }
    }

    func enumeration(_ name: String) -> Int32? {
        if case .enumeration(let value)? = self[name] { value } else { nil }
    }

    func integer(_ name: String) -> Int64? {
        if case .integer(let value)? = self[name] { value } else { nil }
    }

    func bool(_ name: String) -> Bool { self[name] == .bool(true) }

    func message(_ name: String) -> ProtoMessage? {
        if case .message(let message)? = self[name] { message } else { nil }
    }

    func messages(_ name: String) -> [ProtoMessage] {
        guard case .list(let elements)? = self[name] else { return [] }
        return elements.compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    func map(_ name: String) -> [String: String] {
        if case .map(let map)? = self[name] { map } else { [:] }
    }

    mutating func set(_ name: String, _ text: String) { self[name] = .string(text) }

    mutating func set(_ name: String, _ texts: [String]) { self[name] = .list(texts.map { .string($0) }) }

    mutating func set(_ name: String, _ message: ProtoMessage?) { self[name] = message.map { .message($0) } }

    mutating func set(_ name: String, _ messages: [ProtoMessage]) {
        self[name] = .list(messages.map { .message($0) })
    }

    /// Removes a list, so that it can grow without being copied, and returns it.
    mutating func takeList(_ name: String) -> [ProtoValue] {
        if case .list(let elements)? = take(name) { elements } else { [] }
    }

    /// Removes a map, so that it can grow without being copied, and returns it.
    mutating func takeMap(_ name: String) -> [String: String] {
        if case .map(let map)? = take(name) { map } else { [:] }
    }

    /// Removes the bytes of a message of unknown fields, so that they can grow without being copied, and returns them.
    mutating func takeOpaque(_ name: String) -> [UInt8] {
        if case .anyMessage(let message)? = take(name) { message.bytes } else { [] }
    }

    /// Removes a message, so that it can grow without being copied, and returns it.
    mutating func takeMessage(_ name: String) -> ProtoMessage? {
        if case .message(let message)? = take(name) { message } else { nil }
    }

    private mutating func take(_ name: String) -> ProtoValue? {
        defer { self[name] = nil }
        return self[name]
    }
}
