import SwitchboardCore
import SwitchboardLanguage

/// Reads CSV strictly.
enum CSVReader {
    private struct Cell {
        var text: String
        var start: Int
        var isQuoted: Bool
    }

    static func rows(of bytes: [UInt8], columns: RecordType?) throws(DataFault) -> Value {
        var scanner = Scanner(bytes: bytes)
        guard let header = try scanner.row() else { throw DataFault("D008", "the file is empty") }
        let names = try check(header, columns, bytes)
        let types = names.map { columns?.type(of: $0) ?? .string }
        var rows: [Value] = []
        var faults: [DataFault.BadCell] = []
        while faults.count < DataFile.faultLimit {
            let next: [Cell]?
            do throws(DataFault) { next = try scanner.row() } catch { throw DataFault(faults + error.cells) }
            guard let cells = next else { break }
            if cells.count != names.count {
                let (line, column) = DataFile.place(of: cells[0].start, in: bytes)
                faults.append(
                    .init(
                        code: "D003", line: line, column: column,
                        text: "\(cells.count) cell\(cells.count == 1 ? "" : "s") where the header has \(names.count)"))
                continue
            }
            var fields: [Record.Field] = []
            for (index, cell) in cells.enumerated() where faults.count < DataFile.faultLimit {
                switch read(cell, as: types[index]) {
                case .success(let value): fields.append(.init(names[index], value))
                case .failure(let error):
                    let (line, column) = DataFile.place(of: cell.start, in: bytes)
                    faults.append(
                        .init(
                            code: "D006", line: line, column: column,
                            text: "column '\(names[index])': \(error.message)"))
                }
            }
            rows.append(.record(Record(nil, fields)))
        }
        if !faults.isEmpty { throw DataFault(faults) }
        return .list(rows)
    }

    private static func read(_ cell: Cell, as type: ValueType) -> Result<Value, SwitchboardError> {
        do {
            if cell.text.isEmpty, type != .string, type.unwrapped == type {
                throw SwitchboardError(.invalidArgument, "the cell is empty, and \(type) is wanted")
            }
            if case .optional = type, cell.text.isEmpty { return .success(.nothing) }
            return .success(try Value.read(cell.text, as: type))
        } catch { return .failure(SwitchboardError(wrapping: error)) }
    }

    private static func check(_ header: [Cell], _ columns: RecordType?, _ bytes: [UInt8]) throws(DataFault) -> [String]
    {
        var faults: [DataFault.BadCell] = []
        func report(_ text: String, _ cell: Cell?, help: String? = nil) {
            let (line, column) = DataFile.place(of: cell?.start ?? 0, in: bytes)
            faults.append(.init(code: "D005", line: line, column: column, text: text, help: help))
        }
        var names: [String] = []
        for cell in header {
            if cell.text.isEmpty { report("a column without a name", cell) }
            if names.contains(cell.text) { report("two columns are named '\(cell.text)'", cell) }
            if let columns, columns.type(of: cell.text) == nil {
                let near = NearName.guess(for: cell.text, among: columns.fields.map(\.name))
                report(
                    "column '\(cell.text)' is not declared", cell,
                    help: near.map { "did you mean '\($0)'?" } ?? "add it to --columns")
            }
            names.append(cell.text)
        }
        for field in columns?.fields ?? [] where !names.contains(field.name) {
            report("column '\(field.name)' is missing", header.first)
        }
        if !faults.isEmpty { throw DataFault(faults) }
        return names
    }

    /// Walks over the bytes row by row.
    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        private static let quote = UInt8(ascii: "\"")
        private static let comma = UInt8(ascii: ",")
        private static let lineFeed = UInt8(ascii: "\n")
        private static let carriageReturn = UInt8(ascii: "\r")

        mutating func row() throws(DataFault) -> [Cell]? {
            guard position < bytes.count else { return nil }
            var cells: [Cell] = []
            while true {
                cells.append(bytes[safe: position] == Self.quote ? try quoted() : try plain())
                if bytes[safe: position] == Self.comma {
                    position += 1
                    continue
                }
                if bytes[safe: position] == Self.carriageReturn { position += 1 }
                if position < bytes.count { position += 1 }
                return cells
            }
        }

        private mutating func plain() throws(DataFault) -> Cell {
            let start = position
            while let byte = bytes[safe: position], byte != Self.comma, byte != Self.lineFeed {
                if byte == Self.quote { throw fault("a quote inside a cell that does not begin with one", position) }
                if byte == Self.carriageReturn {
                    if bytes[safe: position + 1] == Self.lineFeed { break }
                    throw fault("a carriage return without a line feed", position)
                }
                position += 1
            }
            return Cell(text: String(decoding: bytes[start..<position], as: UTF8.self), start: start, isQuoted: false)
        }

        private mutating func quoted() throws(DataFault) -> Cell {
            let start = position
            var content: [UInt8] = []
            position += 1
            while let byte = bytes[safe: position] {
                position += 1
                if byte != Self.quote {
                    content.append(byte)
                } else if bytes[safe: position] == Self.quote {
                    content.append(byte)
                    position += 1
                } else {
                    try checkEnd()
                    return Cell(text: String(decoding: content, as: UTF8.self), start: start, isQuoted: true)
                }
            }
            throw fault("the quote that opens this cell is never closed", start)
        }

        private func checkEnd() throws(DataFault) {
            switch bytes[safe: position] {
            case nil, Self.comma, Self.lineFeed: return
            case Self.carriageReturn where bytes[safe: position + 1] == Self.lineFeed: return
            default: throw fault("text behind the closing quote", position)
            }
        }

        private func fault(_ text: String, _ index: Int) -> DataFault {
            let (line, column) = DataFile.place(of: index, in: bytes)
            return DataFault("D004", text, line: line, column: column)
        }
    }
}

extension Array {
    /// The element at an index, or nil beyond the end.
    fileprivate subscript(safe index: Int) -> Element? { index < count ? self[index] : nil }
}
