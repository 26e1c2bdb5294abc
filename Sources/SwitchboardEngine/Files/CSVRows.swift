import SwitchboardCore
import SwitchboardLanguage

/// Reads the rows of a CSV file strictly, in the memory that its longest row needs.
enum CSVRows {
    /// Gives the rows one by one until it is told to stop; without a taker only looks at every cell.
    ///
    /// Returns how many came. Throws what is wrong with the file, up to a limit, and whatever the taker throws; behind a
    /// fault it gives no row.
    static func read(
        _ file: OpenFile, columns: RecordType?, blockSize: Int, named name: String,
        to take: ((Value) throws -> Bool)?
    ) throws -> Int {
        var scanner = CSVScanner(ByteWindow(file, blockSize: blockSize))
        guard try scanner.next() else { throw DataFault(.empty, "the file is empty") }
        let readers = try header(scanner, columns)
        var (count, faults) = (0, [DataFault.BadCell]())
        while faults.count < DataFile.faultLimit {
            do throws(DataFault) {
                guard try scanner.next() else { break }
            } catch { throw DataFault(faults + error.cells) }
            count += 1
            if scanner.cells.count != readers.count {
                faults.append(wrongCount(scanner, readers.count))
            } else if let take, faults.isEmpty {
                guard let fields = fields(scanner, readers) else {
                    faults += self.faults(scanner, readers)
                    continue
                }
                let record = Record(fields, at: FilePlace(file: name, line: scanner.line))
                if try !take(.record(record)) { return count }
            } else if !fit(scanner, readers) {
                faults += self.faults(scanner, readers).prefix(DataFile.faultLimit - faults.count)
            }
        }
        if !faults.isEmpty { throw DataFault(faults) }
        return count
    }

    /// The names in the header.
    static func columnNames(of file: OpenFile, blockSize: Int) throws(DataFault) -> [String] {
        var scanner = CSVScanner(ByteWindow(file, blockSize: blockSize))
        guard try scanner.next() else { return [] }
        return scanner.cells.map(scanner.text)
    }

    // MARK: One row

    private static func fields(_ scanner: CSVScanner, _ readers: [CellReader]) -> [Record.Field]? {
        var fields: [Record.Field] = []
        fields.reserveCapacity(readers.count)
        for index in readers.indices {
            let cell = scanner.cells[index]
            let value =
                cell.isDoubled
                ? readers[index].value(of: scanner.text(of: cell)) : readers[index].value(scanner.bytes(of: cell))
            guard let value else { return nil }
            fields.append(.init(readers[index].name, value))
        }
        return fields
    }

    private static func fit(_ scanner: CSVScanner, _ readers: [CellReader]) -> Bool {
        for index in readers.indices {
            let cell = scanner.cells[index]
            let fits =
                cell.isDoubled
                ? readers[index].value(of: scanner.text(of: cell)) != nil
                : readers[index].fits(scanner.bytes(of: cell))
            if !fits { return false }
        }
        return true
    }

    private static func faults(_ scanner: CSVScanner, _ readers: [CellReader]) -> [DataFault.BadCell] {
        var faults: [DataFault.BadCell] = []
        for (cell, reader) in zip(scanner.cells, readers) where faults.count < DataFile.faultLimit {
            let text = scanner.text(of: cell)
            if reader.value(of: text) != nil { continue }
            if isBlank(scanner) { return [blank(scanner, .badValue)] }
            let (line, column) = scanner.place(of: cell)
            faults.append(.init(kind: .badValue, line: line, column: column, text: reader.fault(text)))
        }
        return faults
    }

    private static func isBlank(_ scanner: CSVScanner) -> Bool {
        scanner.cells.count == 1 && !scanner.cells[0].isQuoted && scanner.cells[0].start == scanner.cells[0].end
    }

    private static func blank(_ scanner: CSVScanner, _ kind: DataFault.Kind) -> DataFault.BadCell {
        .init(
            kind: kind, line: scanner.line, column: 1, text: "this line is blank",
            help: "delete it: a blank line is no row, not at the end of the file either")
    }

    private static func wrongCount(_ scanner: CSVScanner, _ wanted: Int) -> DataFault.BadCell {
        if isBlank(scanner) { return blank(scanner, .cellCount) }
        let count = scanner.cells.count
        let (line, column) = scanner.place(of: scanner.cells[0])
        return .init(
            kind: .cellCount, line: line, column: column,
            text: "\(count) cell\(count == 1 ? "" : "s") where the header has \(wanted)")
    }

    // MARK: The header

    private static func header(_ scanner: CSVScanner, _ columns: RecordType?) throws(DataFault) -> [CellReader] {
        var faults: [DataFault.BadCell] = []
        func report(_ text: String, _ cell: CSVScanner.Cell, help: String? = nil) {
            let (line, column) = scanner.place(of: cell)
            faults.append(.init(kind: .header, line: line, column: column, text: text, help: help))
        }
        var names: Set<String> = []
        var readers: [CellReader] = []
        for cell in scanner.cells where faults.count < DataFile.faultLimit {
            let name = scanner.text(of: cell)
            let type = columns.map { $0.type(of: name) ?? .string } ?? SecretColumn.type(name, else: .string)
            if name.isEmpty { report("a column without a name", cell) }
            if name.unicodeScalars.first == "\u{FEFF}" {
                report("a byte order mark in front of a column's name", cell, help: "one may stand at the file's start")
            }
            if !names.insert(name).inserted { report("two columns are named '\(name)'", cell) }
            readers.append(CellReader(name, type))
        }
        if let columns {
            var others = scanner.cells.filter { columns.type(of: scanner.text(of: $0)) == nil }
            for field in columns.fields where !names.contains(field.name) && faults.count < DataFile.faultLimit {
                let meant = NearName.guess(for: field.name, among: others.map { scanner.text(of: $0) })
                let place = others.firstIndex { scanner.text(of: $0) == meant }
                report(
                    "column '\(field.name)' is missing", place.map { others.remove(at: $0) } ?? scanner.cells[0],
                    help: meant.map { "did you mean '\($0)'?" })
            }
            if let first = others.first, faults.count < DataFile.faultLimit {
                let undeclared = others.map { "'\(scanner.text(of: $0))'" }.joined(separator: " ")
                report(
                    "column\(others.count == 1 ? "" : "s") \(undeclared) \(others.count == 1 ? "is" : "are") not declared",
                    first,
                    help: "add \(others.count == 1 ? "it" : "them") to --columns")
            }
        }
        if !faults.isEmpty { throw DataFault(faults) }
        return readers
    }
}
