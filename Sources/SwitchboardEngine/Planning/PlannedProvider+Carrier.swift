import SwitchboardCore

/// An account of a carrier as a plan sees it.
extension PlannedProvider: CarrierTrunking where Base: CarrierTrunking {
    var accountID: String { base.accountID }

    private var carrier: PlannedWorld.PlannedCarrier { world.read { $0.carriers[key] ?? .init() } }

    private func change(_ body: (inout PlannedWorld.PlannedCarrier) -> Void) {
        world.change { body(&$0.carriers[key, default: .init()]) }
    }

    // MARK: Numbers

    func holding(of number: E164) async throws -> CarrierNumber? {
        if let planned = owned[number] { return planned.map(bought) }
        return try await base.holding(of: number).map(routed)
    }

    func holdings() async throws -> [CarrierNumber] {
        let owned = owned
        let there = try await base.holdings().filter { owned[$0.e164] == nil }.map(routed)
        return (there + owned.values.compactMap { $0 }.map(bought)).sorted { $0.e164 < $1.e164 }
    }

    private func bought(_ number: OwnedNumber) -> CarrierNumber {
        routed(CarrierNumber(id: number.providerID, e164: number.e164, kind: .fullNumber))
    }

    /// The number with the way that its calls go by the plan.
    private func routed(_ number: CarrierNumber) -> CarrierNumber {
        var number = number
        number.route = carrier.routes[number.e164] ?? number.route
        return number
    }

    func attach(_ number: CarrierNumber, toTrunk trunkID: String, key: String) async throws {
        change { $0.routes[number.e164] = .trunk(trunkID) }
    }

    func detach(_ number: CarrierNumber, fromTrunk trunkID: String, key: String) async throws {
        guard try await holding(of: number.e164)?.route == .trunk(trunkID) else { return }
        change { $0.routes[number.e164] = .nowhere }
    }

    func restore(_ number: CarrierNumber, key: String) async throws {
        change { $0.routes[number.e164] = number.route }
    }

    // MARK: The shared trunk

    func sharedTrunk(to sipHost: String) async throws -> CarrierTrunk? {
        if let planned = carrier.trunks[sipHost] { return planned }
        return try await base.sharedTrunk(to: sipHost)
    }

    func makeSharedTrunk(to sipHost: String, key: String) async throws -> CarrierTrunk {
        if let there = try await sharedTrunk(to: sipHost) { return there }
        // The carrier chooses the host, whose first word the credential list is named after.
        let made = CarrierTrunk(id: world.newID(), name: sipHost, terminationHost: "\(world.newID()).example")
        change { $0.trunks[sipHost] = made }
        return made
    }

    func numbers(ofTrunk trunkID: String) async throws -> [E164] {
        let routes = carrier.routes
        let there = PlannedWorld.isPlanned(trunkID) ? [] : try await base.numbers(ofTrunk: trunkID)
        let led = routes.filter { $0.value == .trunk(trunkID) }.map(\.key)
        return (there.filter { routes[$0] == nil } + led).sorted()
    }

    func deleteTrunk(_ trunkID: String, key: String) async throws {
        change { carrier in carrier.trunks = carrier.trunks.filter { $0.value.id != trunkID } }
    }

    // MARK: Origination

    func originationURLs(ofTrunk trunkID: String) async throws -> [OriginationURL] {
        if let planned = carrier.origination[trunkID] { return planned }
        return PlannedWorld.isPlanned(trunkID) ? [] : try await base.originationURLs(ofTrunk: trunkID)
    }

    func makeOriginationURL(_ sipURI: String, ofTrunk trunkID: String, key: String) async throws -> OriginationURL {
        let others = try await originationURLs(ofTrunk: trunkID).filter {
            !OriginationURL.meansSame($0.sipURI, sipURI)
        }
        let made = OriginationURL(id: world.newID(), sipURI: sipURI)
        change { $0.origination[trunkID] = others + [made] }
        return made
    }

    func deleteOriginationURL(_ id: String, ofTrunk trunkID: String, key: String) async throws {
        let rest = try await originationURLs(ofTrunk: trunkID).filter { $0.id != id }
        change { $0.origination[trunkID] = rest }
    }

    // MARK: Termination

    func credentialList(named name: String) async throws -> CredentialList? {
        let carrier = carrier
        let there = if let planned = carrier.lists[name] { planned } else { try await base.credentialList(named: name) }
        return there.flatMap { carrier.goneLists.contains($0.id) ? nil : $0 }
    }

    func makeCredentialList(named name: String, key: String) async throws -> CredentialList {
        if let there = try await credentialList(named: name) { return there }
        let made = CredentialList(id: world.newID(), name: name)
        change { $0.lists[name] = made }
        return made
    }

    func deleteCredentialList(_ id: String, key: String) async throws {
        change { carrier in
            carrier.lists = carrier.lists.filter { $0.value.id != id }
            carrier.goneLists.insert(id)
        }
    }

    func hasCredential(_ username: String, inList listID: String) async throws -> Bool {
        if carrier.users[listID]?.contains(username) == true { return true }
        return PlannedWorld.isPlanned(listID) ? false : try await base.hasCredential(username, inList: listID)
    }

    func setCredential(_ username: String, password: Secret, inList listID: String, key: String) async throws {
        change { $0.users[listID, default: []].insert(username) }
    }

    func isCredentialList(_ listID: String, attachedToTrunk trunkID: String) async throws -> Bool {
        if let planned = carrier.uses[[listID, trunkID]] { return planned }
        if PlannedWorld.isPlanned(listID) || PlannedWorld.isPlanned(trunkID) { return false }
        return try await base.isCredentialList(listID, attachedToTrunk: trunkID)
    }

    func attachCredentialList(_ listID: String, toTrunk trunkID: String, key: String) async throws {
        change { $0.uses[[listID, trunkID]] = true }
    }

    func detachCredentialList(_ listID: String, fromTrunk trunkID: String, key: String) async throws {
        change { $0.uses[[listID, trunkID]] = false }
    }
}
