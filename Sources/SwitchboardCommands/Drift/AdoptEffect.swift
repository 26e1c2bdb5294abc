public import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardStore

/// Taking in exactly one number that an account holds.
public struct AdoptEffect: Effect {
    /// What it leads to.
    public struct Outcome: Codable, Sendable {
        /// The number as its provider has it.
        public var owned: OwnedNumber
        /// The agents that answer its calls.
        public var agents: [AgentTarget]
    }

    /// The kind.
    public static let kind = "adopt"

    private let number: OwnedNumber
    /// The id that the number has in the workspace from now on, whoever writes the ledger.
    private let numberID: String

    init(_ number: OwnedNumber, id: String) { (self.number, numberID) = (number, id) }

    /// The text `livekit +14155550100`.
    public var subject: String { "\(number.provider) \(number.e164)" }

    /// One number.
    public var slots: Intent.Slots { Intent.Slots(numbers: 1) }

    /// What it does.
    public var summary: String { "take in \(number.e164) of the \(number.provider) account" }

    /// Looks the number up; nothing at the provider changes.
    public func perform(in world: EffectWorld) async throws -> Outcome {
        guard let owned = try await world.providers.provider(number.provider).lookUp(number.e164) else {
            throw SwitchboardError(
                .notFound, "the \(number.provider) account does not hold \(number.e164) any more",
                provider: number.provider)
        }
        let held = WorkspaceNumber(id: numberID, source: try source(in: world), owned: owned, at: world.time.now())
        return Outcome(owned: owned, agents: await world.agents(of: held) ?? [])
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    public func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Looks it up again.
    public func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        do { return .done(try await perform(in: world)) } catch let error as SwitchboardError
            where error.code == .notFound
        {
            return .notDone
        }
    }

    /// The number comes into the ledger, with the agent of the workspace that answers it; one that is there is left.
    public func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        if let held = try world.store.number(number.e164, profile: world.profile), held.status != .released {
            return []
        }
        var held = WorkspaceNumber(
            id: numberID, source: try source(in: world), owned: outcome.owned, at: world.time.now())
        held.agentID = try world.store.agents(profile: world.profile).answering(outcome.agents)
        return [.putNumber(held)]
    }

    private func source(in world: EffectWorld) throws -> NumberSource {
        try type(of: world.providers.provider(number.provider)).manifest.purchaseSource
    }

    /// Forgetting it; the account keeps it.
    public func inverse(of outcome: Outcome) -> Inverse {
        .effect(ForgetEffect(provider: number.provider, e164: number.e164))
    }

    /// Whether it is there, answered by whom it was answered then.
    public func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing {
        guard let held = try world.held(number.e164) else { return .gone }
        let agents = try world.store.agents(profile: world.profile)
        if held.agentID == agents.answering(outcome.agents) { return .asLeft }
        return .changed(try world.user(of: held) ?? "its agent was taken away since")
    }
}
