extension RoutingChange {
    /// Finds what makes the one document the other, ids and times aside; lists by what comes and goes where that will do.
    public init(from old: RoutingDocument, to new: RoutingDocument) {
        self.init(new.schema)
        for field in schema.fields where field.change != .readOnly && field.name != "media_encryption" {
            guard old[field.name] != new[field.name] || old.secrets(under: field.name) != new.secrets(under: field.name)
            else { continue }
            switch field.change {
            case .list: lists[field.name] = ListEdit(from: old.texts(field.name), to: new.texts(field.name))
            case .merge: setPatch(field.name, from: old.map(field.name), to: new.map(field.name))
            default: take(field.name, from: new)
            }
        }
    }

    /// Makes the document that it asks for.
    ///
    /// - Throws: a fault where a value does not fit its field, or a name is no field.
    public func applied(to document: RoutingDocument) throws(RoutingFault) -> RoutingDocument {
        var document = document
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let isPatch = schema.field(name)?.change == .merge && value != .null
            let whole = isPatch ? Self.patching(document[name], with: value) : value
            try document.set(name, whole, strangers: .kept)
        }
        for (name, edit) in lists { try document.set(name, .strings(edit.applied(to: document.texts(name)))) }
        document.secrets.merge(secrets) { _, new in new }
        document.withheld = document.withheld.subtracting(secrets.keys).union(withheld)
        return document
    }

    private mutating func setPatch(_ name: String, from old: [String: String], to new: [String: String]) {
        let names = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
        values[name] = .object(names.sorted().map { .init($0, .optional(new[$0])) })
    }

    private static func patching(_ map: JSON?, with patch: JSON) -> JSON {
        let changes = patch.members ?? []
        let kept = (map?.members ?? []).filter { member in !changes.contains { $0.name == member.name } }
        return .object(kept + changes.filter { $0.value != .null })
    }
}

extension RoutingChange.ListEdit {
    /// Finds what makes the one list the other: what comes and goes, or the whole list where that would not do.
    init(from old: [String], to new: [String]) {
        self.init(add: new.filter { !old.contains($0) }, remove: old.filter { !new.contains($0) })
        if applied(to: old) != new { self.init(set: new) }
    }
}

extension RoutingDocument {
    /// The secrets of a top-level field.
    func secrets(under name: String) -> [String: Secret] { secrets.filter { Self.isPath($0.key, under: name) } }
}
