import Glibc

/// A plain file that stays open, and whose content stays what it was when it was opened.
///
/// A file that takes its place under its name makes no difference; one that is written into while it is open is a fault
/// (D012) of the next reading, and what was read of it is not used.
final class OpenFile: Sendable {
    /// How many bytes it has, a byte order mark included.
    let size: Int
    /// Where the text begins, behind a byte order mark.
    let textStart: Int
    private let descriptor: Int32
    private let stamp: FileStamp

    /// Opens a plain file; a fault for one that is empty or that is no UTF-8 from its first byte on.
    init(_ path: String) throws(DataFault) {
        // What is no plain file, such as a pipe, cannot be read twice and must not hold the program up.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let isMissing = errno == ENOENT
            throw DataFault(
                .unreadable,
                isMissing ? "there is no such file" : "it cannot be read: \(String(cString: strerror(errno)))")
        }
        do throws(DataFault) {
            (stamp, textStart) = try Self.look(at: descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        (self.descriptor, size) = (descriptor, stamp.size)
    }

    private static func look(at descriptor: Int32) throws(DataFault) -> (FileStamp, textStart: Int) {
        guard let stamp = FileStamp(of: descriptor), stamp.isPlain else {
            throw DataFault(.unreadable, "it cannot be read: it is no plain file")
        }
        let start = try textStart(descriptor)
        if stamp.size == start { throw DataFault(.empty, "the file is empty") }
        return (stamp, start)
    }

    deinit { close(descriptor) }

    private static func textStart(_ descriptor: Int32) throws(DataFault) -> Int {
        var mark: [UInt8] = [0, 0, 0]
        let count = pread(descriptor, &mark, 3, 0)
        if count >= 2, mark[0] ^ mark[1] == 1, min(mark[0], mark[1]) == 0xFE {
            throw DataFault(.encoding, "the file is UTF-16, and UTF-8 is wanted", line: 1, column: 1)
        }
        return count == 3 && mark == [0xEF, 0xBB, 0xBF] ? 3 : 0
    }

    /// Whether it is the file that has this name now.
    func isFile(at path: String) -> Bool {
        FileStamp(at: path).map { $0.device == stamp.device && $0.node == stamp.node } ?? false
    }

    /// Whether it is the file that has this name now, as it was when it was opened.
    func isCurrent(at path: String) -> Bool { FileStamp(at: path) == stamp }

    /// Reads what stands from the offset on; returns how much that is, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(DataFault) -> Int {
        let wanted = min(buffer.count, size - offset)
        var count = wanted == 0 ? 0 : pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
        while count < 0 && errno == EINTR { count = pread(descriptor, buffer.baseAddress, wanted, off_t(offset)) }
        guard count >= 0 else { throw DataFault(.unreadable, "it cannot be read: \(String(cString: strerror(errno)))") }
        // Looked at behind every reading: what was read before the file changed is as it was checked.
        guard FileStamp(of: descriptor) == stamp, count > 0 || wanted == 0 else {
            throw DataFault(
                .changed, "the file has changed since its check began",
                help: "start again with the file as it is")
        }
        return count
    }
}

/// What tells one content of a file from another without reading it.
private struct FileStamp: Equatable {
    let isPlain: Bool
    let device: dev_t
    let node: ino_t
    let size: Int
    /// The time of the last change, to the nanosecond.
    private let time: [UInt8]

    init?(of descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    init?(at path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        isPlain = status.st_mode & S_IFMT == S_IFREG
        (device, node, size) = (status.st_dev, status.st_ino, Int(status.st_size))
        time = withUnsafeBytes(of: status.st_mtim) { Array($0) }
    }
}
