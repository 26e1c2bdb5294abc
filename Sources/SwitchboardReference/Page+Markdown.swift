extension Page {
    /// The page as a Markdown file.
    var markdown: String {
        (["# \(name)", Self.prose(summary.sentence)] + parts.map(Self.markdown))
            .joined(separator: "\n\n") + "\n"
    }

    private static func markdown(_ part: Part) -> String {
        switch part {
        case .heading(let title): "## \(title)"
        case .usage(let words): "```text\n\(words.hung(to: 117).joined(separator: "\n"))\n```"
        case .prose(let sentences): prose(sentences)
        case .list(let points): points.map { point(plain($0)) }.joined(separator: "\n")
        case .lines(let lines, let kind): "```\(kind)\n\(lines)\n```"
        case .facts(let facts): facts.map(fact).joined(separator: "\n")
        case .table(let headings, let rows): table(headings, rows)
        }
    }

    private static func prose(_ sentences: String) -> String {
        plain(sentences).wrapped(to: 120).joined(separator: "\n")
    }

    /// The text with a backslash before each sign that means something to Markdown.
    static func plain(_ text: String) -> String {
        text.map { "<*|".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }

    private static func fact(_ fact: Fact) -> String {
        let links = fact.types.map { "[\($0)](../\(Kind.type.rawValue)/\($0).md)" }.joined(separator: ", ")
        let text = "\(fact.label): \(plain(fact.value))" + (links.isEmpty ? "" : " (see \(links))")
        return point(text)
    }

    private static func point(_ text: String) -> String { "- " + text.wrapped(to: 118).joined(separator: "\n  ") }

    /// A table; all columns but the last are code.
    static func table(_ headings: [String], _ rows: [[String]]) -> String {
        let head = [headings, headings.map { _ in "---" }]
        let body = rows.map { row in
            row.dropLast().map { "`\($0.replacing("|", with: "\\|"))`" } + row.suffix(1).map(plain)
        }
        return (head + body).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}
