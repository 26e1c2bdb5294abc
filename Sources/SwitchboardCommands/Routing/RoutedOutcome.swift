import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// What a change of a trunk or of a dispatch rule leads to.
struct RoutedOutcome<Thing: Routed>: Codable, Sendable {
    /// What the platform has afterwards; nil where it is gone.
    var thing: Thing?
    /// Whether one that was to be made was found there, made by somebody else.
    var wasThere: Bool?
    /// The numbers of the workspace whose calls it decides on, or did.
    var numbers: [BoundNumber]

    /// What the platform says of a number afterwards.
    struct BoundNumber: Codable, Sendable {
        /// The number as its provider has it.
        var owned: OwnedNumber
        /// The agents that answer; none where nobody does.
        var agents: [AgentTarget]
    }
}

extension EffectWorld {
    /// The platform's trunks and rules.
    func routing() throws -> any CallRouting { try providers.callRouting() }

    /// What a change has led to, with every number read back that it may have touched.
    func outcome<Thing: Routed>(of thing: Thing?, instead old: Thing? = nil) async -> RoutedOutcome<Thing> {
        let ids = Set((thing?.numberIDs ?? []) + (old?.numberIDs ?? []))
        var numbers: [RoutedOutcome<Thing>.BoundNumber] = []
        for number in held(ids) {
            guard let owned = await readBack(number.e164, at: number.provider) else { continue }
            if let agents = await agents(of: owned) { numbers.append(.init(owned: owned, agents: agents)) }
        }
        return RoutedOutcome(thing: thing, numbers: numbers)
    }

    /// The workspace's numbers of these ids; none where the ledger cannot be read, which writing it will tell.
    private func held(_ ids: Set<String>) -> [WorkspaceNumber] {
        guard !ids.isEmpty else { return [] }
        do {
            return try store.numbers(profile: profile).filter { ids.contains($0.providerID ?? "") }
        } catch { return [] }
    }

    /// The agents that answer; nil where the platform does not say, and then the ledger keeps what it has.
    private func agents(of owned: OwnedNumber) async -> [AgentTarget]? {
        let number = RoutedNumber(e164: owned.e164, inboundID: owned.providerID)
        do { return try await providers.agentPlatform().binding(of: number)?.agents ?? [] } catch { return nil }
    }

    /// The ledger's numbers as the platform has them.
    func changes<Thing>(of numbers: [RoutedOutcome<Thing>.BoundNumber]) throws -> [LedgerChange] {
        let agents = try store.agents(profile: profile)
        return try numbers.compactMap { number in
            guard let before = try store.number(number.owned.e164, profile: profile) else { return nil }
            var after = before
            after.refresh(from: number.owned, at: time.now())
            let answering = agents.filter { number.agents == [AgentTarget($0)] }.map(\.id)
            after.agentID = answering.contains(before.agentID ?? "") ? before.agentID : answering.first
            if after.agentID != before.agentID { after.updatedAt = time.now() }
            return .changeNumber(from: before, to: after)
        }
    }
}

extension AgentTarget {
    /// An agent of the workspace as the platform dispatches it.
    init(_ agent: Agent) { self.init(dispatchName: agent.dispatchName, metadata: agent.metadata) }
}
