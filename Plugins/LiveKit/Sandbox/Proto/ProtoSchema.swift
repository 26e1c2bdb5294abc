import SwitchboardCore

/// The shape of one protobuf message, fields in declaration order, which is also the order of the JSON output.
final class ProtoSchema: Sendable {
    let name: String
    let fields: [ProtoField]
    private let byName: [String: Int]

    init(_ name: String, _ fields: [ProtoField]) {
        self.name = name
        self.fields = fields
        var byName: [String: Int] = [:]
        for (index, field) in fields.enumerated() {
            byName[field.name] = index
            byName[field.camelName] = index
        }
        self.byName = byName
    }

    /// The field of that name, in either spelling.
    func field(named name: String) -> ProtoField? { byName[name].map { fields[$0] } }
}

/// One field of a message.
struct ProtoField: Sendable {
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
        /// A message whose shape does not matter here; kept as it came.
        case anyMessage
    }

    let name: String
    let number: Int
    let kind: Kind
    let presence: Presence

    init(_ name: String, _ number: Int, _ kind: Kind = .string, _ presence: Presence = .single) {
        self.name = name
        self.number = number
        self.kind = kind
        self.presence = presence
    }

    /// The lowerCamelCase spelling that protobuf's JSON form also accepts.
    var camelName: String {
        let words = name.split(separator: "_")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
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
