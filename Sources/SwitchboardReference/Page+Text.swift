extension Page {
    /// The page as a terminal of so many columns shows it.
    func text(width: Int) -> String {
        var text = "\(name): \(summary)"
        var isBelowHeading = false
        for part in parts {
            text += (isBelowHeading ? "\n" : "\n\n") + Self.text(part, max(20, width - 2))
            if case .heading = part { isBelowHeading = true } else { isBelowHeading = false }
        }
        return text
    }

    private static func text(_ part: Part, _ width: Int) -> String {
        switch part {
        case .heading(let title): title
        case .usage(let words): indented(words.hung(to: width))
        case .prose(let sentences): indented(sentences.wrapped(to: width))
        case .list(let points):
            indented(
                points.flatMap { point in
                    point.wrapped(to: width - 2).enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
                })
        case .lines(let lines, _): indented(lines.split(separator: "\n", omittingEmptySubsequences: false))
        case .facts(let facts): indented(facts.map { "\($0.label): \($0.value)" })
        case .table(_, let rows): indented(columns(rows))
        }
    }

    private static func indented(_ lines: [some StringProtocol]) -> String {
        lines.map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
    }

    private static func columns(_ rows: [[String]]) -> [String] {
        let widths = (0..<(rows.first?.count ?? 1) - 1).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count + 2) }.joined() + (row.last ?? "")
        }
    }
}
