import SwitchboardCore

extension SQLiteStore {
    /// Writes what a run has got through, replacing what was written of the same step.
    public func note(_ step: StepRecord, run: String) throws {
        try writeLater { connection in
            try connection.run(
                """
                INSERT INTO steps (run, key, title, state, result, started_at, ended_at, attempts)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (run, key) DO UPDATE SET title = excluded.title, state = excluded.state,
                    result = excluded.result, started_at = excluded.started_at, ended_at = excluded.ended_at,
                    attempts = excluded.attempts
                """,
                .text(run), .text(step.key), .text(step.title), .text(step.state.rawValue), .textBytes(step.result),
                .time(step.startedAt), .time(step.endedAt), .integer(step.attempts))
        }
    }

    /// What a run has written of a step; nil where it has not got through it.
    public func step(_ key: String, run: String) throws -> StepRecord? {
        commitLeft()
        return try read {
            try $0.query(
                "SELECT \(Self.stepColumns) FROM steps WHERE run = ? AND key = ?", .text(run), .text(key),
                read: stepRecord)
        }.first
    }

    /// Everything that a run has got through, in order of beginning.
    public func steps(run: String) throws -> [StepRecord] {
        commitLeft()
        return try read {
            try $0.query(
                "SELECT \(Self.stepColumns) FROM steps WHERE run = ? ORDER BY started_at, sequence", .text(run),
                read: stepRecord)
        }
    }

    /// The first steps of a run behind the one of a key, in order of key.
    public func steps(run: String, after key: String?, limit: Int) throws -> [StepRecord] {
        commitLeft()
        return try read {
            try $0.query(
                "SELECT \(Self.stepColumns) FROM steps WHERE run = ? AND key > ? ORDER BY key LIMIT ?", .text(run),
                .text(key ?? ""), .integer(limit), read: stepRecord)
        }
    }

    /// The first changes of a run behind the one of an id, in order of step.
    public func changes(run: String, after id: String?, limit: Int) throws -> [RunChange] {
        try read {
            try $0.query(
                """
                SELECT \(Self.intentColumns), state, outcome,
                    EXISTS (SELECT 1 FROM intents WHERE undoes = entry.id AND state = 'done')
                FROM intents AS entry WHERE run = ?1
                AND (?2 = '' OR (step, sequence) > (SELECT step, sequence FROM intents WHERE id = ?2))
                ORDER BY step, sequence LIMIT ?3
                """, .text(run), .text(id ?? ""), .integer(limit)
            ) { RunChange(intent: Self.intent($0), outcome: try Self.outcome($0), isUndone: $0.integer(19) > 0) }
        }
    }

    /// Forgets a step of a run and everything within it, since it was taken back; the journal keeps what was done.
    public func forgetSteps(under key: String, run: String) throws {
        try write(.lazy) { connection in
            let bounds: [SQLValue] = [.text(run), .text(key), .text(key + "/"), .text(key + "0")]
            try connection.run(
                "DELETE FROM steps WHERE run = ? AND (key = ? OR key >= ? AND key < ?)", bounds)
            _ = try connection.run(
                "UPDATE intents SET step = '' WHERE run = ? AND (step = ? OR step >= ? AND step < ?)", bounds)
        }
    }

    /// The intents of a step and of everything within it that nobody has taken back, in order.
    public func intents(run: String, under key: String) throws -> [(Intent, IntentOutcome?)] {
        try read {
            try $0.query(
                """
                SELECT \(Self.intentColumns), state, outcome FROM intents AS entry
                WHERE run = ? AND (step = ? OR step >= ? AND step < ?)
                AND NOT EXISTS (SELECT 1 FROM intents WHERE undoes = entry.id AND state = 'done')
                ORDER BY sequence
                """, .text(run), .text(key), .text(key + "/"), .text(key + "0")
            ) { (Self.intent($0), try Self.outcome($0)) }
        }
    }

    private static let stepColumns = "key, title, state, result, started_at, ended_at, attempts"

    private func stepRecord(_ row: SQLRow) throws -> StepRecord {
        guard let state = StepRecord.State(rawValue: row.text(2)) else {
            throw failure.damaged("the step \(row.text(0)) has the state '\(row.text(2))'")
        }
        return StepRecord(
            key: row.text(0), title: row.text(1), state: state, result: row.bytes(3), startedAt: row.time(4),
            endedAt: row.time(5), attempts: row.integer(6))
    }
}
