import SwitchboardCore

/// What a provider must offer to be held to a case; what it does not declare it is not asked for.
public enum ContractAbility: String, Sendable, CaseIterable {
    /// What every provider does: it has a manifest, credentials, a look-up and a list.
    case every
    /// `NumberSearching`.
    case search
    /// `NumberPurchasing`: buying.
    case purchase
    /// `NumberPurchasing`: giving up.
    case release
    /// `DispatchRuleAssigning`.
    case assignDispatchRule = "assign-dispatch-rule"
    /// `CarrierTrunking`, by which the account's own numbers are imported.
    case carrierTrunks = "carrier-trunks"
    /// `CallAnswering`.
    case callAnswering = "call-answering"
    /// Numbers of any carrier on the trunks of a platform that answers calls: `CallAnswering` with `CallRouting`.
    case byoc

    /// Why the provider is not asked for it; nil where it is.
    func absence(in subject: ContractSubject) -> String? {
        if let capability, let support = subject.manifest.capabilities[capability], !support.isYes {
            return "not offered: \(support.remark)"
        }
        return isIn(subject.type) ? nil : "not offered"
    }

    /// The capability of the manifest that declares it; nil for what only the type tells.
    var capability: Capability? {
        switch self {
        case .every, .callAnswering, .byoc: nil
        case .search: .search
        case .purchase: .purchase
        case .release: .release
        case .assignDispatchRule: .assignDispatchRule
        case .carrierTrunks: .importNumbers
        }
    }

    /// Whether the type has what the ability takes.
    func isIn(_ type: any NumberProvider.Type) -> Bool {
        switch self {
        case .every: true
        case .search: type is any NumberSearching.Type
        case .purchase, .release: type is any NumberPurchasing.Type
        case .assignDispatchRule: type is any DispatchRuleAssigning.Type
        case .carrierTrunks: type is any CarrierTrunking.Type
        case .callAnswering, .byoc: type is any CallAnswering.Type
        }
    }
}
