import Glibc

/// Disk blocks kept ready behind the write-ahead log, so that an intent that was written can be settled although
/// the disk has filled up since.
///
/// SQLite appends to the log or writes it again from its start, so blocks behind its present end are what the
/// next transactions need at most. The blocks are asked for without changing the file's size; SQLite never sees
/// them.
///
/// Two cases promise nothing: a file system that has no such call or writes each change to new blocks, as btrfs
/// does; and a log of more than 4,062 pages, which a reader keeps from being folded into the file and whose index
/// has to grow. There a full disk may refuse the outcome; the intent stays open and is resolved at the next start.
struct LogReserve {
    /// What one transaction of the store may add to the log: 32 pages.
    static let transaction = 128 << 10

    private let path: String
    private var log: FileDescriptor?
    private var reservedEnd = 0

    /// Makes a reserve for a log that may not be there yet.
    init(path: String) { self.path = path }

    /// Sees to it that this many transactions have room; the caller holds the write lock.
    mutating func ensure(transactions: Int) throws {
        let log = try openLog()
        let size = log.size
        let end = size + transactions * Self.transaction
        guard end > reservedEnd else { return }
        do {
            // Some more than needed now, so that most calls return above.
            try reserve(log, from: size, to: end + 8 * Self.transaction)
        } catch let error as FileFailure where error.isFull {
            try reserve(log, from: size, to: end)
        } catch {
            // This file system makes no promise.
            reservedEnd = .max
        }
    }

    private mutating func reserve(_ log: FileDescriptor, from start: Int, to end: Int) throws {
        try log.reserveBlocks(from: start, to: end)
        reservedEnd = end
    }

    private mutating func openLog() throws -> FileDescriptor {
        if let log, !log.isRemoved { return log }
        let opened = try FileDescriptor.open(path, O_RDWR)
        log = opened
        reservedEnd = 0
        return opened
    }
}
