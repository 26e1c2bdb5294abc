extension RoutingDocument {
    /// What is sent: proto names, secrets included.
    public var wire: JSON {
        var names: [JSON.Member] = []
        for member in members { names.append(.init(member.name, wire(of: member.name) ?? .null)) }
        for field in schema.fields where field.kind == .secret && secrets[field.name] != nil {
            names.append(.init(field.name, .optional(secrets[field.name]?.reveal())))
        }
        if let encryption = self["media.encryption"] { names.append(.init("media_encryption", encryption)) }
        return .object(names)
    }

    /// The value of one top-level field as it is sent; nil where it is the default.
    func wire(of name: String) -> JSON? {
        guard var value = values[name] else { return nil }
        value = revealed(value, at: name)
        let fields = schema.field(name)?.fields ?? []
        for (path, secret) in secrets.sorted(by: { $0.key < $1.key }) where path.hasPrefix(name + ".") {
            let parts = path.split(separator: ".").dropFirst().map(String.init)
            value = Self.inserting(.string(secret.reveal()), at: parts[...], in: value, fields)
        }
        return value
    }

    /// Puts the secrets back where dots stand for them.
    private func revealed(_ json: JSON, at path: String) -> JSON {
        switch json {
        case .object(let members): .object(members.map { .init($0.name, revealed($0.value, at: "\(path).\($0.name)")) })
        case .array(let elements):
            .array(elements.enumerated().map { revealed($0.element, at: "\(path).\($0.offset)") })
        case .string: secrets[path].map { .string($0.reveal()) } ?? json
        default: json
        }
    }

    /// Puts in a secret that the table of fields has a place for; others stand where their dots were.
    private static func inserting(
        _ secret: JSON, at path: ArraySlice<String>, in json: JSON, _ fields: [RoutingField]
    ) -> JSON {
        guard let name = path.first, let field = fields.first(where: { $0.name == name }) else { return json }
        var members = json.members ?? []
        let index = members.firstIndex { $0.name == name }
        if field.kind == .secret {
            members.append(.init(name, secret))
        } else if let index {
            members[index].value = inserting(secret, at: path.dropFirst(), in: members[index].value, field.fields)
        }
        return .object(members)
    }
}
