import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Lists the workspace's numbers.
public enum List: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "list", summary: "list the numbers of the workspace, as the ledger knows them",
        parameters: [
            Parameter(
                "status", .flag, .list(.choice(NumberStatus.allCases.map(\.rawValue))), help: "only of these statuses"),
            Parameter("sip-dispatch-rule-id", .flag, .string, help: "only numbers that this dispatch rule names"),
            Parameter("provider", .flag, .provider, help: "only numbers of this provider"),
            Parameter("unbound", .toggle, .bool, help: "only numbers without an agent"),
            Parameter("limit", .flag, .int, help: "the most numbers to show; all unless given"),
            Parameter("offset", .flag, .int, help: "how many to skip first"),
        ],
        output: .type(.list(.record(RecordTypes.number))), effect: .reads,
        examples: [
            .init("list", "all numbers"),
            .init("list --status [active offline] --limit 10", "the first ten of two statuses"),
            .init("list --unbound | count", "how many have no agent"),
        ])

    /// Lists in ascending order of number.
    public static func run(_ call: CommandCall) throws -> Value {
        let statuses = call.list("status")?.compactMap(\.plainText)
        let rule = call.text("sip-dispatch-rule-id")
        let provider = call.text("provider")
        let offset = call.int("offset") ?? 0
        let limit = call.int("limit")
        guard offset >= 0, limit ?? 1 >= 1 else {
            throw SwitchboardError(.invalidArgument, "--limit is 1 or more, --offset 0 or more")
        }
        let numbers = try call.run.store.numbers(profile: call.run.profile).filter { number in
            (statuses?.contains(number.status.rawValue) ?? true) && (rule.map(number.dispatchRuleIDs.contains) ?? true)
                && (provider.map { $0 == number.provider } ?? true) && (!call.isSet("unbound") || number.agentID == nil)
        }
        let page = numbers.dropFirst(offset).prefix(limit ?? numbers.count)
        if page.count < numbers.count { call.run.note("\(page.count) of \(numbers.count) numbers") }
        return .list(page.map { Value($0) })
    }
}
