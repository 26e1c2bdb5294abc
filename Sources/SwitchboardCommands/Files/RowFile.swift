import SwitchboardCore
import SwitchboardEngine

/// A file of rows that is written whole, in the form that its ending tells.
enum RowFile {
    /// Writes beside the file first, so that a full disk leaves the old one as it was.
    static func write(_ rows: [Value], to path: String) throws {
        let text: String
        switch path.split(separator: ".").last?.lowercased() {
        case "csv": text = try Rows(rows).csv
        case "json": text = "[" + rows.map(\.json).joined(separator: ",\n ") + "]\n"
        case "jsonl": text = rows.map { $0.json + "\n" }.joined()
        default: throw SwitchboardError(.invalidArgument, "'\(path)' is no .csv, .json or .jsonl file")
        }
        try AtomicFile.write(text, to: path)
    }
}
