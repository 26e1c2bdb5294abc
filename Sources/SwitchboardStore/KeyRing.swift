import SwitchboardCore
import Synchronization

/// Finds the key of a state folder's secrets, and asks for its passphrase once as long as it stays the same.
final class KeyRing: Sendable {
    private let folder: String
    private let askPassphrase: @Sendable () throws -> Secret?
    private let unlocked = Mutex<(hash: PassphraseHash, key: MasterKey)?>(nil)

    init(folder: String, askPassphrase: @escaping @Sendable () throws -> Secret?) {
        (self.folder, self.askPassphrase) = (folder, askPassphrase)
    }

    /// The key of a form.
    ///
    /// Throws `unauthorized` where nobody gives the passphrase or a wrong one is given.
    func key(of form: KeyForm) throws -> MasterKey {
        switch form {
        case .file(let name): try MasterKey.read(name, in: folder)
        case .passphrase(let hash): try unlock(hash)
        }
    }

    /// The same to seal with: the first key file is made where it is missing.
    func sealingKey(of form: KeyForm) throws -> MasterKey {
        form == .file(KeyForm.firstFile) ? try MasterKey.readOrMake(in: folder) : try key(of: form)
    }

    /// Keeps a key that was made of a passphrase just given.
    func keep(_ hash: PassphraseHash, _ key: MasterKey) { unlocked.withLock { $0 = (hash, key) } }

    /// Threads that need the key at the same time wait for the one that asks.
    private func unlock(_ hash: PassphraseHash) throws -> MasterKey {
        try unlocked.withLock { unlocked in
            if let unlocked, unlocked.hash == hash { return unlocked.key }
            guard let passphrase = try askPassphrase() else {
                throw SwitchboardError(
                    .unauthorized, "the secrets in \(folder) are locked with a passphrase, and nobody gave it")
            }
            do {
                let key = try hash.key(of: passphrase)
                unlocked = (hash, key)
                return key
            } catch is PassphraseHash.Wrong {
                throw SwitchboardError(
                    .unauthorized, "the passphrase does not open the secrets in \(folder)",
                    help: "nothing was changed; it is the one that `secret rotate passphrase` was given last")
            }
        }
    }
}
