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
            Parameter("provider", .flag, .provider, help: "only what this provider's account holds, and all of that")
        ],
        input: .none, output: .type(.list(.record(RecordTypes.difference))), effect: .reads,
        examples: [
            .init("drift", "nothing, where all is as the ledger has it"),
            .init("drift | where .difference == 'missing_in_ledger'", "numbers that were bought elsewhere"),
        ])

    /// Those of the accounts that it asks.
    public static let secrets = SecretNeed.accounts

    /// Compares, and changes nothing; a provider that cannot be asked is an error, after the others are told.
    public static func run(_ call: CommandCall) throws -> Value {
        let (run, named) = (call.run, call.text("provider"))
        let numbers = try run.store.numbers(profile: run.profile)
        var found: [Difference] = []
        var asked = Asking(run)
        let sources = asked.sources(only: named)
        let own = numbers.filter { $0.account == nil }
        let holders = Set(own.filter(\.source.hasAccount).map(\.provider)).subtracting(sources)
        for name in sources + (named == nil ? holders.sorted() : []) {
            try asked.each(name) {
                let held = own.filter { $0.provider == name }
                let isSource = run.registry.plugins[name]?.isSource ?? false
                let owned = try run.owned(at: name).filter { owned in
                    // Of an account whose numbers are not all meant, those that nobody here knows are told where it is named.
                    isSource || held.contains { $0.e164 == owned.e164 }
                        || named != nil && !numbers.contains { $0.e164 == owned.e164 }
                }
                found += Difference.between(held, owned, at: name)
            }
        }
        let rows = try run.store.trunks(profile: run.profile)
        if try named.map({ try isCarrier($0, run) }) ?? needsPlatform(numbers, rows) {
            var picture = RoutingPicture()
            try asked.each("the platform") {
                let platform = type(of: try run.providers.callAnswering()).manifest.name
                picture = try run.routingPicture()
                if named == nil { found += Difference.between(rows, numbers, picture, at: platform) }
            }
            for (provider, account) in CarrierWay.accounts(of: numbers, rows) where named ?? provider == provider {
                try asked.each("\(provider) account \(account)") {
                    let held = numbers.filter { $0.provider == provider && $0.account == account }
                    found += try CarrierWay(provider, account: account, run).differences(held, rows, picture)
                }
            }
        }
        let records = found.sorted { ($0.e164?.text ?? "~") < ($1.e164?.text ?? "~") }.map { Value($0) }
        run.foundDifferences(records.count)
        try asked.end(showing: records)
        return .list(records)
    }

    /// Whether the ledger has anything that only the platform can tell of.
    private static func needsPlatform(_ numbers: [WorkspaceNumber], _ rows: [Trunk]) -> Bool {
        numbers.contains(where: \.comesByTrunk) || !rows.isEmpty
    }

    private static func isCarrier(_ name: String, _ run: RunSession) throws -> Bool {
        run.registry.plugins[name]?.provider is any CarrierTrunking.Type
    }
}

extension CarrierWay {
    /// The accounts whose numbers or trunks the ledger has, in order.
    static func accounts(of numbers: [WorkspaceNumber], _ rows: [Trunk]) -> [(provider: String, account: String)] {
        let all =
            numbers.compactMap { number in number.account.map { [number.provider, $0] } }
            + rows.compactMap { row in row.account.map { [row.kind, $0] } }
        return Set(all).sorted { $0.lexicographicallyPrecedes($1) }.map { ($0[0], $0[1]) }
    }

    /// What differs between the ledger and the account.
    fileprivate func differences(
        _ held: [WorkspaceNumber], _ rows: [Trunk], _ picture: RoutingPicture
    ) throws -> [Difference] {
        let (carrier, entry) = (carrier, try run.platformEntry())
        let (holdings, trunk) = (try run.ask { try await carrier.holdings() }, try sharedTrunk())
        let numbers = Difference.between(
            held, holdings, on: trunk?.id, rows, picture, at: provider, account: account)
        guard let row = try row() else { return numbers }
        let urls = try trunk.map { trunk in try run.ask { try await carrier.originationURLs(ofTrunk: trunk.id) } }
        let mayCallOut = try trunk.map { try canCallOut(by: $0, row) } ?? false
        return numbers + Difference.between(row, trunk, urls ?? [], to: entry.uri, mayCallOut: mayCallOut)
    }
}
