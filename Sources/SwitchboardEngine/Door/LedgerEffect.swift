import SwitchboardCore
import SwitchboardStore

/// Changes of the ledger that no provider is asked for.
///
/// A run journals them in the transaction that makes them, so that a later one can take them back; only what takes them
/// back goes through the door.
struct LedgerEffect: Effect {
    /// What it leads to.
    struct Outcome: Codable, Sendable {}

    /// The kind.
    static let kind = "ledger"

    /// What they do, in one sentence without a period.
    let summary: String
    let changes: [LedgerChange]
    let inverse: LedgerInverse

    /// The text `ledger agent_…`, after the first of the things.
    var subject: String { changes.first.map { "ledger \($0.thing)" } ?? "ledger" }

    /// None.
    var slots: Intent.Slots { Intent.Slots() }

    /// Asks nobody; throws `conflict` where the ledger would not hold together any more.
    func perform(in world: EffectWorld) async throws -> Outcome {
        for change in changes { if let problem = try world.problem(with: change) { throw problem } }
        return Outcome()
    }

    /// The same: it is asked of the plan's own ledger.
    func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// It happened unless the ledger would not take it.
    func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> { .done(try await perform(in: world)) }

    /// The changes themselves.
    func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] { changes }

    /// The changes that it was made with.
    func inverse(of outcome: Outcome) -> Inverse {
        switch inverse {
        case .changes(let back):
            let nothing = LedgerInverse.none(because: "it has taken another change back")
            return .effect(LedgerEffect(summary: "take back: \(summary)", changes: back, inverse: nothing))
        case .none(let reason): return .none(because: reason)
        case .unneeded: return .unneeded
        }
    }

    /// Every number, agent and trunk that it changes.
    func things(of outcome: Outcome) -> Set<String> { Set(changes.map(\.thing)) }

    /// Whether the ledger still says what it was changed to.
    func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing {
        guard case .changes(let back) = inverse else { return .asLeft }
        let all = try back.map { try world.standing(before: $0) }
        if let changed = all.first(where: { if case .changed = $0 { true } else { false } }) { return changed }
        return all.allSatisfy { $0 == .gone } ? .gone : .asLeft
    }
}

extension LedgerChange {
    /// The number, or the id of the agent or trunk.
    fileprivate var thing: String {
        switch self {
        case .putNumber(let number), .changeNumber(_, let number): number.e164.text
        case .removeNumber(let e164): e164.text
        case .putAgent(let agent): agent.id
        case .putTrunk(let trunk): trunk.id
        case .removeAgent(let id), .removeTrunk(let id): id
        }
    }
}

extension EffectWorld {
    /// Why the ledger cannot take a change: an agent that a number is bound to stays, since the number would be left with
    /// one that nobody knows.
    fileprivate func problem(with change: LedgerChange) throws -> SwitchboardError? {
        switch change {
        case .removeAgent(let id):
            let bound = try store.numbers(profile: profile).first { $0.agentID == id }
            return bound.map { SwitchboardError(.conflict, "\($0.e164) is bound to it") }
        case .removeTrunk(let id):
            let carried = try store.numbers(profile: profile).first { $0.trunkID == id }
            return carried.map { SwitchboardError(.conflict, "\($0.e164) is on it") }
        case .putAgent(let agent):
            let others = try store.agents(profile: profile)
            guard others.contains(where: { $0.name == agent.name && $0.id != agent.id }) else { return nil }
            return SwitchboardError(.conflict, "there is another agent named '\(agent.name)' already")
        default: return nil
        }
    }

    /// How the ledger stands before a change takes another back.
    fileprivate func standing(before change: LedgerChange) throws -> Standing {
        if let problem = try problem(with: change) { return .changed(problem.message) }
        switch change {
        case .changeNumber(let from, let to):
            guard let now = try store.number(from.e164, profile: profile) else { return .gone }
            return now.says(from, wherever: to) ? .asLeft : .changed("\(from.e164) was changed again since")
        case .removeAgent(let id): return try agentIDs.contains(id) ? .asLeft : .gone
        case .putAgent(let agent): return try agentIDs.contains(agent.id) ? .gone : .asLeft
        case .removeTrunk(let id): return try trunkIDs.contains(id) ? .asLeft : .gone
        case .removeNumber(let e164): return try store.number(e164, profile: profile) == nil ? .gone : .asLeft
        case .putNumber, .putTrunk: return .asLeft
        }
    }

    private var agentIDs: [String] { get throws { try store.agents(profile: profile).map(\.id) } }
    private var trunkIDs: [String] { get throws { try store.trunks(profile: profile).map(\.id) } }
}

extension WorkspaceNumber {
    /// Whether it says what one state says wherever another says something else; its times do not count.
    fileprivate func says(_ state: WorkspaceNumber, wherever other: WorkspaceNumber) -> Bool {
        var (probe, other) = (self, other)
        other.updatedAt = state.updatedAt
        probe.take(from: state, to: other)
        probe.take(from: other, to: state)
        return probe == self
    }
}
