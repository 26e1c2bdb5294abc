import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Shows what a run has got through.
public enum RunShow: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "run show",
        summary: "show the steps of a run and the changes that it made, as a tree, and why rows have failed",
        parameters: [
            Parameter("run", .positional, RunReference.type, isRequired: true, help: "a run's id, or last"),
            Parameter(
                "row", .flag, .string,
                help: "show what is of this row alone, by its name or its key: site=berlin-2, berlin-2"),
        ],
        input: .none, output: .type(.list(.record(RecordTypes.step))), effect: .reads,
        examples: [
            .init("run show last", "the newest run", setUp: "agent add support"),
            .init(
                "run show last --row b", "what one row has got through",
                setUp: "[{site: 'a'} {site: 'b'}] | each row --key .site { agent add $row.site }"),
        ])

    /// The most steps that are shown one by one, and the most changes.
    private static let most = 2000

    /// Lists the steps in order, each behind those around it; of a long run rows are gathered unless one is asked for.
    public static func run(_ call: CommandCall) throws -> Value {
        let (run, found) = (call.run, try RunReference.run(of: call))
        let rows =
            if let row = call.text("row") {
                try rows(of: found, run, only: row)
            } else if try isLong(found, run.store) {
                try gathered(found, run)
            } else { try rows(of: found, run, only: nil) }
        for remark in try RunEntry(found, run.store.undos(profile: found.profile), in: run).remarks {
            run.note("\(found.id): \(remark)")
        }
        return .list(rows)
    }

    private static func isLong(_ found: RunRecord, _ store: any Store) throws -> Bool {
        try store.steps(run: found.id, after: nil, limit: most + 1).count > most
            || store.changes(run: found.id, after: nil, limit: most + 1).count > most
    }

    /// One by one, in the order in which they began.
    private static func rows(of found: RunRecord, _ run: RunSession, only row: String?) throws -> [Value] {
        let (steps, changes) = try row.map { try self.row($0, of: found, run.store) } ?? all(of: found, run.store)
        var failures = RowFailures()
        let tree = StepTree()
        for step in steps where step.state != .decided {
            try tree.add(step)
            if let failure = try step.failure { failures.add(failure, of: step.rowName) }
        }
        for change in changes { tree.add(change, run.registry.summary(of: change.intent)) }
        tell(failures, run)
        return tree.rows
    }

    private static func all(of found: RunRecord, _ store: any Store) throws -> ([StepRecord], [RunChange]) {
        let undone = Set(try store.undoings(of: found.id).filter { $0.1?.isDone == true }.compactMap(\.0.undoes))
        let changes = try store.intents(run: found.id).map { intent, outcome in
            RunChange(intent: intent, outcome: outcome, isUndone: undone.contains(intent.id))
        }
        return (try store.steps(run: found.id), changes)
    }

    private static func row(
        _ row: String, of found: RunRecord, _ store: any Store
    ) throws -> ([StepRecord], [RunChange]) {
        let name = row.replacing("/", with: "%2F")
        func isOfRow(_ key: String) -> Bool {
            key.split(separator: "/").contains { $0.hasSuffix("[\(name)]") || $0.hasSuffix("=\(name)]") }
        }
        var (steps, changes) = ([StepRecord](), [RunChange]())
        try store.forEachStep(ofRun: found.id) { if isOfRow($0.key) { steps.append($0) } }
        try store.forEachChange(ofRun: found.id) { change in
            if isOfRow(change.intent.step) { changes.append(change) }
            return true
        }
        if steps.isEmpty, changes.isEmpty {
            throw SwitchboardError(
                .notFound, "\(found.id) has got to no row '\(row)'", help: "run show names rows in brackets")
        }
        return (
            steps.sorted { $0.startedAt < $1.startedAt }, changes.sorted { $0.intent.startedAt < $1.intent.startedAt }
        )
    }

    /// Those of all rows together.
    private static func gathered(_ found: RunRecord, _ run: RunSession) throws -> [Value] {
        let gathered = GatheredSteps()
        var failures = RowFailures()
        try run.store.forEachStep(ofRun: found.id) { step in
            try run.checkCancelled()
            guard step.state != .decided else { return }
            gathered.add(step)
            if let failure = try step.failure { failures.add(failure, of: step.rowName) }
        }
        try run.store.forEachChange(ofRun: found.id) { change in
            try run.checkCancelled()
            gathered.add(change)
            return true
        }
        tell(failures, run)
        run.note("\(found.id) is long, so its rows are gathered; --row NAME shows one")
        return gathered.rows
    }

    private static func tell(_ failures: RowFailures, _ run: RunSession) {
        for group in failures.groups { run.note("failed rows: \(group.text)") }
    }
}

extension RecordTypes {
    /// The text `run-step`.
    static let step = RecordType(
        name: "run-step", summary: "a step of a run, or a change that it made",
        fields: [
            .init("step", .string, "what it is, further in than the step around it"),
            .init(
                "result", .optional(.choice(["done", "failed", "open", "undoing", "undone"])),
                "how it ended; open is what nobody knows yet, undone what was taken back, nothing a step that has not ended"
            ),
            .init("started_at", .optional(.time), "when it began"), .init("ms", .optional(.int), "how long it took"),
            .init("attempts", .optional(.int), "how often it was tried"),
            .init("count", .optional(.int), "how many it stands for, where the rows of a long run are gathered"),
            .init("monthly_cost", .optional(.money), "what a purchase costs a month; nothing where that is not known"),
            .init("request_ids", .list(.string), "the provider's ids of its requests, for its support desk"),
            .init("error_code", .optional(.string), "the error's name for programs"),
            .init("error", .optional(.string), "why it failed"),
        ])
}
