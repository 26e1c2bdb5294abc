import SwitchboardLanguage
import SwitchboardStore
import Synchronization

/// The rows of an open data file, which can be read any number of times and are the same each time.
final class FileRows: Sendable {
    private let path: String
    private let kind: DataFile.Kind
    private let file: OpenFile
    private let columns: RecordType?
    private let blockSize: Int
    /// The keys by which no two rows have one name.
    private let distinct = Mutex<Set<FieldPath?>>([])
    /// How many there are, once they have been looked at.
    private let counted = Mutex<Int?>(nil)

    /// Opens the file; a fault for a kind of file that is not known.
    init(_ path: String, columns: RecordType?, blockSize: Int? = nil) throws(DataFault) {
        guard let kind = DataFile.Kind(of: path) else {
            throw DataFault(.ending, "this is no .csv, .json or .jsonl file")
        }
        (self.path, self.kind, self.columns) = (path, kind, columns)
        self.blockSize = blockSize ?? ByteWindow.blockSize
        file = try OpenFile(path)
    }

    /// Looks at every cell; throws all that is wrong, up to a limit.
    func check() throws(DataFault) {
        do {
            let count = try read(to: nil)
            counted.withLock { $0 = count }
        } catch let fault as DataFault { throw fault } catch {
            throw DataFault(.unreadable, "\(error)")
        }
    }

    /// Gives the rows one by one until it is told to stop.
    func read(_ take: (Value) throws -> Bool) throws {
        _ = try withoutActuallyEscaping(take) { try read(to: $0) }
    }

    private func read(to take: ((Value) throws -> Bool)?) throws -> Int {
        switch kind {
        case .csv: try CSVRows.read(file, columns: columns, blockSize: blockSize, named: path, to: take)
        case .jsonl: try JSONRows.readLines(file, columns: columns, blockSize: blockSize, named: path, to: take)
        case .json: try JSONRows.readArray(file, columns: columns, named: path, to: take)
        }
    }

    /// Whether it is the file that has this name now.
    func isFile(at path: String) -> Bool { self.path == path || file.isFile(at: path) }

    /// The digest of its content.
    func digest() throws -> String {
        var (digest, offset) = (ContentDigest(), 0)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
        defer { buffer.deallocate() }
        while true {
            let count: Int
            do { count = try file.read(into: buffer, at: offset) } catch { throw error.error(in: path) }
            if count == 0 { return digest.finish() }
            digest.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += count
        }
    }

    /// Whether it is what anybody else reads who opens the file now.
    var isCurrent: Bool { file.isCurrent(at: path) }

    /// Remembers that no two rows have one name by this key.
    func noteDistinct(by key: FieldPath?) { distinct.withLock { _ = $0.insert(key) } }
}

extension FileRows: ItemSource {
    func forEach(_ take: (Value) throws -> Bool) throws {
        do { try read(take) } catch let fault as DataFault { throw fault.error(in: path) }
    }

    var knownCount: Int? { counted.withLock { $0 } }

    /// Those that the header of a CSV file names; a file that cannot be read any more tells so when its rows are read.
    var columnNames: [String] {
        kind == .csv ? (try? CSVRows.columnNames(of: file, blockSize: blockSize)) ?? [] : []
    }

    /// Rows without a number or a key have no name; a file without declared columns may have numbers.
    func needsNames(by key: FieldPath?) -> Bool {
        if distinct.withLock({ $0.contains(key) }) { return false }
        return key != nil || columns.map { $0.type(of: "e164") != nil } ?? true
    }
}
