import SwitchboardCore

/// The shape of one protobuf message, fields in declaration order, which is also the order of the JSON output.
final class ProtoSchema: Sendable {
    let name: String
    let fields: [ProtoField]
    /// The fields in the order of their numbers, which is that of the binary form.
    let byNumber: [ProtoField]
    private let byName: [String: Int]
    private let placeOfNumber: [Int: Int]
    private let rivals: [String: [String]]

    init(_ name: String, _ fields: [ProtoField]) {
        self.name = name
        self.fields = fields
        var byName: [String: Int] = [:]
        for (index, field) in fields.enumerated() {
            byName[field.name] = index
            byName[field.camelName] = index
        }
        self.byName = byName
        byNumber = fields.sorted { $0.number < $1.number }
        placeOfNumber = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($0.element.number, $0.offset) })
        let members = fields.filter { $0.oneof != nil }
        rivals = Dictionary(
            uniqueKeysWithValues: members.map { member in
                (member.name, members.filter { $0.oneof == member.oneof && $0.name != member.name }.map(\.name))
            })
    }

    /// Where in `fields` the one of that name stands, in either spelling.
    func place(of name: String) -> Int? { byName[name] }

    /// The field of that name, in either spelling.
    func field(named name: String) -> ProtoField? { byName[name].map { fields[$0] } }

    /// The field of that number.
    func field(number: Int) -> ProtoField? { placeOfNumber[number].map { fields[$0] } }

    /// The names of the other members of a field's oneof.
    func rivals(of field: ProtoField) -> [String] { rivals[field.name] ?? [] }
}

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
    /// The number in the binary form.
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

extension ProtoValue {
    /// How the value stands in the binary form.
    var wireType: WireType {
        switch self {
        case .integer, .bool, .enumeration: .varint
        case .double: .fixed64
        case .string, .message, .list, .map, .duration, .timestamp, .anyMessage: .length
        }
    }
}

/// The values of a protobuf enum.
struct ProtoEnum: Sendable {
    let names: [Int32: String]
    private let values: [String: Int32]

    /// Makes an enum whose values count from 0, all with the prefix.
    init(prefix: String = "", _ names: String...) {
        self.names = Dictionary(
            uniqueKeysWithValues: names.enumerated().map { (Int32($0.offset), prefix + $0.element) })
        values = Dictionary(uniqueKeysWithValues: names.enumerated().map { (prefix + $0.element, Int32($0.offset)) })
    }

    func value(named name: String) -> Int32? { values[name] }
}
