import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Shows what a run has told.
public enum RunLog: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "run log",
        summary:
            "show what a run has told: what it printed, its results, notes, and why rows and the run itself failed",
        parameters: [
            Parameter("run", .positional, RunReference.type, isRequired: true, help: "a run's id, or last")
        ],
        input: .none, output: .type(.list(.record(RecordTypes.runLine))), effect: .reads,
        examples: [
            .init("run log last", "what the newest run told", setUp: "agent add support; print 'ready'"),
            .init("run log last | where .kind == 'noted'", "its notes alone", setUp: "agent add support"),
            .init(
                "run log last | where .kind == 'row_failed'", "which rows failed and why",
                setUp: "agent add support"),
        ])

    /// Lists the lines in order, those of every process that has gone on with the run.
    public static func run(_ call: CommandCall) throws -> Value {
        .list(try call.run.store.lines(run: RunReference.run(of: call).id).map { Value($0) })
    }
}

extension RecordTypes {
    /// The text `run-line`.
    static let runLine = RecordType(
        name: "run-line", summary: "a line that a run has told",
        fields: [
            .init("at", .time, "when"),
            .init(
                "kind", .choice(RunLine.Kind.allCases.map(\.rawValue)),
                "whether the script printed it, it is a result, a note, or why a row or the run failed"),
            .init("text", .string, "the line; a result or one row of it as JSON"),
        ])
}

extension Value {
    /// The record `run-line`.
    init(_ line: RunLine) {
        self = .record(
            Record(
                "run-line",
                [
                    .init("at", .time(line.at)), .init("kind", .string(line.kind.rawValue)),
                    .init("text", .string(line.text)),
                ]))
    }
}
