/// A table of plain text: a header line, two blanks between columns, no box.
///
/// Cells are made visible (`VisibleText`), so rows may come from outside. Rows are asked for when they are needed, each
/// more than once.
public struct TextTable {
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
        /// The header and the lines of each row, without newlines and without blanks at the end.
        public var lines: [String]
        /// The titles of the columns that had no room, in the table's order.
        public var omittedColumns: [String]
    }

    /// The columns, from left to right.
    public var columns: [Column]
    /// How many rows there are.
    public let count: Int
    private let row: (Int) -> [String]

    /// A table whose rows are made by their number, from 0.
    ///
    /// A short row is filled with empty cells, what is beyond the last column is not shown.
    public init(columns: [Column], count: Int, row: @escaping (Int) -> [String]) {
        self.columns = columns
        self.count = count
        self.row = row
    }

    /// A table of rows that are there.
    public init(columns: [Column], rows: [[String]]) {
        self.init(columns: columns, count: rows.count) { rows[$0] }
    }

    /// The cells of a row as they are.
    func raw(_ index: Int) -> [String] {
        let row = row(index)
        return columns.indices.map { $0 < row.count ? row[$0] : "" }
    }

    /// The cells of a row, visible.
    func cells(_ index: Int) -> [String] { raw(index).map(VisibleText.line) }

    /// The whole table in at most that many cells a line; nil neither cuts nor wraps.
    public func rendered(width: Int?) -> Rendered {
        let layout = TableLayout(self, width: width)
        return Rendered(
            lines: layout.head + (0..<count).flatMap { layout.lines($0) }, omittedColumns: layout.omittedColumns)
    }
}
