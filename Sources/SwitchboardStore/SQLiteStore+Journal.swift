public import SwitchboardCore

extension SQLiteStore {
    /// Writes an intent of this session with the secrets it needs and reserves its slots, in one durable transaction.
    public func begin(_ intent: Intent, caps: Caps, keeping secrets: [String: Secret]) throws {
        guard !secrets.isEmpty else {
            return try write(.sessionAndRoom) { [self] in try put(intent, caps, kept: 0, $0) }
        }
        try writeSealing(.sessionAndRoom) { [self] connection, master in
            try put(intent, caps, kept: secrets.count, connection)
            for (key, secret) in secrets {
                try connection.run(
                    "INSERT INTO kept_secrets (intent, key, box) VALUES (?, ?, ?)", .text(intent.id), .text(key),
                    .blob(SecretBox(master, .kept(key, intent: intent.id)).seal(secret)))
            }
        }
    }

    /// Writes an intent; what is in its way is looked for where the tables refuse it.
    private func put(_ intent: Intent, _ caps: Caps, kept: Int, _ connection: SQLiteConnection) throws {
        do {
            if let other = try Self.obtaining(intent, connection) { throw Self.busy(intent, other) }
            try Self.requireSlots(intent, caps, connection)
            try intent.requireAffordable(caps) { try Self.spent(in: $0, profile: intent.profile, connection) }
            try insert(intent, kept: kept, connection)
        } catch {
            try Self.requireFree(intent, connection)
            throw error
        }
    }

