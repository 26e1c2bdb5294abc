/// A table of plain text: a header line, two blanks between columns, no box.
///
/// Cells are made visible (`VisibleText`), so rows may come from outside.
public struct TextTable: Sendable {
    /// On which side of its column a cell stands.
    public enum Alignment: Sendable {
        /// Numbers stand right, everything else left.
        case automatic
        /// Left.
        case leading
        /// Right.
        case trailing
    }

    /// One column.
    public struct Column: Sendable {
        /// The header.
        public var title: String
        /// On which side the cells stand.
        public var alignment: Alignment
        /// A narrow terminal loses columns of low priority first, and never those of the highest.
        public var priority: Int

        /// A column; columns of equal priority leave from the right.
        public init(_ title: String, alignment: Alignment = .automatic, priority: Int = 0) {
            self.title = title
            self.alignment = alignment
            self.priority = priority
        }
    }

    /// A table made to fit.
    public struct Rendered: Sendable, Equatable {
        /// The header and one line for each row, without newlines and without blanks at the end.
        public var lines: [String]
        /// The titles of the columns that had no room, in the table's order.
        public var omittedColumns: [String]
    }

    /// The columns, from left to right.
    public var columns: [Column]
    /// The rows; a short row is filled with empty cells, what is beyond the last column is not shown.
    public var rows: [[String]]

    /// A table.
    public init(columns: [Column], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The table in at most that many cells a line; nil cuts nothing.
    public func rendered(width: Int?) -> Rendered {
        let cells = rows.map { row in
            columns.indices.map { $0 < row.count ? VisibleText.line(row[$0]) : "" }
        }
        let titles = columns.map { VisibleText.line($0.title) }
        let natural = columns.indices.map { column in
            cells.reduce(DisplayWidth.of(titles[column])) { max($0, DisplayWidth.of($1[column])) }
        }
        let fit = TableFit(natural: natural, priorities: columns.map(\.priority), width: width)
        let isTrailing = columns.indices.map { column in
            switch columns[column].alignment {
            case .leading: false
            case .trailing: true
            case .automatic: Self.isNumeric(cells.lazy.map { $0[column] })
            }
        }
        let lines = ([titles] + cells).map { line(of: $0, fit: fit, isTrailing: isTrailing) }
        let omitted = columns.indices.filter { !fit.columns.contains($0) }
        return Rendered(lines: lines, omittedColumns: omitted.map { titles[$0] })
    }

    private func line(of cells: [String], fit: TableFit, isTrailing: [Bool]) -> String {
        var line = ""
        for (place, column) in fit.columns.enumerated() {
            if place > 0 { line += "  " }
            let cell = Self.cut(cells[column], to: fit.widths[place])
            let blanks = String(repeating: " ", count: max(0, fit.widths[place] - DisplayWidth.of(cell)))
            line += isTrailing[column] ? blanks + cell : cell + blanks
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    private static func cut(_ cell: String, to width: Int) -> String {
        DisplayWidth.of(cell) <= width ? cell : DisplayWidth.prefix(of: cell, cells: width - 1) + "…"
    }

    /// True if some cell is a number and no cell is anything else.
    ///
    /// `+14155550100` is a name, not a number.
    private static func isNumeric(_ cells: some Sequence<String>) -> Bool {
        var hasNumber = false
        for cell in cells where !cell.isEmpty {
            guard isNumber(cell) else { return false }
            hasNumber = true
        }
        return hasNumber
    }

    private static func isNumber(_ cell: String) -> Bool {
        var digits = cell.utf8[...]
        if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }
    }
}
