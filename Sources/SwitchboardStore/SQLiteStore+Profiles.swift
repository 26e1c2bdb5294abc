public import SwitchboardCore

extension SQLiteStore {
    /// All profiles in order of name.
    public func profiles() throws -> [ProfileRecord] {
        try read { try $0.query("SELECT record FROM profiles ORDER BY name") { try $0.record(0) } }
    }

    /// Writes a profile, replacing the one of that name; secrets not given are kept.
    public func save(_ profile: ProfileRecord, secrets: [SecretKey: Secret]) throws {
        guard !secrets.isEmpty else { return try write { try Self.put(profile, $0) } }
        try writeSealing { connection, master in
            try Self.put(profile, connection)
            for (key, secret) in secrets {
                let box = try SecretBox(master, .setting(key, profile: profile.name)).seal(secret)
                try connection.run(
                    """
                    INSERT INTO secrets (profile, provider, setting, box) VALUES (?, ?, ?, ?)
                    ON CONFLICT (profile, provider, setting) DO UPDATE SET box = excluded.box
                    """, .text(profile.name), .text(key.provider), .text(key.setting), .blob(box))
            }
        }
    }

    /// Writes a profile, replacing the one of that name, and removes the secrets that it has for a provider; returns how
    /// many those were.
    public func save(_ profile: ProfileRecord, removingSecretsOf provider: String) throws -> Int {
        try write { connection in
            try Self.put(profile, connection)
            return try connection.run(
                "DELETE FROM secrets WHERE profile = ? AND provider = ?", .text(profile.name), .text(provider))
        }
    }

    private static func put(_ profile: ProfileRecord, _ connection: SQLiteConnection) throws {
        try connection.run(
            """
            INSERT INTO profiles (name, record) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET record = excluded.record
            """, .text(profile.name), .record(profile))
    }

    /// Removes a profile with its limits and its secrets, named ones too; its ledger stays.
    public func removeProfile(_ name: String) throws {
        try write { connection in
            try connection.run("DELETE FROM profiles WHERE name = ?", .text(name))
            try connection.run("DELETE FROM named_secrets WHERE profile = ?", .text(name))
            try connection.run("DELETE FROM limits WHERE profile = ?", .text(name))
        }
    }

    /// Reads one secret of a profile's settings; nil when it has none of that name.
    ///
    /// Throws `store_unavailable` naming the setting when the secret was changed in the file or the key that
    /// sealed it is gone.
    public func secret(_ key: SecretKey, profile: String) throws -> Secret? {
        try open(.setting(key, profile: profile)) {
            try $0.query(
                "SELECT box FROM secrets WHERE profile = ? AND provider = ? AND setting = ?",
                .text(profile), .text(key.provider), .text(key.setting)
            ) { $0.bytes(0) }
        }
    }
}
