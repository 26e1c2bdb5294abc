public import FoundationEssentials
import SwitchboardCore

extension SQLiteStore {
    /// Writes a run of this session that begins, or that begins again because it is resumed.
    public func begin(_ run: RunRecord, script: RunScript?) throws {
        guard let script, script.isSecret else {
            return try write(.sessionAndRoom) { [self] in
                try put(run, script.map { Array(try JSONEncoder().encode($0)) }, nil, $0)
            }
        }
        try writeSealing(.sessionAndRoom) { [self] connection, master in
            let text = String(decoding: try JSONEncoder().encode(script), as: UTF8.self)
            try put(run, nil, SecretBox(master, .script(run: run.id)).seal(Secret(text)), connection)
        }
    }

    private func put(_ run: RunRecord, _ record: [UInt8]?, _ box: [UInt8]?, _ connection: SQLiteConnection) throws {
        try requireUnused(run, connection)
        let changed = try connection.run(
            """
            INSERT INTO runs (id, session, profile, script, status, started_at, ended_at, record, box, plan, statement)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET session = excluded.session, status = excluded.status, ended_at = NULL,
                record = coalesce(excluded.record, record), box = coalesce(excluded.box, box), plan = excluded.plan
            WHERE status <> 'running' OR session = excluded.session
            """,
            .text(run.id), .text(session), .text(run.profile), .text(run.script), .text(run.status.rawValue),
            .time(run.startedAt), run.endedAt.map(SQLValue.time) ?? .null, record.map { .textBytes($0) } ?? .null,
            box.map { .blob($0) } ?? .null, run.plan.map(SQLValue.text) ?? .null,
            run.statement.map(SQLValue.text) ?? .null)
        guard changed == 0 else { return }
        throw SwitchboardError(
            .conflict, "another process is running \(run.id)", help: "wait for it to end, or stop it first")
    }

    /// Throws where another run is held to the same plan and has changed something, or may yet.
    private func requireUnused(_ run: RunRecord, _ connection: SQLiteConnection) throws {
        guard let plan = run.plan else { return }
        let other = try connection.query(
            """
            SELECT \(Self.runColumns) FROM runs WHERE plan = ? AND id <> ? AND (status = 'running'
                OR EXISTS (SELECT 1 FROM intents WHERE run = runs.id AND state <> 'failed'))
            ORDER BY sequence LIMIT 1
            """, .text(plan), .text(run.id), read: self.run)
        if let other = other.first { throw other.planIsUsed }
    }

    /// Writes how a run ended.
    public func end(run id: String, status: RunRecord.Status, at time: Date) throws {
        try write { connection in
            let changed = try connection.run(
                "UPDATE runs SET status = ?1, ended_at = ?2, box = iif(?1 = 'succeeded', NULL, box) WHERE id = ?3",
                .text(status.rawValue), .time(time), .text(id))
            if changed == 0 { throw SwitchboardError(.notFound, "there is no run \(id)") }
        }
    }

    /// Forgets a run without an entry in the journal, with its steps and what it has told.
    public func forget(run id: String) throws -> Bool {
        try write(.lazy) { connection in
            let gone = try connection.run(
                "DELETE FROM runs WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM intents WHERE run = ?1)", .text(id))
            guard gone > 0 else { return false }
            for table in ["steps", "run_lines"] {
                _ = try connection.run("DELETE FROM \(table) WHERE run = ?", .text(id))
            }
            return true
        }
    }

    /// Writes a line that a run has told, behind the others.
    public func tell(_ line: RunLine, run: String) throws {
        try writeLater { connection in
            try connection.run(
                "INSERT INTO run_lines (run, at, kind, text) VALUES (?, ?, ?, ?)", .text(run), .time(line.at),
                .text(line.kind.rawValue), .text(line.text))
        }
    }

    /// What a run has told, in order.
    public func lines(run: String) throws -> [RunLine] {
        commitLeft()
        return try read {
            try $0.query("SELECT at, kind, text FROM run_lines WHERE run = ? ORDER BY sequence", .text(run)) { row in
                guard let kind = RunLine.Kind(rawValue: row.text(1)) else {
                    throw failure.damaged("a line of \(run) is of the kind '\(row.text(1))'")
                }
                return RunLine(at: row.time(0), kind: kind, text: row.text(2))
            }
        }
    }

    /// The newest runs first.
    public func runs(limit: Int) throws -> [RunRecord] {
        try read {
            try $0.query(
                "SELECT \(Self.runColumns) FROM runs ORDER BY started_at DESC, sequence DESC LIMIT ?",
                .integer(max(0, limit)), read: run)
        }
    }

    /// The newest runs of a profile first.
    public func runs(profile: String, limit: Int) throws -> [RunRecord] {
        try read {
            try $0.query(
                "SELECT \(Self.runColumns) FROM runs WHERE profile = ? ORDER BY started_at DESC, sequence DESC LIMIT ?",
                .text(profile), .integer(max(0, limit)), read: run)
        }
    }

    /// One run.
    public func run(_ id: String) throws -> RunRecord? {
        try read { try $0.query("SELECT \(Self.runColumns) FROM runs WHERE id = ?", .text(id), read: run) }.first
    }

    /// What is needed to go on with a run.
    public func script(ofRun id: String) throws -> RunScript? {
        let plain = try read {
            try $0.query("SELECT record FROM runs WHERE id = ? AND record IS NOT NULL", .text(id)) {
                try $0.record(0, as: RunScript.self)
            }
        }.first
        if let plain { return plain }
        let secret = try open(.script(run: id)) {
            try $0.query("SELECT box FROM runs WHERE id = ? AND box IS NOT NULL", .text(id)) { $0.bytes(0) }
        }
        return try secret.map { try JSONDecoder().decode(RunScript.self, from: Data($0.reveal().utf8)) }
    }

    static let runColumns = "id, session, profile, script, status, started_at, ended_at, plan, statement"

    func run(_ row: SQLRow) throws -> RunRecord {
        var record = RunRecord(
            id: row.text(0), session: row.text(1), profile: row.text(2), script: row.text(3), startedAt: row.time(5))
        guard let status = RunRecord.Status(rawValue: row.text(4)) else {
            throw failure.damaged("the run \(record.id) has the status '\(row.text(4))'")
        }
        record.status = status
        record.endedAt = row.isNull(6) ? nil : row.time(6)
        record.plan = row.isNull(7) ? nil : row.text(7)
        record.statement = row.isNull(8) ? nil : row.text(8)
        return record
    }
}
