import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Lists the workspace's numbers.
public enum List: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "list", summary: "list the numbers of the workspace, as the ledger knows them",
        otherNames: ["numbers", "ls", "show"],
        parameters: [
            Parameter(
                "status", .flag, .list(.choice(NumberStatus.allCases.map(\.rawValue))),
                help: "only of these statuses; released ones are asked of the providers, who still know them"),
            Parameter("sip-dispatch-rule-id", .flag, .string, help: "only numbers that this dispatch rule names"),
            Parameter("provider", .flag, .provider, help: "only numbers of this provider"),
            Parameter("source", .flag, .string, help: "only numbers that came in so, such as livekit or byoc"),
            Parameter("unbound", .toggle, .bool, help: "only numbers without an agent"),
            Parameter("limit", .flag, .int, help: "the most numbers to show; all unless given"),
            Parameter("offset", .flag, .int, help: "how many to skip first"),
        ],
        output: .type(.list(.record(RecordTypes.number))), effect: .reads,
        examples: [
            .init("list", "all numbers"),
            .init("list --status [active offline] --limit 10", "the first ten of two statuses"),
            .init("list --status [active released]", "also what was given up, as the providers tell it"),
            .init("list --unbound | count", "how many have no agent"),
        ])

    /// Lists in ascending order of number.
    public static func run(_ call: CommandCall) throws -> Value {
        let statuses = call.list("status")?.compactMap(\.plainText)
        let rule = call.text("sip-dispatch-rule-id")
        let provider = call.text("provider")
        let source = call.text("source").map { NumberSource(rawValue: $0) }
        let offset = call.int("offset") ?? 0
        let limit = call.int("limit")
        guard offset >= 0, limit ?? 1 >= 1 else {
            throw SwitchboardError(.invalidArgument, "--limit is 1 or more, --offset 0 or more")
        }
        var all = try call.run.store.numbers(profile: call.run.profile)
        if statuses?.contains(NumberStatus.released.rawValue) == true { all = try merged(all, released(call)) }
        let numbers = all.filter { number in
            (statuses?.contains(number.status.rawValue) ?? true) && (rule.map(number.dispatchRuleIDs.contains) ?? true)
                && (provider.map { $0 == number.provider } ?? true) && (source.map { $0 == number.source } ?? true)
                && (!call.isSet("unbound") || number.agentID == nil)
        }
        let page = numbers.dropFirst(offset).prefix(limit ?? numbers.count)
        if page.count < numbers.count { call.run.note("\(page.count) of \(numbers.count) numbers") }
        return .list(page.map { Value($0) })
    }

    private static func merged(_ held: [WorkspaceNumber], _ released: [WorkspaceNumber]) -> [WorkspaceNumber] {
        let known = Set(held.compactMap(\.providerID))
        return (held + released.filter { !known.contains($0.id) }).sorted { ($0.e164, $0.id) < ($1.e164, $1.id) }
    }

    /// What the profile's providers say of numbers that were given up and left the ledger; their id is the provider's.
    private static func released(_ call: CommandCall) throws -> [WorkspaceNumber] {
        let named = call.text("provider")
        return try (named.map { [$0] } ?? call.run.registry.providerNames).flatMap { name -> [WorkspaceNumber] in
            let provider: any NumberProvider
            do { provider = try call.run.providers.provider(name) } catch let error as SwitchboardError
                where [.unauthorized, .unsupported].contains(error.code) && named == nil
            {
                return []
            }
            let owned = try call.run.ask { try await provider.ownedNumbers(OwnedNumberFilter(statuses: [.released])) }
            let source = type(of: provider).manifest.purchaseSource
            return owned.map {
                WorkspaceNumber(id: $0.providerID, source: source, owned: $0, at: $0.releasedAt ?? call.run.now)
            }
        }
    }
}
