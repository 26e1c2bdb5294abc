public import FoundationEssentials
import SwitchboardCore

extension SQLiteStore {
    /// Writes a run of this session that begins, or that begins again because it is resumed.
    public func begin(_ run: RunRecord) throws {
        try write(.sessionAndRoom) { [self] connection in
            let changed = try connection.run(
                """
                INSERT INTO runs (id, session, profile, script, status, started_at, ended_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET session = excluded.session, status = excluded.status, ended_at = NULL
                WHERE status <> 'running' OR session = excluded.session
                """,
                .text(run.id), .text(session), .text(run.profile), .text(run.script), .text(run.status.rawValue),
                .time(run.startedAt), run.endedAt.map(SQLValue.time) ?? .null)
            guard changed == 0 else { return }
            throw SwitchboardError(
                .conflict, "another process is running \(run.id)", help: "wait for it to end, or stop it first")
        }
    }

    /// Writes how a run ended.
    public func end(run id: String, status: RunRecord.Status, at time: Date) throws {
        try write { connection in
            let changed = try connection.run(
                "UPDATE runs SET status = ?, ended_at = ? WHERE id = ?",
                .text(status.rawValue), .time(time), .text(id))
            if changed == 0 { throw SwitchboardError(.notFound, "there is no run \(id)") }
        }
    }

    /// The newest runs first.
    public func runs(limit: Int) throws -> [RunRecord] {
        try read {
            try $0.query(
                """
                SELECT id, session, profile, script, status, started_at, ended_at FROM runs
                ORDER BY started_at DESC, sequence DESC LIMIT ?
                """, .integer(max(0, limit)), read: run)
        }
    }

    private func run(_ row: SQLRow) throws -> RunRecord {
        var record = RunRecord(
            id: row.text(0), session: row.text(1), profile: row.text(2), script: row.text(3), startedAt: row.time(5))
        guard let status = RunRecord.Status(rawValue: row.text(4)) else {
            throw failure.damaged("the run \(record.id) has the status '\(row.text(4))'")
        }
        record.status = status
        record.endedAt = row.isNull(6) ? nil : row.time(6)
        return record
    }
}
