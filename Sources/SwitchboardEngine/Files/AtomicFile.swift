import Glibc
import SwitchboardCore

/// Writes files in one step: the old content stays until the new one is complete and on the disk.
public enum AtomicFile {
    /// Replaces or makes a file; makes no folders.
    ///
    /// Throws `invalid_argument` with the system's reason.
    public static func write(_ text: String, to path: String) throws {
        let bytes = Array(text.utf8)
        let temporary = "\(path).\(getpid()).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure(path) }
        var isWritten = false
        defer { if !isWritten { unlink(temporary) } }
        do {
            defer { close(file) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw failure(path) }
                rest = rest.dropFirst(count)
            }
            guard fsync(file) == 0 else { throw failure(path) }
        }
        guard rename(temporary, path) == 0 else { throw failure(path) }
        isWritten = true
    }

    private static func failure(_ path: String) -> SwitchboardError {
        SwitchboardError(.invalidArgument, "'\(path)' cannot be written: \(String(cString: strerror(errno)))")
    }
}
