import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// A flag of the routing commands and the field that it sets, made from the table of fields.
struct RoutingFlag: Sendable {
    /// Without dashes.
    let name: String
    /// Other names that mean the same, the field's own and those that `lk` has.
    let aliases: [String]
    /// The field's dotted path, `media.codecs`.
    let path: String
    /// The field.
    let field: RoutingField

    /// The flags of a kind of document; the kind of a rule and its room have flags of their own.
    static func all(of schema: RoutingSchema) -> [RoutingFlag] {
        schema.fields.filter { $0.change != .readOnly }.flatMap { field -> [RoutingFlag] in
            switch field.kind {
            case .alternatives: return []
            case .message(let fields) where field.name == "media":
                // --media-encryption sets the encryption, under whichever of its two names.
                let inner = fields.filter { $0.name != "encryption" }
                return inner.map { RoutingFlag($0, at: "media.\($0.name)", of: schema) }
            default: return [RoutingFlag(field, at: field.name, of: schema)]
            }
        }
    }

    private init(_ field: RoutingField, at path: String, of schema: RoutingSchema) {
        let usual = field.name.replacing("_", with: "-")
        let names = Self.names[schema == .dispatchRule ? "rule.\(path)" : path] ?? Self.names[path]
        name = names?.first ?? usual
        aliases = Array((names ?? []).dropFirst())
        self.path = path
        self.field = field
    }

    /// Where the flag is not simply the field's name: the flag, then its aliases.
    private static let names: [String: [String]] = [
        "krisp_enabled": ["krisp", "krisp-enabled"],
        "auth_username": ["auth-username", "auth-user"],
        "auth_password": ["auth-password", "auth-pass"],
        "media_encryption": ["media-encryption", "media-enc"],
        "rule.trunk_ids": ["trunk-ids", "trunks"],
        "rule.inbound_numbers": ["callers", "inbound-numbers"],
        "rule.numbers": ["called", "numbers"],
    ]

    // MARK: Parameters

    /// The parameters of commands that make a document, of those that change one the edits too; a flag that several
    /// kinds have stands once.
    static func parameters(of schemas: [RoutingSchema], isUpdate: Bool = false) -> [Parameter] {
        var parameters: [Parameter] = []
        for (schema, flag) in schemas.flatMap({ schema in all(of: schema).map { (schema, $0) } }) {
            if let index = parameters.firstIndex(where: { $0.name == flag.name }) {
                if parameters[index].help != flag.field.help {
                    parameters[index].help += "; \(schema.noun)s: \(flag.field.help)"
                }
            } else {
                parameters.append(flag.parameter)
                if isUpdate { parameters += flag.edits }
            }
        }
        return parameters
    }

    private var parameter: Parameter {
        let form: Parameter.Form = field.kind == .flag ? .toggle : .flag
        return Parameter(name, form, type, aliases: aliases, help: field.help)
    }

    private var type: ValueType {
        switch field.kind {
        case .texts, .messages: .list(.string)
        case .flag: .bool
        case .count: .int
        case .duration: .duration
        case .map, .message, .alternatives, .anything: .record(RecordType(fields: []))
        case .secret: .secret
        case .choice(let choices): .choice(choices.map(\.word))
        case .text, .timestamp: .string
        }
    }

    /// The flags that change a part of the value: `--add-numbers`, `--remove-numbers`, `--no-krisp`.
    private var edits: [Parameter] {
        if field.kind == .flag { return [Parameter(off, .toggle, .bool, help: "the opposite of --\(name)")] }
        guard field.change == .list else { return [] }
        return [
            Parameter(adding, .flag, type, help: "add to --\(name)"),
            Parameter(removing, .flag, type, help: "take out of --\(name)"),
        ]
    }

    /// The flag that turns a toggle off.
    var off: String { "no-\(name)" }
    /// The flag that adds to a list.
    var adding: String { "add-\(name)" }
    /// The flag that takes out of a list.
    var removing: String { "remove-\(name)" }
}
