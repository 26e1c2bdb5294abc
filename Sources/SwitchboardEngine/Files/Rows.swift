import SwitchboardCore

/// Records as a table of texts: the columns of all rows in order of first appearance.
public struct Rows: Sendable {
    /// The columns' names.
    public private(set) var columns: [String] = []
    /// The rows; a missing field is `nothing`.
    public private(set) var rows: [[Value]] = []

    /// Makes a table of records, or of plain values in one column `value`.
    ///
    /// Throws `invalid_argument` for a mixture.
    public init(_ items: [Value]) throws {
        let records = items.compactMap { item -> Record? in if case .record(let record) = item { record } else { nil } }
        guard records.count == items.count else {
            guard records.isEmpty else {
                throw SwitchboardError(.invalidArgument, "records and plain values do not make one table")
            }
            columns = ["value"]
            rows = items.map { [$0] }
            return
        }
        var places: [String: Int] = [:]
        // Most records of a list have the fields of the one before.
        func hasColumns(_ record: Record) -> Bool { record.fields.elementsEqual(columns) { $0.name == $1 } }
        for record in records where !hasColumns(record) {
            for field in record.fields where places[field.name] == nil {
                places[field.name] = columns.count
                columns.append(field.name)
            }
        }
        rows = records.map { record in
            if hasColumns(record) { return record.fields.map(\.value) }
            var row = [Value](repeating: .nothing, count: columns.count)
            for field in record.fields { if let place = places[field.name] { row[place] = field.value } }
            return row
        }
    }

    /// The table as CSV (RFC 4180, LF), the header line first.
    ///
    /// A cell that a spreadsheet would take for a formula is quoted, never changed.
    public var csv: String {
        guard !columns.isEmpty else { return "" }
        return rows.indices.reduce(into: csvHeader + "\n") { $0 += csvLine($1) + "\n" }
    }

    /// The header line of the table as CSV, without its end.
    public var csvHeader: String { columns.map(Self.quoted).joined(separator: ",") }

    /// The line of a row, likewise; where a cell has line ends it is several.
    public func csvLine(_ row: Int) -> String { rows[row].map { Self.quoted($0.cellText) }.joined(separator: ",") }

    static func quoted(_ cell: String) -> String {
        guard needsQuotes(cell) else { return cell }
        // Scalar by scalar: a quote with an accent on it is one character and still a quote to every reader.
        var text = "\""
        for scalar in cell.unicodeScalars {
            if scalar == "\"" { text += "\"" }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }

    private static func needsQuotes(_ cell: String) -> Bool {
        switch cell.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): return true
        default: break
        }
        for byte in cell.utf8 where byte <= UInt8(ascii: ",") {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
            default: continue
            }
        }
        return false
    }
}
