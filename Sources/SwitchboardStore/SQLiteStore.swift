import CSQLite
public import FoundationEssentials
import Glibc
import Synchronization
public import SwitchboardCore

/// The store of one machine: a SQLite file in the state folder, shared by any number of processes.
///
/// Threads of one process take turns on one connection. A change waits up to 10 seconds for other processes.
public final class SQLiteStore: Store {
    /// This session's id; its lock file is held from the first change that names it until `close()` or the end of
    /// the process.
    public let session: String
    /// The state folder, absolute.
    public let directory: String

    let now: @Sendable () -> Date
    let failure: StoreFailure
    let keys: KeyRing
    private let waiting: Duration
    private let state: Mutex<State>

    private struct State {
        var connection: SQLiteConnection?
        let isReadOnly: Bool
        var lock: SessionLock?
        var reserve: LogReserve
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
            return SQLiteStore(file, (reader, true), StoreFailure(path: file.path), { Date() }, passphrase)
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
            return SQLiteStore(file, try file.open(), failure, now, passphrase)
        } catch {
            throw failure.error(for: error)
        }
    }

    private init(
        _ file: DatabaseFile, _ opened: sending (connection: SQLiteConnection, isReadOnly: Bool),
        _ failure: StoreFailure, _ now: @escaping @Sendable () -> Date,
        _ passphrase: @escaping @Sendable () throws -> Secret?
    ) {
        session = IDKind.session.make(at: now())
        directory = file.folder
        self.now = now
        self.failure = failure
        keys = KeyRing(folder: file.folder, askPassphrase: passphrase)
        waiting = .milliseconds(Int(file.busyMilliseconds))
        state = Mutex(
            State(
                connection: opened.connection, isReadOnly: opened.isReadOnly, lock: nil,
                reserve: LogReserve(path: file.logPath)))
    }

    /// Ends the session: its open intents may be taken over by others, and every later call is refused.
    public func close() {
        state.withLock { state in
            state.connection = nil
            state.lock?.remove()
            state.lock = nil
        }
    }

    deinit { close() }
}

/// How calls reach the database.
extension SQLiteStore {
    /// What a change needs besides the database.
    enum Need {
        /// Only that the room kept for open intents stays free.
        case room
        /// That also this session is known to live, and that the room for one more outcome is kept.
        case sessionAndRoom
        /// Nothing: its room was kept for it.
        case nothing
    }

    /// The folder of the sessions' lock files.
    var sessionFolder: String { directory + "/sessions" }

    /// Reads; the body is run again when another process is in its way.
    func read<Result: Sendable>(_ body: (SQLiteConnection) throws -> Result) throws -> Result {
        try reporting { state in
            let connection = try connection(state)
            return try patiently { try body(connection) }
        }
    }

    /// Changes, in one durable transaction; the body is run again when another process is in its way.
    func write<Result: Sendable>(
        _ need: Need = .room, _ body: (SQLiteConnection) throws -> Result
    ) throws -> Result {
        try reporting { state in
            let connection = try connection(state)
            if state.isReadOnly { throw failure.readOnly() }
            if need == .sessionAndRoom, state.lock == nil {
                state.lock = try SessionLock.acquire(session, in: sessionFolder)
            }
            return try patiently {
                try connection.transaction {
                    try keepRoom(need, connection, &state.reserve)
                    return try body(connection)
                }
            }
        }
    }

    /// Throws where the store is open for reading.
    func requireWritable() throws {
        try reporting { state in if state.isReadOnly { throw failure.readOnly() } }
    }

    private func keepRoom(_ need: Need, _ connection: SQLiteConnection, _ reserve: inout LogReserve) throws {
        guard need != .nothing else { return }
        let open = try connection.integer("SELECT count(*) FROM intents WHERE state = 'open'")
        try reserve.ensure(transactions: open + (need == .sessionAndRoom ? 2 : 1))
    }

    private func connection(_ state: State) throws -> SQLiteConnection {
        if let connection = state.connection { return connection }
        throw SwitchboardError(.storeUnavailable, "the store \(failure.path) is closed")
    }

    private func reporting<Result: Sendable>(_ body: (inout State) throws -> Result) throws -> Result {
        do {
            return try state.withLock { state in try body(&state) }
        } catch {
            throw failure.error(for: error)
        }
    }

    /// Repeats the body while SQLite says that another process is in its way, for as long as a call may wait.
    private func patiently<Result>(_ body: () throws -> Result) throws -> Result {
        let end = ContinuousClock.now + waiting
        while true {
            do {
                return try body()
            } catch let error as SQLiteFailure where error.primary == SQLITE_BUSY && ContinuousClock.now < end {
                usleep(10_000)
            }
        }
    }
}
