/// The part of a listing that is on the screen, and how keys move it.
struct PagerView {
    /// A line of a row.
    private struct Place: Comparable {
        var row: Int
        var line: Int

        static func < (left: Place, right: Place) -> Bool { (left.row, left.line) < (right.row, right.line) }
    }

    let listing: Listing
    private var top: Place
    /// The screen's size; the last line is for the position.
    var size: TerminalSize { didSet { top = min(top, lastTop) } }

    init(_ listing: Listing, from row: Int, size: TerminalSize) {
        self.listing = listing
        self.size = size
        top = Place(row: row, line: 0)
        top = min(top, lastTop)
    }

    mutating func move(_ key: PagerKey) {
        switch key {
        case .pageDown: move(by: height)
        case .pageUp: move(by: -height)
        case .lineDown: move(by: 1)
        case .lineUp: move(by: -1)
        case .start: top = Place(row: 0, line: 0)
        case .end: top = lastTop
        case .leave, .suspend: break
        }
    }

    private mutating func move(by lines: Int) { top = min(moved(top, by: lines), lastTop) }

    /// The head, where it leaves room for rows.
    var head: [String] {
        let lines = Listing.folded(listing.head, width: size.columns)
        return lines.count + 2 > size.rows ? [] : lines
    }

    /// The lines of rows that are on the screen.
    var lines: [String] { content.lines }

    /// The rows that are on the screen as a whole; at least one.
    var rows: Range<Int> { content.rows }

    /// Whether nothing stands below the screen.
    var isAtEnd: Bool { top >= lastTop }

    /// Where the screen is: `rows 1-22 of 10,000`, or lines where all is one row.
    var position: String {
        if listing.count == 1 {
            let count = block(0).count
            let shown = top.line..<min(count, top.line + height)
            return "lines \(shown.lowerBound + 1)-\(shown.upperBound) of \(CountText.of(count))"
        }
        let (first, last) = (rows.lowerBound + 1, rows.upperBound)
        return "rows \(CountText.of(first))-\(CountText.of(last)) of \(CountText.of(listing.count))"
    }

    /// How many lines of rows have room.
    private var height: Int { max(1, size.rows - 1 - head.count) }

    private var content: (lines: [String], rows: Range<Int>) {
        let height = height
        var (lines, row, whole) = ([String](), top.row, top.row)
        while row < listing.count, lines.count < height {
            lines += block(row).dropFirst(row == top.row ? top.line : 0)
            row += 1
            if lines.count <= height { whole = row }
        }
        return (Array(lines.prefix(height)), top.row..<max(whole, min(row, top.row + 1)))
    }

    /// The first line of the last page.
    private var lastTop: Place { moved(Place(row: listing.count, line: 0), by: -height) }

    private func moved(_ place: Place, by lines: Int) -> Place {
        var (row, line) = (place.row, place.line + lines)
        while line < 0, row > 0 {
            row -= 1
            line += block(row).count
        }
        while line > 0, row < listing.count {
            let count = block(row).count
            guard line >= count else { break }
            (row, line) = (row + 1, line - count)
        }
        return Place(row: row, line: max(0, line))
    }

    private func block(_ row: Int) -> [String] { listing.screenLines(row, width: size.columns) }
}
