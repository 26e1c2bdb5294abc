import CEditline
import Glibc

/// Leaves the oldest statements out of a file that has grown too long.
///
/// It holds the file's lock only while it takes over what was added meanwhile, so that nobody who enters a statement waits.
struct HistoryCompaction {
    let path: String
    /// How many statements are kept.
    let capacity: Int

    /// How many bytes are kept, however few statements they are.
    static let room = 32 << 20
    /// A file shorter than this for each statement has no need of it.
    static let shortestEntry = 60

    /// Returns the size that the file has now; nil where it is another session's turn, or no new file can be written.
    func run() -> Int? {
        guard let new = HistoryReplacement(of: path) else { return nil }
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = HistoryFile.bytes(of: descriptor, 0..<HistoryFile.size(of: descriptor))
        // What has no end yet is being written.
        let end = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let start = start(in: &bytes, end)
        guard start > 0 else {
            new.drop()
            return end
        }
        guard new.write(bytes[start..<end]), new.sync(), flock(descriptor, LOCK_EX) == 0,
            HistoryFile.isNamed(path, descriptor)
        else {
            new.drop()
            return nil
        }
        let size = HistoryFile.size(of: descriptor)
        guard new.write(HistoryFile.bytes(of: descriptor, end..<size)[...]) else {
            new.drop()
            return nil
        }
        return new.commit() ? size - start : nil
    }

    /// Where the statements begin that are kept; 0 where hardly any would go.
    private func start(in bytes: inout [UInt8], _ end: Int) -> Int {
        var (count, start) = (0, end)
        bytes.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self), end > 0 else { return }
            var length = end - 1
            while count < capacity {
                let line = ce_last_line(base, length, HistoryEntry.textMark, false)
                guard line >= 0 else { return start = 0 }
                if count > 0, end - line > Self.room { return }
                (count, start, length) = (count + 1, line, max(0, line - 1))
            }
        }
        return end - start > end - end / 10 ? 0 : start
    }
}
