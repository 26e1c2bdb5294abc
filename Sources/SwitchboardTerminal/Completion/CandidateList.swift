/// How a list to choose from is laid out on a terminal.
public enum CandidateList {
    private static let gap = 2

    /// The lines of a list that fits the width, with descriptions; at most `height` lines, of which the last one tells how
    /// many more there are where not all have room.
    ///
    /// Items without any description stand in columns, to be read downwards. What comes from outside is made visible.
    public static func lines(_ items: [ListItem], width: Int, height: Int) -> [String] {
        guard !items.isEmpty, width > 0, height > 0 else { return [] }
        let items = items.map { ListItem(text: VisibleText.line($0.text), help: VisibleText.line($0.help)) }
        return items.contains { !$0.help.isEmpty }
            ? described(items, width, height) : inColumns(items.map(\.text), width, height)
    }

    private static func described(_ items: [ListItem], _ width: Int, _ height: Int) -> [String] {
        let shown = items.prefix(items.count > height ? height - 1 : height)
        let widest = shown.map { DisplayWidth.of($0.text) }.max() ?? 0
        // A long name leaves room for some words about it.
        let column = min(widest, max(width * 2 / 3, width - 20))
        let lines = shown.map { item in
            let text = padded(cut(item.text, to: column), to: column)
            return trimmed(cut(item.help.isEmpty ? text : text + blanks(gap) + item.help, to: width))
        }
        return lines + more(items.count - shown.count, width)
    }

    private static func inColumns(_ texts: [String], _ width: Int, _ height: Int) -> [String] {
        let column = min(width + gap, (texts.map { DisplayWidth.of($0) }.max() ?? 0) + gap)
        let columns = max(1, (width + gap) / max(1, column))
        let isTooLong = (texts.count + columns - 1) / columns > height
        let shown = isTooLong ? Array(texts.prefix(columns * (height - 1))) : texts
        let rows = (shown.count + columns - 1) / columns
        let lines = (0..<rows).map { row in
            let line = stride(from: row, to: shown.count, by: rows).map { place in
                padded(cut(shown[place], to: column - gap), to: column)
            }
            return trimmed(line.joined())
        }
        return lines + more(texts.count - shown.count, width)
    }

    private static func more(_ count: Int, _ width: Int) -> [String] {
        count > 0 ? [cut("and \(count) more", to: width)] : []
    }

    private static func cut(_ text: String, to width: Int) -> String {
        DisplayWidth.of(text) <= width ? text : DisplayWidth.prefix(of: text, cells: width - 1) + "…"
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + blanks(width - DisplayWidth.of(text))
    }

    private static func trimmed(_ text: String) -> String {
        String(text.reversed().drop { $0 == " " }.reversed())
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
