import SwitchboardCore

/// One field of a message.
final class ProtoField: Sendable {
    /// How the field occurs.
    enum Presence: Hashable, Sendable {
        /// Once, with a default when unset.
        case single
        /// Once, with unset told apart from the default.
        case optional
        /// Any number of times.
        case repeated
        /// As a member of the oneof of that name.
        case oneof(String)
    }

    /// What the field holds.
    enum Kind: Sendable {
        case string, int32, uint32, bool, double, duration, timestamp
        /// A map of strings to strings.
        case map
        case enumeration(ProtoEnum)
        case message(ProtoSchema)
        /// A message whose fields are not known here; see `OpaqueMessage`.
        case anyMessage

        /// How one value of the kind stands in the binary form.
        var wireType: WireType {
            switch self {
            case .int32, .uint32, .bool, .enumeration: .varint
            case .double: .fixed64
            case .string, .map, .message, .anyMessage, .duration, .timestamp: .length
            }
        }
    }

    let name: String
    /// The number in the binary form; 0 for a field whose number is not known, which only JSON has.
    let number: Int
    let kind: Kind
    let presence: Presence
    /// The lowerCamelCase spelling of the name, which protobuf's JSON form also takes.
    let camelName: String
    /// The name as a member of a JSON object, with its colon.
    let label: [UInt8]

    init(_ name: String, _ number: Int, _ kind: Kind = .string, _ presence: Presence = .single) {
        self.name = name
        self.number = number
        self.kind = kind
        self.presence = presence
        let words = name.split(separator: "_")
        camelName =
            words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        label = JSON.string(name).bytes() + [UInt8(ascii: ":")]
    }

    /// The oneof that the field is a member of.
    var oneof: String? {
        if case .oneof(let name) = presence { name } else { nil }
    }
}

extension ProtoField {
    /// Whether a value of that wire type is one of the field's; repeated numbers may also come packed.
    func takes(_ type: WireType) -> Bool {
        type == kind.wireType || type == .length && presence == .repeated
    }

    /// The value, or nil for one that says no more than an unset field: the default of a plain field, an empty list.
    func normal(_ value: ProtoValue) -> ProtoValue? {
        switch (presence, value) {
        case (_, .list([])), (_, .map([:])): nil
        case (.single, .string("")), (.single, .integer(0)), (.single, .bool(false)), (.single, .enumeration(0)): nil
        case (.single, .double(let number)) where number.bitPattern == 0: nil
        default: value
        }
    }
}
