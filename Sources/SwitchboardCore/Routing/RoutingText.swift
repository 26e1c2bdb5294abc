/// Texts of documents as messages show them.
enum RoutingText {
    /// The text in at most 40 characters, none of them invisible.
    static func shown(_ text: String) -> String {
        let most = 40
        let scalars = text.unicodeScalars.prefix(most).map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                Unicode.Scalar(0xFFFD) ?? "?"
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars)) + (text.unicodeScalars.count > most ? "…" : "")
    }

    /// What people call a trunk or a rule: `trunk ST_abc 'front'`.
    static func title(_ noun: String, id: String, name: String) -> String {
        let name = name.isEmpty ? "" : "'\(shown(name))'"
        return [noun, id, name].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// A list in words, `+1 and +2`, at most three of them.
    static func list(_ texts: [String]) -> String {
        let shown = texts.prefix(3).map(shown)
        guard texts.count > 3 else { return shown.joined(separator: " and ") }
        return shown.joined(separator: ", ") + " and \(texts.count - 3) more"
    }
}

extension SIPTrunk {
    /// What people call it.
    var title: String { RoutingText.title("trunk", id: id, name: name) }
}

extension DispatchRule {
    /// What people call it.
    var title: String { RoutingText.title("rule", id: id, name: name) }
}
