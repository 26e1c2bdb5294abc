import SwitchboardContract
import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Holds a provider to its contract.
public enum ProviderCheck: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "provider check",
        summary: "hold a provider to its contract, case by case; the script ends with 5 where it breaks it",
        parameters: [
            Parameter("provider", .positional, .provider, isRequired: true, help: "a registered provider"),
            Parameter(
                "ability", .flag, .choice(ContractAbility.allCases.map(\.rawValue)),
                help: "only the cases about this; byoc is about numbers of any carrier on the platform's trunks"),
            Parameter(
                "spend", .toggle, .bool,
                help: "in a live profile: also buy one number and give it up again; the month stays billed"),
        ],
        input: .none, output: .type(.list(.record(RecordTypes.contractResult))), effect: .spends, asksForItself: true,
        inverse: "the check itself, which puts away what it makes", undoing: .refused,
        examples: [
            .init("provider check livekit --ability search", "the cases about searching, against the sandbox"),
            .init(
                "provider check livekit --ability byoc | where .result == 'failed'",
                "nothing, where the contract is kept"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [PurchaseEffect.self, ReleaseEffect.self]

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let name = try call.required("provider")
        let buys = call.run.isLive && call.isSet("spend")
        return [
            PlannedChange(
                kind: signature.name, subject: name,
                summary: "hold \(name) to its contract, which puts away what it makes", provider: name,
                purchases: buys ? 1 : 0, undoing: .unneeded)
        ]
    }

    /// Runs the cases one after the other: all of them where nothing real is at stake; in a live profile those that
    /// read, and with `--spend` the one that buys a number, which it does by the door.
    public static func run(_ call: CommandCall) throws -> Value {
        let (run, name) = (call.run, try call.required("provider"))
        guard let plugin = run.registry.plugins[name] else {
            throw SwitchboardError(.notFound, "no provider '\(name)' is registered")
        }
        // Throws what the profile lacks before anything is tried.
        _ = try run.providers.provider(name)
        let subject = ContractSubject(
            plugin.provider, settings: try run.providers.settings(of: name), transport: run.host.transport,
            profile: run.profile, limits: run.isLive ? plugin.manifest.limits : nil,
            allowance: try allowance(call, name),
            trade: JournaledTrade(run: run))
        let ability = call.text("ability").flatMap(ContractAbility.init)
        let results = try run.ask { await ContractSuite.run(on: subject, only: ability) }
        let failed = results.filter { $0.outcome == .failed }
        // What could not be put away is told also where nobody waits for the rest.
        if run.cancel.isCancelled { for result in failed { run.note("\(result)") } }
        try run.checkCancelled()
        run.foundDifferences(failed.count)
        return .list(CheckedCase.rows(results).map { .record(Record("contract-result", $0, columns: columns)) })
    }

    private static func allowance(_ call: CommandCall, _ name: String) throws -> ContractCost {
        guard call.run.isLive else { return .sandbox }
        guard call.isSet("spend") else { return .nothing }
        try call.run.confirm("a number is bought at \(name) and given up again, which stays billed")
        return .oneNumber
    }

    fileprivate static let columns: [RoutingColumn<CheckedCase>] = [
        .init("case", .string, "the demand, by its name; of an ability that is not offered, how many there are") {
            .string($0.name)
        },
        .init("ability", .string, "what a provider must offer to be asked for it") {
            .string($0.result.case.ability.rawValue)
        },
        .init("result", .choice(ContractResult.Outcome.allCases.map(\.rawValue)), "how it ended") {
            .string($0.result.outcome.rawValue)
        },
        .init("seen", .string, "what was seen: where it breaks the contract, or why it was not asked for") {
            .string($0.result.seen)
        },
        .init("shows", .optional(.string), "the demand, in words; nothing for several") { .text($0.shows) },
    ]
}

/// A row of the matrix: one case, or all those of an ability that are left out for one reason.
private struct CheckedCase {
    var name: String
    var shows: String?
    var result: ContractResult

    static func rows(_ results: [ContractResult]) -> [CheckedCase] {
        var rows: [CheckedCase] = []
        var count = 0
        for result in results {
            let last = rows.last?.result
            let isAlike =
                last.map { $0.outcome == .skipped && $0.case.ability == result.case.ability && $0.seen == result.seen }
                ?? false
            guard isAlike, result.outcome == .skipped else {
                rows.append(CheckedCase(name: result.case.name, shows: result.case.shows, result: result))
                count = 1
                continue
            }
            count += 1
            rows[rows.count - 1].name = "\(count) cases"
            rows[rows.count - 1].shows = nil
        }
        return rows
    }
}

extension RecordTypes {
    /// The text `contract-result`.
    fileprivate static let contractResult = RecordType(
        name: "contract-result", summary: "how a provider stands with one demand of its contract",
        columns: ProviderCheck.columns)
}

/// Buys and gives up by the door: a check that is killed leaves its number in the ledger, or an
/// intent that the next start settles.
private struct JournaledTrade: ContractTrade {
    let run: RunSession

    func buy(_ number: AvailableNumber, at provider: any NumberPurchasing) async throws -> OwnedNumber {
        try await run.blocking {
            try PurchaseEffect.carryOut(number, label: ProviderCheck.signature.name, run)
            return OwnedNumber(try run.ledger(number.e164))
        }
    }

    /// Gives it up also when the run is cancelled meanwhile.
    func giveUp(_ number: OwnedNumber, at provider: any NumberPurchasing) async throws {
        try await run.blocking { _ = try run.takeBack(ReleaseEffect(number)) }
    }
}
