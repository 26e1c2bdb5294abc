public import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
public import SwitchboardStore

/// Takes numbers away from their agents.
public enum UnbindAgent: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "unbind-agent", summary: "make calls to a number reach no agent", otherNames: ["unbind", "unassign", "detach"],
        parameters: [NumberReference.requiredParameter], output: .type(.record(RecordTypes.number)), effect: .changes,
        inverse: "bind-agent",
        examples: [
            .init(
                "unbind-agent +12125550123", "nobody answers from now on",
                setUp: "agent add support; purchase +12125550123 --provider livekit | bind-agent support")
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [UnbindEffect.self, BindEffect.self]

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Unbinds; a number without an agent is left as it is.
    public static func run(_ call: CommandCall) throws -> Value {
        guard let reference = call["number"] else {
            throw SwitchboardError(.invalidArgument, "unbind-agent needs a number: let one flow in, or write one")
        }
        let number = try NumberReference.find(reference, call.run)
        guard number.agentID != nil else {
            try call.run.unchanged("\(number.e164) is bound to no agent")
            return Value(number)
        }
        return Value(try UnbindEffect.carryOut(number, call.run))
    }
}

/// Taking exactly one number away from its agent.
public struct UnbindEffect: Effect {
    /// What it leads to.
    public struct Outcome: Codable, Sendable {
        /// The number as its provider has it afterwards.
        public var owned: OwnedNumber?
    }

    /// The kind.
    public static let kind = "unbind-agent"

    let number: RoutedNumber
    let provider: String
    /// The agent that answered before; nil where the ledger did not know it.
    let bound: Agent?

    static func carryOut(_ held: WorkspaceNumber, _ run: RunSession) throws -> WorkspaceNumber {
        let agent = try run.store.agents(profile: run.profile).first { $0.id == held.agentID }
        _ = try run.carryOut(
            UnbindEffect(
                number: run.routed(held), provider: held.provider, bound: agent))
        var unbound = held
        unbound.agentID = nil
        // Where the call runs once more, it may have given the number up already.
        return try run.store.number(held.e164, profile: run.profile) ?? unbound
    }

    /// The text `binding +14155550100`.
    public var subject: String { "binding \(number.e164)" }

    /// None.
    public var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    public var summary: String { "unbind \(number.e164) from its agent" }

    /// Unbinds, and reads the number back.
    public func perform(in world: EffectWorld) async throws -> Outcome {
        try await world.providers.agentPlatform().unbind(number, key: world.key)
        return Outcome(owned: await world.readBack(number.e164, at: provider))
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    public func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Asks the platform for the binding in force.
    public func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        if try await world.providers.agentPlatform().binding(of: number) != nil { return .notDone }
        return .done(Outcome(owned: await world.readBack(number.e164, at: provider)))
    }

    /// The number loses its agent.
    public func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        guard let before = try world.store.number(number.e164, profile: world.profile) else { return [] }
        var held = before
        if let owned = outcome.owned {
            held.refresh(from: owned, at: world.time.now())
        } else {
            held.dispatchRuleIDs = []
        }
        held.agentID = nil
        held.updatedAt = world.time.now()
        return [.changeNumber(from: before, to: held)]
    }

    /// Binding it to the same agent again.
    public func inverse(of outcome: Outcome) -> Inverse {
        guard let bound else { return .none(because: "the ledger did not know the agent that answered before") }
        return .effect(BindEffect(number: number, provider: provider, agent: bound, earlier: nil))
    }

    /// The agent, who has to be there to answer again.
    public func uses(of outcome: Outcome) -> Set<String> { Set([bound?.id].compactMap { $0 }) }

    /// Whether still nobody answers.
    public func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing {
        guard try world.held(number.e164) != nil else { return .gone }
        if let binding = try await world.providers.agentPlatform().binding(of: number) {
            return .changed(try world.answer(of: binding))
        }
        return try bound.flatMap(world.absence).map { .changed($0) } ?? .asLeft
    }
}
