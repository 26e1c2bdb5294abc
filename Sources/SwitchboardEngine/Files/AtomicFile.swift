import Glibc
import SwitchboardCore

/// A file that is written beside its place and takes it in one step: the old content stays until the new one is complete
/// and on the disk.
///
/// Until then it has no name, so that a process that dies leaves nothing behind; where the file system has no such files,
/// it has a name of its own beside its place.
public final class AtomicFile {
    /// How much is written at once.
    private static let blockSize = 1 << 16

    private let path: String
    private let isPrivate: Bool
    /// The name beside its place.
    private var temporary: String
    private var file: Int32
    private var isNamed: Bool
    private var waiting: [UInt8] = []
    /// How many bytes the new content has.
    public private(set) var size = 0

    /// Begins a new content, which nobody but the user can read in a private file; makes no folders.
    ///
    /// Throws `invalid_argument` with the system's reason, as all that follows.
    public init(_ path: String, isPrivate: Bool = false) throws {
        self.path = path
        self.isPrivate = isPrivate
        if Self.isFolder(path) { throw Self.failure(path, EISDIR) }
        temporary = "\(path).\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 36)).tmp"
        let mode: mode_t = isPrivate ? 0o600 : 0o644
        file = Self.canBeNamed ? open(Self.folder(of: path), Self.unnamed | O_RDWR | O_CLOEXEC, mode) : -1
        isNamed = file < 0
        if isNamed { file = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode) }
        guard file >= 0 else { throw failure() }
    }

    /// What to do where nothing can be written.
    static let help = "name a file in a folder that is there and that you may write in; no folders are made"

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// `O_TMPFILE`, whose C macro Swift cannot read.
    private static let unnamed = 0o20_000_000 | O_DIRECTORY

    /// Whether the kernel's table of open files is there, by which a file without a name gets one.
    private static var canBeNamed: Bool { access("/proc/self/fd", X_OK) == 0 }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Without `commit` the old content stays.
    deinit {
        guard file >= 0 else { return }
        close(file)
        if isNamed { unlink(temporary) }
    }

    /// Adds to the new content.
    public func write(_ text: String) throws {
        waiting.append(contentsOf: text.utf8)
        size += text.utf8.count
        if waiting.count >= Self.blockSize { try flush() }
    }

    /// Puts the new content in its place.
    public func commit() throws {
        try flush()
        guard fsync(file) == 0 else { throw failure() }
        try giveName()
        guard rename(temporary, path) == 0 else { throw failure() }
        close(file)
        file = -1
    }

    private func giveName() throws {
        if isNamed { return }
        let open = "/proc/self/fd/\(file)"
        guard linkat(AT_FDCWD, open, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0 else { throw failure() }
        isNamed = true
    }

    /// Begins again with what the body writes after looking at the content so far, block by block.
    func rewrite(_ body: (AtomicFile, (inout [UInt8]) throws -> Bool) throws -> Void) throws {
        try flush()
        let other = try AtomicFile(path, isPrivate: isPrivate)
        var offset = 0
        try body(other) { block in
            block = [UInt8](repeating: 0, count: Self.blockSize)
            let count = pread(file, &block, block.count, off_t(offset))
            guard count >= 0 else { throw failure() }
            offset += count
            block.removeLast(block.count - count)
            return count > 0
        }
        try other.flush()
        // What was written so far goes with the other one.
        (file, isNamed, temporary, other.file, other.isNamed, other.temporary) =
            (other.file, other.isNamed, other.temporary, file, isNamed, temporary)
        size = other.size
    }

    func write(_ bytes: ArraySlice<UInt8>) throws {
        waiting.append(contentsOf: bytes)
        size += bytes.count
        if waiting.count >= Self.blockSize { try flush() }
    }

    private func flush() throws {
        var rest = waiting[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            rest = rest.dropFirst(count)
        }
        waiting.removeAll(keepingCapacity: true)
    }

    private func failure() -> SwitchboardError { Self.failure(path, errno) }

    private static func failure(_ path: String, _ code: Int32) -> SwitchboardError {
        let isOfPlace = [ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, EROFS].contains(code)
        return SwitchboardError(
            .invalidArgument, "'\(path)' cannot be written: \(String(cString: strerror(code)))",
            help: isOfPlace ? help : "make room there, or name another file")
    }
}
