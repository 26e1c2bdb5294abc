import SwitchboardCore

/// Writes records as CSV one by one: the columns of all rows in order of first appearance, as `Rows` does of a list.
///
/// A column that appears late is added to the rows before it when the file is finished.
struct CSVTable {
    /// The header of a table without rows.
    let emptyColumns: [String]
    private var columns: [String] = []
    private var places: [String: Int] = [:]
    private var isOfRecords: Bool?
    /// How many rows without a column came first.
    private var emptyRows = 0
    /// From which byte on rows have how many cells; the first begins behind the header.
    private var widths: [(start: Int, cells: Int)] = []

    init(emptyColumns: [String] = []) { self.emptyColumns = emptyColumns }

    mutating func write(_ row: Value, to file: AtomicFile) throws {
        let cells = try self.cells(of: row)
        if columns.isEmpty {
            emptyRows += 1
            return
        }
        if widths.isEmpty {
            try file.write(Self.header(columns))
            widths.append((file.size, columns.count))
            for _ in 0..<emptyRows { try file.write(String(repeating: ",", count: columns.count - 1) + "\n") }
        } else if widths.last?.cells != columns.count {
            widths.append((file.size, columns.count))
        }
        var line = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { line += "," }
            line += Rows.quoted(cell.cellText)
        }
        try file.write(line + "\n")
    }

    private static func header(_ columns: [String]) -> String {
        columns.map(Rows.quoted).joined(separator: ",") + "\n"
    }

    private mutating func cells(of row: Value) throws -> [Value] {
        let record: Record? = if case .record(let record) = row { record } else { nil }
        guard isOfRecords ?? (record != nil) == (record != nil) else {
            throw SwitchboardError(.invalidArgument, "records and plain values do not make one table")
        }
        isOfRecords = record != nil
        guard let fields = record?.fields else {
            columns = ["value"]
            return [row]
        }
        if fields.count == columns.count, zip(fields, columns).allSatisfy({ $0.name == $1 }) {
            return fields.map(\.value)
        }
        for field in fields where places[field.name] == nil {
            places[field.name] = columns.count
            columns.append(field.name)
        }
        var cells = [Value](repeating: .nothing, count: columns.count)
        for field in fields { if let place = places[field.name] { cells[place] = field.value } }
        return cells
    }

    // MARK: Late columns

    func finish(_ file: AtomicFile) throws {
        if isOfRecords == nil, !emptyColumns.isEmpty { return try file.write(Self.header(emptyColumns)) }
        guard let first = widths.first, first.cells < columns.count else { return }
        try file.rewrite { wide, nextBlock in
            try wide.write(Self.header(columns))
            var (place, width, isQuoted) = (0, 0, false)
            var block: [UInt8] = []
            while try nextBlock(&block) {
                var written = max(0, min(first.start - place, block.count))
                for index in written..<block.count {
                    if width + 1 < widths.count, place + index >= widths[width + 1].start { width += 1 }
                    if block[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
                    guard block[index] == UInt8(ascii: "\n"), !isQuoted else { continue }
                    try wide.write(block[written..<index])
                    try wide.write(String(repeating: ",", count: columns.count - widths[width].cells))
                    written = index
                }
                try wide.write(block[written...])
                place += block.count
            }
        }
    }
}
