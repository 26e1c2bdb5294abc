import Glibc
import Synchronization

/// The instants at which a run can die: each step of the door, and each commit of the journal.
///
/// SQLite ends a transaction by a last frame of its write-ahead log: a header of 24 bytes with the size of the database in
/// bytes 4 to 7, which is 0 in all other frames, and then the page. So this program has a `pwrite64` of its own in front
/// of the C library's, which is `pwrite` by another name, and counts those pages.
enum Turns {
    private static let left = Atomic<Int>(.max)
    private static let isLastFrame = Atomic<Bool>(false)
    private static let headerSize = 24

    /// Lets the process die at the turn of this number; the first is 1.
    static func die(at turn: Int) { left.store(turn, ordering: .relaxed) }

    /// One more instant has come.
    static func take() {
        if left.subtract(1, ordering: .relaxed).newValue == 0 { kill(getpid(), SIGKILL) }
    }

    /// Writes, and takes note of what that is.
    fileprivate static func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int, _ offset: Int) -> Int {
        let written = pwrite(file, bytes, count, offset)
        if count == headerSize {
            let size = bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
            isLastFrame.store(size != 0, ordering: .relaxed)
        } else if count > headerSize, isLastFrame.exchange(false, ordering: .relaxed) {
            take()
        }
        return written
    }
}

/// What SQLite writes with.
@c(pwrite64)
public func countedWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int, _ offset: Int) -> Int {
    Turns.write(file, bytes, count, offset)
}
