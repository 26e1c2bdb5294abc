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
        let id = trunks.first { $0.id == held.trunkID }?.listingHalf ?? ""
        self.init(held, on: try await routing.trunk(id: id), rules: try await routing.dispatchRules())
    }

    /// The same where the platform has told its trunks and rules already.
    init(_ held: WorkspaceNumber, on trunk: SIPTrunk?, rules: [DispatchRule]) {
        self.init(held.e164, provider: held.provider)
        let isCarried = trunk?.carries(anyOf: [held.e164.text]) ?? false
        status = isCarried ? .active : .offline
        dispatchRuleIDs = rules.filter { rule in
            trunk.map { rule.trunkIDs.contains($0.id) } ?? false && rule.called.contains(held.e164.text)
        }.map(\.id)
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
}

extension RunSession {
    /// A number of the ledger as the platform knows it.
    func routed(_ held: WorkspaceNumber) throws -> RoutedNumber {
        RoutedNumber(held, trunks: try store.trunks(profile: profile))
    }

    /// The number as its provider has it now, or as its trunk does where no account holds it; nil for one that is gone.
    func asProviderHasIt(_ held: WorkspaceNumber) throws -> OwnedNumber? {
        guard held.source.hasAccount else {
            let (trunks, routing) = (try store.trunks(profile: profile), try providers.callRouting())
            return try ask { try await OwnedNumber(held, trunks: trunks, at: routing) }
        }
        let (provider, e164) = (try providers.provider(held.provider), held.e164)
        return try ask { try await provider.lookUp(e164) }
    }
}

extension WorkspaceNumber {
    /// Throws `unsupported` where no account holds the number.
    func requireAccount(_ what: String, help: String) throws {
        guard !source.hasAccount else { return }
        throw SwitchboardError(.unsupported, "\(e164) \(what): its source is \(source.rawValue)", help: help)
    }
}
