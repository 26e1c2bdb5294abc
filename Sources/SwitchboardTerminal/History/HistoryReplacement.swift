import Glibc

/// A new file that takes the place of the history's; one session at a time writes one.
struct HistoryReplacement: ~Copyable {
    private let path: String
    private let descriptor: Int32

    private var new: String { path + ".new" }

    /// Begins one, of what a session that was killed may have left; nil where another session is at it, or none can be
    /// written.
    init?(of path: String) {
        descriptor = open(path + ".new", O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        self.path = path
        guard descriptor >= 0 else { return nil }
        let isOwn = flock(descriptor, LOCK_EX | LOCK_NB) == 0 && HistoryFile.isNamed(path + ".new", descriptor)
        guard isOwn, ftruncate(descriptor, 0) == 0 else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds bytes.
    func write(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Puts what is written on the disk.
    func sync() -> Bool { fsync(descriptor) == 0 }

    /// Takes the history's place, whose lock is held.
    consuming func commit() -> Bool { rename(new, path) == 0 }

    /// Leaves the history as it is.
    consuming func drop() { unlink(new) }
}
