import LiveKitProvider
import SwitchboardCore

/// LiveKit's provider with a graft.
struct GraftedProvider: NumberSearching, NumberPurchasing, DispatchRuleAssigning, CallAnswering {
    static let manifest = LiveKitProvider.manifest

    private let base: LiveKitProvider
    private let context: ProviderContext
    private let graft: Graft

    init(context: ProviderContext) throws { try self.init(context, Graft()) }

    init(_ given: ProviderContext, _ graft: Graft) throws {
        var context = given
        graft.context(&context)
        context = context.with(graft.network)
        base = try LiveKitProvider(context: context)
        self.context = context
        self.graft = graft
        graft.made(base, context)
    }

    var agentPlatform: any AgentPlatform { GraftedPlatform(base: base, graft: graft) }

    func tryCredentials() async throws {
        try await told { try await (graft.tryCredentials ?? { try await $0.tryCredentials() })(base) }
    }
    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] {
        try await told { try await (graft.ownedNumbers ?? { try await $0.ownedNumbers(filter) })(base) }
    }
    func lookUp(_ number: E164) async throws -> OwnedNumber? {
        try await told { try await (graft.lookUp ?? { try await $0.lookUp($1) })(base, number) }
    }
    func search(_ query: NumberQuery) async throws -> [AvailableNumber] {
        try await told { try await (graft.search ?? { try await $0.search($1) })(base, query) }
    }
    func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        try await told { try await (graft.purchase ?? { try await $0.purchase($1, key: $2) })(base, number, key) }
    }
    func release(_ number: OwnedNumber, key: String) async throws {
        try await told { try await (graft.release ?? { try await $0.release($1, key: $2) })(base, number, key) }
    }
    func assign(_ number: OwnedNumber, toDispatchRule ruleID: String, key: String) async throws -> OwnedNumber {
        try await told {
            try await (graft.assign ?? { try await $0.assign($1, toDispatchRule: $2, key: $3) })(
                base, number, ruleID, key)
        }
    }

    private func told<Answer>(_ call: () async throws -> Answer) async throws -> Answer {
        do { return try await call() } catch var error as SwitchboardError {
            graft.error(&error, context)
            throw error
        }
    }
}

/// The platform of that provider; trunks and rules are LiveKit's own but for the change of a trunk.
struct GraftedPlatform: AgentPlatform, CallRouting {
    let base: LiveKitProvider
    let graft: Graft

    private var platform: any AgentPlatform { base.agentPlatform }
    private var routing: any CallRouting {
        get throws {
            guard let routing = platform as? any CallRouting else { throw SwitchboardError(.internal, "no routing") }
            return routing
        }
    }

    func bind(_ number: RoutedNumber, to agent: AgentTarget, key: String) async throws -> AgentBinding {
        if let bind = graft.bind { return try await bind(base, number, agent, key) }
        return try await platform.bind(number, to: agent, key: key)
    }
    func unbind(_ number: RoutedNumber, key: String) async throws {
        if let unbind = graft.unbind { return try await unbind(base, number, key) }
        try await platform.unbind(number, key: key)
    }
    func binding(of number: RoutedNumber) async throws -> AgentBinding? {
        if let binding = graft.binding { return try await binding(base, number) }
        return try await platform.binding(of: number)
    }

    func trunks() async throws -> [SIPTrunk] { try await routing.trunks() }
    func trunk(id: String) async throws -> SIPTrunk? { try await routing.trunk(id: id) }
    func create(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk { try await routing.create(trunk, key: key) }
    func update(_ trunk: SIPTrunk, by change: RoutingChange, key: String) async throws -> SIPTrunk {
        if let update = graft.update { return try await update(routing, trunk, change, key) }
        return try await routing.update(trunk, by: change, key: key)
    }
    func replace(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk { try await routing.replace(trunk, key: key) }
    func deleteTrunk(id: String, key: String) async throws { try await routing.deleteTrunk(id: id, key: key) }
    func dispatchRules() async throws -> [DispatchRule] { try await routing.dispatchRules() }
    func create(_ rule: DispatchRule, key: String) async throws -> DispatchRule {
        try await routing.create(rule, key: key)
    }
    func update(_ rule: DispatchRule, by change: RoutingChange, key: String) async throws -> DispatchRule {
        try await routing.update(rule, by: change, key: key)
    }
    func replace(_ rule: DispatchRule, key: String) async throws -> DispatchRule {
        try await routing.replace(rule, key: key)
    }
    func deleteDispatchRule(id: String, key: String) async throws {
        try await routing.deleteDispatchRule(id: id, key: key)
    }
}
