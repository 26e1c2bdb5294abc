public import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardStore

/// The purchase of exactly one number.
public struct PurchaseEffect: Effect {
    /// The kind.
    public static let kind = "purchase"

    private let provider: String
    private let e164: E164
    private let label: String?
    /// The id that the number has in the workspace from now on, whoever writes the ledger.
    private let numberID: String
    /// What the search said that it costs.
    private let monthlyCost: Money?

    /// Looks first, so that a number which the account holds already is never taken for a purchase, then buys.
    static func carryOut(_ number: AvailableNumber, label: String?, _ run: RunSession) throws {
        let provider = try run.providers.provider(number.provider, as: (any NumberPurchasing).self, for: .purchase)
        let isHeld = try run.decide { try run.ask { try await provider.lookUp(number.e164) } != nil }
        if isHeld {
            throw SwitchboardError(
                .alreadyOwned,
                "the \(number.provider) account holds \(number.e164) already, bought outside this workspace",
                help: "nothing was bought; take it in with: adopt \(number.e164)", provider: number.provider)
        }
        _ = try run.carryOut(
            PurchaseEffect(
                provider: number.provider, e164: number.e164, label: label, numberID: IDKind.phone.make(at: run.now),
                monthlyCost: number.monthlyCost ?? run.listedPrice(of: number)))
    }

    /// The text `livekit +14155550100`.
    public var subject: String { "\(provider) \(e164)" }

    /// One number.
    public var slots: Intent.Slots { Intent.Slots(numbers: 1) }

    /// One number at its price.
    public var spending: Spending? { Spending(purchases: 1, monthlyCost: monthlyCost) }

    /// What it does.
    public var summary: String { "buy \(e164) at \(provider)" }

    /// Buys, unless whoever held the intent before this one has brought the number in since anybody looked.
    public func perform(in world: EffectWorld) async throws -> OwnedNumber {
        try world.requireNew(e164)
        let provider = try world.providers.provider(provider, as: (any NumberPurchasing).self, for: .purchase)
        return try await provider.purchase(e164, key: world.key)
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    public func foresee(in world: EffectWorld) async throws -> OwnedNumber { try await perform(in: world) }

    /// Asks whether the account holds the number: it did not when the intent was written.
    public func reconcile(in world: EffectWorld) async throws -> Settlement<OwnedNumber> {
        let owned = try await world.providers.provider(provider).lookUp(e164)
        return owned.map { .done($0) } ?? .notDone
    }

    /// The number comes into the ledger; what another run knows of it by now is kept.
    public func changes(_ owned: OwnedNumber, in world: EffectWorld) throws -> [LedgerChange] {
        if var held = try world.store.number(e164, profile: world.profile), held.status != .released {
            held.refresh(from: owned, at: world.time.now())
            return [.putNumber(held)]
        }
        let source = try type(of: world.providers.provider(provider)).manifest.purchaseSource
        return [
            .putNumber(WorkspaceNumber(id: numberID, source: source, owned: owned, label: label, at: world.time.now()))
        ]
    }

    /// Giving the number up; the month stays billed.
    public func inverse(of owned: OwnedNumber) -> Inverse { .effect(ReleaseEffect(owned)) }

    /// Whether it is in the ledger as it was bought, and in nobody's use.
    public func standing(of owned: OwnedNumber, in world: EffectWorld) async throws -> Standing {
        guard let held = try world.held(e164), (held.providerID ?? owned.providerID) == owned.providerID else {
            return .gone
        }
        if let user = try world.user(of: held) { return .changed(user) }
        if held.label != label { return .changed("its label is '\(held.label ?? "")' by now") }
        guard held.dispatchRuleIDs != owned.dispatchRuleIDs else { return .asLeft }
        return .changed("its calls go to dispatch rule \(held.dispatchRuleIDs.joined(separator: " ")) by now")
    }
}
