import CSQLite
import Glibc

/// A system call on a file that failed.
struct FileFailure: Error {
    /// The errno.
    var number: Int32
    /// What failed, with the path and the system's words.
    var message: String

    /// Whether the disk or the user's share of it is used up.
    var isFull: Bool { number == ENOSPC || number == EDQUOT }

    /// Describes a failed call by its errno, which is the last one unless given.
    init(_ action: String, _ path: String, _ number: Int32 = errno) {
        self.number = number
        message = "cannot \(action) \(path): \(String(cString: strerror(number)))"
    }
}

/// An open file that closes itself; the number never leaves it, so no call can outlive it.
final class FileDescriptor {
    private let number: Int32
    private let path: String

    private init(_ number: Int32, _ path: String) {
        self.number = number
        self.path = path
    }

    deinit { close(number) }

    /// Opens a file that child programs do not inherit; a new one is for this user alone.
    static func open(_ path: String, _ flags: Int32) throws -> FileDescriptor {
        let number = Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw FileFailure("open", path) }
        return FileDescriptor(number, path)
    }

    /// Waits for the file's exclusive lock; it ends when the descriptor closes or the process dies.
    func lock() throws {
        while flock(number, LOCK_EX) != 0 {
            if errno != EINTR { throw FileFailure("lock", path) }
        }
    }

    /// Takes the exclusive lock if nobody is in the way.
    func tryLock() throws -> Bool {
        if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
        if errno == EWOULDBLOCK || errno == EINTR { return false }
        throw FileFailure("lock", path)
    }

    /// `F_OFD_SETLK`, the lock that belongs to an opening and not to a process; glibc shows it to `_GNU_SOURCE` only.
    private static let setLockOfOpening: Int32 = 37

    /// Takes the lock of one byte, which the file need not have, if no other opening of the file is in the way.
    func tryLock(shared isShared: Bool, byte: off_t) throws -> Bool {
        var lock = flock()
        (lock.l_type, lock.l_whence) = (Int16(isShared ? F_RDLCK : F_WRLCK), Int16(SEEK_SET))
        (lock.l_start, lock.l_len) = (byte, 1)
        if fcntl(number, Self.setLockOfOpening, &lock) == 0 { return true }
        if errno == EAGAIN || errno == EACCES || errno == EINTR { return false }
        throw FileFailure("lock", path)
    }

    /// Whether the file was removed since it was opened.
    var isRemoved: Bool { status.st_nlink == 0 }

    /// The rights of the user, the group and others.
    var mode: UInt32 { status.st_mode & 0o777 }

    /// The file's size in bytes.
    var size: Int { Int(status.st_size) }

    /// Reads a small file that has exactly this size.
    func read(exactly count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard size == count, Glibc.read(number, &bytes, count) == count else {
            throw FileFailure("use (it has the wrong size)", path, EINVAL)
        }
        return bytes
    }

    /// Writes a small file and waits until it is durable.
    func write(_ bytes: [UInt8]) throws {
        let written = Glibc.write(number, bytes, bytes.count)
        if written < 0 { throw FileFailure("write", path) }
        guard written == bytes.count else { throw FileFailure("write", path, ENOSPC) }
        try sync()
    }

    /// Waits until what was written is durable.
    func sync() throws {
        if fsync(number) != 0 { throw FileFailure("sync", path) }
    }

    /// Gives the file disk blocks for a range that may lie behind its end, and leaves its size alone.
    func reserveBlocks(from start: Int, to end: Int) throws {
        if csqlite_reserve_blocks(number, off_t(start), off_t(end - start)) != 0 {
            throw FileFailure("reserve room in", path)
        }
    }

    private var status: stat {
        var status = stat()
        fstat(number, &status)
        return status
    }
}
