import Dispatch
public import FoundationEssentials
import Synchronization
public import SwitchboardCore

/// The store of one machine: a SQLite file in the state folder, shared by any number of processes.
///
/// Threads of one process take turns on two connections, one for reading and one for changes, and their changes share
/// syncs. A change waits up to 10 seconds for other processes.
public final class SQLiteStore: Store {
    /// This session's id; its lock file is held from the first change that names it until `close()` or the end of
    /// the process.
    public let session: String
    /// The state folder, absolute.
    public let directory: String

    let now: @Sendable () -> Date
    let failure: StoreFailure
    let keys: KeyRing
    /// The folder of the sessions' lock files.
    let sessionFolder: String
    private let waiting: Duration
    private let isReadOnly: Bool
    private let reader: Mutex<SQLiteConnection?>
    private let writer: Mutex<StoreWriter?>
    let group = CommitGroup()
    private let log = LogSync()
    private let left = Mutex<Left>(Left())

    /// The changes that are left to be committed with others.
    private struct Left {
        var isCommitPlanned = false
        /// Why one of them could not be made; whoever changes something next hears it.
        var failure: (any Error)?
    }

    /// Opens the store of a state folder, making both for this user alone where they are missing.
    ///
    /// A folder that cannot be written opens for reading, and every change is refused. Throws `store_unavailable`
    /// with the file's path when it is damaged, not ours, newer than this program, or cannot be opened; such a
    /// file is left as it is, byte for byte. `passphrase` asks for the one that the secrets are locked with, where they
    /// are and when the first is needed; nil where nobody gives it.
    public static func open(
        directory: String, now: @escaping @Sendable () -> Date = { Date() },
        passphrase: @escaping @Sendable () throws -> Secret? = { nil }
    ) throws -> SQLiteStore {
        try open(directory: directory, busyMilliseconds: 10_000, now: now, passphrase: passphrase)
    }

    /// Opens the store of a state folder for reading, and makes nothing; nil where there is none.
    ///
    /// Every change is refused. Throws as `open` does.
    public static func openForReading(
        directory: String, passphrase: @escaping @Sendable () throws -> Secret? = { nil }
    ) throws -> SQLiteStore? {
        let failure = StoreFailure(path: directory + "/switchboard.db")
        do {
            let file = DatabaseFile(folder: try StateFolder.absolute(directory), busyMilliseconds: 10_000)
            guard let reader = try file.openForReading() else { return nil }
            return SQLiteStore(file, reader, nil, { Date() }, passphrase)
        } catch {
            throw failure.error(for: error)
        }
    }

    static func open(
        directory: String, busyMilliseconds: Int32, now: @escaping @Sendable () -> Date = { Date() },
        passphrase: @escaping @Sendable () throws -> Secret? = { nil }
    ) throws -> SQLiteStore {
        var failure = StoreFailure(path: directory + "/switchboard.db")
        do {
            let folder = try StateFolder.absolute(directory)
            let file = DatabaseFile(folder: folder, busyMilliseconds: busyMilliseconds)
            failure = StoreFailure(path: file.path)
            return SQLiteStore(file, try file.open(), try file.openForWriting(), now, passphrase)
        } catch {
            throw failure.error(for: error)
        }
    }

    private init(
        _ file: DatabaseFile, _ reader: sending SQLiteConnection, _ connection: sending SQLiteConnection?,
        _ now: @escaping @Sendable () -> Date, _ passphrase: @escaping @Sendable () throws -> Secret?
    ) {
        session = IDKind.session.make(at: now())
        directory = file.folder
        self.now = now
        failure = StoreFailure(path: file.path)
        keys = KeyRing(folder: file.folder, askPassphrase: passphrase)
        sessionFolder = file.sessionFolder
        waiting = file.waiting
        isReadOnly = connection == nil
        self.reader = Mutex(reader)
        let (session, log) = (session, log)
        writer = Mutex(connection.map { StoreWriter($0, session: session, file: file, log: log) })
    }

