import Glibc

/// What the key of a state folder's secrets is made of, as the table `secret_key` says.
///
/// The row is written in the transaction that seals the secrets with the key, so that it names their key at any instant.
enum KeyForm: Equatable, Sendable {
    /// A file of the folder, by name.
    case file(String)
    /// A passphrase.
    case passphrase(PassphraseHash)

    /// The key file of a folder whose key was never rotated: the table is empty then.
    static let firstFile = "key"
    private static let laterPrefix = "key-"

    /// The name of a new key file, which no other has had.
    static func newFile() -> String { laterPrefix + String(UInt64.random(in: (1 << 60)...(.max)), radix: 16) }

    /// Whether a name is one of a key file, and no copy of a user's.
    static func isFile(_ name: String) -> Bool {
        if name == firstFile { return true }
        let digits = name.dropFirst(laterPrefix.count)
        return name.hasPrefix(laterPrefix) && digits.count == 16
            && digits.allSatisfy { ("0"..."9").contains($0) || ("a"..."f").contains($0) }
    }

    /// Reads the row.
    static func read(_ connection: SQLiteConnection) throws -> KeyForm {
        // A store that is opened for reading may be older than the table.
        guard try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'secret_key'") > 0 else {
            return .file(firstFile)
        }
        let forms = try connection.query("SELECT file, salt, passes, memory, proof FROM secret_key") { row in
            row.isNull(0)
                ? KeyForm.passphrase(
                    PassphraseHash(
                        salt: row.bytes(1), passes: row.integer(2), memory: row.integer(3), proof: row.bytes(4)))
                : .file(row.text(0))
        }
        // Whoever can write the database must not choose which file of the machine is the key.
        if case .file(let name)? = forms.first, !isFile(name) {
            throw FileFailure("use", "the key file '\(name)', which is not of this program", EINVAL)
        }
        return forms.first ?? .file(firstFile)
    }

    /// Writes the row.
    func write(_ connection: SQLiteConnection) throws {
        let sql = "INSERT OR REPLACE INTO secret_key (id, file, salt, passes, memory, proof) VALUES (1, ?, ?, ?, ?, ?)"
        switch self {
        case .file(let name): try connection.run(sql, .text(name), .null, .null, .null, .null)
        case .passphrase(let hash):
            try connection.run(
                sql, .null, .blob(hash.salt), .integer(hash.passes), .integer(hash.memory), .blob(hash.proof))
        }
    }
}
