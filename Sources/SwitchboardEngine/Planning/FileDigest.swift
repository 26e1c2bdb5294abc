import Glibc
import SwitchboardCore
import SwitchboardStore

/// What tells one content of a file from another.
enum FileDigest {
    /// The SHA-256 digest of a file's bytes; throws `invalid_argument` where it cannot be read.
    static func of(_ path: String) throws -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var digest = ContentDigest()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return digest.finish() }
            buffer.withUnsafeBytes { digest.take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    private static func failure(_ path: String) -> SwitchboardError {
        SwitchboardError(.invalidArgument, "'\(path)' cannot be read: \(String(cString: strerror(errno)))")
    }
}
