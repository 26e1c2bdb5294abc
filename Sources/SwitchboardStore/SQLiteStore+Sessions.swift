import SwitchboardCore

extension SQLiteStore {
    /// Runs the body while nobody else, in whatever process, runs one under the same name, or while all who do share it.
    public func locked<Result>(
        _ name: String, alone: Bool, waiting: () throws -> Void, _ body: () throws -> Result
    ) throws -> Result {
        let held: [FileDescriptor]
        do {
            let folder = directory + "/locks"
            try StateFolder.create(folder)
            held = try NamedLock(name, in: folder).take(alone: alone, waiting: waiting)
        } catch let error as FileFailure { throw failure.error(for: error) }
        return try withExtendedLifetime(held) { try body() }
    }

    /// Takes over, for this session, every intent without an outcome whose session has ended; oldest first.
    public func adoptAbandonedIntents() throws -> [Intent] { try adoptAbandoned(of: nil) }

    /// Takes over those of one profile; another's stay free for whoever can ask that profile's providers.
    public func adoptAbandonedIntents(profile: String) throws -> [Intent] { try adoptAbandoned(of: profile) }

    /// Takes over abandoned intents, and clears away the lock files of ended sessions.
    ///
    /// One write transaction looks at the locks and decides, so two processes that do this at once never get one
    /// intent both.
    private func adoptAbandoned(of profile: String?) throws -> [Intent] {
        try write(.sessionAndRoom) { [self] connection in
            let named = try sessionsOfOpenWork(connection)
            for other in try named.union(SessionLock.sessions(in: sessionFolder)) where other != session {
                guard let lock = try SessionLock.ended(other, in: sessionFolder) else { continue }
                if named.contains(other) { try adopt(from: other, profile, connection) }
                // Before the commit: a session without a file has ended just the same.
                lock.remove()
            }
            return try Self.openIntents(connection).filter {
                $0.session == session && (profile == nil || $0.profile == profile)
            }
        }
    }

    private func sessionsOfOpenWork(_ connection: SQLiteConnection) throws -> Set<String> {
        Set(
            try connection.query(
                """
                SELECT session FROM intents WHERE state = 'open'
                UNION SELECT session FROM runs WHERE status = 'running'
                """
            ) { $0.text(0) })
    }

    private func adopt(from other: String, _ profile: String?, _ connection: SQLiteConnection) throws {
        try connection.run(
            "UPDATE intents SET session = ?1 WHERE state = 'open' AND session = ?2 AND profile = coalesce(?3, profile)",
            .text(session), .text(other), profile.map(SQLValue.text) ?? .null)
        try connection.run(
            "UPDATE runs SET status = 'interrupted', ended_at = ? WHERE status = 'running' AND session = ?",
            .time(now()), .text(other))
    }
}
