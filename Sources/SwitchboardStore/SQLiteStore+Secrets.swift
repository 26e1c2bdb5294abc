public import SwitchboardCore

extension SQLiteStore {
    /// The named secrets of a profile in order of name, without their texts.
    public func namedSecrets(profile: String) throws -> [NamedSecret] {
        try read {
            try $0.query(
                "SELECT name, created_at, updated_at FROM named_secrets WHERE profile = ? ORDER BY name",
                .text(profile), read: Self.namedSecret)
        }
    }

    /// Reads a named secret of a profile; nil when it has none of that name.
    public func namedSecret(_ name: String, profile: String) throws -> Secret? {
        let boxes = try read {
            try $0.query(
                "SELECT box FROM named_secrets WHERE profile = ? AND name = ?", .text(profile), .text(name)
            ) { $0.bytes(0) }
        }
        return try boxes.first.map { try open($0, of: .named(name, profile: profile)) }
    }

    /// Writes a named secret of a profile, replacing the one of that name.
    public func setNamedSecret(_ name: String, to secret: Secret, profile: String) throws -> NamedSecret {
        try write { connection in
            let box = try seal(secret, for: .named(name, profile: profile))
            let written = try connection.query(
                """
                INSERT INTO named_secrets (profile, name, box, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)
                ON CONFLICT (profile, name) DO UPDATE SET box = excluded.box, updated_at = excluded.updated_at
                RETURNING name, created_at, updated_at
                """, .text(profile), .text(name), .blob(box), .time(now()), read: Self.namedSecret)
            guard let written = written.first else { throw failure.damaged("a secret that was written is not there") }
            return written
        }
    }

    /// Removes a named secret of a profile; one that is not there changes nothing.
    public func removeNamedSecret(_ name: String, profile: String) throws {
        _ = try write {
            try $0.run("DELETE FROM named_secrets WHERE profile = ? AND name = ?", .text(profile), .text(name))
        }
    }

    private static func namedSecret(_ row: SQLRow) -> NamedSecret {
        NamedSecret(name: row.text(0), createdAt: row.time(1), updatedAt: row.time(2))
    }

    /// Reads a secret that an open intent was begun with; nil when none of that key is kept for it.
    public func keptSecret(_ key: String, intent: String) throws -> Secret? {
        let boxes = try read {
            try $0.query("SELECT box FROM kept_secrets WHERE intent = ? AND key = ?", .text(intent), .text(key)) {
                $0.bytes(0)
            }
        }
        return try boxes.first.map { try open($0, of: .kept(key, intent: intent)) }
    }
}

/// How secrets are sealed and opened.
extension SQLiteStore {
    /// Seals a secret with the folder's key, which is made where it is missing.
    func seal(_ secret: Secret, for place: SecretPlace) throws -> [UInt8] {
        try SecretBox(MasterKey.readOrMake(in: directory), place).seal(secret)
    }

    /// Opens a box, or throws `store_unavailable` with the words of its place.
    func open(_ box: [UInt8], of place: SecretPlace) throws -> Secret {
        do { return try SecretBox(MasterKey.read(in: directory), place).open(box) } catch {
            throw unreadable(place, error)
        }
    }

    private func unreadable(_ place: SecretPlace, _ error: any Error) -> SwitchboardError {
        let cause =
            switch error {
            case let error as FileFailure: error.message
            case let error as SecretBox.Unreadable: error.message
            default: failure.error(for: error).message
            }
        return SwitchboardError(
            .storeUnavailable, "\(place.words) cannot be read from \(directory)",
            help: ["put back the file \(directory)/key that it was saved with", place.remedy].compactMap { $0 }
                .joined(separator: ", or "),
            cause: cause)
    }
}
