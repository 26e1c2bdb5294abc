public import SwitchboardCore

extension SQLiteStore {
    /// All profiles in order of name.
    public func profiles() throws -> [ProfileRecord] {
        try read { try $0.query("SELECT record FROM profiles ORDER BY name") { try $0.record(0) } }
    }

    /// Writes a profile, replacing the one of that name; secrets not given are kept.
    public func save(_ profile: ProfileRecord, secrets: [SecretKey: Secret]) throws {
        try write { connection in
            let master = secrets.isEmpty ? nil : try MasterKey.readOrMake(in: directory)
            try connection.run(
                """
                INSERT INTO profiles (name, record) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET record = excluded.record
                """, .text(profile.name), .record(profile))
            for (key, secret) in secrets {
                guard let master else { continue }
                let box = try SecretBox(master, key, profile: profile.name).seal(secret)
                try connection.run(
                    """
                    INSERT INTO secrets (profile, provider, setting, box) VALUES (?, ?, ?, ?)
                    ON CONFLICT (profile, provider, setting) DO UPDATE SET box = excluded.box
                    """, .text(profile.name), .text(key.provider), .text(key.setting), .blob(box))
            }
        }
    }

    /// Removes a profile with its secrets; its ledger stays.
    public func removeProfile(_ name: String) throws {
        _ = try write { try $0.run("DELETE FROM profiles WHERE name = ?", .text(name)) }
    }

    /// Reads one secret of a profile; nil when it has none of that name.
    ///
    /// Throws `store_unavailable` naming the setting when the secret was changed in the file or the key that
    /// sealed it is gone.
    public func secret(_ key: SecretKey, profile: String) throws -> Secret? {
        let box = try read {
            try $0.query(
                "SELECT box FROM secrets WHERE profile = ? AND provider = ? AND setting = ?",
                .text(profile), .text(key.provider), .text(key.setting)
            ) { $0.bytes(0) }.first
        }
        guard let box else { return nil }
        do {
            return try SecretBox(MasterKey.read(in: directory), key, profile: profile).open(box)
        } catch {
            throw unreadable(key, profile, error)
        }
    }

    private func unreadable(_ key: SecretKey, _ profile: String, _ error: any Error) -> SwitchboardError {
        let cause =
            switch error {
            case let error as FileFailure: error.message
            case let error as SecretBox.Unreadable: error.message
            default: failure.error(for: error).message
            }
        return SwitchboardError(
            .storeUnavailable,
            "the secret \(key.setting) of \(key.provider) in the profile '\(profile)' cannot be read from \(directory)",
            help: "put back the file \(directory)/key that it was saved with, or give the secret again with "
                + "`secret set` or `connect`",
            cause: cause)
    }
}
