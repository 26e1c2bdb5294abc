/// An agent by its two names.
public struct AgentName: Hashable, Sendable {
    /// `agent_` and 26 characters.
    public var id: String
    /// The name that users type.
    public var name: String

    /// Makes a pair.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
