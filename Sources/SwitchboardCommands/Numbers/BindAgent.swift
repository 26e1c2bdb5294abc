public import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
public import SwitchboardStore

/// Binds numbers to agents.
public enum BindAgent: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "bind-agent", summary: "make calls to a number reach an agent", otherNames: ["bind", "assign", "attach"],
        parameters: [
            Parameter("agent", .positional, .id("agent"), isRequired: true, help: "an agent's name or id"),
            Parameter(
                "number", .flag, NumberReference.type, isRequired: true, isMain: true, aliases: ["e164"],
                help: "a number of the workspace; usually it flows in"),
            Parameter(
                "replace", .toggle, .bool,
                help: "also where another agent answers now, or a dispatch rule of others takes the calls"),
        ],
        output: .type(.record(RecordTypes.number)), effect: .changes, inverse: "unbind-agent, or the earlier binding",
        examples: [
            .init(
                "search livekit --country US --area 415 | first | purchase | bind-agent support", "the whole job",
                setUp: "agent add support"),
            .init(
                "bind-agent support --number +12125550123", "a number of the workspace",
                setUp: "agent add support; purchase +12125550123 --provider livekit"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] =
        [BindEffect.self, UnbindEffect.self, AssignRuleEffect.self] + CarrierWay.effects

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Binds; a binding that is so already is left.
    public static func run(_ call: CommandCall) throws -> Value {
        guard let reference = call["number"] else {
            throw SwitchboardError(
                .invalidArgument, "bind-agent needs a number: let one flow in, or give --number")
        }
        let agent = try AgentReference.find(call.required("agent"), call.run)
        let e164 = try NumberReference.find(reference, call.run).e164
        return try call.run.alone(with: e164) { try bind(call.run.ledger(e164), agent, call) }
    }

    private static func bind(_ number: WorkspaceNumber, _ agent: Agent, _ call: CommandCall) throws -> Value {
        guard number.capabilities.contains("inbound") else {
            throw SwitchboardError(
                .unsupported, "\(number.e164) takes no calls: its source is \(number.source.rawValue)")
        }
        if !call.isSet("replace") { try BindEffect.requireFree(number, for: agent, call.run) }
        return Value(try BindEffect.carryOut(number, agent, call.run))
    }
}

extension EffectWorld {
    /// Who answers by a binding.
    func answer(of binding: AgentBinding) throws -> String {
        let agents = try store.agents(profile: profile)
        let name = agents.first { $0.id == agents.answering(binding.agents) }?.name
        return "it is bound to \(name ?? binding.agents.map(\.dispatchName).joined(separator: " ")) by now"
    }

    /// Why an agent cannot answer again; nil where it can.
    func absence(of agent: Agent) throws -> String? {
        let isThere = try store.agents(profile: profile).contains { $0.id == agent.id }
        return isThere ? nil : "the agent \(agent.name) is not in the workspace any more"
    }
}

/// Binding exactly one number to one agent.
public struct BindEffect: Effect {
    /// What it leads to.
    public struct Outcome: Codable, Sendable {
        /// The binding that the platform confirms.
        public var binding: AgentBinding
        /// The number as its provider has it afterwards.
        public var owned: OwnedNumber?
    }

    /// The kind.
    public static let kind = "bind-agent"

    let number: RoutedNumber
    let provider: String
    let agent: Agent
    /// The agent that answered before, where there was one.
    let earlier: Agent?
    /// The rule that its calls went to before, where no agent of the workspace answered.
    var earlierRuleID: String?

    private var target: AgentTarget { AgentTarget(dispatchName: agent.dispatchName, metadata: agent.metadata) }

    /// Binds, and returns the number as the ledger has it then.
    ///
    /// The platform is asked even where the ledger has the binding already: a binding that somebody undid elsewhere is
    /// mended.
    static func carryOut(_ held: WorkspaceNumber, _ agent: Agent, _ run: RunSession) throws -> WorkspaceNumber {
        let held = try withWayIn(held, run)
        let number = try run.routed(held)
        if number.inboundID.isEmpty { throw noWayIn(held) }
        let platform = try run.providers.agentPlatform()
        let target = AgentTarget(dispatchName: agent.dispatchName, metadata: agent.metadata)
        if held.agentID == agent.id, try run.ask({ try await platform.binding(of: number) })?.agents == [target] {
            try run.unchanged("\(held.e164) is bound to \(agent.name) already")
            return held
        }
        let earlier = try run.store.agents(profile: run.profile).first { $0.id == held.agentID && $0.id != agent.id }
        _ = try run.carryOut(
            BindEffect(
                number: number, provider: held.provider, agent: agent, earlier: earlier,
                earlierRuleID: held.agentID == nil ? held.dispatchRuleIDs.first : nil))
        return try run.ledger(held.e164)
    }