    /// Ends the session: its open intents may be taken over by others, and every later call is refused.
    ///
    /// The connection that changes the file is closed last: it puts the log away.
    public func close() {
        if group.waitingCount > 0 { commitLeft() }
        reader.withLock { $0 = nil }
        log.close()
        writer.withLock { writer in
            writer?.close()
            writer = nil
        }
    }

    deinit { close() }
}

/// How calls reach the database.
extension SQLiteStore {
    /// Reads, beside changes that are under way; the body is run again when another process is in its way.
    func read<Result: Sendable>(_ body: (SQLiteConnection) throws -> Result) throws -> Result {
        try reporting { reader in
            guard let reader else { throw closed }
            return try SQLiteConnection.patiently(for: waiting) { try body(reader) }
        }
    }

    private func reporting<Result: Sendable>(_ body: (inout SQLiteConnection?) throws -> Result) throws -> Result {
        do { return try reader.withLock { reader in try body(&reader) } } catch { throw failure.error(for: error) }
    }

    /// Changes, in one transaction that changes of other threads may share; durable unless its need says otherwise.
    ///
    /// The body is run again when another process is in its way or the transaction fails for want of room.
    func write(_ need: Need = .room, _ body: @escaping @Sendable (SQLiteConnection) throws -> Void) throws {
        try requireWritable()
        do {
            // What is done is written whatever else is lost: its room was kept.
            if need != .outcome { try throwFailureOfLeft() }
            try group.submit(Change(need, body), commit: commit, sync: log.sync)
        } catch { throw failure.error(for: error) }
    }

    /// The same, and returns what the body says.
    func write<Answer: Sendable>(
        _ need: Need = .room, _ body: @escaping @Sendable (SQLiteConnection) throws -> Answer
    ) throws -> Answer {
        let said = Said<Answer>()
        try write(need) { connection in
            let answer = try body(connection)
            said.answer.withLock { $0 = answer }
        }
        guard let answer = said.answer.withLock(\.self) else {
            throw SwitchboardError(.internal, "a change of the store was made and said nothing")
        }
        return answer
    }

    private final class Said<Answer: Sendable>: Sendable {
        let answer = Mutex<Answer?>(nil)
    }

    /// Changes with the next change, or within 20 ms where none comes; a failure is heard by whoever changes next.
    func writeLater(_ body: @escaping @Sendable (SQLiteConnection) throws -> Void) throws {
        try requireWritable()
        do { try throwFailureOfLeft() } catch { throw failure.error(for: error) }
        group.leave(LeftChange(body) { [weak self] error in self?.left.withLock { $0.failure = $0.failure ?? error } })
        let isPlanned = left.withLock { left in
            defer { left.isCommitPlanned = true }
            return left.isCommitPlanned
        }
        if isPlanned { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { [weak self] in
            self?.left.withLock { $0.isCommitPlanned = false }
            self?.commitLeft()
        }
    }

    /// Commits what was left until now.
    func commitLeft() {
        if group.waitingCount == 0 { return }
        // One that fails has told it by itself.
        _ = try? group.submit(Change(.outcome) { _ in }, commit: commit, sync: {})
    }

    private func throwFailureOfLeft() throws {
        let failure = left.withLock { left in
            defer { left.failure = nil }
            return left.failure
        }
        if let failure { throw failure }
    }

    private func commit(_ changes: [any GroupedChange]) {
        writer.withLock { writer in
            if writer == nil { changes.forEach { $0.fail(closed) } }
            writer?.commit(changes)
        }
    }

    /// Throws where the store is open for reading.
    func requireWritable() throws { if isReadOnly { throw failure.readOnly() } }

    private var closed: SwitchboardError {
        SwitchboardError(.storeUnavailable, "the store \(failure.path) is closed")
    }
}
