public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Lists the workspace's agents.
public enum AgentList: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "agent list", summary: "list the agents of the workspace", otherNames: ["agents"],
        output: .type(.list(.record(RecordTypes.agent))),
        effect: .reads, examples: [.init("agent list", "all agents in order of name")])

    /// Lists.
    public static func run(_ call: CommandCall) throws -> Value {
        .list(try call.run.store.agents(profile: call.run.profile).map { Value($0) })
    }
}
