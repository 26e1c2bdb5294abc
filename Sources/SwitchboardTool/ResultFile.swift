import Switchboard

/// Keeps a result in a file, in the form that its ending tells: `.csv`, `.json`, `.jsonl` or `.md`.
enum ResultFile {
    /// How the names of such files end.
    static let endings = DataFile.endings + [".md"]

    /// Writes the rows of a list, or the one value, and replaces the file in one step; no secret is in it.
    ///
    /// Throws `invalid_argument` where the ending says nothing or the file cannot be written.
    static func write(_ value: Value, to path: String) throws {
        switch path.split(separator: ".").last?.lowercased() {
        case "md": return try writeMarkdown(value, to: path)
        case "csv", "json", "jsonl": break
        default: throw SwitchboardError(.invalidArgument, "'\(path)' is no .csv, .json, .jsonl or .md file")
        }
        var file = try RowFile(path)
        for item in Presentation.items(of: value) { try file.write(item) }
        try file.commit()
    }

    private static func writeMarkdown(_ value: Value, to path: String) throws {
        let file = try AtomicFile(path)
        for line in Presentation(mode: .md, width: nil).lines(value) { try file.write(line + "\n") }
        try file.commit()
    }
}
