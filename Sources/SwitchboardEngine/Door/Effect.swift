public import SwitchboardCore
public import SwitchboardStore

/// A change that a provider is asked for.
///
/// Its stored properties are its arguments, journaled before it is performed; they are enough to ask later whether it
/// happened, and a secret is among them as a `SecretReference` only.
public protocol Effect: Codable, Sendable {
    /// What it leads to, journaled with the outcome.
    associatedtype Outcome: Codable, Sendable

    /// The kind, as it is journaled.
    static var kind: String { get }
    /// What it is about; of two open effects on one subject the second is refused.
    var subject: String { get }
    /// The places it takes in the workspace.
    var slots: Intent.Slots { get }
    /// What it buys, which the caps limit; nil where it buys nothing.
    var spending: Spending? { get }
    /// What it does, in one sentence without a period, such as `buy +14155550100 at livekit`.
    var summary: String { get }

    /// Asks the provider for it, once. May be called again with the same key after `reconcile` said `notDone`.
    func perform(in world: EffectWorld) async throws -> Outcome
    /// Tells what it would lead to, without asking for it.
    ///
    /// The world is that of a plan: its providers keep what they are asked to change to themselves, so an effect that
    /// changes things through them alone may perform there.
    func foresee(in world: EffectWorld) async throws -> Outcome
    /// Asks the provider whether it happened; throws when the provider cannot be asked.
    func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome>
    /// What the outcome changes in the ledger.
    func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange]
    /// The effect that takes it back, or why nothing does.
    func inverse(of outcome: Outcome) -> Inverse
    /// The numbers and ids of what it has changed.
    func things(of outcome: Outcome) -> Set<String>
    /// The numbers and ids of what it needs, so that they cannot go, or have to come back, before it is taken back.
    func uses(of outcome: Outcome) -> Set<String>
    /// The number that it gives up, unless that is protected; nil where it gives up none.
    var givesUp: E164? { get }
    /// What has become of it, asked before it is taken back by a later run; throws where nobody can tell.
    func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing
}

extension Effect {
    /// Nothing.
    public var spending: Spending? { nil }

    /// The last word of its subject.
    public func things(of outcome: Outcome) -> Set<String> {
        Set(subject.split(separator: " ").suffix(1).map(String.init))
    }

    /// Nothing.
    public func uses(of outcome: Outcome) -> Set<String> { [] }

    /// None.
    public var givesUp: E164? { nil }

    /// As it was left: its inverse finds out by itself what is to be done.
    public func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing { .asLeft }
}

/// What has become of an effect since it was carried out.
public enum Standing: Hashable, Sendable {
    /// It is as the effect has left it, as far as taking it back goes.
    case asLeft
    /// It is gone already, so there is nothing to take back.
    case gone
    /// Somebody has made something else of it, which taking it back would destroy; what, in one sentence without a period.
    case changed(String)
}

/// What a provider says of an effect whose answer was lost.
public enum Settlement<Outcome: Sendable>: Sendable {
    /// It happened.
    case done(Outcome)
    /// It has not happened so far.
    case notDone
}

/// What takes an effect back.
public enum Inverse: Sendable {
    /// This effect, performed later.
    case effect(any Effect)
    /// Nothing, and why.
    case none(because: String)
    /// Nothing ever, and why: there is nothing that a person could do about it either.
    case never(because: String)
    /// Nothing has to: what is wanted was so already, by somebody else's doing.
    case unneeded
}

/// What an effect may use.
public struct EffectWorld: Sendable {
    /// The idempotency key, the same for every attempt.
    public let key: String
    /// Whether an earlier attempt may have reached the provider.
    public internal(set) var isRepeated = false
    /// The profile's name.
    public let profile: String
    /// The profile's providers and agent platform.
    public let providers: ProviderSet
    /// The ledger.
    public let store: any Store
    /// The clock.
    public let time: TimeSource

    /// An id that stands in a plan for one that a vendor gives; throws in a run, where none is made.
    public func newID() throws -> String { try providers.newID() }

    /// The secret that the effect refers to.
    ///
    /// Throws `not_found` once the effect is settled, `store_unavailable` when the key that sealed it is gone.
    public func secret(_ reference: SecretReference) throws -> Secret {
        if let secret = try reference.secret ?? store.keptSecret(reference.key, intent: key) { return secret }
        throw SwitchboardError(.notFound, "the secret of this change is not kept any more")
    }
}
