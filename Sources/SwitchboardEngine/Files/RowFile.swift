import SwitchboardCore

/// A file of rows that is written row by row, in the form that its ending tells.
///
/// It takes its place with `commit`, so that a full disk leaves the old one as it was.
public struct RowFile {
    private let file: AtomicFile
    private let kind: DataFile.Kind
    private var table: CSVTable
    private var count = 0

    /// Begins a file; throws `invalid_argument` where none can be written there.
    ///
    /// A CSV file into which no row comes has the columns for its header.
    public init(_ path: String, columns: [String] = []) throws {
        guard let kind = DataFile.Kind(of: path) else {
            throw SwitchboardError(.invalidArgument, "'\(path)' is no .csv, .json or .jsonl file")
        }
        self.kind = kind
        table = CSVTable(emptyColumns: columns)
        file = try AtomicFile(path)
    }

    /// Adds a row; the place of a secret in it stays empty.
    public mutating func write(_ row: Value) throws {
        let row = row.withoutSecrets
        switch kind {
        case .csv: try table.write(row, to: file)
        case .json: try file.write((count == 0 ? "[" : ",\n ") + row.json)
        case .jsonl: try file.write(row.json + "\n")
        }
        count += 1
    }

    /// Puts the file in its place.
    public mutating func commit() throws {
        switch kind {
        case .csv: try table.finish(file)
        case .json: try file.write(count == 0 ? "[]\n" : "]\n")
        case .jsonl: break
        }
        try file.commit()
    }
}

extension Value {
    /// The same with nothing in the place of every secret.
    fileprivate var withoutSecrets: Value {
        switch self {
        case .secret: return .nothing
        case .list(let values) where values.contains(where: \.holdsSecret): return .list(values.map(\.withoutSecrets))
        case .record(let record) where record.fields.contains(where: \.value.holdsSecret):
            return .record(
                Record(record.typeName, record.fields.map { .init($0.name, $0.value.withoutSecrets) }))
        default: return self
        }
    }

    private var holdsSecret: Bool {
        switch self {
        case .secret: true
        case .list(let values): values.contains(where: \.holdsSecret)
        case .record(let record): record.fields.contains(where: \.value.holdsSecret)
        default: false
        }
    }
}
