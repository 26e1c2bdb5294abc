public import SwitchboardEngine
public import SwitchboardLanguage

/// Shows one trunk.
public enum TrunkGet: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "trunk get", summary: "show a trunk as the platform has it",
        parameters: [RoutingReferenceParameter.trunk()], output: .type(.record(RecordTypes.trunk)), effect: .reads,
        examples: [.init("trunk get main", "one trunk", setUp: "trunk create --name main --numbers +15105550100")])

    /// Those of the accounts that it asks.
    public static let secrets = SecretNeed.accounts

    /// Shows.
    public static func run(_ call: CommandCall) throws -> Value {
        let entries = try TrunkEntry.all(call.run.routingPicture(), call.run)
        let entry = try TrunkEntry.find(call["trunk"] ?? .nothing, among: entries)
        if entry.halves.isEmpty { throw entry.gone }
        return Value(entry)
    }
}
