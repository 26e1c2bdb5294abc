public import SwitchboardCore

extension SQLiteStore {
    /// All profiles in order of name.
    public func profiles() throws -> [ProfileRecord] {
        try read { try $0.query("SELECT record FROM profiles ORDER BY name") { try $0.record(0) } }
    }

    /// Writes a profile, replacing the one of that name; secrets not given are kept.
    public func save(_ profile: ProfileRecord, secrets: [SecretKey: Secret]) throws {
        try write { connection in
            try connection.run(
                """
                INSERT INTO profiles (name, record) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET record = excluded.record
                """, .text(profile.name), .record(profile))
            for (key, secret) in secrets {
                let box = try seal(secret, for: .setting(key, profile: profile.name))
                try connection.run(
                    """
                    INSERT INTO secrets (profile, provider, setting, box) VALUES (?, ?, ?, ?)
                    ON CONFLICT (profile, provider, setting) DO UPDATE SET box = excluded.box
                    """, .text(profile.name), .text(key.provider), .text(key.setting), .blob(box))
            }
        }
    }

    /// Removes a profile with its secrets, named ones too; its ledger stays.
    public func removeProfile(_ name: String) throws {
        try write { connection in
            try connection.run("DELETE FROM profiles WHERE name = ?", .text(name))
            try connection.run("DELETE FROM named_secrets WHERE profile = ?", .text(name))
        }
    }

    /// Reads one secret of a profile's settings; nil when it has none of that name.
    ///
    /// Throws `store_unavailable` naming the setting when the secret was changed in the file or the key that
    /// sealed it is gone.
    public func secret(_ key: SecretKey, profile: String) throws -> Secret? {
        let boxes = try read {
            try $0.query(
                "SELECT box FROM secrets WHERE profile = ? AND provider = ? AND setting = ?",
                .text(profile), .text(key.provider), .text(key.setting)
            ) { $0.bytes(0) }
        }
        return try boxes.first.map { try open($0, of: .setting(key, profile: profile)) }
    }
}
