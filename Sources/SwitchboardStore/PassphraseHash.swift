import CSodium
import Glibc
import SwitchboardCore

/// How a passphrase becomes a key: by Argon2id, with what has to be known to do it again.
struct PassphraseHash: Equatable, Sendable {
    /// Chance, so that one passphrase makes another key in every folder.
    var salt: [UInt8]
    /// How many passes are made.
    var passes: Int
    /// How much memory is used, in bytes.
    var memory: Int
    /// A box of nothing that only the right key opens, so that a wrong passphrase is told from a damaged secret.
    var proof: [UInt8]

    /// A passphrase that makes another key.
    struct Wrong: Error {}

    /// The second of the two choices that RFC 9106 recommends, for machines that cannot spare 2 GiB.
    private static let (passes, memory) = (3, 64 << 20)
    /// What a file may ask for: more than this was not written here, and would hold the machine up.
    private static let limits = (passes: 1...16, memory: 8 << 20...1 << 30)
    private static let proofPath = ["proof of the passphrase"]

    /// Chooses a salt for a passphrase and makes its key.
    static func make(of passphrase: Secret) throws -> (hash: PassphraseHash, key: MasterKey) {
        try MasterKey.prepareSodium()
        var hash = PassphraseHash(
            salt: MasterKey.random(Int(crypto_pwhash_saltbytes())), passes: passes, memory: memory, proof: [])
        let key = try hash.derive(passphrase)
        hash.proof = try SecretBox(key, path: proofPath).seal(Secret(""))
        return (hash, key)
    }

    /// The key that a passphrase makes; throws `Wrong` where the secrets have another one.
    func key(of passphrase: Secret) throws -> MasterKey {
        try MasterKey.prepareSodium()
        let key = try derive(passphrase)
        do { _ = try SecretBox(key, path: Self.proofPath).open(proof) } catch { throw Wrong() }
        return key
    }

    private func derive(_ passphrase: Secret) throws -> MasterKey {
        guard salt.count == Int(crypto_pwhash_saltbytes()), Self.limits.passes.contains(passes),
            Self.limits.memory.contains(memory)
        else { throw FileFailure("use", "the passphrase's salt and costs, which are not of this program", EINVAL) }
        let text = passphrase.reveal().utf8.map { CChar(bitPattern: $0) }
        var bytes = [UInt8](repeating: 0, count: MasterKey.count)
        let status = crypto_pwhash(
            &bytes, UInt64(bytes.count), text, UInt64(text.count), salt, UInt64(passes), memory,
            crypto_pwhash_alg_argon2id13())
        guard status == 0 else { throw FileFailure("get \(memory >> 20) MiB for", "the passphrase's key", ENOMEM) }
        return MasterKey(bytes: bytes)
    }
}
