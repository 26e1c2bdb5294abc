extension RoutingDocument {
    /// Whether both say the same, ids and times aside; secrets count only where `comparingSecrets` is set.
    ///
    /// The order of a list of texts says nothing. A name that the table does not know counts only where both have it:
    /// nobody can tell its default.
    public func means(_ other: RoutingDocument, comparingSecrets: Bool) -> Bool {
        guard schema == other.schema, !comparingSecrets || secrets == other.secrets else { return false }
        let fields = schema.fields.filter { $0.change != .readOnly }
        let readOnly = Set(schema.fields.filter { $0.change == .readOnly }.map(\.name))
        func members(_ document: RoutingDocument) -> [JSON.Member] {
            document.members.filter { !readOnly.contains($0.name) }
        }
        return Meaning.sameMembers(members(self), members(other), fields)
    }
}

/// Compares canonical values by what they say.
private enum Meaning {
    static func sameMembers(_ left: [JSON.Member], _ right: [JSON.Member], _ fields: [RoutingField]) -> Bool {
        let left = byName(left)
        let right = byName(right)
        let known = fields.allSatisfy { same(left[$0.name], right[$0.name], $0) }
        let strangers = Set(left.keys).intersection(right.keys).subtracting(fields.map(\.name))
        return known && strangers.allSatisfy { loosely(left[$0], right[$0]) }
    }

    private static func byName(_ members: [JSON.Member]) -> [String: JSON] {
        Dictionary(members.map { ($0.name, $0.value) }) { _, last in last }
    }

    private static func same(_ left: JSON?, _ right: JSON?, _ field: RoutingField) -> Bool {
        switch field.kind {
        case .texts: Set(left?.elements ?? []) == Set(right?.elements ?? [])
        case .message(let fields): sameMembers(left?.members ?? [], right?.members ?? [], fields)
        case .alternatives(let fields): sameAlternative(left, right, fields)
        case .messages(let fields): sameMessages(left?.elements ?? [], right?.elements ?? [], fields)
        case .anything: loosely(left, right)
        default: left == right
        }
    }

    private static func sameAlternative(_ left: JSON?, _ right: JSON?, _ fields: [RoutingField]) -> Bool {
        left?.members?.first?.name == right?.members?.first?.name
            && sameMembers(left?.members ?? [], right?.members ?? [], fields)
    }

    private static func sameMessages(_ left: [JSON], _ right: [JSON], _ fields: [RoutingField]) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy { sameMembers($0.members ?? [], $1.members ?? [], fields) }
    }

    // MARK: JSON of an unknown shape

    /// Whether both say the same in either naming, defaults aside; the name of an enum's value may be a default.
    private static func loosely(_ left: JSON?, _ right: JSON?) -> Bool {
        guard let left, let right else { return isDefault(left ?? right ?? .null) }
        switch (left, right) {
        case (.object(let left), .object(let right)):
            let left = byName(left.map { .init(snake($0.name), $0.value) })
            let right = byName(right.map { .init(snake($0.name), $0.value) })
            return Set(left.keys).union(right.keys).allSatisfy { loosely(left[$0], right[$0]) }
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { loosely($0, $1) }
        default: return left == right || isDefault(left) && isDefault(right)
        }
    }

    private static func isDefault(_ json: JSON) -> Bool {
        switch json {
        case .null, .bool(false), .number("0"), .string(""): true
        case .string(let text):
            text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x5F }
        case .array(let elements): elements.isEmpty
        case .object(let members): members.allSatisfy { isDefault($0.value) }
        default: false
        }
    }

    private static func snake(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
    }
}
