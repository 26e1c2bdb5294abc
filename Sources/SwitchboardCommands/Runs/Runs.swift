import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Lists the profile's runs.
public enum Runs: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "runs", summary: "list the runs that may have changed something, the newest first",
        parameters: [Parameter("limit", .flag, .int, help: "the most runs to list, 50 unless given")],
        input: .none, output: .type(.list(.record(RecordTypes.run))), effect: .reads,
        examples: [
            .init("runs | where .status == 'interrupted'", "those whose process has died; resume goes on with one"),
            .init("runs --limit 1", "the newest one"),
        ])

    /// Lists.
    public static func run(_ call: CommandCall) throws -> Value {
        let limit = call.int("limit") ?? 50
        guard limit > 0 else { throw SwitchboardError(.invalidArgument, "--limit is 1 or more, not \(limit)") }
        let (store, profile) = (call.run.store, call.run.profile)
        let undos = try store.undos(profile: profile)
        return .list(
            try store.runs(profile: profile, limit: limit).map { Value(try RunEntry($0, undos, in: call.run)) })
    }
}

extension RecordTypes {
    /// The text `run-entry`.
    static let run = RecordType(
        name: "run-entry", summary: "one execution of a script, of -c statements or of a statement at the prompt",
        fields: [
            .init("id", .id("run"), "the id that resume, undo and run show take"),
            .init(
                "status", .choice(RunEntry.statuses),
                "how it stands; interrupted means that its process has died, undone that another run took it back"),
            .init("what", .string, "the script's file, or the statement in short and without secrets"),
            .init("started_at", .time, "when it began"),
            .init("ended_at", .optional(.time), "when it ended, or was found to have died"),
            .init("script", .string, "the script's name; -c or prompt for statements"),
            .init("undoes", .optional(.id("run")), "the run that it has taken back, or was to take back"),
        ])
}

extension Value {
    /// The record `run-entry`.
    init(_ entry: RunEntry) {
        let run = entry.run
        self = .record(
            Record(
                "run-entry",
                [
                    .init("id", .id(run.id)), .init("status", .string(entry.status)),
                    .init("what", .string(run.what)), .init("started_at", .time(run.startedAt)),
                    .init("ended_at", run.endedAt.map { .time($0) } ?? .nothing),
                    .init("script", .string(run.script)),
                    .init("undoes", entry.undoes.map { .id($0) } ?? .nothing),
                ]))
    }
}
