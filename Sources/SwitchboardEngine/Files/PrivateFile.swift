import Glibc
import SwitchboardCore

/// A file that holds secrets, taken only where nobody but its owner could have read or changed it, as ssh takes keys.
public enum PrivateFile {
    private static let sizeLimit = 1 << 20

    /// Reads the whole of a plain file of this user's that its group and others have no right to.
    ///
    /// `name` is what messages call it, such as `~/.livekit/cli-config.yaml`. Throws `not_found` where there is none,
    /// `unauthorized` with what to type for one that is not private.
    public static func read(_ path: String, named name: String) throws -> [UInt8] {
        // What is no plain file, such as a pipe, must not hold the program up.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if file < 0 && errno == ENOENT { throw SwitchboardError(.notFound, "there is no \(name)") }
        guard file >= 0 else { throw refusal("\(name) cannot be read: \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw refusal("\(name) is no plain file")
        }
        guard status.st_uid == geteuid() else {
            throw refusal("\(name) belongs to another user", help: "type: chown $(id -un) \(name)")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw refusal("\(name) holds secrets, and others may read or change it", help: "type: chmod 600 \(name)")
        }
        guard status.st_size <= sizeLimit else { throw refusal("\(name) is larger than 1 MiB") }
        return try bytes(of: file, name)
    }

    private static func bytes(of file: Int32, _ name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= sizeLimit {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw refusal("\(name) cannot be read: \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    private static func refusal(_ message: String, help: String? = nil) -> SwitchboardError {
        SwitchboardError(.unauthorized, message, help: help)
    }
}
