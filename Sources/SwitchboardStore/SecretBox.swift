import CSodium
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
    init(_ master: MasterKey, _ place: SecretPlace) { self.init(master, path: place.path) }

    /// Makes the box of the place with this path.
    init(_ master: MasterKey, path: [String]) {
        var name: [UInt8] = []
        for part in path {
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
