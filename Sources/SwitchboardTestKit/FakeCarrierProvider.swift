public import SwitchboardCore

/// A provider that buys at the `FakeCarrier` which its context has for a network.
public struct FakeProvider: NumberSearching, NumberPurchasing, DispatchRuleAssigning, CallAnswering {
    /// What it says of itself: numbers of the US that cost a dollar a month.
    public static let manifest = ProviderManifest(
        name: "fake", displayName: "Fake Numbers", summary: "numbers in memory", settings: [],
        capabilities: [
            .search: .yes("all that a test offers"), .purchase: .yes("without money"), .release: .yes("at once"),
            .assignDispatchRule: .yes("one rule"), .importNumbers: .noBecause("there is nothing to import from"),
            .inboundCalls: .yes("to agents in memory"), .outboundCalls: .noBecause("nobody is there to call"),
            .prices: .yes("one dollar"),
        ],
        idKinds: [IDKind(name: "fake-number", prefix: "FK_", alphabet: "0123456789", length: 1...15)],
        countries: ["US"], limits: RequestLimits(), idempotency: .none, settleTime: .seconds(5))

    private let carrier: FakeCarrier

    /// Takes the carrier from the context; throws `invalid_argument` where another network is there.
    public init(context: ProviderContext) throws {
        guard let carrier = context.transport as? FakeCarrier else {
            throw SwitchboardError(.invalidArgument, "the fake provider needs the fake carrier")
        }
        self.carrier = carrier
    }

    /// The platform at the same carrier.
    public var agentPlatform: any AgentPlatform { FakeAgentPlatform(carrier: carrier) }

    /// The numbers held, in order.
    public func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] {
        try await carrier.read(.lookUp, nil) { state in state.owned.values.sorted { $0.e164 < $1.e164 } }
    }

    /// The number, if it is held.
    public func lookUp(_ number: E164) async throws -> OwnedNumber? {
        try await carrier.read(.lookUp, number) { $0.owned[number] }
    }

    /// The first numbers of the inventory.
    public func search(_ query: NumberQuery) async throws -> [AvailableNumber] {
        try await carrier.read(.search, nil) { state in
            Array(
                state.inventory.lazy.filter { $0.provider == Self.manifest.name }
                    .filter { query.areaCode == nil || $0.areaCode == query.areaCode }.prefix(query.limit))
        }
    }

    /// Buys; a number that the account holds is bought and billed once more.
    public func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        let owned = try await carrier.change(.purchase, number, key: key) { state in
            let isThere = state.owned[number] != nil || state.inventory.contains { $0.e164 == number }
            return isThere
                ? nil
                : SwitchboardError(.taken, "\(number) is not for sale", provider: "fake", status: 404, attempts: 1)
        } effect: { state in
            state.made += 1
            state.purchases.append(number)
            let offer = state.inventory.first { $0.e164 == number }
            state.inventory.removeAll { $0.e164 == number }
            state.owned[number] = OwnedNumber(
                provider: "fake", providerID: "FK_\(state.made)", e164: number, status: .active, countryCode: "US",
                areaCode: offer?.areaCode, locality: offer?.locality, monthlyCost: offer?.monthlyCost)
        } answer: { state in
            state.owned[number]
        }
        guard let owned else { throw SwitchboardError(.internal, "the fake carrier lost a number") }
        return owned
    }

    /// Gives up.
    public func release(_ number: OwnedNumber, key: String) async throws {
        try await carrier.change(.release, number.e164, key: key) { state in
            state.owned[number.e164]?.providerID == number.providerID
                ? nil : SwitchboardError(.notFound, "not held", provider: "fake", status: 404, attempts: 1)
        } effect: { state in
            state.owned[number.e164] = nil
            state.bindings[number.e164] = nil
        } answer: { _ in
        }
    }

    /// Points the number at one rule.
    public func assign(_ number: OwnedNumber, toDispatchRule ruleID: String, key: String) async throws -> OwnedNumber {
        let owned = try await carrier.change(.assign, number.e164, key: key) { state in
            state.owned[number.e164] == nil
                ? SwitchboardError(.notFound, "not held", provider: "fake", status: 404, attempts: 1) : nil
        } effect: { state in
            state.owned[number.e164]?.dispatchRuleIDs = [ruleID]
            state.bindings[number.e164] = nil
        } answer: { state in
            state.owned[number.e164]
        }
        return owned ?? number
    }
}

/// An agent platform that binds at the `FakeCarrier`.
public struct FakeAgentPlatform: AgentPlatform {
    let carrier: FakeCarrier

    /// Binds.
    public func bind(_ number: RoutedNumber, to agent: AgentTarget, key: String) async throws -> AgentBinding {
        let binding = AgentBinding(dispatchRuleID: "rule-of-\(number.e164.text.dropFirst())", agents: [agent])
        return try await carrier.change(.bind, number.e164, key: key) { _ in
            nil
        } effect: { state in
            state.bindings[number.e164] = binding
        } answer: { _ in
            binding
        }
    }

    /// Unbinds.
    public func unbind(_ number: RoutedNumber, key: String) async throws {
        try await carrier.change(.unbind, number.e164, key: key) { _ in
            nil
        } effect: { state in
            state.bindings[number.e164] = nil
            state.owned[number.e164]?.dispatchRuleIDs = []
        } answer: { _ in
        }
    }

    /// The binding in force.
    public func binding(of number: RoutedNumber) async throws -> AgentBinding? {
        try await carrier.read(.binding, number.e164) { state in
            if let binding = state.bindings[number.e164] { return binding }
            let rule = state.rules.values.filter { $0.trunkIDs.contains(number.inboundID) }.min { $0.id < $1.id }
            return rule.map { AgentBinding(dispatchRuleID: $0.id, agents: $0.agents) }
        }
    }
}
