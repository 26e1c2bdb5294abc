extension DataFile {
    /// The names of a file's columns, as far as its beginning tells: of CSV those of the header, of JSON lines the fields
    /// of the first row; none where they cannot be read.
    static func columns(of path: String) -> [String] {
        switch Kind(of: path) {
        case .csv?: (try? header(of: path)) ?? []
        case .jsonl?: (try? fields(of: path)) ?? []
        case .json?, nil: []
        }
    }

    private static func header(of path: String) throws -> [String] {
        var scanner = CSVScanner(ByteWindow(try OpenFile(path), blockSize: ByteWindow.blockSize))
        return try scanner.next() ? scanner.cells.map { scanner.text(of: $0) } : []
    }

    private static func fields(of path: String) throws -> [String] {
        var names: [String] = []
        try FileRows(path, columns: nil).read { row in
            if case .record(let record) = row { names = record.fields.map(\.name) }
            return false
        }
        return names
    }
}
