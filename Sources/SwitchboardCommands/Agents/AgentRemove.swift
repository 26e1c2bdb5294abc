import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Removes an agent from the workspace.
public enum AgentRemove: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "agent remove", summary: "remove an agent; its numbers are unbound and kept",
        parameters: [AgentReference.parameter], output: .type(.record(RecordTypes.agent)), effect: .irreversible,
        examples: [.init("agent remove support", "and its numbers reach nobody", setUp: "agent add support")])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [UnbindEffect.self]

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Unbinds the agent's numbers one by one, then removes it.
    public static func run(_ call: CommandCall) throws -> Value {
        let agent = try call.run.decide { try AgentReference.find(AgentReference.text(call), call.run) }
        for number in try call.run.store.numbers(profile: call.run.profile) where number.agentID == agent.id {
            _ = try UnbindEffect.carryOut(number, call.run)
            call.run.note("\(number.e164) is unbound and kept")
        }
        try call.run.apply(
            [.removeAgent(agent.id)], "remove agent \(agent.name)",
            inverse: .changes([.putAgent(agent)]))
        return Value(agent)
    }
}
