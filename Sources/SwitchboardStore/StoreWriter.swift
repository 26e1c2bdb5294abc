import SwitchboardCore

/// The connection that changes the database, with what changes need besides it; used by one thread at a time.
struct StoreWriter {
    private let connection: SQLiteConnection
    private let session: String
    private let sessionFolder: String
    private let waiting: Duration
    private var lock: SessionLock?
    private var reserve: LogReserve

    /// `waiting` is how long a transaction waits for other processes.
    init(_ connection: SQLiteConnection, session: String, file: DatabaseFile) {
        self.connection = connection
        self.session = session
        sessionFolder = file.sessionFolder
        waiting = file.waiting
        reserve = LogReserve(path: file.logPath)
    }

    /// Ends the session.
    func close() { lock?.remove() }

    /// Makes the changes in one transaction, or each in its own where the disk has no room for all; durably where one of
    /// them is to be durable.
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
        try SQLiteConnection.patiently(for: waiting) {
            try connection.transaction(isDurable: needs.contains(where: \.isDurable)) {
                try keepRoom(needs)
                for change in changes { try make(change, isOnly: changes.count == 1) }
            }
        }
    }

    private func make(_ change: any GroupedChange, isOnly: Bool) throws {
        if isOnly { return try change.make(connection) }
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
