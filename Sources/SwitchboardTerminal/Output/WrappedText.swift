/// Breaks visible text into lines of so many cells.
public enum WrappedText {
    /// Broken at blanks and between wide characters, and within a word only where it is wider than a line; nil does not
    /// break.
    public static func lines(_ text: String, cells width: Int?) -> [String] {
        width.map { broken(text, cells: $0, atWords: true) } ?? [text]
    }

    /// The same for a line of text in columns: what does not fit stands below its last column, or as far in as the line.
    public static func hanging(_ line: String, cells width: Int?) -> [String] {
        guard let width, DisplayWidth.of(line) > width else { return [line] }
        let place = [columnStart(in: line), line.firstIndex { $0 != " " } ?? line.startIndex]
            .first { DisplayWidth.of(line[..<$0]) * 2 <= width }
        guard let place else { return lines(line, cells: width) }
        let start = line[..<place]
        let indent = String(repeating: " ", count: DisplayWidth.of(start))
        return lines(String(line[place...]), cells: width - indent.count).enumerated().map { part in
            (part.offset == 0 ? start : indent[...]) + part.element
        }
    }

    /// Where the text begins that stands behind several blanks; the end where there is none.
    private static func columnStart(in line: String) -> String.Index {
        let text = line.drop { $0 == " " }
        guard let gap = text.firstRange(of: "  ") else { return line.endIndex }
        return line[gap.lowerBound...].firstIndex { $0 != " " } ?? line.endIndex
    }

    /// Broken where a terminal breaks a line that is too wide for it.
    static func folded(_ text: String, cells width: Int) -> [String] {
        broken(text, cells: width, atWords: false)
    }

    /// Where a line may end, and the next begin.
    private typealias Gap = (end: String.Index, next: String.Index)

    private static func broken(_ text: String, cells width: Int, atWords: Bool) -> [String] {
        if DisplayWidth.of(text) <= width { return [text] }
        var lines: [String] = []
        var (start, index, used) = (text.startIndex, text.startIndex, 0)
        var gap: Gap?
        while index < text.endIndex {
            let next = text.index(after: index)
            let cells = DisplayWidth.of(text[index..<next])
            if atWords, index > start {
                if text[index] == " " { gap = (index, next) } else if cells > 1 { gap = (index, index) }
            }
            if used + cells <= width {
                (index, used) = (next, used + cells)
            } else if index == start {
                // Not one character has room.
                lines.append(width > 0 ? "…" : "")
                (start, index, gap) = (next, next, nil)
            } else {
                let place = gap ?? (index, index)
                lines.append(String(text[start..<place.end]))
                start = place.next
                while atWords, start < text.endIndex, text[start] == " " { start = text.index(after: start) }
                (index, used, gap) = (start, 0, nil)
            }
        }
        if start < text.endIndex { lines.append(String(text[start...])) }
        return lines
    }

    /// The cells of a visible text, and those of its widest part that is not broken.
    static func measure(_ text: String) -> (cells: Int, word: Int) {
        var (cells, word, longest, isASCII) = (0, 0, 0, true)
        for byte in text.utf8 {
            if byte >= 0x80 {
                isASCII = false
                break
            }
            cells += 1
            word = byte == 0x20 ? 0 : word + 1
            longest = max(longest, word)
        }
        return isASCII ? (cells, longest) : measureWide(text)
    }

    private static func measureWide(_ text: String) -> (cells: Int, word: Int) {
        var (cells, word, longest) = (0, 0, 0)
        for index in text.indices {
            let own = DisplayWidth.of(text[index...index])
            cells += own
            word = text[index] == " " ? 0 : own > 1 ? own : word + own
            longest = max(longest, word)
        }
        return (cells, longest)
    }
}
