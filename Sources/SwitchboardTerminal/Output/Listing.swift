/// Lines that are made when they are wanted: a head, those of each row, and what stands behind them.
public struct Listing {
    /// What stands in front of the rows, and at the top of every page: a table's header.
    public var head: [String]
    /// How the head stands out where colours are allowed.
    public var headStyle: TextStyle?
    /// How many rows there are.
    public var count: Int
    /// The lines of a row, from 0.
    public var lines: (Int) -> [String]
    /// What stands behind these rows: how many they are of how many.
    public var foot: (Range<Int>) -> [String]

    /// Makes one; a line that holds a newline, as a CSV file's may, is shown with `^J` on a page.
    public init(
        head: [String] = [], headStyle: TextStyle? = nil, count: Int, lines: @escaping (Int) -> [String],
        foot: @escaping (Range<Int>) -> [String] = { _ in [] }
    ) {
        self.head = head
        self.headStyle = headStyle
        self.count = count
        self.lines = lines
        self.foot = foot
    }

    /// Whether one page of the pager would hold all rows, so that there is none to turn.
    public func fits(_ size: TerminalSize) -> Bool {
        var room = size.rows - 1 - head.count
        for row in 0..<count {
            room -= screenLines(row, width: size.columns).count
            if room < 0 { return false }
        }
        return room >= 0
    }

    /// The lines that a row takes on a screen; at least one.
    func screenLines(_ row: Int, width: Int) -> [String] {
        let lines = Self.folded(lines(row), width: width)
        return lines.isEmpty ? [""] : lines
    }

    /// Visible lines, none wider than the screen.
    static func folded(_ lines: [String], width: Int) -> [String] {
        lines.flatMap { WrappedText.folded(VisibleText.line($0), cells: width) }
    }
}
