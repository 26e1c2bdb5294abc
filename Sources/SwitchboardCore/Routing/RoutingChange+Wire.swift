extension RoutingChange {
    /// Whether LiveKit does it as an update of single fields; else the whole trunk or rule has to be replaced.
    public var isFieldUpdate: Bool {
        withheld.isEmpty && lists.keys.allSatisfy { schema.field($0)?.change == .list }
            && values.allSatisfy { isUpdatable($0.key, $0.value) }
            && secrets.keys.allSatisfy { path in
                let top = path.prefix { $0 != "." }
                return schema.field(path)?.kind == .secret && (top == path || values[String(top)] != nil)
            }
    }

    private func isUpdatable(_ name: String, _ value: JSON) -> Bool {
        guard let field = schema.field(name) else { return false }
        switch field.change {
        case .readOnly, .replaceOnly: return false
        case .list: return true
        // The empty text would take the attribute away, and there is no way to take all away.
        case .merge: return value != .null && value.members?.allSatisfy { $0.value != "" } == true
        case .field:
            // A rule cannot be without a kind.
            if case .alternatives = field.kind { return value != .null }
            return true
        }
    }

    /// The `update` member of an Update request; meant only where `isFieldUpdate` holds.
    public var updateWire: JSON {
        var members: [JSON.Member] = []
        for field in schema.fields {
            if let edit = lists[field.name] {
                if let update = edit.wire { members.append(.init(field.name, update)) }
            } else if let secret = secrets[field.name] {
                members.append(.init(field.name, .string(secret.reveal())))
            } else if let value = values[field.name] {
                members.append(.init(field.name, wire(of: field, value)))
            } else if field.name == "media_encryption", let media = values["media"] {
                // A media that says nothing of it is to say the default, and not to leave the old value.
                members.append(.init(field.name, media["encryption"] ?? field.clearedWire))
            }
        }
        return .object(members)
    }

    private func wire(of field: RoutingField, _ value: JSON) -> JSON {
        switch field.change {
        case .list: return ListEdit(set: value.elements?.compactMap(\.text) ?? []).wire ?? .null
        case .merge: return .object((value.members ?? []).map { .init($0.name, $0.value == .null ? "" : $0.value) })
        default: break
        }
        var document = RoutingDocument(schema)
        document.put(value == .null ? .none : value, at: field.name)
        if field.name == "media", let encryption = values["media_encryption"] {
            document.put(encryption == .null ? .none : encryption, at: "media.encryption")
        }
        document.secrets = secrets
        return document.wire(of: field.name) ?? field.clearedWire
    }
}

extension RoutingChange.ListEdit {
    /// LiveKit's `ListUpdate`; nil where there is nothing to do, which LiveKit refuses.
    var wire: JSON? {
        if set != nil {
            let list = applied(to: [])
            return list.isEmpty ? ["clear": true] : ["set": .strings(list)]
        }
        let parts = [("remove", remove), ("add", add)].filter { !$0.1.isEmpty }
        return parts.isEmpty ? .none : .object(parts.map { .init($0.0, .strings($0.1)) })
    }
}

extension RoutingField {
    /// What clears the field in an update, where null would leave it as it is.
    var clearedWire: JSON {
        switch kind {
        case .text, .secret: ""
        case .flag: false
        case .count: 0
        case .choice(let choices): .optional(choices.first?.wire)
        case .texts, .messages: []
        case .map, .message, .alternatives: [:]
        case .duration, .timestamp, .anything: JSON.null
        }
    }
}
