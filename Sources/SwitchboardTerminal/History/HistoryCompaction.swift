import Glibc

/// Puts a file with the newest statements in the place of one that has grown too long, while its lock is held.
struct HistoryCompaction {
    let path: String
    let capacity: Int

    /// A file shorter than this for each statement has no need of it.
    static let shortestEntry = 60

    /// Returns the size of the new file; nil where the old one stays, being short enough, or no new one can be written.
    func run(on descriptor: Int32) -> Int? {
        let bytes = HistoryFile.bytes(of: descriptor, 0..<HistoryFile.size(of: descriptor))
        var list = HistoryList()
        HistoryFile.entries(bytes[...]).forEach { list.add($0) }
        guard list.entries.count > capacity + capacity / 10 else { return nil }
        let new = path + ".new"
        // The lock keeps other sessions from it; one that was killed here may have left a piece.
        let output = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard output >= 0 else { return nil }
        let newest = list.entries.suffix(capacity).flatMap(\.line)
        let isWritten = Self.write(newest, to: output) && fsync(output) == 0
        close(output)
        if isWritten, rename(new, path) == 0 { return newest.count }
        unlink(new)
        return nil
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
