import SwitchboardCore

/// A provider as a plan sees it: it reads what the real one says, with what the plan has changed laid over it, and what it
/// is asked to change it changes in memory.
///
/// It has the abilities of the real one, and passes none of its writes on.
struct PlannedProvider<Base: NumberProvider>: NumberProvider {
    static var manifest: ProviderManifest { Base.manifest }

    let base: Base
    let world: PlannedWorld
    /// The account, by the provider's name and, where it is not the profile's own, by its id.
    let key: String

    init(context: ProviderContext) throws { self.init(try Base(context: context), PlannedWorld(), Base.manifest.name) }

    init(_ base: Base, _ world: PlannedWorld, _ key: String) { (self.base, self.world, self.key) = (base, world, key) }

    var name: String { Base.manifest.name }

    /// What the plan has changed about the account's numbers.
    var owned: [E164: OwnedNumber?] { world.read { $0.owned[key] ?? [:] } }

    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] {
        let owned = owned
        let there = try await base.ownedNumbers(filter).filter { owned[$0.e164] == nil }
        return there + filter.apply(to: owned.values.compactMap { $0 })
    }

    func lookUp(_ number: E164) async throws -> OwnedNumber? {
        let held: OwnedNumber?
        if let planned = owned[number] { held = planned } else { held = try await base.lookUp(number) }
        guard var there = held else { return nil }
        if let binding = world.read({ $0.bindings[number] }) {
            there.dispatchRuleIDs = binding.map { [$0.dispatchRuleID] } ?? []
        }
        return there
    }

    func tryCredentials() async throws { try await base.tryCredentials() }
}

/// A provider of a plan; what has no ability of its own to ask reads from the real one.
protocol PlannedStandIn {
    var real: any NumberProvider { get }
}

extension PlannedProvider: PlannedStandIn {
    var real: any NumberProvider { base }
}

extension PlannedProvider: NumberSearching where Base: NumberSearching {
    /// Searches; what the plan buys is not offered again.
    func search(_ query: NumberQuery) async throws -> [AvailableNumber] {
        let found = try await base.search(query)
        world.found(found)
        let owned = owned
        return found.filter { owned[$0.e164] == nil }
    }
}

extension PlannedProvider: NumberPurchasing where Base: NumberPurchasing {
    func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        let offer = world.offer(number, at: name)
        let bought = OwnedNumber(
            provider: name, providerID: world.newID(), e164: number, status: .active,
            countryCode: offer?.countryCode ?? number.region ?? "", areaCode: offer?.areaCode ?? number.areaCode,
            numberType: offer?.numberType ?? number.numberType, locality: offer?.locality, region: offer?.region,
            capabilities: offer?.capabilities ?? [], monthlyCost: offer?.monthlyCost)
        world.change { $0.owned[self.key, default: [:]][number] = bought }
        return bought
    }

    func release(_ number: OwnedNumber, key: String) async throws {
        guard try await lookUp(number.e164) != nil else {
            throw SwitchboardError(.notFound, "the account holds no number \(number.e164)", provider: name)
        }
        world.change { $0.owned[self.key, default: [:]][number.e164] = .some(nil) }
    }
}

extension PlannedProvider: DispatchRuleAssigning where Base: DispatchRuleAssigning {
    func requireAssignable(toDispatchRule ruleID: String) async throws {
        if PlannedWorld.isPlanned(ruleID) { return }
        try await base.requireAssignable(toDispatchRule: ruleID)
    }

    func assign(_ number: OwnedNumber, toDispatchRule ruleID: String, key: String) async throws -> OwnedNumber {
        try await requireAssignable(toDispatchRule: ruleID)
        var after = try await lookUp(number.e164) ?? number
        (after.dispatchRuleIDs, after.status) = ([ruleID], .active)
        let assigned = after
        world.change { $0.owned[self.key, default: [:]][number.e164] = assigned }
        return assigned
    }
}

extension PlannedProvider: CallAnswering where Base: CallAnswering {
    var agentPlatform: any AgentPlatform { planned(base.agentPlatform) }

    private func planned(_ platform: some AgentPlatform) -> any AgentPlatform { PlannedPlatform(platform, world) }
}
