import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// How an emulator's JSON objects become records of one type.
struct AdminRecord {
    /// A field and the member that it is read from.
    struct Field {
        let name: String
        let type: ValueType
        let member: String
        /// What a number counts, for a length of time.
        let unit: String
        /// What it tells.
        let help: String

        init(_ name: String, _ type: ValueType, _ help: String, from member: String? = nil, unit: String = "") {
            self.name = name
            self.type = type
            self.help = help
            self.member = member ?? name
            self.unit = unit
        }

        /// The field that holds whose emulator it was.
        static let provider = Field("provider", .provider, "whose emulator it is")
    }

    /// The record's type.
    let type: RecordType
    private let fields: [Field]

    init(_ name: String, _ summary: String, _ fields: [Field]) {
        self.fields = fields
        type = RecordType(
            name: name, summary: summary, fields: fields.map { .init($0.name, $0.type, $0.help) })
    }

    /// The record of an object; a member that is missing or null is nothing.
    func value(_ json: JSON, of provider: String) throws -> Value {
        .record(
            Record(
                type.name,
                try fields.map { field in
                    .init(
                        field.name,
                        field.name == "provider" ? .string(provider) : try read(json[field.member], field, provider))
                }))
    }

    /// The records of a list of objects.
    func values(_ json: JSON, of provider: String) throws -> [Value] {
        guard let elements = json.elements else { throw unreadable("a list", provider) }
        return try elements.map { try value($0, of: provider) }
    }

    private func read(_ json: JSON?, _ field: Field, _ provider: String) throws -> Value {
        let text: String
        switch json {
        case nil, .null?: return .nothing
        case .string(let string)?: text = string
        case .number(let number)?: text = number + field.unit
        default: throw unreadable(field.name, provider)
        }
        guard let value = try? Value.read(text, as: field.type) else { throw unreadable(field.name, provider) }
        return value
    }

    private func unreadable(_ what: String, _ provider: String) -> SwitchboardError {
        SwitchboardError(
            .badAnswer, "the emulator's answer makes no sense: \(what) of \(type.name ?? "a record")",
            provider: provider)
    }
}
