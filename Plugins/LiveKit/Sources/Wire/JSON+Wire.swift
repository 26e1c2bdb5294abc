import SwitchboardCore

/// JSON read as LiveKit's clients have to: either naming, and nothing that is missing or of another kind is an error.
extension JSON {
    /// The member of this proto name, or else of its lower camel case form; `null` counts as absent.
    func field(_ name: String) -> JSON? {
        member(name) ?? (name.utf8.contains(UInt8(ascii: "_")) ? member(Self.camel(name)) : nil)
    }

    /// The text of a field, or an empty one.
    func text(_ name: String) -> String { field(name)?.text ?? "" }

    /// The texts in a field that is a list.
    func texts(_ name: String) -> [String] { field(name)?.elements?.compactMap(\.text) ?? [] }

    /// The objects in a field that is a list, without null ones; nil where it is something else.
    func objects(_ name: String) -> [JSON]? {
        guard let field = field(name) else { return [] }
        guard let elements = field.elements?.filter({ $0 != .null }) else { return nil }
        return elements.allSatisfy { $0.members != nil } ? elements : nil
    }

    /// The object with this member in place of what it had by either naming.
    func setting(_ name: String, to value: JSON) -> JSON {
        let names = [name, Self.camel(name)]
        var changed = (members ?? []).filter { !names.contains($0.name) }
        changed.append(Member(name, value))
        return .object(changed)
    }

    /// `next_page_token` becomes `nextPageToken`.
    private static func camel(_ name: String) -> String {
        let words = name.split(separator: "_")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private func member(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        for member in members where member.name == name {
            if case .null = member.value { return nil }
            return member.value
        }
        return nil
    }
}
