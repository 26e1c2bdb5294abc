extension Page {
    /// The page as a terminal shows it.
    var text: String {
        var text = "\(name): \(summary)"
        var isBelowHeading = false
        for part in parts {
            text += (isBelowHeading ? "\n" : "\n\n") + Self.text(part)
            if case .heading = part { isBelowHeading = true } else { isBelowHeading = false }
        }
        return text
    }

    private static func text(_ part: Part) -> String {
        switch part {
        case .heading(let title): title
        case .prose(let sentences): indented(sentences.wrapped(to: 98))
        case .list(let points): indented(points.flatMap(point))
        case .lines(let lines, _): indented(lines.split(separator: "\n", omittingEmptySubsequences: false))
        case .facts(let facts): indented(facts.map { "\($0.label): \($0.value)" })
        case .table(_, let rows): indented(columns(rows))
        }
    }

    private static func indented(_ lines: [some StringProtocol]) -> String {
        lines.map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
    }

    private static func point(_ text: String) -> [String] {
        text.wrapped(to: 96).enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
    }

    private static func columns(_ rows: [[String]]) -> [String] {
        let widths = (0..<(rows.first?.count ?? 1) - 1).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count + 2) }.joined() + (row.last ?? "")
        }
    }
}
