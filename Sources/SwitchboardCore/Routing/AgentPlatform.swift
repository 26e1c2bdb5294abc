/// The platform that answers calls: it binds a number, whichever provider holds it, to a voice agent.
///
/// An implementation never makes a rule that catches calls to other numbers, never leaves one behind, and
/// carries over every field that it does not mean to change.
public protocol AgentPlatform: Sendable {
    /// Makes calls to the number reach the agent, verified by reading back; the same binding again changes nothing.
    ///
    /// A number that is bound to another agent is re-pointed. Errors: `conflict` where the number hangs on a rule
    /// that somebody else made and that would be emptied or that catches everything.
    func bind(_ number: RoutedNumber, to agent: AgentTarget, key: String) async throws -> AgentBinding

    /// Makes calls to the number reach nobody; a number that is not bound changes nothing.
    func unbind(_ number: RoutedNumber, key: String) async throws

    /// Returns the binding that is in force, read from the platform, or nil.
    func binding(of number: RoutedNumber) async throws -> AgentBinding?

    /// Throws what `bind` would throw for the sake of the rules that there are, asked for a plan; changes nothing.
    func requireBindable(_ number: RoutedNumber, to agent: AgentTarget) async throws
}

extension AgentPlatform {
    /// Leaves it to `bind`.
    public func requireBindable(_ number: RoutedNumber, to agent: AgentTarget) async throws {}
}

/// A number as the agent platform knows it.
public struct RoutedNumber: Hashable, Sendable, Codable {
    /// The number.
    public var e164: E164
    /// The platform's id of what its calls come in by: the number's own id at LiveKit, or a trunk's id.
    public var inboundID: String

    /// Makes a routed number.
    public init(e164: E164, inboundID: String) {
        self.e164 = e164
        self.inboundID = inboundID
    }
}

/// An agent as the platform dispatches it.
public struct AgentTarget: Hashable, Sendable, Codable {
    /// The name that explicit dispatch uses; never empty, since an empty one would mean automatic dispatch.
    public var dispatchName: String
    /// What the agent is told with the job; may be empty.
    public var metadata: String

    /// Makes a target.
    public init(dispatchName: String, metadata: String = "") {
        self.dispatchName = dispatchName
        self.metadata = metadata
    }
}

/// A binding that the platform confirms.
public struct AgentBinding: Hashable, Sendable, Codable {
    /// The dispatch rule that carries it.
    public var dispatchRuleID: String
    /// The agents that the rule dispatches, by their dispatch names.
    public var agents: [AgentTarget]

    /// Makes a binding.
    public init(dispatchRuleID: String, agents: [AgentTarget]) {
        self.dispatchRuleID = dispatchRuleID
        self.agents = agents
    }
}
