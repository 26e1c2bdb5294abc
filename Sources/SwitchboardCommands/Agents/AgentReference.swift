import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// How commands name agents: by name, by id, or by a record that flows in.
enum AgentReference {
    static let parameter = Parameter(
        "agent", .positional, .either([.record(RecordTypes.agent), .id("agent"), .string]), isRequired: true,
        isMain: true, help: "an agent's name or id")

    static func text(_ call: CommandCall) throws -> String {
        if case .record(let record)? = call["agent"] { return record["id"]?.plainText ?? "" }
        return try call.required("agent")
    }

    static func find(_ reference: String, _ run: RunSession) throws -> Agent {
        let agents = try run.store.agents(profile: run.profile)
        if let agent = agents.first(where: { $0.id == reference || $0.name == reference }) { return agent }
        let near = NearName.guess(for: reference, among: agents.map(\.name))
        throw SwitchboardError(
            .notFound, "no agent '\(reference)' in profile '\(run.profile)'",
            help: near.map { "did you mean '\($0)'?" } ?? "agent list shows them; agent add makes one")
    }
}
