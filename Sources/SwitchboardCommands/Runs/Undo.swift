import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Takes back what a run has done.
public enum Undo: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "undo", summary: "take back what a run has done, the last change first; numbers that it bought are released",
        parameters: [
            Parameter(
                "run", .positional, RunReference.type, isRequired: true,
                help: "a run's id, or last: the newest one with changes that are not undone"),
            Parameter(dryRun, .toggle, .bool, help: "only say what would be taken back and what cannot be"),
        ],
        input: .none, output: .type(.list(.record(RecordTypes.undoStep))), effect: .irreversible, looksWith: dryRun,
        asksForItself: true,
        examples: [
            .init("undo last --dry-run", "what would be taken back", setUp: "agent add support"),
            .init(
                "undo last | where .result == 'left'", "takes it back, and shows what could not be",
                setUp: "purchase +12125550123 --provider livekit"),
        ])

    private static let dryRun = "dry-run"

    /// Those of the accounts that it asks.
    public static let secrets = SecretNeed.accounts

    /// Every change that would be taken back; with `--dry-run` nothing.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        if call.isSet(dryRun) { return [] }
        let steps = try call.run.undoSteps(of: find(call.required("run"), call.run))
        return steps.filter { $0.inverse != nil }.map { step in
            PlannedChange(
                kind: signature.name, subject: step.summary, summary: "take back: \(step.summary)",
                undoing: .never("an undo is not undone"))
        }
    }

    /// A dry run is one in a plan, too; else the plan goes on as if nothing had been taken back, and says so.
    public static func plan(_ call: CommandCall) throws -> Value {
        if call.isSet(dryRun) { return try run(call) }
        try call.run.plan(outside(call))
        call.run.note("what follows the undo is planned as if nothing had been taken back")
        return .unknown(Placeholder(.list(.record(RecordTypes.undoStep))))
    }

    /// Says first what can be taken back and what cannot, then does it; called again, it goes on where it was ended.
    public static func run(_ call: CommandCall) throws -> Value {
        let run = call.run
        let wanted = try call.required("run")
        // Which run is the last one is another question once this one has begun.
        let record = try find(run.decide(isLasting: true) { try find(wanted, run).id }, run)
        if call.isSet(dryRun) { return try table(run.lookAtUndo(of: run.undoSteps(of: record)), isDone: false) }
        return try run.store.locked("undo \(record.id)", alone: true, waiting: run.checkCancelled) {
            let steps = try run.undoSteps(of: record)
            try announce(steps, of: record, run)
            return try table(run.undo(steps), isDone: true)
        }
    }

    private static func find(_ reference: String, _ run: RunSession) throws -> RunRecord {
        guard reference == RunReference.last else {
            if let record = try run.store.run(reference) { return record }
            throw SwitchboardError(.notFound, "there is no run \(reference)", help: "give a run's id, or last")
        }
        let changed = try run.store.changedRuns(profile: run.profile, onlyUnfinished: false, limit: .max)
        if let record = try changed.first(where: { try !run.undoSteps(of: $0).isEmpty }) { return record }
        throw SwitchboardError(.notFound, "no run of the profile '\(run.profile)' has changes that are not undone")
    }

    private static func announce(_ steps: [UndoStep], of record: RunRecord, _ run: RunSession) throws {
        let possible = steps.filter { $0.inverse != nil }
        run.note("\(record.id) (\(record.what)): \(possible.count) of \(steps.count) changes can be taken back")
        for step in steps where step.inverse == nil {
            run.note("cannot be taken back: \(step.summary): \(step.obstacle ?? "")")
        }
        guard !possible.isEmpty else { return }
        let bills = possible.filter { $0.bill != nil }.count
        let releases =
            bills == 0 ? "" : "; \(bills) bought number\(bills == 1 ? " is" : "s are") released and stay billed"
        try run.confirm("\(possible.count) changes of \(record.id) are taken back by \(run.id)\(releases)")
        run.note("they are taken back by \(run.id)")
    }

    private static func table(_ results: [UndoResult], isDone: Bool) -> Value {
        .list(results.enumerated().map { Value(UndoRow(step: $0 + 1, result: $1, isDone: isDone)) })
    }
}
