import FoundationEssentials
import Glibc
import Switchboard

/// What holds of every data file, whatever is in it.
public enum DataInvariants {
    private static let columns = RecordType(fields: [
        .init("e164", .phone), .init("label", .optional(.string)), .init("count", .int), .init("price", .money),
    ])

    /// Reads bytes as a file of every kind, with columns and without, by way of files in a folder.
    public static func check(_ bytes: [UInt8], in folder: String) throws {
        for ending in ["csv", "json", "jsonl"] {
            let path = "\(folder)/input-\(getpid()).\(ending)"
            defer { unlink(path) }
            try Data(bytes).write(to: URL(filePath: path))
            let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
            _ = try rows(of: path, columns, lines: lines)
            guard let rows = try rows(of: path, nil, lines: lines), ending == "csv", !rows.isEmpty else { continue }
            try requireSameFields(rows)
            try requireSameBehindWriting(rows, path)
        }
    }

    /// The rows; nil where the file is refused, with faults that lie in it.
    private static func rows(of path: String, _ columns: RecordType?, lines: Int) throws -> [Value]? {
        let value: Value
        do throws(DataFault) { value = try DataFile.read(path, columns: columns) } catch {
            try require(!error.cells.isEmpty, "a file is refused and nothing said")
            for cell in error.cells {
                try require((1...lines).contains(cell.line ?? 1), "\(cell) lies outside the \(lines) lines")
                try require(cell.column ?? 1 >= 1, "\(cell) has no column")
            }
            return nil
        }
        guard case .list(let rows) = value else { throw Broken("a file is no list of rows") }
        return rows
    }

    private static func requireSameFields(_ rows: [Value]) throws {
        let names = rows.map { row -> [String] in
            if case .record(let record) = row { record.fields.map(\.name) } else { [] }
        }
        try require(names.allSatisfy { $0 == names[0] }, "the rows of a file have different columns")
    }

    /// What is read and written is read again as the same.
    private static func requireSameBehindWriting(_ rows: [Value], _ path: String) throws {
        try Data(try Rows(rows).csv.utf8).write(to: URL(filePath: path))
        let again = try DataFile.read(path, columns: nil)
        try require(again == .list(rows), "rows that are written and read again are others")
    }
}
