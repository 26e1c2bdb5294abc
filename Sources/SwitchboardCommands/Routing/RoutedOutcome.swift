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
        // Where the ledger cannot be read, writing it will tell.
        for number in (try? held(ids)) ?? [] {
            guard let owned = await readBack(number.e164, at: number.provider) else { continue }
            if let agents = await agents(of: number) { numbers.append(.init(owned: owned, agents: agents)) }
        }
        return RoutedOutcome(thing: thing, numbers: numbers)
    }

    /// The workspace's numbers whose calls come in under these ids.
    func held(_ ids: Set<String>) throws -> [WorkspaceNumber] {
        guard !ids.isEmpty else { return [] }
        let trunks = try store.trunks(profile: profile)
        return try store.numbers(profile: profile).filter {
            ids.contains(RoutedNumber($0, trunks: trunks).inboundID)
        }
    }

    /// Whether the platform has a trunk or rule as an effect has left it.
    func standing<Thing: Routed>(of thing: Thing) async throws -> Standing {
        guard let now = try await Thing.find(id: thing.id, at: routing()) else { return .gone }
        let isSame = now.document.means(thing.document, comparingSecrets: false)
        return isSame ? .asLeft : .changed("the \(now.title) says something else by now")
    }

    /// The agents that answer; nil where the platform does not say, and then the ledger keeps what it has.
    func agents(of held: WorkspaceNumber) async -> [AgentTarget]? {
        do {
            let number = RoutedNumber(held, trunks: try store.trunks(profile: profile))
            return try await providers.agentPlatform().binding(of: number)?.agents ?? []
        } catch { return nil }
    }

    /// The ledger's numbers as the platform has them.
    func changes<Thing>(of numbers: [RoutedOutcome<Thing>.BoundNumber]) throws -> [LedgerChange] {
        let agents = try store.agents(profile: profile)
        return try numbers.compactMap { number in
            guard let before = try store.number(number.owned.e164, profile: profile) else { return nil }
            var after = before
            after.refresh(from: number.owned, at: time.now())
            after.agentID = agents.answering(number.agents, before: before.agentID)
            if after.agentID != before.agentID { after.updatedAt = time.now() }
            return .changeNumber(from: before, to: after)
        }
    }
}

extension [Agent] {
    /// The id of the one that answers, where exactly one does; of several that are dispatched alike the one before.
    func answering(_ targets: [AgentTarget], before: String? = nil) -> String? {
        let ids = filter { targets == [AgentTarget($0)] }.map(\.id)
        return ids.first { $0 == before } ?? ids.first
    }
}

extension AgentTarget {
    /// An agent of the workspace as the platform dispatches it.
    init(_ agent: Agent) { self.init(dispatchName: agent.dispatchName, metadata: agent.metadata) }
}
