import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Says where the ledger and the providers differ.
public enum Drift: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "drift", summary: "say where the ledger and the providers differ, both ways; the script ends with 5 then",
        parameters: [
            Parameter("provider", .flag, .provider, help: "only what this provider's account holds")
        ],
        input: .none, output: .type(.list(.record(RecordTypes.difference))), effect: .reads,
        examples: [
            .init("drift", "nothing, where all is as the ledger has it"),
            .init("drift | where .difference == 'missing_in_ledger'", "numbers that were bought elsewhere"),
        ])

    /// Compares, and changes nothing; a provider that cannot be asked is an error, after the others are told.
    public static func run(_ call: CommandCall) throws -> Value {
        let (run, named) = (call.run, call.text("provider"))
        let numbers = try run.store.numbers(profile: run.profile)
        var found: [Difference] = []
        var asked = Asking(run)
        let sources = asked.sources(only: named)
        let holders = Set(numbers.filter(\.source.hasAccount).map(\.provider)).subtracting(sources)
        for name in sources + (named == nil ? holders.sorted() : []) {
            try asked.each(name) {
                let held = numbers.filter { $0.provider == name }
                let isSource = run.registry.plugins[name]?.isSource ?? false
                let owned = try run.owned(at: name).filter { owned in
                    isSource || held.contains { $0.e164 == owned.e164 }
                }
                found += Difference.between(held, owned, at: name)
            }
        }
        if named == nil, try needsPlatform(numbers, run) {
            try asked.each("the platform") {
                let platform = type(of: try run.providers.callAnswering()).manifest.name
                let rows = try run.store.trunks(profile: run.profile)
                found += Difference.between(rows, numbers, try run.routingPicture(), at: platform)
            }
        }
        let records = found.sorted { ($0.e164?.text ?? "~") < ($1.e164?.text ?? "~") }.map { Value($0) }
        run.foundDifferences(records.count)
        try asked.end(showing: records)
        return .list(records)
    }

    /// Whether the ledger has anything that only the platform can tell of.
    private static func needsPlatform(_ numbers: [WorkspaceNumber], _ run: RunSession) throws -> Bool {
        try numbers.contains { !$0.source.hasAccount } || !run.store.trunks(profile: run.profile).isEmpty
    }
}
