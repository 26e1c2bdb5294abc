import FoundationEssentials
import Glibc
public import SwitchboardCore
public import SwitchboardLanguage

/// Reads data files strictly: CSV (RFC 4180, header line, UTF-8, LF or CRLF), JSON (one array) and JSON lines.
///
/// Codes: D001 the file cannot be read, D002 not UTF-8 or a NUL byte, D003 a wrong number of cells, D004 bad quoting,
/// D005 a bad header, D006 a bad cell, D007 bad JSON, D008 the file is empty, D009 an unknown kind of file, D010 two
/// rows of one name.
public enum DataFile {
    private static let kinds = ["csv", "json", "jsonl"]

    /// The most faults that one reading lists.
    static let faultLimit = 20

    /// Reads a file by its ending.
    ///
    /// Without columns every CSV cell is a string.
    public static func read(_ path: String, columns: RecordType?) throws(DataFault) -> Value {
        let kind = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard kinds.contains(kind) else {
            throw DataFault("D009", "'\(path)' is no .csv, .json or .jsonl file")
        }
        let bytes = try load(path)
        switch kind {
        case "csv": return try CSVReader.rows(of: bytes, columns: columns)
        case "jsonl": return try JSONRows.lines(of: bytes, columns: columns)
        default: return try JSONRows.array(of: bytes, columns: columns)
        }
    }

    /// Reads a file of one JSON value, whatever its name.
    public static func document(_ path: String) throws(DataFault) -> JSON {
        let bytes = try load(path)
        return try JSONRows.parse(bytes[...], in: bytes)
    }

    /// Throws why a file of rows cannot be written there, as far as that can be told without writing.
    public static func requireWritable(_ path: String) throws(DataFault) {
        let kind = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard kinds.contains(kind) else { throw DataFault("D009", "this is no .csv, .json or .jsonl file") }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "./"
        guard access(String(folder), W_OK | X_OK) == 0 else {
            throw DataFault("D009", "it cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    private static func load(_ path: String) throws(DataFault) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            let reason = access(path, F_OK) != 0 ? "there is no such file" : "it cannot be read: \(reason(path))"
            throw DataFault("D001", reason)
        }
        if bytes.isEmpty { throw DataFault("D008", "the file is empty") }
        try checkText(bytes)
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private static func reason(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 { return String(cString: strerror(errno)) }
        close(file)
        return "it is no plain file"
    }

    private static func checkText(_ bytes: [UInt8]) throws(DataFault) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw DataFault("D002", "the file is UTF-16, and UTF-8 is wanted", line: 1, column: 1)
        }
        if let index = bytes.firstIndex(of: 0) {
            let (line, column) = place(of: index, in: bytes)
            throw DataFault("D002", "a NUL byte", line: line, column: column)
        }
        if let index = firstInvalidByte(bytes) {
            let (line, column) = place(of: index, in: bytes)
            throw DataFault("D002", "this is not UTF-8", line: line, column: column, help: "convert the file to UTF-8")
        }
    }

    private static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var position = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): position += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return position
            }
        }
    }

    /// The line and the column in characters of a byte.
    static func place(of index: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        let before = bytes[..<index]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (line, String(decoding: bytes[start..<index], as: UTF8.self).count + 1)
    }
}
