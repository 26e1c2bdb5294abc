/// The list that a second Tab shows.
public enum CandidateList {
    /// The lines of a list that fits the width, with descriptions; at most `height` lines, then how many more there are.
    public static func lines(_ items: [ListItem], width: Int, height: Int) -> [String] {
        let shown = items.count <= height ? items[...] : items.prefix(max(height - 1, 0))
        let column = shown.map { DisplayWidth.of(VisibleText.line($0.text)) }.max() ?? 0
        var lines = shown.map { item in
            let text = VisibleText.line(item.text)
            let gap = String(repeating: " ", count: column - DisplayWidth.of(text) + 2)
            let line = item.help.isEmpty ? "  \(text)" : "  \(text)\(gap)\(VisibleText.line(item.help))"
            return String(DisplayWidth.prefix(of: line, cells: width - 1))
        }
        if shown.count < items.count { lines.append("  and \(items.count - shown.count) more") }
        return lines
    }
}
