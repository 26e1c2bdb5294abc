/// A line of one or more rows, and the place of the cursor in it, in bytes of UTF-8.
struct LineText: Equatable, Sendable {
    let text: String
    let cursor: Int

    /// The cursor stands at the end unless said otherwise, and never outside the text.
    init(_ text: String, cursor: Int = .max) {
        self.text = text
        self.cursor = min(max(cursor, 0), text.utf8.count)
    }

    /// What stands in front of the cursor.
    var front: String { slice(0, cursor) }

    /// The bytes become the replacement, and the cursor stands behind it.
    func replacing(_ start: Int, _ end: Int, with replacement: String) -> LineText {
        let start = min(max(start, 0), text.utf8.count)
        let rest = slice(max(end, start), text.utf8.count)
        return LineText(slice(0, start) + replacement + rest, cursor: start + replacement.utf8.count)
    }

    /// The text at the cursor.
    func inserting(_ inserted: String) -> LineText { replacing(cursor, cursor, with: inserted) }

    /// The line without the characters that the editor takes from no keyboard.
    var kept: LineText {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return self }
        let (front, rest) = (
            PastedText.cleaned(text.utf8.prefix(cursor)), PastedText.cleaned(text.utf8.dropFirst(cursor))
        )
        return LineText(front + rest, cursor: front.utf8.count)
    }

    /// The cursor one row up, in the same column as far as that row goes; nil in the first row.
    var rowUp: LineText? {
        let start = rowStart(of: cursor)
        return start == 0 ? nil : at(column, ofRow: rowStart(of: start - 1))
    }

    /// The cursor one row down; nil in the last row.
    var rowDown: LineText? {
        let end = rowEnd(of: cursor)
        return end == text.utf8.count ? nil : at(column, ofRow: end + 1)
    }

    /// The cursor at the beginning of its row; of all rows if it is there already.
    var atStart: LineText {
        let start = rowStart(of: cursor)
        return LineText(text, cursor: start == cursor ? 0 : start)
    }

    /// The cursor at the end of its row; of all rows if it is there already.
    var atEnd: LineText {
        let end = rowEnd(of: cursor)
        return LineText(text, cursor: end == cursor ? .max : end)
    }

    private static let newline = UInt8(ascii: "\n")

    private var column: Int { slice(rowStart(of: cursor), cursor).unicodeScalars.count }

    private func at(_ column: Int, ofRow start: Int) -> LineText {
        let row = slice(start, rowEnd(of: start)).unicodeScalars.prefix(column)
        return LineText(text, cursor: start + row.reduce(0) { $0 + UTF8.width($1) })
    }

    private func rowStart(of offset: Int) -> Int {
        let front = text.utf8.prefix(offset)
        return front.lastIndex(of: Self.newline).map { text.utf8.distance(from: text.startIndex, to: $0) + 1 } ?? 0
    }

    private func rowEnd(of offset: Int) -> Int {
        let rest = text.utf8.dropFirst(offset)
        return rest.firstIndex(of: Self.newline).map { text.utf8.distance(from: text.startIndex, to: $0) }
            ?? text.utf8.count
    }

    private func slice(_ start: Int, _ end: Int) -> String {
        String(decoding: text.utf8.prefix(end).dropFirst(start), as: UTF8.self)
    }
}
