import Glibc
import Synchronization

/// The file that sessions share their history in: each line is added whole, under the file's lock.
///
/// It is made for this user alone. When it has grown too long, the newest statements are written into a new file that
/// takes its place; sessions that have the old one open notice that before they write or read again.
public final class HistoryFile: Sendable {
    let path: String
    private let capacity: Int
    let state = Mutex(State())

    struct State {
        /// -1 where the file is not open.
        var descriptor: Int32 = -1
        /// Whether it is another file than the one that was read.
        var isUnread = true
        /// What is read of it: from the first byte to one past the last.
        var read = 0..<0
        /// How large it may grow before somebody counts its statements.
        var countedSize = 0
        /// Whether that is going on.
        var isCompacting = false
    }

    /// How long the lock is waited for.
    static let patience = 1000
    /// How much of the file's end is read at first.
    private static let tail = 1 << 18

    /// Makes nothing yet; keeps so many statements.
    public init(path: String, capacity: Int = 50_000) {
        (self.path, self.capacity) = (path, capacity)
    }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

    /// Adds a line; throws where it is not written, and the file is as before then.
    public func append(_ entry: HistoryEntry) throws(TerminalError) {
        try state.withLock { state throws(TerminalError) in
            try lock(&state)
            defer { flock(state.descriptor, LOCK_UN) }
            let size = try write(entry.line, to: state.descriptor)
            if size > max(state.countedSize, capacity * HistoryCompaction.shortestEntry), !state.isCompacting {
                state.isCompacting = startThread { self.compact(size) }
            }
        }
    }

    private func compact(_ size: Int) {
        let left = HistoryCompaction(path: path, capacity: capacity).run() ?? size
        state.withLock { ($0.countedSize, $0.isCompacting) = (left + left / 8, false) }
    }

    // MARK: Writing

    /// Opens the file that has the name now, and holds its lock.
    func lock(_ state: inout State) throws(TerminalError) {
        for _ in 0..<Self.patience {
            try open(&state, for: O_RDWR | O_CREAT)
            guard flock(state.descriptor, LOCK_EX | LOCK_NB) == 0 else {
                guard errno == EWOULDBLOCK || errno == EINTR else { throw failure("lock") }
                usleep(1000)
                continue
            }
            if Self.isNamed(path, state.descriptor) { return }
            flock(state.descriptor, LOCK_UN)
        }
        throw failure("lock", EWOULDBLOCK)
    }

    /// Writes a line behind what is there, on a line of its own; returns the file's size.
    private func write(_ line: [UInt8], to descriptor: Int32) throws(TerminalError) -> Int {
        let size = Self.size(of: descriptor)
        var last = UInt8(ascii: "\n")
        // A line that another program left half written stays a line of its own.
        if size > 0, pread(descriptor, &last, 1, off_t(size - 1)) != 1 { throw failure("read") }
        let bytes = last == UInt8(ascii: "\n") ? line : [UInt8(ascii: "\n")] + line
        let count = Glibc.write(descriptor, bytes, bytes.count)
        guard count == bytes.count else {
            let code = count < 0 ? errno : ENOSPC
            ftruncate(descriptor, off_t(size))
            throw failure("write", code)
        }
        return size + bytes.count
    }

    // MARK: Reading

    /// The statements that were added since the last look.
    ///
    /// They take the place of all before where the file is another one by now, which `isAnew` tells. The first look, and one anew, see only the newest.
    public func news() -> (entries: [HistoryEntry], isAnew: Bool) {
        state.withLock { state in
            guard (try? open(&state, for: O_RDONLY)) != nil else { return ([], false) }
            let size = Self.size(of: state.descriptor)
            let isAnew = state.isUnread || state.read.upperBound > size
            state.isUnread = false
            if isAnew {
                let start = max(0, size - Self.tail)
                let cut =
                    start == 0
                    ? 0 : Self.bytes(of: state.descriptor, start..<size).firstIndex(of: 0x0A).map { $0 + 1 } ?? 0
                state.read = start + cut..<start + cut
            }
            let bytes = Self.bytes(of: state.descriptor, state.read.upperBound..<size)
            // What has no end yet is being written.
            let end = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            state.read = state.read.lowerBound..<state.read.upperBound + end
            return (Self.entries(bytes[..<end]), isAnew)
        }
    }

    /// Reads lines, and passes damaged ones.
    static func entries(_ bytes: ArraySlice<UInt8>) -> [HistoryEntry] {
        bytes.split(separator: 0x0A).compactMap { HistoryEntry(line: $0) }
    }

    static func bytes(of descriptor: Int32, _ range: Range<Int>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let place = UnsafeMutableRawBufferPointer(buffer).baseAddress.map { $0 + count }
                let more = pread(descriptor, place, range.count - count, off_t(range.lowerBound + count))
                if more < 0 && errno == EINTR { continue }
                guard more > 0 else { break }
                count += more
            }
        }
    }

    // MARK: The open file

    /// Opens the file that has the name now, unless it is open; a session that reads first opens once more to write.
    func open(_ state: inout State, for use: Int32) throws(TerminalError) {
        let isOpen = state.descriptor >= 0 && Self.isNamed(path, state.descriptor)
        if isOpen, use == O_RDONLY || Self.mayWrite(state.descriptor) { return }
        let descriptor = Glibc.open(path, use | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw failure("open") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw failure("use", EINVAL)
        }
        if status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
        if !isOpen { state.isUnread = true }
        if state.descriptor >= 0 { close(state.descriptor) }
        state.descriptor = descriptor
    }

    private static func mayWrite(_ descriptor: Int32) -> Bool { fcntl(descriptor, F_GETFL) & O_ACCMODE != O_RDONLY }

    /// Whether the open file still has the name.
    static func isNamed(_ path: String, _ descriptor: Int32) -> Bool {
        var (open, named) = (stat(), stat())
        return fstat(descriptor, &open) == 0 && stat(path, &named) == 0 && open.st_ino == named.st_ino
            && open.st_dev == named.st_dev
    }

    static func size(of descriptor: Int32) -> Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    func failure(_ action: String, _ code: Int32 = errno) -> TerminalError {
        TerminalError(doing: "\(action) \(path)", errno: code)
    }
}
