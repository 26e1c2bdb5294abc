import Glibc
public import SwitchboardCore
public import SwitchboardLanguage

/// Reads data files strictly: CSV (RFC 4180, header line, UTF-8, LF or CRLF), JSON (one array) and JSON lines.
///
/// CSV and JSON lines are read row by row, in the memory that the longest row needs (at most 16 MiB); a `.json` file is
/// read whole.
///
/// Codes: D001 the file cannot be read, D002 not UTF-8 or a NUL byte, D003 a wrong number of cells, D004 bad quoting,
/// D005 a bad header, D006 a bad cell, D007 bad JSON, D008 the file is empty, D009 an unknown kind of file, D010 two
/// rows of one name, D011 a file that scripts may not use, D012 the file changed while it was open.
public enum DataFile {
    /// How the names of data files end.
    public static let endings = Kind.allCases.map { "." + $0.rawValue }

    /// The most faults that one reading lists.
    static let faultLimit = 20

    /// Reads a file by its ending, all of it.
    ///
    /// Without columns every CSV cell is a string. `blockSize` is how many bytes are read at once; nothing else depends
    /// on it.
    public static func read(_ path: String, columns: RecordType?, blockSize: Int? = nil) throws(DataFault) -> Value {
        var rows: [Value] = []
        do {
            try FileRows(path, columns: columns, blockSize: blockSize).read { row in
                rows.append(row)
                return true
            }
        } catch let fault as DataFault {
            throw fault
        } catch { throw DataFault(.unreadable, SwitchboardError(wrapping: error).message) }
        return .list(rows)
    }

    /// Reads a file of one JSON value, whatever its name.
    public static func document(_ path: String) throws(DataFault) -> JSON {
        try JSONRows.parse(bytes(of: OpenFile(path))[...])
    }

    /// Throws why a file of rows cannot be written there, as far as that can be told without writing.
    public static func requireWritable(_ path: String) throws(DataFault) {
        guard Kind(of: path) != nil else { throw DataFault(.ending, "this is no .csv, .json or .jsonl file") }
        try requireFolder(of: path)
    }

    /// Throws why no file of any kind can be written there.
    public static func requireFolder(of path: String) throws(DataFault) {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "./"
        let isWritable = access(String(folder), W_OK | X_OK) == 0
        guard isWritable, !AtomicFile.isFolder(path) else {
            let reason = String(cString: strerror(isWritable ? EISDIR : errno))
            throw DataFault(.ending, "it cannot be written: \(reason)", help: AtomicFile.help)
        }
    }

    /// The whole text of a file, without a byte order mark.
    static func bytes(of file: OpenFile) throws(DataFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: file.size - file.textStart)
        var count = 0
        while count < bytes.count {
            let fault: DataFault?
            (count, fault) = bytes.withUnsafeMutableBytes { whole in
                do throws(DataFault) {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: whole[count...])
                    return (count + (try file.read(into: rest, at: file.textStart + count)), nil)
                } catch { return (count, error) }
            }
            if let fault { throw fault }
        }
        let (end, _) = bytes.withUnsafeBufferPointer { all in
            all.baseAddress.map { UTF8Text.end(in: $0, from: 0, to: all.count) } ?? (0, false)
        }
        if end < bytes.count { throw badByte(end, in: bytes) }
        return bytes
    }

    private static func badByte(_ index: Int, in bytes: [UInt8]) -> DataFault {
        let before = bytes[..<index]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = String(decoding: before[start...], as: UTF8.self).count + 1
        return bytes[index] == 0
            ? DataFault(.encoding, "a NUL byte", line: line, column: column)
            : DataFault(.encoding, "this is not UTF-8", line: line, column: column, help: "convert the file to UTF-8")
    }

    /// What a file is by its ending.
    enum Kind: String, CaseIterable {
        case csv, json, jsonl

        init?(of path: String) { self.init(rawValue: path.split(separator: ".").last?.lowercased() ?? "") }
    }
}
