import SwitchboardCore

/// The connection that changes the database, with what changes need besides it; used by one thread at a time.
struct StoreWriter {
    private let connection: SQLiteConnection
    private let session: String
    private let sessionFolder: String
    private let waiting: Duration
    private var lock: SessionLock?
    private var reserve: LogReserve
    private let log: LogSync
    private var hasLog = false

    /// `waiting` is how long a transaction waits for other processes.
    init(_ connection: SQLiteConnection, session: String, file: DatabaseFile, log: LogSync) {
        self.connection = connection
        self.log = log
        self.session = session
        sessionFolder = file.sessionFolder
        waiting = file.waiting
        reserve = LogReserve(path: file.logPath)
    }

    /// Ends the session.
    func close() { lock?.remove() }

    /// Makes the changes in one transaction, or each in its own where the disk has no room for all; what is to be durable
    /// is to be synced then.
    ///
    /// A change that is refused is undone by itself. What keeps the transaction from the disk fails them all: to write
    /// again after a failed sync could only seem to succeed, and whoever was locked out has waited long enough.
    mutating func commit(_ changes: [any GroupedChange]) {
        do { try makeTogether(changes) } catch {
            if changes.count > 1, StoreFailure.isFull(error) { return changes.forEach { commit([$0]) } }
            changes.forEach { $0.fail(error) }
        }
    }

    private mutating func makeTogether(_ changes: [any GroupedChange]) throws {
        let needs = changes.map(\.need)
        if needs.contains(.sessionAndRoom), lock == nil {
            lock = try SessionLock.acquire(session, in: sessionFolder)
        }
        var isRefused = false
        do {
            try transaction(needs) { connection in
                isRefused = true
                for change in changes { try change.make(connection) }
                isRefused = false
            }
        } catch {
            guard isRefused, changes.count > 1, !StoreFailure.endsAll(error) else { throw error }
            // One of them is refused: once more, each to be undone by itself.
            try transaction(needs) { for change in changes { try Self.make(change, $0) } }
        }
        if !hasLog { try log.take(connection) }
        hasLog = true
    }

    private mutating func transaction(_ needs: [SQLiteStore.Need], _ body: (SQLiteConnection) throws -> Void) throws {
        try SQLiteConnection.patiently(for: waiting) {
            try connection.transaction {
                if needs.contains(where: \.isDurable) { try log.requireSound() }
                try keepRoom(needs)
                try body(connection)
            }
        }
    }

    private static func make(_ change: any GroupedChange, _ connection: SQLiteConnection) throws {
        do { try connection.part { try change.make(connection) } } catch {
            guard connection.isInTransaction, !StoreFailure.endsAll(error) else { throw error }
            change.fail(error)
        }
    }

    private mutating func keepRoom(_ needs: [SQLiteStore.Need]) throws {
        let transactions = needs.reduce(0) { $0 + $1.transactions }
        guard transactions > 0 else { return }
        let open = try connection.integer("SELECT count(*) FROM intents WHERE state = 'open'")
        try reserve.ensure(transactions: open + transactions)
    }
}
