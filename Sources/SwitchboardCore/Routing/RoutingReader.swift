/// Reads JSON into canonical form by a table of fields, and takes the secrets out on the way.
///
/// Its faults show no value, since a secret may stand in a wrong place.
struct RoutingReader {
    let strangers: RoutingDocument.Strangers
    private(set) var secrets: [String: Secret] = [:]

    init(strangers: RoutingDocument.Strangers) { self.strangers = strangers }

    /// The members of an object in the table's order, those with defaults left out; unknown ones after them by name.
    ///
    /// - Parameter keepingEmpty: whether a message that says nothing stays, because its presence counts.
    mutating func members(
        _ json: JSON, _ fields: [RoutingField], at path: String, keepingEmpty: Bool = false
    ) throws(RoutingFault) -> [JSON.Member] {
        guard let given = json.members else { throw Self.wrong(path, "an object") }
        var values: [String: JSON] = [:]
        var unknown: [JSON.Member] = []
        for member in given where member.value != .null {
            if let field = fields.first(where: { $0.isNamed(member.name) }) {
                let isFirst = values.updateValue(member.value, forKey: field.name) == nil
                guard isFirst else { throw Self.twice(Self.join(path, field.name)) }
            } else if strangers == .kept {
                let name = Self.join(path, member.name)
                unknown.append(.init(member.name, try stranger(member.value, named: member.name, at: name)))
            } else {
                throw .unknown(Self.join(path, member.name), among: fields)
            }
        }
        var members: [JSON.Member] = []
        for field in fields {
            guard let value = values[field.name] else { continue }
            let read = try self.value(value, field, at: Self.join(path, field.name))
            if let read = read ?? (keepingEmpty ? .object([]) : .none) { members.append(.init(field.name, read)) }
        }
        return members + unknown.sorted { $0.name < $1.name }
    }

    /// The canonical form of a field's value; nil where it is the default.
    mutating func value(_ json: JSON, _ field: RoutingField, at path: String) throws(RoutingFault) -> JSON? {
        if json == .null { return nil }
        switch field.kind {
        case .text: return try nonEmpty(json, path)
        case .texts: return try texts(json, path)
        case .flag: return try flag(json, path)
        case .count: return try count(json, path)
        case .duration: return try duration(json, path)
        case .timestamp: return .string(try text(json, path))
        case .map: return try map(json, path)
        case .secret:
            secrets[path] = try secret(json, path)
            return nil
        case .choice(let choices): return try choice(json, choices, path)
        case .message(let fields):
            let members = try members(json, fields, at: path)
            return members.isEmpty ? .none : .object(members)
        case .messages(let fields): return try messages(json, fields, path)
        case .alternatives(let fields): return try alternative(json, fields, path)
        case .anything: return try stranger(json, named: field.name, at: path)
        }
    }

    private mutating func messages(_ json: JSON, _ fields: [RoutingField], _ path: String) throws(RoutingFault) -> JSON?
    {
        guard let elements = json.elements else { throw Self.wrong(path, "a list of objects") }
        var read: [JSON] = []
        for (index, element) in elements.enumerated() {
            read.append(.object(try members(element, fields, at: Self.join(path, "\(index)"))))
        }
        return read.isEmpty ? .none : .array(read)
    }

    private mutating func alternative(_ json: JSON, _ fields: [RoutingField], _ path: String) throws(RoutingFault)
        -> JSON?
    {
        let read = try members(json, fields, at: path, keepingEmpty: true)
        guard read.count <= 1 else {
            let names = read.map(\.name).joined(separator: " and ")
            throw RoutingFault(field: path, "\(path) holds \(names), and can hold only one of them")
        }
        return read.isEmpty ? .none : .object(read)
    }

    /// JSON as it came, but for the secrets in it, which leave dots in their place.
    mutating func stranger(_ json: JSON, named name: String, at path: String) throws(RoutingFault) -> JSON {
        switch json {
        case .object(let members):
            var read: [JSON.Member] = []
            for member in members {
                let place = Self.join(path, member.name)
                read.append(.init(member.name, try stranger(member.value, named: member.name, at: place)))
            }
            return .object(read.sorted { $0.name < $1.name })
        case .array(let elements):
            var read: [JSON] = []
            for (index, element) in elements.enumerated() {
                read.append(try stranger(element, named: name, at: Self.join(path, "\(index)")))
            }
            return .array(read)
        case .string(let text) where !text.isEmpty && Self.isSecret(name):
            secrets[path] = try secret(json, path)
            return .string(Self.dots)
        default: return json
        }
    }

    /// What stands where a secret was taken out.
    static let dots = Secret("").description

    private static let secretWords: Set = [
        "secret", "password", "passphrase", "token", "credentials", "key", "pin", "urls",
    ]

    /// Whether a field that is in no table holds a secret, to judge by its name; addresses of streams hold their keys.
    private static func isSecret(_ name: String) -> Bool {
        let words = name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
        return words.split { $0 == "_" || $0 == "-" }.contains { secretWords.contains(String($0)) }
    }

    private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
