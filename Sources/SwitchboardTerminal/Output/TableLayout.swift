/// A table made to fit: which columns stay and how wide they are, and the lines of each row when they are asked for.
///
/// Where a width is given, the widths come from the first 2,000 rows; what is wider further down is wrapped.
public struct TableLayout {
    private static let sample = 2_000

    private let table: TextTable
    private let fit: TableFit
    private let isTrailing: [Bool]
    /// The header.
    public let head: [String]
    /// The titles of the columns that had no room, in the table's order.
    public let omittedColumns: [String]
    /// Whether the table is of use to a reader; one that is not is better turned on its side.
    public let isReadable: Bool

    /// Lays the table out in at most that many cells a line; nil neither cuts nor wraps.
    public init(_ table: TextTable, width: Int?) {
        let titles = table.columns.map { VisibleText.line($0.title) }
        var measures = titles.map(ColumnMeasure.init)
        for row in 0..<(width == nil ? table.count : min(table.count, Self.sample)) {
            for (place, cell) in table.cells(row).enumerated() { measures[place].add(cell) }
        }
        let fit = TableFit(
            zip(measures, table.columns).map { measure, column in
                TableFit.Column(natural: measure.cells, word: measure.word, priority: column.priority)
            }, width: width)
        self.table = table
        self.fit = fit
        isTrailing = zip(measures, table.columns).map { measure, column in
            switch column.alignment {
            case .leading: false
            case .trailing: true
            case .automatic: measure.isNumeric
            }
        }
        omittedColumns = table.columns.indices.filter { !fit.columns.contains($0) }.map { titles[$0] }
        isReadable = fit.isReadable
        head = Self.lines(of: titles, fit, isTrailing)
    }

    /// The lines of a row: one, or as many as its most wrapped cell has.
    public func lines(_ row: Int) -> [String] { Self.lines(of: table.cells(row), fit, isTrailing) }

    private static func lines(of cells: [String], _ fit: TableFit, _ isTrailing: [Bool]) -> [String] {
        let wrapped = zip(fit.columns, fit.widths).map { WrappedText.lines(cells[$0], cells: $1) }
        return (0..<max(1, wrapped.map(\.count).max() ?? 1)).map { number in
            line(of: wrapped.map { number < $0.count ? $0[number] : "" }, fit, isTrailing)
        }
    }

    private static func line(of cells: [String], _ fit: TableFit, _ isTrailing: [Bool]) -> String {
        var line = ""
        for (place, cell) in cells.enumerated() {
            if place > 0 { line += "  " }
            let blanks = String(repeating: " ", count: max(0, fit.widths[place] - DisplayWidth.of(cell)))
            line += isTrailing[fit.columns[place]] ? blanks + cell : cell + blanks
        }
        while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
        return line
    }
}
