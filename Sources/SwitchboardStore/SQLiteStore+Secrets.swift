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
        try open(.named(name, profile: profile)) {
            try $0.query(
                "SELECT box FROM named_secrets WHERE profile = ? AND name = ?", .text(profile), .text(name)
            ) { $0.bytes(0) }
        }
    }

    /// Writes a named secret of a profile, replacing the one of that name.
    public func setNamedSecret(_ name: String, to secret: Secret, profile: String) throws -> NamedSecret {
        try writeSealing { [self] connection, key in
            let box = try SecretBox(key, .named(name, profile: profile)).seal(secret)
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
        try open(.kept(key, intent: intent)) {
            try $0.query("SELECT box FROM kept_secrets WHERE intent = ? AND key = ?", .text(intent), .text(key)) {
                $0.bytes(0)
            }
        }
    }
}

/// How secrets are sealed and opened.
extension SQLiteStore {
    /// Asks for the passphrase where the secrets are locked with one and this process does not know it.
    public func unlock() throws {
        let form = try read { try KeyForm.read($0) }
        if case .passphrase = form { _ = try reportingKey { try keys.key(of: form) } }
    }

    /// Changes, in one durable transaction, with the key that all secrets have; the first one is made where it is missing.
    ///
    /// Nobody is asked for a passphrase while the database is locked.
    func writeSealing<Result: Sendable>(
        _ need: Need = .room, _ body: @escaping @Sendable (SQLiteConnection, MasterKey) throws -> Result
    ) throws -> Result {
        try requireWritable()
        while true {
            let form = try read { try KeyForm.read($0) }
            let key = Swift.Result { try keys.sealingKey(of: form) }
            let result = try write(need) { [self] connection -> Result? in
                // Another process may have given the secrets a new key meanwhile, and taken this one away.
                guard try KeyForm.read(connection) == form else { return nil }
                return try body(connection, reportingKey { try key.get() })
            }
            if let result { return result }
        }
    }

    /// Opens the box that a query finds, or throws `store_unavailable` with the words of its place; nil for no box.
    func open(_ place: SecretPlace, _ boxes: (SQLiteConnection) throws -> [[UInt8]]) throws -> Secret? {
        var failed: KeyForm?
        while true {
            let (form, box) = try read { connection in
                try connection.snapshot { (try KeyForm.read(connection), try boxes(connection).first) }
            }
            guard let box else { return nil }
            do { return try SecretBox(keys.key(of: form), place).open(box) } catch {
                // Where a rotation has just taken the key away, there is another one.
                if failed == form || error is SwitchboardError { throw unreadable(place, form, error) }
                failed = form
            }
        }
    }

    /// Why a secret cannot be read, and how to get over it.
    func unreadable(_ place: SecretPlace, _ form: KeyForm, _ error: any Error) -> SwitchboardError {
        if let error = error as? SwitchboardError { return error }
        var help = [place.remedy]
        if case .file(let name) = form {
            help.insert("put back the file \(directory)/\(name) that it was saved with", at: 0)
        }
        let cause: String
        switch error {
        case let error as MasterKey.Exposed: return exposed(error)
        case let error as FileFailure: cause = error.message
        case let error as SecretBox.Unreadable: cause = error.message
        default: cause = failure.error(for: error).message
        }
        return SwitchboardError(
            .storeUnavailable, "\(place.words) cannot be read from \(directory)",
            help: help.compactMap { $0 }.joined(separator: ", or "), cause: cause)
    }

    /// Runs what needs the key, and tells its failures.
    func reportingKey<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as MasterKey.Exposed { throw exposed(error) } catch {
            throw failure.error(for: error)
        }
    }

    private func exposed(_ key: MasterKey.Exposed) -> SwitchboardError {
        SwitchboardError(
            .storeUnavailable, "the key of the secrets is not private: \(key.message)",
            help: "type: chmod 600 \(key.path); if somebody may have read it, then also: "
                + "switchboard -c 'secret rotate key-file'")
    }
}
