public import SwitchboardCore

/// Binds numbers to LiveKit agents by dispatch rules, one rule for each agent, shared by its numbers; and keeps the
/// project's trunks and dispatch rules.
///
/// The rules that binding makes are named `switchboard agent <dispatch name>`, dispatch exactly one agent, and always
/// name the numbers they are for. Rules of other people lose a number to it at most, and never their last. A number
/// that comes in by a trunk has a rule of its own instead (`TrunkBinding`).
public final class LiveKitAgentPlatform: AgentPlatform {
    let calls: RuleCalls
    let inboundTrunks: RoutingEdits
    let outboundTrunks: RoutingEdits
    let rules: RoutingEdits
    /// Edits follow each other, so that each reads what the one before it wrote: two numbers bound at once to a new
    /// agent share one rule, and two changes of a trunk lose nothing of each other.
    private let gate = SerialGate()

    /// Makes the platform of one project with connection limits of its own; does no I/O.
    ///
    /// Beside a provider use `LiveKitProvider.agentPlatform` instead, which shares them.
    public convenience init(context: ProviderContext) throws {
        self.init(client: try TwirpClient(context: context))
    }

    init(client: TwirpClient) {
        calls = RuleCalls(client: client)
        rules = RoutingEdits(calls: calls.rules)
        inboundTrunks = RoutingEdits(calls: RoutingCalls(client: client, schema: .inboundTrunk))
        outboundTrunks = RoutingEdits(calls: RoutingCalls(client: client, schema: .outboundTrunk))
    }

    /// Makes calls to the number reach exactly this agent, and reads that back.
    public func bind(_ number: RoutedNumber, to agent: AgentTarget, key: String) async throws -> AgentBinding {
        guard !agent.dispatchName.isEmpty else {
            throw RoutingErrors.error(
                .invalidArgument, "an agent without a dispatch name would be dispatched to every room",
                help: "give the agent the name that it registers with")
        }
        if let binding = trunkBinding(number, key) { return try await binding.bind(to: agent) }
        guard let rule = try await reach(.agent(agent), for: number, key: key) else {
            throw RoutingErrors.error(.internal, "a bound number has no rule")
        }
        return AgentBinding(dispatchRuleID: rule.id, agents: rule.agents)
    }

    /// Takes the number out of every rule that names it, and reads that back.
    ///
    /// A rule without trunk ids that somebody made catches its calls all the same; it is left alone.
    public func unbind(_ number: RoutedNumber, key: String) async throws {
        if let binding = trunkBinding(number, key) { return try await binding.unbind() }
        _ = try await reach(.nowhere, for: number, key: key)
    }

    /// Returns the rule that names the number and lets its calls in, with its agents and those of every other rule that
    /// names it: a change that broke off half-way, or somebody else, left it to LiveKit which of them answers.
    public func binding(of number: RoutedNumber) async throws -> AgentBinding? {
        if let binding = trunkBinding(number) { return try await binding.current() }
        let holders = try await calls.all().filter { $0.trunkIDs.contains(number.inboundID) }
        guard let rule = RulePlan.inForce(holders, number.e164) else { return nil }
        let rivals = holders.filter { $0.id != rule.id && $0.agents != rule.agents }.flatMap(\.agents)
        return AgentBinding(dispatchRuleID: rule.id, agents: rule.agents + rivals)
    }

    /// Throws `conflict` where somebody else's rule would come to catch every call.
    public func requireBindable(_ number: RoutedNumber, to agent: AgentTarget) async throws {
        guard Self.isSold(number) else { return }
        _ = try RulePlan(number: number, goal: .agent(agent)).next(try await calls.all())
    }

    /// Throws what pointing a number at the rule would throw for the rule's sake; changes nothing.
    func requireUsable(ruleID: String) async throws { _ = try RulePlan.usable(ruleID, of: try await calls.all()) }

    /// Hangs the number on the rule and on no other, and reads that back.
    func point(_ number: RoutedNumber, atRule ruleID: String, key: String) async throws {
        _ = try await reach(.rule(ruleID), for: number, key: key)
    }

    private func reach(_ goal: RulePlan.Goal, for number: RoutedNumber, key: String) async throws -> DispatchRule? {
        guard Self.isSold(number) else {
            throw RoutingErrors.error(
                .unsupported, "\(number.e164) comes in by the trunk \(number.inboundID), which other numbers may share",
                help: "bind it with bind-agent, or make a rule for it with: dispatch create --called")
        }
        return try await oneByOne { [calls] in
            try await RuleChange(calls: calls, number: number, key: key).run(RulePlan(number: number, goal: goal))
        }
    }

    /// Whether LiveKit has sold the number, so that its calls come in by an id of its own.
    private static func isSold(_ number: RoutedNumber) -> Bool { number.inboundID.hasPrefix("PN_") }

    /// The binding of a number that comes in by a trunk; nil for one that LiveKit has sold.
    private func trunkBinding(_ number: RoutedNumber, _ key: String = "") -> TrunkBinding? {
        Self.isSold(number) ? nil : TrunkBinding(calls: calls, rules: rules, number: number, key: key)
    }

    /// Makes a change of trunks or rules when every earlier one has ended.
    func oneByOne<Result: Sendable>(_ change: @Sendable () async throws -> Result) async throws -> Result {
        do { return try await gate.withTurn(change) } catch { throw SwitchboardError(wrapping: error) }
    }
}
