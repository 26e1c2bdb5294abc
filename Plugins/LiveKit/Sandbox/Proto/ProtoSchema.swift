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
        byNumber = fields.filter { $0.number > 0 }.sorted { $0.number < $1.number }
        placeOfNumber = Dictionary(
            uniqueKeysWithValues: fields.enumerated().filter { $0.element.number > 0 }
                .map { ($0.element.number, $0.offset) })
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
