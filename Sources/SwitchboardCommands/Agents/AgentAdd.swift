import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Adds an agent to the workspace.
public enum AgentAdd: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "agent add", summary: "add a voice agent that numbers can be bound to",
        parameters: [
            Parameter("name", .positional, .string, isRequired: true, help: "the name that you type"),
            Parameter(
                "livekit-agent-name", .flag, .string, help: "the name that explicit dispatch uses; NAME unless given"),
            Parameter("metadata", .flag, .string, help: "what the agent is told with each job"),
        ],
        output: .type(.record(RecordTypes.agent)), effect: .changes, inverse: "agent remove",
        examples: [.init("agent add support --livekit-agent-name support-en", "an agent with another dispatch name")])

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Adds; the same again is left, the same name with other arguments is a fault.
    public static func run(_ call: CommandCall) throws -> Value {
        let name = try call.required("name")
        try check(name, call.run)
        let dispatchName = call.text("livekit-agent-name") ?? name
        let metadata = call.text("metadata") ?? ""
        if dispatchName.isEmpty {
            throw SwitchboardError(
                .invalidArgument, "the dispatch name is empty", help: "an empty name would mean automatic dispatch")
        }
        let agent = Agent(
            id: IDKind.agent.make(at: call.run.now), name: name, dispatchName: dispatchName, metadata: metadata,
            createdAt: call.run.now)
        if let existing = try existing(agent, call.run) { return Value(existing) }
        do {
            try call.run.apply(
                [.putAgent(agent)], "add agent \(name)", inverse: .changes([.removeAgent(agent.id)]))
        } catch let error as SwitchboardError where error.code == .conflict {
            // Another process was quicker with the same name.
            guard let existing = try existing(agent, call.run) else { throw error }
            return Value(existing)
        }
        return Value(agent)
    }

    /// The agent that has the name already; one with other settings is a fault.
    private static func existing(_ wanted: Agent, _ run: RunSession) throws -> Agent? {
        guard let existing = try run.store.agents(profile: run.profile).first(where: { $0.name == wanted.name }) else {
            return nil
        }
        guard existing.dispatchName == wanted.dispatchName, existing.metadata == wanted.metadata else {
            throw SwitchboardError(
                .conflict, "an agent '\(wanted.name)' exists already, with other settings",
                help: "its dispatch name is '\(existing.dispatchName)'; remove it first, or choose another name")
        }
        return existing
    }

    /// A name is never mistaken for an id, and can be shown on one line.
    private static func check(_ name: String, _ run: RunSession) throws {
        if name.isEmpty || name.utf8.count > 128 || name.unicodeScalars.contains(where: { $0.value < 0x20 }) {
            throw SwitchboardError(.invalidArgument, "an agent's name has 1 to 128 characters, on one line")
        }
        if run.registry.vocabulary.readID(name) != .noID {
            throw SwitchboardError(
                .invalidArgument, "'\(name)' looks like an id", help: "choose a name of another form")
        }
    }
}
