import FoundationEssentials
import SwitchboardCore

extension SQLiteStore {
    /// Every intent that takes back, or was to take back, an entry of a run, in order.
    public func undoings(of run: String) throws -> [(Intent, IntentOutcome?)] {
        try read {
            try $0.query(
                """
                SELECT \(Self.intentColumns), state, outcome FROM intents
                WHERE undoes IN (SELECT id FROM intents WHERE run = ?) ORDER BY sequence
                """, .text(run)
            ) { (Self.intent($0), try Self.outcome($0)) }
        }
    }

    /// The runs of a profile with changes that are neither undone nor dealt with, nor undo others, the newest first.
    public func changedRuns(profile: String, onlyUnfinished: Bool, limit: Int) throws -> [RunRecord] {
        try read {
            try $0.query(
                """
                SELECT \(Self.runColumns) FROM runs WHERE profile = ?1 AND id NOT IN (SELECT id FROM dealt_with)
                AND EXISTS (
                    SELECT 1 FROM intents AS entry WHERE run = runs.id AND state = 'done' AND undoes IS NULL
                    AND id NOT IN (SELECT id FROM dealt_with)
                    AND NOT EXISTS (SELECT 1 FROM intents WHERE undoes = entry.id AND state = 'done'))
                AND (NOT ?2 OR \(Self.isUnfinished))
                ORDER BY started_at DESC, sequence DESC LIMIT ?3
                """, .text(profile), .integer(onlyUnfinished ? 1 : 0), .integer(max(0, limit)), read: run)
        }
    }

    /// Which runs of a profile have taken back, or were to take back, what others have done, oldest first.
    public func undos(profile: String) throws -> [RunUndo] {
        try read {
            try $0.query(
                """
                SELECT \(Self.runColumns), undos.run, EXISTS (
                    SELECT 1 FROM intents WHERE run = undo AND undoes IS NOT NULL AND state = 'done')
                FROM undos JOIN runs ON runs.id = undo WHERE profile = ? ORDER BY sequence
                """, .text(profile)
            ) { RunUndo(by: try run($0), of: $0.text(9), hasUndone: $0.integer(10) > 0) }
        }
    }

    private static let isUnfinished = """
        (status IN ('failed', 'cancelled', 'interrupted') OR EXISTS (
            SELECT 1 FROM intents AS undoing JOIN runs AS undo ON undo.id = undoing.run
            WHERE undo.id <> runs.id AND undo.status IN ('failed', 'cancelled', 'interrupted')
            AND undoes IN (SELECT id FROM intents WHERE run = runs.id)))
        """

    /// The entries of a profile whose undo has failed so far and with which nobody has dealt.
    public func leftovers(profile: String) throws -> [Leftover] {
        try read {
            let columns = Self.intentColumns.split(separator: ", ").map { "entry.\($0)" }.joined(separator: ", ")
            return try $0.query(
                """
                SELECT \(columns), undoing.outcome, undoing.settled_at
                FROM intents AS undoing JOIN intents AS entry ON entry.id = undoing.undoes
                WHERE undoing.profile = ? AND undoing.undoes IS NOT NULL AND undoing.state = 'failed'
                AND undoing.sequence = (SELECT max(sequence) FROM intents WHERE undoes = entry.id)
                AND entry.id NOT IN (SELECT id FROM dealt_with) AND entry.run NOT IN (SELECT id FROM dealt_with)
                ORDER BY undoing.sequence
                """, .text(profile)
            ) { Leftover(intent: Self.intent($0), error: try $0.record(17), since: $0.time(18)) }
        }
    }

    /// Writes that a person has dealt with a run or with one entry of the journal.
    public func dealWith(_ id: String) throws {
        try write { [self] connection in
            _ = try connection.run(
                "INSERT INTO dealt_with (id, at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", .text(id), .time(now()))
        }
    }

    /// The ids of all that a person has dealt with.
    public func dealtWith() throws -> Set<String> {
        try read { Set(try $0.query("SELECT id FROM dealt_with") { $0.text(0) }) }
    }

    static func requireNotUndone(_ intent: Intent, _ connection: SQLiteConnection) throws {
        guard let undone = intent.undoes else { return }
        let others = try connection.query(
            "SELECT run FROM intents WHERE undoes = ? AND state <> 'failed'", .text(undone)
        ) { $0.text(0) }
        if let other = others.first { throw Intent.undoneAlready(by: other) }
    }
}

extension Intent {
    /// The refusal of a second undo of one entry.
    static func undoneAlready(by run: String) -> SwitchboardError {
        SwitchboardError(.conflict, "\(run) has undone that already, or is about to")
    }
}
