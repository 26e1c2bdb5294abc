import Glibc
import Synchronization

/// A lock of a name that every process of a state folder heeds; the kernel gives it back when a process dies.
///
/// Each name has a byte of two files, so that there are as many locks as names and no more files than these. Whoever waits
/// to be alone is not passed by others that come later: they have to get through the name's byte of the gate first, which
/// who waits to be alone holds.
struct NamedLock {
    private let folder: String
    private let place: UInt64

    /// The lock of a name, which may be any text.
    init(_ name: String, in folder: String) {
        self.folder = folder
        place = Self.place(of: name)
    }

    /// The same in every process, and another one for another name: FNV-1a, cut to what an offset in a file may be.
    private static func place(of name: String) -> UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } >> 2
    }

    /// Takes it, and calls `waiting` every few milliseconds until it has it; it is held until the result is let go.
    func take(alone: Bool, waiting: () throws -> Void) throws -> [FileDescriptor] {
        let gate = try FileDescriptor.open(folder + "/gate", O_RDWR | O_CREAT)
        let lock = try FileDescriptor.open(folder + "/lock", O_RDWR | O_CREAT)
        for file in [gate, lock] {
            while try !file.tryLock(shared: !alone, byte: off_t(place)) {
                try waiting()
                usleep(5_000)
            }
        }
        return alone ? [gate, lock] : [lock]
    }
}

/// The same within one process.
final class ReadWriteLock: @unchecked Sendable {
    // Unchecked because the C type is a plain struct whose functions are thread-safe by contract.
    private let lock = UnsafeMutablePointer<pthread_rwlock_t>.allocate(capacity: 1)

    init() { pthread_rwlock_init(lock, nil) }

    deinit {
        pthread_rwlock_destroy(lock)
        lock.deallocate()
    }

    func tryLock(alone: Bool) -> Bool {
        (alone ? pthread_rwlock_trywrlock(lock) : pthread_rwlock_tryrdlock(lock)) == 0
    }

    func unlock() { pthread_rwlock_unlock(lock) }
}