    /// Throws where another agent answers now, or a rule that is no binding of the workspace's takes the calls.
    static func requireFree(_ held: WorkspaceNumber, for agent: Agent, _ run: RunSession) throws {
        guard held.agentID != agent.id else { return }
        let taker =
            try held.agentID.map { "\(held.e164) is bound to \(try run.agentName($0))" }
            ?? held.dispatchRuleIDs.first.map { "the dispatch rule \($0) takes the calls to \(held.e164)" }
        guard let taker else { return }
        throw SwitchboardError(
            .conflict, taker,
            help: "bind-agent \(agent.name) --number \(held.e164) --replace binds it to \(agent.name) instead")
    }

    private static func noWayIn(_ held: WorkspaceNumber) -> SwitchboardError {
        SwitchboardError(
            .conflict, "no calls to \(held.e164) come in: it has no inbound trunk any more, or never had one",
            help: "remove it, and import it again on another trunk")
    }

    /// A number that the platform does not hold itself needs a trunk, or its rule would name something that takes no
    /// calls; one that was bought at a carrier gets its account's.
    private static func withWayIn(_ held: WorkspaceNumber, _ run: RunSession) throws -> WorkspaceNumber {
        let platform = try type(of: run.providers.callAnswering()).manifest.name
        guard held.provider != platform, held.source.hasAccount else { return held }
        if held.isLed { return held }
        guard try run.providers.provider(held.provider) is any CarrierTrunking else {
            throw SwitchboardError(
                .unsupported, "no trunk leads the calls of \(held.e164) from \(held.provider) to \(platform)",
                help: "see inbound-calls in: provider show \(held.provider)", provider: held.provider)
        }
        try CarrierWay(held.provider, account: held.account, run).lead(held)
        return try run.ledger(held.e164)
    }

    /// The text `binding +14155550100`.
    public var subject: String { "binding \(number.e164)" }

    /// None.
    public var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    public var summary: String { "bind \(number.e164) to \(agent.name)" }

    /// Binds, and reads the number back.
    public func perform(in world: EffectWorld) async throws -> Outcome {
        let binding = try await world.providers.agentPlatform().bind(number, to: target, key: world.key)
        return Outcome(binding: binding, owned: await world.readBack(number.e164, at: provider))
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    public func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Asks the platform for the binding in force.
    public func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        guard let binding = try await world.providers.agentPlatform().binding(of: number), binding.agents == [target]
        else { return .notDone }
        return .done(Outcome(binding: binding, owned: await world.readBack(number.e164, at: provider)))
    }

    /// The number gets its agent.
    public func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        guard let before = try world.store.number(number.e164, profile: world.profile) else { return [] }
        var held = before
        if let owned = outcome.owned {
            held.refresh(from: owned, at: world.time.now())
        } else if !held.comesByTrunk, held.status == .offline {
            // It could not be read again, and what the platform has confirmed takes its calls.
            held.status = .active
        }
        held.dispatchRuleIDs = [outcome.binding.dispatchRuleID]
        held.agentID = agent.id
        held.updatedAt = world.time.now()
        return [.changeNumber(from: before, to: held)]
    }

    /// The earlier binding or rule, or none.
    public func inverse(of outcome: Outcome) -> Inverse {
        if let earlier {
            return .effect(BindEffect(number: number, provider: provider, agent: earlier, earlier: agent))
        }
        guard let earlierRuleID, let owned = outcome.owned else {
            return .effect(UnbindEffect(number: number, provider: provider, bound: agent))
        }
        return .effect(
            AssignRuleEffect(number: owned, ruleID: earlierRuleID, earlierRuleID: outcome.binding.dispatchRuleID))
    }

    /// Both agents: the one that answers, and the one that is to answer again.
    public func uses(of outcome: Outcome) -> Set<String> { Set([agent.id, earlier?.id].compactMap { $0 }) }

    /// Whether this agent and no other answers, and the one that is to answer again is in the workspace.
    public func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing {
        guard try world.held(number.e164) != nil else { return .gone }
        guard let binding = try await world.providers.agentPlatform().binding(of: number) else {
            return earlier == nil && earlierRuleID == nil ? .gone : .changed("it is bound to no agent any more")
        }
        guard binding.agents == [target] else { return .changed(try world.answer(of: binding)) }
        return try earlier.flatMap(world.absence).map { .changed($0) } ?? .asLeft
    }
}
