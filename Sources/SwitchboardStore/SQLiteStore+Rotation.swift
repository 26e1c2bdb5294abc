import Glibc
public import SwitchboardCore

/// What the key of a store's secrets is made of.
public enum KeySource: Sendable {
    /// Chance, in a file of the state folder that only its user can read.
    case keyFile
    /// A passphrase, which is kept nowhere.
    case passphrase(Secret)
}

/// The steps of a rotation, in their order; what dies between two of them leaves every secret readable.
enum RotationStep: CaseIterable, Sendable {
    /// The new key is there, durably; no secret has it.
    case keyMade
    /// Every secret is sealed with it, and none of that is committed.
    case sealed
    /// All of it is committed at once; the old key file is still there.
    case committed
    /// The old key file is gone.
    case swept
}

extension SQLiteStore {
    /// Seals every secret of the store with a new key, all or none, and forgets the old key; returns how many there were.
    ///
    /// The new key is durable before the one transaction that writes the boxes and names it. Errors:
    /// `invalid_argument` for an empty passphrase, `unauthorized` without the old one, `store_unavailable` naming the
    /// secret that cannot be read; nothing is changed then.
    public func rotateKey(to source: KeySource) throws -> Int { try rotateKey(to: source) { _ in } }

    func rotateKey(to source: KeySource, reached: @escaping @Sendable (RotationStep) -> Void) throws -> Int {
        let passphrase = try reportingKey { try Self.hash(source) }
        while true {
            let form = try read { try KeyForm.read($0) }
            let old = try oldKey(of: form)
            let count = try write { [self] connection -> Int? in
                guard try KeyForm.read(connection) == form else { return nil }
                let (newForm, key) = try passphrase.map { (.passphrase($0.hash), $0.key) } ?? newKeyFile()
                reached(.keyMade)
                let count = try reseal(connection, from: old, of: form, to: key)
                try newForm.write(connection)
                reached(.sealed)
                return count
            }
            guard let count else { continue }
            reached(.committed)
            if let passphrase { keys.keep(passphrase.hash, passphrase.key) }
            try sweepKeyFiles()
            reached(.swept)
            return count
        }
    }

    private static func hash(_ source: KeySource) throws -> (hash: PassphraseHash, key: MasterKey)? {
        guard case .passphrase(let passphrase) = source else { return nil }
        let text = passphrase.reveal()
        // What decoding leaves behind for bytes that are no text.
        if text.isEmpty || text.unicodeScalars.contains("\u{FFFD}") {
            let fault = text.isEmpty ? "is empty" : "is not UTF-8"
            throw SwitchboardError(.invalidArgument, "the passphrase \(fault); nothing was changed")
        }
        return try PassphraseHash.make(of: passphrase)
    }

    /// The key that the secrets have; a key file that cannot be read is no fault where there is no secret.
    private func oldKey(of form: KeyForm) throws -> Result<MasterKey, any Error> {
        let key = Result { try keys.key(of: form) }
        if case .passphrase = form { _ = try reportingKey { try key.get() } }
        return key
    }

    private func newKeyFile() throws -> (KeyForm, MasterKey) {
        let name = KeyForm.newFile()
        return (.file(name), try MasterKey.readOrMake(name, in: directory))
    }

    private func reseal(
        _ connection: SQLiteConnection, from old: Result<MasterKey, any Error>, of form: KeyForm, to new: MasterKey
    ) throws -> Int {
        let boxes = try Self.boxes(connection)
        for (place, box) in boxes {
            let secret: Secret
            do { secret = try SecretBox(old.get(), place).open(box) } catch { throw unreadable(place, form, error) }
            try Self.put(SecretBox(new, place).seal(secret), at: place, connection)
        }
        return boxes.count
    }

    /// Removes the key files that no secret has, while nobody else can be making one; drafts of dead ones too.
    private func sweepKeyFiles() throws {
        try write(.alone) { [self] connection in
            let form = try KeyForm.read(connection)
            for name in try StateFolder.names(in: directory) where form != .file(name) {
                let file = name.split(separator: MasterKey.draftMark, maxSplits: 1).first.map(String.init) ?? name
                guard KeyForm.isFile(file), unlink("\(directory)/\(name)") != 0, errno != ENOENT else { continue }
                throw SwitchboardError(
                    .storeUnavailable, "the secrets have their new key, and the old one cannot be removed",
                    help: "remove it yourself: \(directory)/\(name)", cause: String(cString: strerror(errno)))
            }
            try StateFolder.sync(directory)
        }
    }
}

/// Every box of the store.
extension SQLiteStore {
    private static func boxes(_ connection: SQLiteConnection) throws -> [(SecretPlace, [UInt8])] {
        try connection.query("SELECT profile, provider, setting, box FROM secrets") { row in
            let key = SecretKey(provider: row.text(1), setting: row.text(2))
            return (.setting(key, profile: row.text(0)), row.bytes(3))
        }
            + connection.query("SELECT profile, name, box FROM named_secrets") { row in
                (.named(row.text(1), profile: row.text(0)), row.bytes(2))
            }
            + connection.query("SELECT intent, key, box FROM kept_secrets") { row in
                (.kept(row.text(1), intent: row.text(0)), row.bytes(2))
            }
            + connection.query("SELECT id, box FROM runs WHERE box IS NOT NULL") { row in
                (.script(run: row.text(0)), row.bytes(1))
            }
    }

    private static func put(_ box: [UInt8], at place: SecretPlace, _ connection: SQLiteConnection) throws {
        switch place {
        case .setting(let key, let profile):
            try connection.run(
                "UPDATE secrets SET box = ? WHERE profile = ? AND provider = ? AND setting = ?", .blob(box),
                .text(profile), .text(key.provider), .text(key.setting))
        case .named(let name, let profile):
            try connection.run(
                "UPDATE named_secrets SET box = ? WHERE profile = ? AND name = ?", .blob(box), .text(profile),
                .text(name))
        case .kept(let key, let intent):
            try connection.run(
                "UPDATE kept_secrets SET box = ? WHERE intent = ? AND key = ?", .blob(box), .text(intent), .text(key))
        case .script(let run):
            try connection.run("UPDATE runs SET box = ? WHERE id = ?", .blob(box), .text(run))
        }
    }
}
