public import FoundationEssentials

/// A voice agent that numbers can be bound to.
public struct Agent: Hashable, Sendable, Codable {
    /// `agent_` and 26 characters.
    public var id: String
    /// The name that users type; unique in its profile.
    public var name: String
    /// The name that explicit dispatch uses.
    public var dispatchName: String
    /// What the agent is told with each job; may be empty.
    public var metadata: String
    /// When it was added.
    public var createdAt: Date

    /// Makes an agent.
    public init(id: String, name: String, dispatchName: String, metadata: String = "", createdAt: Date) {
        self.id = id
        self.name = name
        self.dispatchName = dispatchName
        self.metadata = metadata
        self.createdAt = createdAt
    }
}
