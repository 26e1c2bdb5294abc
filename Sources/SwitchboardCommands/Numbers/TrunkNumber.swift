import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Numbers that no account holds: a trunk carries them, and the platform tells how they stand.
extension OwnedNumber {
    /// A number of any carrier's, as its digits tell.
    init(_ e164: E164, provider: String) {
        self.init(
            provider: provider, providerID: "", e164: e164, status: .active, countryCode: e164.region ?? "",
            areaCode: e164.areaCode, numberType: e164.numberType, locality: e164.locality, region: e164.state)
    }

    /// A number as the platform has it now: active while its trunk carries it, with the rules that name both.
    init(_ held: WorkspaceNumber, trunks: [Trunk], at routing: any CallRouting) async throws {
        let row = trunks.first { $0.id == held.trunkID }
        self.init(
            held, on: try await routing.trunk(id: row?.half(for: held) ?? ""), rules: try await routing.dispatchRules())
    }

    /// The same where the platform has told its trunks and rules already.
    init(_ held: WorkspaceNumber, on trunk: SIPTrunk?, rules: [DispatchRule]) {
        self.init(held.e164, provider: held.provider)
        let isCarried = trunk?.carries(anyOf: [held.e164.text]) ?? false
        status = isCarried ? .active : .offline
        providerID = held.providerID ?? ""
        dispatchRuleIDs = rules.filter { rule in
            trunk.map { rule.trunkIDs.contains($0.id) } ?? false && rule.called.contains(held.e164.text)
        }.map(\.id)
    }
}

extension OwnedNumber {
    /// The same with what its account says: only what the account leads into its trunk comes in, and only what it holds
    /// is there at all.
    func held(by number: CarrierNumber, _ held: WorkspaceNumber, _ row: Trunk?) -> OwnedNumber {
        var owned = self
        owned.providerID = number.id
        let isLed = number.kind == .verifiedCallerID || row?.carrierTrunkID.map { number.route == .trunk($0) } ?? false
        if !isLed || (number.kind == .verifiedCallerID) != (held.source == .verifiedCallerID) {
            owned.status = .offline
        }
        return owned
    }
}

extension RoutedNumber {
    /// A number of the ledger as the platform knows it: by the trunk that its calls come in by, else by its own id; by an
    /// empty one where no calls come in.
    init(_ held: WorkspaceNumber, trunks: [Trunk]) {
        let isOwnWay = held.source.hasAccount && held.trunkID == nil
        let inbound = isOwnWay ? held.providerID : trunks.first { $0.id == held.trunkID }?.inboundTrunkID
        self.init(e164: held.e164, inboundID: inbound ?? "")
    }
}

extension Trunk {
    /// The platform's id of the half whose list says which numbers it is for: the inbound one where there is one.
    var listingHalf: String? { inboundTrunkID ?? outboundTrunkID }

    /// The platform's id of the half that has to list a number, so that it can do what it is here for.
    func half(for number: WorkspaceNumber) -> String? {
        number.capabilities.contains("inbound") ? listingHalf : outboundTrunkID
    }
}

extension RunSession {
    /// A number of the ledger as the platform knows it.
    func routed(_ held: WorkspaceNumber) throws -> RoutedNumber {
        RoutedNumber(held, trunks: try store.trunks(profile: profile))
    }

    /// The number as its provider has it now, or as its trunk does where no account holds it; nil for one that is gone.
    func asProviderHasIt(_ held: WorkspaceNumber) throws -> OwnedNumber? {
        let (providers, trunks) = (providers, try held.comesByTrunk ? store.trunks(profile: profile) : [])
        return try ask { try await providers.asTheyHaveIt(held, trunks: trunks) }
    }
}

extension ProviderSet {
    /// The number as its provider has it now, or its trunk and its account do; nil for one that is gone.
    func asTheyHaveIt(_ held: WorkspaceNumber, trunks: [Trunk]) async throws -> OwnedNumber? {
        guard held.comesByTrunk else { return try await provider(held.provider).lookUp(held.e164) }
        let owned = try await OwnedNumber(held, trunks: trunks, at: callRouting())
        guard let account = held.account else { return owned }
        guard let number = try await carrier(held.provider, account: account).holding(of: held.e164) else { return nil }
        return owned.held(by: number, held, trunks.first { $0.id == held.trunkID })
    }
}

extension WorkspaceNumber {
    /// Whether a trunk of its account leads its calls here, or lets it be shown, as far as the ledger knows.
    var isLed: Bool {
        trunkID != nil && status == .active && (earlierRoute != nil || !capabilities.contains("inbound"))
    }

    /// Whether its calls come and go by a trunk of the workspace.
    var comesByTrunk: Bool { !source.hasAccount || account != nil }

    /// Throws `unsupported` where no account holds the number.
    func requireAccount(_ what: String, help: String) throws {
        guard !source.hasAccount else { return }
        throw SwitchboardError(.unsupported, "\(e164) \(what): its source is \(source.rawValue)", help: help)
    }
}
