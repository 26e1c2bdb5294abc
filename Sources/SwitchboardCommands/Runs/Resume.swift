import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Goes on with a run that has not come to a good end.
public enum Resume: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "resume", summary: "go on with a run whose process died, or that failed or was cancelled",
        parameters: [
            Parameter("run", .positional, RunReference.type, isRequired: true, help: "a run's id, or last"),
            Parameter("changed-ok", .toggle, .bool, help: "also where its script or its data have changed since"),
        ],
        input: .none, output: .type(.nothing), effect: .spends, inverse: "undo", undoing: .refused,
        examples: [
            .init("resume last", "what is done is not done again, and nothing is bought twice")
        ])

    /// That it goes on; what the rest of the run changes, nobody can tell before.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let run = try call.required("run")
        return [
            PlannedChange(
                kind: signature.name, subject: run,
                summary: "go on with run \(run), whose rest is planned nowhere", undoing: .by("undo \(run)"))
        ]
    }

    /// A script has nothing else in it.
    public static func run(_ call: CommandCall) throws -> Value {
        let run = try call.required("run")
        throw ResumeWanted(run: run == RunReference.last ? nil : run, mayDiffer: call.isSet("changed-ok"))
    }
}

/// How commands name a run.
enum RunReference {
    /// The word that stands for the newest run that it can be done to.
    static let last = "last"
    static let type = ValueType.either([.id("run"), .string])

    /// The run of the profile that a call names.
    static func run(of call: CommandCall) throws -> RunRecord {
        let (store, profile) = (call.run.store, call.run.profile)
        let wanted = try call.required("run")
        let found = wanted == last ? try store.runs(profile: profile, limit: 1).first : try store.run(wanted)
        if let found, found.profile == profile { return found }
        throw SwitchboardError(.notFound, "profile '\(profile)' has no run '\(wanted)'", help: "runs lists them")
    }
}
