import Glibc
import Synchronization

/// A lock of a name that every process of a state folder heeds; the kernel gives it back when a process dies.
///
/// Whoever waits to be alone is not passed by others that come later: they have to get through the gate file first,
/// which who waits to be alone holds.
struct NamedLock {
    private let path: String

    /// The lock of a name, which may be any text.
    init(_ name: String, in folder: String) {
        let safe = name.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : byte == 0x20 ? "-" : "_" + String(byte, radix: 16)
        }
        path = "\(folder)/\(safe.joined())"
    }

    /// Takes it, and calls `waiting` every few milliseconds until it has it; it is held until the result is let go.
    func take(alone: Bool, waiting: () throws -> Void) throws -> [FileDescriptor] {
        let gate = try FileDescriptor.open(path + ".gate", O_RDWR | O_CREAT)
        let lock = try FileDescriptor.open(path, O_RDWR | O_CREAT)
        for file in [gate, lock] {
            while try !file.tryLock(shared: !alone) {
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
