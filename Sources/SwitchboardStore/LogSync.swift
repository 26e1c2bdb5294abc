import CSQLite
import Synchronization

/// Makes the write-ahead log durable beside transactions that go on; threads that ask while one sync is under way share
/// the next.
///
/// The file is SQLite's own, so that the log's entry in its folder is synced with it.
final class LogSync: Sendable {
    /// SQLite's open file; unchecked because its `xSync` works on the descriptor alone.
    private struct Log: @unchecked Sendable {
        let file: UnsafeMutablePointer<sqlite3_file>

        func sync() throws {
            guard let sync = file.pointee.pMethods?.pointee.xSync else {
                throw SQLiteFailure(code: SQLITE_MISUSE, message: "the log is closed")
            }
            let code = sync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY)
            guard code == SQLITE_OK else {
                throw SQLiteFailure(code: code, message: String(cString: sqlite3_errstr(code)))
            }
        }
    }
    private struct Count {
        var begun = 0
        var ended = 0
    }

    /// The log, held by whoever syncs it; nil before the first change and once the store is closed.
    private let turn = Mutex<Log?>(nil)
    private let count = Mutex(Count())
    /// Set for good once a sync has failed: what the system could not write it may forget, and a later sync that succeeds
    /// says nothing of it.
    private let isBroken = Atomic(false)

    /// Takes the log of a connection that has made a change, which uses the file alone as yet.
    ///
    /// The first sync of a new file is that of its folder, too, and is noted in what the connection has of the file.
    func take(_ connection: SQLiteConnection) throws {
        let log = Log(file: try connection.log())
        try log.sync()
        turn.withLock { $0 = log }
    }

    /// Lets the log go, behind the sync that is under way.
    func close() { turn.withLock { $0 = nil } }

    /// Throws once the log has failed.
    func requireSound() throws {
        if isBroken.load(ordering: .acquiring) {
            throw SQLiteFailure(code: SQLITE_IOERR, message: "the disk has failed to keep an earlier change")
        }
    }

    /// Returns once all that was committed before the call is on the disk.
    func sync() throws {
        let wanted = count.withLock { $0.begun + 1 }
        try turn.withLock { log in
            if count.withLock({ $0.ended >= wanted }) { return }
            try requireSound()
            guard let log else { throw SQLiteFailure(code: SQLITE_MISUSE, message: "the log is closed") }
            let begun = count.withLock { count in
                count.begun += 1
                return count.begun
            }
            do { try log.sync() } catch {
                isBroken.store(true, ordering: .releasing)
                throw error
            }
            count.withLock { $0.ended = begun }
        }
    }
}
