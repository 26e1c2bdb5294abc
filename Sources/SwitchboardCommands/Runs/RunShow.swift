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
            Parameter("run", .positional, RunReference.type, isRequired: true, help: "a run's id, or last")
        ],
        input: .none, output: .type(.list(.record(RecordTypes.step))), effect: .reads,
        examples: [.init("run show last", "the newest run", setUp: "agent add support")])

    /// Lists the steps in order, each behind those around it.
    public static func run(_ call: CommandCall) throws -> Value {
        let (store, found) = (call.run.store, try RunReference.run(of: call))
        let tree = StepTree()
        var failures = RowFailures()
        for step in try store.steps(run: found.id) where step.state != .decided {
            try tree.add(step)
            if let failure = try step.failure { failures.add(failure, of: step.rowName) }
        }
        for group in failures.groups { call.run.note("failed rows: \(group.text)") }
        let undone = Set(try store.undoings(of: found.id).filter { $0.1?.isDone == true }.compactMap(\.0.undoes))
        for (intent, outcome) in try store.intents(run: found.id) {
            tree.add(intent, outcome, call.run.registry.summary(of: intent), isUndone: undone.contains(intent.id))
        }
        for remark in RunEntry(found, try store.undos(profile: found.profile)).remarks {
            call.run.note("\(found.id): \(remark)")
        }
        return .list(tree.rows)
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
            .init("monthly_cost", .optional(.money), "what a purchase costs a month; nothing where that is not known"),
            .init("request_ids", .list(.string), "the provider's ids of its requests, for its support desk"),
            .init("error_code", .optional(.string), "the error's name for programs"),
            .init("error", .optional(.string), "why it failed"),
        ])
}
