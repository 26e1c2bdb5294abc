import CSodium
import Glibc

/// The key of a state folder's secrets: 32 bytes, of chance in a file that only its user can read, or of a passphrase.
struct MasterKey: Sendable {
    let bytes: [UInt8]

    static let count = 32

    /// A key file that others than its user may read or write.
    struct Exposed: Error {
        let path: String
        let mode: UInt32

        var message: String { "\(path) has mode 0\(String(mode, radix: 8)), so others than you may read or change it" }
    }

    /// Reads a key file; throws `Exposed` for one that is not its user's alone.
    static func read(_ name: String = KeyForm.firstFile, in folder: String) throws -> MasterKey {
        try prepareSodium()
        let path = "\(folder)/\(name)"
        let file = try FileDescriptor.open(path, O_RDONLY)
        guard file.mode & 0o077 == 0 else { throw Exposed(path: path, mode: file.mode) }
        return MasterKey(bytes: try file.read(exactly: count))
    }

    /// Reads a key file; makes it where it is missing.
    ///
    /// Processes that do this at once agree on one key.
    static func readOrMake(_ name: String = KeyForm.firstFile, in folder: String) throws -> MasterKey {
        let path = "\(folder)/\(name)"
        if access(path, F_OK) != 0 { try make(path) }
        let key = try read(name, in: folder)
        // Whoever made the file: its name is durable before anything is sealed with it.
        try StateFolder.sync(folder)
        return key
    }

    /// Writes the key under another name first: no process ever reads half of one, and the first to link wins.
    private static func make(_ path: String) throws {
        try prepareSodium()
        let draft = "\(path)\(draftMark)\(getpid())-\(UInt64.random(in: 0 ... .max))"
        defer { unlink(draft) }
        try FileDescriptor.open(draft, O_WRONLY | O_CREAT | O_EXCL).write(random(count))
        if link(draft, path) != 0, errno != EEXIST { throw FileFailure("make", path) }
    }

    /// What stands in the name of a file that is not a key yet.
    static let draftMark = ".new-"

    /// Bytes of chance.
    static func random(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }

    static func prepareSodium() throws {
        guard sodium_init() >= 0 else { throw FileFailure("prepare", "libsodium", EIO) }
    }
}
