/// Breaks visible text into lines of so many cells.
public enum WrappedText {
    /// Broken at blanks and between wide characters, and within a word only where it is wider than a line; nil does not
    /// break.
    public static func lines(_ text: String, cells width: Int?) -> [String] {
        width.map { broken(text, cells: $0, atWords: true) } ?? [text]
    }

    /// The same for a line of a page: what does not fit stands below its last column, its label (`usage:`, `= help:`, `-`)
    /// or its beginning, whichever leaves half of the width.
    ///
    /// A column for which there is no room stands below what is in front of it. A line of a code picture
    /// (`1 | list`, `  | ^^^^`) stays as it is, since its marks have their places.
    public static func hanging(_ line: String, cells width: Int?) -> [String] {
        guard let width, DisplayWidth.of(line) > width, !isPicture(line) else { return [line] }
        let leaves = { (place: String.Index) in DisplayWidth.of(line[..<place]) * 2 <= width }
        let start = line.firstIndex { $0 != " " } ?? line.startIndex
        if let gap = gap(in: line, from: start) {
            if leaves(gap.upperBound) { return hung(line, at: gap.upperBound, width) }
            let below = String(line[..<start]) + "    " + String(line[gap.upperBound...])
            return hanging(String(line[..<gap.lowerBound]), cells: width) + hanging(below, cells: width)
        }
        let label = endOfLabel(in: line, from: start)
        if let place = [label, start].first(where: leaves) { return hung(line, at: place, width) }
        return hanging(String(repeating: " ", count: width / 4) + line[start...], cells: width)
    }

    /// Broken so that all of it but what is in front of the place stands at the place.
    private static func hung(_ line: String, at place: String.Index, _ width: Int) -> [String] {
        let start = line[..<place]
        let indent = String(repeating: " ", count: DisplayWidth.of(start))
        return lines(String(line[place...]), cells: width - indent.count).enumerated().map { part in
            (part.offset == 0 ? start : indent[...]) + part.element
        }
    }

    /// The blanks, several, in front of a further column; nil where there is none.
    private static func gap(in line: String, from start: String.Index) -> Range<String.Index>? {
        guard let gap = line[start...].firstRange(of: "  "),
            let column = line[gap.lowerBound...].firstIndex(where: { $0 != " " })
        else { return nil }
        return gap.lowerBound..<column
    }

    /// Where the text begins behind a first word with a colon, `= ` in front of one, or a bullet; its start where there is
    /// none.
    private static func endOfLabel(in line: String, from start: String.Index) -> String.Index {
        var rest = line[start...]
        if rest.hasPrefix("- ") { return rest.index(rest.startIndex, offsetBy: 2) }
        if rest.hasPrefix("= ") { rest = rest.dropFirst(2) }
        let end = rest.firstIndex(of: " ") ?? rest.endIndex
        return end < rest.endIndex && rest[..<end].last == ":" ? rest.index(after: end) : start
    }

    /// Whether a bar stands in front, behind the number of a line or none.
    private static func isPicture(_ line: String) -> Bool {
        let text = line.drop { " 0123456789".contains($0) }
        return text == "|" || text.hasPrefix("| ")
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
