import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Giving exactly one number of a carrier's account its place in the workspace, before anything is changed for it.
struct TakeInEffect: Effect {
    /// What it leads to.
    struct Outcome: Codable, Sendable {}

    /// The kind.
    static let kind = "take-in-number"

    let provider: String
    let account: String
    let number: CarrierNumber
    let source: NumberSource
    let label: String?
    /// The id that the number has in the workspace from now on, whoever writes the ledger.
    let numberID: String

    /// The text `twilio +14155550100`.
    var subject: String { "\(provider) \(number.e164)" }

    /// One number.
    var slots: Intent.Slots { Intent.Slots(numbers: 1) }

    /// What it does.
    var summary: String { "take in \(number.e164) of the \(provider) account \(account)" }

    /// Nothing at the carrier changes.
    func perform(in world: EffectWorld) async throws -> Outcome {
        try world.requireNew(number.e164)
        return Outcome()
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Nobody has to be asked.
    func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> { .done(Outcome()) }

    /// The number comes into the ledger, without a trunk for the time being.
    func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        if let held = try world.store.number(number.e164, profile: world.profile), held.status != .released {
            return []
        }
        var owned = OwnedNumber(number.e164, provider: provider)
        owned.providerID = number.id
        owned.status = .offline
        var held = WorkspaceNumber(id: numberID, source: source, owned: owned, label: label, at: world.time.now())
        held.account = account
        return [.putNumber(held)]
    }

    /// Taking it out again.
    func inverse(of outcome: Outcome) -> Inverse {
        .effect(ForgetEffect(provider: provider, e164: number.e164))
    }

    /// Whether it is there without an agent and a trunk.
    func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing {
        try world.standing(ofTakenIn: number.e164) ?? .gone
    }
}