    /// `OR FAIL` here and where an intent is settled: what is refused is undone with its whole transaction, and SQLite need
    /// not be ready to undo the triggers' work alone.
    private func insert(_ intent: Intent, kept: Int, _ connection: SQLiteConnection) throws {
        let cost = intent.spending?.monthlyCost.flatMap { cost in cost.millionths.map { (cost.currency, $0) } }
        try connection.run(
            """
            INSERT OR FAIL INTO intents (
                id, run, session, profile, kind, subject, arguments, number_slots, trunk_slots, started_at, purchases,
                monthly_cost, currency, spent_on, step, undoes, kept)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(intent.id), .text(intent.run), .text(session), .text(intent.profile), .text(intent.kind),
            .text(intent.subject), .textBytes(intent.arguments), .integer(intent.slots.numbers),
            .integer(intent.slots.trunks), .time(intent.startedAt), .integer(intent.spending?.purchases ?? 0),
            cost.map { .integer($0.1) } ?? .null, cost.map { .text($0.0) } ?? .null,
            intent.spending == nil ? .null : .text(intent.day.key), .text(intent.step),
            intent.undoes.map(SQLValue.text) ?? .null, .integer(kept))
    }

    /// Writes an intent that is settled at once, with the ledger's changes, in one durable transaction.
    public func record(_ intent: Intent, _ outcome: IntentOutcome, changes: [LedgerChange]) throws {
        try write(.sessionAndRoom) { [self] connection in
            try Self.requireNew(intent, connection)
            if outcome.isDone { try Self.requireNotUndone(intent, connection) }
            try insert(intent, kept: 0, connection)
            try settle(intent.id, outcome, changes, nil, connection)
        }
    }

    /// Writes an intent's outcome and the ledger's changes in one transaction, frees its slots and removes the secrets
    /// that were kept for it; the next durable change, such as another intent, takes it to the disk.
    public func settle(
        _ intentID: String, _ outcome: IntentOutcome, changes: [LedgerChange], trace: RequestTrace.Record?
    ) throws {
        try write(.outcome) { [self] connection in
            try settle(intentID, outcome, changes, trace, connection)
        }
    }

    private func settle(
        _ id: String, _ outcome: IntentOutcome, _ changes: [LedgerChange], _ trace: RequestTrace.Record?,
        _ connection: SQLiteConnection
    ) throws {
        let (state, record) = try Self.columns(of: outcome)
        let changed = try connection.run(
            """
            UPDATE OR FAIL intents SET state = ?, outcome = ?, settled_at = ?, trace = ?
            WHERE id = ? AND state = 'open'
            """, .text(state), record, .time(now()), trace.map { .text($0.text) } ?? .null, .text(id))
        guard changed == 1 else { throw try Self.notOpen(id, connection) }
        guard !changes.isEmpty else { return }
        let profile = try connection.query("SELECT profile FROM intents WHERE id = ?", .text(id)) { $0.text(0) }
        try Self.apply(changes, profile: profile[0], to: connection)
    }

    private static func notOpen(_ id: String, _ connection: SQLiteConnection) throws -> SwitchboardError {
        let state = try connection.query("SELECT state FROM intents WHERE id = ?", .text(id)) { $0.text(0) }.first
        guard let state else { return SwitchboardError(.conflict, "there is no intent \(id) to settle") }
        return SwitchboardError(.conflict, "the intent \(id) is settled already (\(state))")
    }

    /// Every intent without an outcome, of whatever session, oldest first.
    public func openIntents() throws -> [Intent] {
        try read { try Self.openIntents($0) }
    }

    /// Every intent of a run in order, with its outcome where there is one.
    public func intents(run: String) throws -> [(Intent, IntentOutcome?)] {
        try read {
            try $0.query(
                "SELECT \(Self.intentColumns), state, outcome FROM intents WHERE run = ? ORDER BY sequence",
                .text(run)
            ) { (Self.intent($0), try Self.outcome($0)) }
        }
    }

    static func openIntents(_ connection: SQLiteConnection) throws -> [Intent] {
        try connection.query(
            "SELECT \(intentColumns) FROM intents WHERE state = 'open' ORDER BY sequence", read: intent)
    }

    private static func requireNew(_ intent: Intent, _ connection: SQLiteConnection) throws {
        if try connection.integer("SELECT count(*) FROM intents WHERE id = ?", .text(intent.id)) > 0 {
            throw SwitchboardError(.conflict, "there is an intent \(intent.id) already")
        }
    }

    private static func requireFree(_ intent: Intent, _ connection: SQLiteConnection) throws {
        try requireNew(intent, connection)
        try requireNotUndone(intent, connection)
        let same = try connection.query(
            "SELECT id, run FROM intents WHERE state = 'open' AND subject = ?", .text(intent.subject)
        ) { ($0.text(0), $0.text(1)) }
        if let other = try same.first ?? obtaining(intent, connection) { throw Self.busy(intent, other) }
    }

    private static func busy(_ intent: Intent, _ other: (id: String, run: String)) -> SwitchboardError {
        SwitchboardError(
            .conflict, "other work on \(intent.subject) is under way (\(other.id) of \(other.run))",
            help: "wait for that run to end")
    }

    /// An open intent that obtains the same number.
    private static func obtaining(
        _ intent: Intent, _ connection: SQLiteConnection
    ) throws -> (id: String, run: String)? {
        guard let number = intent.incoming else { return nil }
        return try connection.query(
            """
            SELECT id, run FROM intents
            WHERE state = 'open' AND profile = ? AND number_slots > 0 AND subject LIKE '% ' || ?
            """, .text(intent.profile), .text(number)
        ) { ($0.text(0), $0.text(1)) }.first
    }

    private static func requireSlots(_ intent: Intent, _ caps: Caps, _ connection: SQLiteConnection) throws {
        try requireSlots(
            "number", intent.slots.numbers, caps.numbers, intent.profile, connection,
            counted: "SELECT count FROM held_numbers WHERE profile = ?")
        try requireSlots(
            "trunk", intent.slots.trunks, caps.trunks, intent.profile, connection,
            counted: "SELECT count(*) FROM trunks WHERE profile = ?")
    }

    private static func requireSlots(
        _ name: String, _ asked: Int, _ cap: Int, _ profile: String, _ connection: SQLiteConnection, counted: String
    ) throws {
        guard asked > 0 else { return }
        let held = try connection.integer(counted, .text(profile))
        let reserved = try connection.integer(
            "SELECT coalesce(sum(\(name)_slots), 0) FROM intents WHERE state = 'open' AND profile = ?",
            .text(profile))
        try Caps.require(asked, of: name, upTo: cap, held: held, reserved: reserved)
    }
}

/// The columns of an intent.
extension SQLiteStore {
    static let intentColumns = """
        id, run, session, profile, kind, subject, arguments, number_slots, trunk_slots, started_at, purchases, \
        monthly_cost, currency, step, undoes, settled_at, trace
        """

    static func intent(_ row: SQLRow) -> Intent {
        var intent = Intent(
            id: row.text(0), run: row.text(1), session: row.text(2), profile: row.text(3), kind: row.text(4),
            subject: row.text(5), arguments: row.bytes(6),
            slots: Intent.Slots(numbers: row.integer(7), trunks: row.integer(8)), spending: spending(row),
            startedAt: row.time(9), step: row.text(13), undoes: row.isNull(14) ? nil : row.text(14))
        intent.settledAt = row.isNull(15) ? nil : row.time(15)
        intent.trace = row.isNull(16) ? nil : RequestTrace.Record(text: row.text(16))
        return intent
    }

    private static func spending(_ row: SQLRow) -> Spending? {
        guard row.integer(10) > 0 else { return nil }
        let cost = row.isNull(11) ? nil : Money(millionths: row.integer(11), row.text(12))
        return Spending(purchases: row.integer(10), monthlyCost: cost)
    }

    private static func columns(of outcome: IntentOutcome) throws -> (state: String, record: SQLValue) {
        switch outcome {
        case .done(let result): ("done", .textBytes(result))
        case .failed(let error): ("failed", try .record(error))
        }
    }

    static func outcome(_ row: SQLRow) throws -> IntentOutcome? {
        switch row.text(17) {
        case "done": .done(row.bytes(18))
        case "failed": .failed(try row.record(18))
        default: nil
        }
    }
}

extension RequestTrace.Record {
    /// How often it was tried, then the ids, a line each: it is written with every change.
    fileprivate var text: String { ([String(attempts)] + requestIDs).joined(separator: "\n") }

    fileprivate init(text: String) {
        let lines = text.split(separator: "\n").map(String.init)
        self.init(attempts: lines.first.flatMap { Int($0) } ?? 1, requestIDs: Array(lines.dropFirst()))
    }
}
