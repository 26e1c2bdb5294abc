public import SwitchboardEngine
public import SwitchboardLanguage

/// Shows one agent.
public enum AgentGet: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "agent get", summary: "show an agent", parameters: [AgentReference.parameter],
        output: .type(.record(RecordTypes.agent)), effect: .reads,
        examples: [.init("agent get support", "one agent", setUp: "agent add support")])

    /// Shows.
    public static func run(_ call: CommandCall) throws -> Value {
        Value(try AgentReference.find(AgentReference.text(call), call.run))
    }
}
