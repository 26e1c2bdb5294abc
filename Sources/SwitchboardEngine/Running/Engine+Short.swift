extension Engine {
    /// What stands for a statement of which nobody can tell what in it is secret.
    public static let hiddenStatement = "(a statement that is not shown)"

    /// The most characters of a statement in short.
    private static let most = 48

    /// A text in one short line: the first that is no remark, and `…` where there is more.
    public static func inShort(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            let rest = line.drop(while: \.isWhitespace)
            return rest.lastIndex { !$0.isWhitespace }.map { rest[...$0] } ?? ""
        }
        let own = lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        let first = String(own.first ?? "")
        if first.count > most { return first.prefix(most - 1) + "…" }
        return first + (own.count > 1 ? " …" : "")
    }
}
