import CSodium
import Glibc
import SwitchboardCore

/// Seals one secret with libsodium's secretbox.
///
/// The key of each box is made from the master key and the secret's place, so a box that is moved to another place does
/// not open. A box is the nonce, then the sealed text.
struct SecretBox {
    /// A box that does not open.
    struct Unreadable: Error {
        let message = "it was changed, or sealed with another key"
    }

    private let key: [UInt8]

    /// Makes the box of one secret.
    init(_ master: MasterKey, _ place: SecretPlace) {
        var name: [UInt8] = []
        for part in place.path {
            name += withUnsafeBytes(of: UInt64(part.utf8.count).littleEndian, Array.init) + Array(part.utf8)
        }
        var key = [UInt8](repeating: 0, count: Int(crypto_secretbox_keybytes()))
        crypto_generichash(&key, key.count, name, UInt64(name.count), master.bytes, master.bytes.count)
        self.key = key
    }

    /// Seals the secret; each call gives another box.
    func seal(_ secret: Secret) throws -> [UInt8] {
        let text = Array(secret.reveal().utf8)
        var nonce = [UInt8](repeating: 0, count: Int(crypto_secretbox_noncebytes()))
        randombytes_buf(&nonce, nonce.count)
        var sealed = [UInt8](repeating: 0, count: text.count + Int(crypto_secretbox_macbytes()))
        crypto_secretbox_easy(&sealed, text, UInt64(text.count), nonce, key)
        return nonce + sealed
    }

    /// Opens a box, or throws `Unreadable`.
    func open(_ box: [UInt8]) throws -> Secret {
        let nonce = Array(box.prefix(Int(crypto_secretbox_noncebytes())))
        let sealed = Array(box.dropFirst(nonce.count))
        let overhead = Int(crypto_secretbox_macbytes())
        guard nonce.count == Int(crypto_secretbox_noncebytes()), sealed.count >= overhead else { throw Unreadable() }
        var text = [UInt8](repeating: 0, count: sealed.count - overhead)
        guard crypto_secretbox_open_easy(&text, sealed, UInt64(sealed.count), nonce, key) == 0 else {
            throw Unreadable()
        }
        return Secret(String(decoding: text, as: UTF8.self))
    }
}

/// The key of a state folder: 32 bytes of chance in the file `key`, which only its user can read.
struct MasterKey {
    let bytes: [UInt8]

    private static let count = 32

    /// Reads the key file.
    static func read(in folder: String) throws -> MasterKey {
        guard sodium_init() >= 0 else { throw FileFailure("prepare", "libsodium", EIO) }
        return MasterKey(bytes: try FileDescriptor.open(path(folder), O_RDONLY).read(exactly: count))
    }

    /// Reads the key file; makes it where it is missing.
    ///
    /// Processes that do this at once agree on one key.
    static func readOrMake(in folder: String) throws -> MasterKey {
        if access(path(folder), F_OK) != 0 { try make(in: folder) }
        let key = try read(in: folder)
        // Whoever made the file: its name is durable before anything is sealed with it.
        try StateFolder.sync(folder)
        return key
    }

    /// Writes the key under another name first: no process ever reads half of one, and the first to link wins.
    private static func make(in folder: String) throws {
        guard sodium_init() >= 0 else { throw FileFailure("prepare", "libsodium", EIO) }
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        let draft = "\(path(folder)).new-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        defer { unlink(draft) }
        try FileDescriptor.open(draft, O_WRONLY | O_CREAT | O_EXCL).write(bytes)
        if link(draft, path(folder)) != 0, errno != EEXIST { throw FileFailure("make", path(folder)) }
    }

    private static func path(_ folder: String) -> String { folder + "/key" }
}
