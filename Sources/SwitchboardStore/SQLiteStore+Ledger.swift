import CSQLite
public import SwitchboardCore

extension SQLiteStore {
    /// The numbers of a profile in ascending order of number.
    public func numbers(profile: String) throws -> [WorkspaceNumber] {
        try read {
            try $0.query("SELECT record FROM numbers WHERE profile = ? ORDER BY e164", .text(profile)) {
                try $0.record(0)
            }
        }
    }

    /// The first numbers of a profile whose text begins so, and the last.
    public func numbers(profile: String, beginning: String, limit: Int) throws -> [WorkspaceNumber] {
        // A number has digits only, and ':' follows the last of them.
        try firstNumbers(profile, limit, where: "e164 >= ?2 AND e164 < ?3", .text(beginning), .text(beginning + ":"))
    }

    /// The first numbers of a profile that hold the text, and the last; looks through the index of all of them.
    public func numbers(profile: String, holding text: String, limit: Int) throws -> [WorkspaceNumber] {
        if text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) {
            let found = try firstNumbers(profile, limit, where: "instr(e164, ?2)", .text(text), .null)
            if !found.isEmpty { return found }
        }
        let escaped = text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        return try firstNumbers(profile, limit, where: "label LIKE ?2 ESCAPE '\\'", .text("%\(escaped)%"), .null)
    }

    private func firstNumbers(
        _ profile: String, _ limit: Int, where condition: String, _ one: SQLValue, _ other: SQLValue
    ) throws -> [WorkspaceNumber] {
        try read { connection in
            func find(_ order: String, _ count: Int) throws -> [WorkspaceNumber] {
                try connection.query(
                    """
                    SELECT record FROM numbers WHERE profile = ?1 AND e164 IN (
                        SELECT e164 FROM numbers WHERE profile = ?1 AND \(condition) ORDER BY e164 \(order) LIMIT ?4
                    ) ORDER BY e164
                    """, .text(profile), one, other, .integer(count)
                ) { try $0.record(0) }
            }
            let first = try find("ASC", limit)
            guard first.count == limit, let last = try find("DESC", 1).first, last.e164 != first.last?.e164 else {
                return first
            }
            return first + [last]
        }
    }

    /// One number of a profile by its number.
    public func number(_ e164: E164, profile: String) throws -> WorkspaceNumber? {
        try read { try Self.number(e164, .text(profile), $0) }
    }

    private static func number(
        _ e164: E164, _ profile: SQLValue, _ connection: SQLiteConnection
    ) throws -> WorkspaceNumber? {
        try connection.query(
            "SELECT record FROM numbers WHERE profile = ? AND e164 = ?", profile, .text(e164.text)
        ) { try $0.record(0, as: WorkspaceNumber.self) }.first
    }

    /// The agents of a profile in order of name.
    public func agents(profile: String) throws -> [Agent] {
        try read {
            try $0.query("SELECT record FROM agents WHERE profile = ? ORDER BY name", .text(profile)) {
                try $0.record(0)
            }
        }
    }

    /// The names of a profile's agents in order, with their ids.
    public func agentNames(profile: String) throws -> [AgentName] {
        try read {
            try $0.query("SELECT id, name FROM agents WHERE profile = ? ORDER BY name", .text(profile)) {
                AgentName(id: $0.text(0), name: $0.text(1))
            }
        }
    }

    /// The trunks of a profile in order of name, then of id.
    public func trunks(profile: String) throws -> [Trunk] { try read { try Self.trunks(.text(profile), $0) } }

    private static func trunks(_ profile: SQLValue, _ connection: SQLiteConnection) throws -> [Trunk] {
        try connection.query("SELECT record FROM trunks WHERE profile = ? ORDER BY name, id", profile) {
            try $0.record(0)
        }
    }

    /// Makes changes that need no provider, all or none.
    public func apply(_ changes: [LedgerChange], profile: String) throws {
        try write { try Self.apply(changes, profile: profile, to: $0) }
    }

    /// Makes the changes in the transaction that the connection is in.
    static func apply(_ changes: [LedgerChange], profile: String, to connection: SQLiteConnection) throws {
        for change in changes { try apply(change, .text(profile), connection) }
    }

    private static func apply(_ change: LedgerChange, _ profile: SQLValue, _ connection: SQLiteConnection) throws {
        switch change {
        case .putNumber(let number): try put(number, profile, connection)
        case .changeNumber(let before, let after):
            guard var number = try Self.number(after.e164, profile, connection) else { return }
            number.take(from: before, to: after)
            try put(number, profile, connection)
        case .removeNumber(let e164):
            try connection.run("DELETE FROM numbers WHERE profile = ? AND e164 = ?", profile, .text(e164.text))
        case .putAgent(let agent): try put(agent, profile, connection)
        case .removeAgent(let id):
            try connection.run("DELETE FROM agents WHERE profile = ? AND id = ?", profile, .text(id))
        case .putTrunk(let trunk): try put(trunk, profile, connection)
        case .removeTrunk(let id):
            try connection.run("DELETE FROM trunks WHERE profile = ? AND id = ?", profile, .text(id))
        }
    }

    private static func put(_ number: WorkspaceNumber, _ profile: SQLValue, _ connection: SQLiteConnection) throws {
        try connection.run(
            """
            INSERT INTO numbers (profile, e164, provider, label, record) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (profile, e164) DO UPDATE SET
                provider = excluded.provider, label = excluded.label, record = excluded.record
            """,
            profile, .text(number.e164.text), .text(number.provider), number.label.map { .text($0) } ?? .null,
            .record(number))
    }

    private static func put(_ trunk: Trunk, _ profile: SQLValue, _ connection: SQLiteConnection) throws {
        if trunk.isSecond(among: try trunks(profile, connection)) { return }
        try connection.run(
            """
            INSERT INTO trunks (profile, id, name, record) VALUES (?, ?, ?, ?)
            ON CONFLICT (profile, id) DO UPDATE SET name = excluded.name, record = excluded.record
            """,
            profile, .text(trunk.id), .text(trunk.name), .record(trunk))
    }

    private static func put(_ agent: Agent, _ profile: SQLValue, _ connection: SQLiteConnection) throws {
        do {
            try connection.run(
                """
                INSERT INTO agents (profile, id, name, record) VALUES (?, ?, ?, ?)
                ON CONFLICT (profile, id) DO UPDATE SET name = excluded.name, record = excluded.record
                """,
                profile, .text(agent.id), .text(agent.name), .record(agent))
        } catch let error as SQLiteFailure where error.primary == SQLITE_CONSTRAINT {
            throw SwitchboardError(
                .conflict, "there is another agent named '\(agent.name)' already",
                help: "choose another name, or remove that agent first")
        }
    }
}

extension Trunk {
    /// Whether it would be a second row for a trunk of the platform that one of these rows is for already.
    func isSecond(among rows: [Trunk]) -> Bool {
        !rows.contains { $0.id == id } && rows.contains { row in halves.contains(where: row.names) }
    }
}
