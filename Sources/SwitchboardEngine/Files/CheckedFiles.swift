public import SwitchboardLanguage
import Synchronization

/// The data files that a run has checked before its first effect.
///
/// They stay open, so that what was checked is what is read, even when another file takes the name meanwhile. A call that
/// reads once more, as in a loop, may find another content: it is checked before it is used.
public final class CheckedFiles: Sendable {
    private struct Reading: Hashable {
        var path: String
        var columns: RecordType?
    }
    private struct Checked {
        let rows: FileRows
        /// How many calls that were checked have not read it yet.
        var calls = 1
    }
    private let files = Mutex<[Reading: Checked]>([:])
    private let paths = Mutex<Set<String>>([])

    /// The paths of the files whose rows were asked for.
    var read: [String] { paths.withLock { $0.sorted() } }

    /// Opens and checks a file for one call, and keeps it.
    public func check(_ path: String, columns: RecordType?) throws(DataFault) {
        let reading = Reading(path: path, columns: columns)
        if files.withLock({ $0[reading]?.calls += 1 }) != nil { return }
        let rows = try FileRows(path, columns: columns)
        try rows.check()
        files.withLock { $0[reading] = Checked(rows: rows) }
    }

    /// The rows of a file that was checked.
    func checked(_ path: String, columns: RecordType?) -> FileRows? {
        files.withLock { $0[Reading(path: path, columns: columns)]?.rows }
    }

    /// The rows of a file: of the one that was checked, else of the one of this name, of which every cell is looked at
    /// first.
    public func rows(of path: String, columns: RecordType?) throws(DataFault) -> any ItemSource {
        let reading = Reading(path: path, columns: columns)
        paths.withLock { _ = $0.insert(path) }
        let checked = files.withLock { files in
            defer { files[reading]?.calls -= 1 }
            return files[reading]
        }
        if let checked, checked.calls > 0 || checked.rows.isCurrent { return checked.rows }
        let rows = try FileRows(path, columns: columns)
        try rows.check()
        return rows
    }

    /// The digests of the files that were checked, by path.
    func digests() throws -> [String: String] {
        let rows = files.withLock { $0.map { ($0.key.path, $0.value.rows) } }
        return try Dictionary(rows.map { ($0, try $1.digest()) }) { first, _ in first }
    }

    /// Whether the run reads rows from the file at a path, or has.
    public func isRead(_ path: String) -> Bool {
        paths.withLock { $0.contains(path) } || files.withLock { $0.values.contains { $0.rows.isFile(at: path) } }
    }

    /// Throws where the run reads rows from the file at a path, whose place another one is to take.
    public func requireUnread(_ path: String) throws(DataFault) {
        guard isRead(path) else { return }
        throw DataFault(
            .ending, "it cannot be written: the script reads its rows from it",
            help: "give the report a name of its own")
    }

    /// Forgets a file that the run itself is about to replace: who reads it next reads what the run has written.
    public func willReplace(_ path: String) {
        files.withLock { files in files = files.filter { !$0.value.rows.isFile(at: path) } }
    }
}
