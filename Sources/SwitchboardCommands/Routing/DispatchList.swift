import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Lists dispatch rules.
public enum DispatchList: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "dispatch list", summary: "list the dispatch rules of the platform, whoever made them",
        otherNames: ["rules", "dispatches"], input: .none,
        output: .type(.list(.record(RecordTypes.dispatchRule))), effect: .reads,
        examples: [
            .init("dispatch list", "all rules"),
            .init("dispatch list | where .agents has 'support' | select .id .name .trunk_ids", "those of one agent"),
        ])

    /// Those of the accounts that it asks.
    public static let secrets = SecretNeed.accounts

    /// Lists in the order of their ids.
    public static func run(_ call: CommandCall) throws -> Value {
        let routing = try call.run.providers.callRouting()
        return .list(try call.run.ask { try await routing.dispatchRules() }.map { Value($0) })
    }
}
