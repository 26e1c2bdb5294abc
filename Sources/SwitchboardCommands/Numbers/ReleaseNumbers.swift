public import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
public import SwitchboardStore

/// Gives numbers up at their provider.
public enum ReleaseNumbers: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "release", summary: "give a number up at its provider; it may be gone for ever",
        otherNames: ["delete", "drop", "rm"],
        parameters: NumberReference.givingUp,
        output: .computed(NumberReference.output), effect: .irreversible, capability: "release",
        examples: [
            .init(
                "release +12125550123", "gives one number up",
                setUp: "purchase +12125550123 --provider livekit"),
            .init("list --unbound | where .label == 'test' | release", "gives up what a filter finds"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [ReleaseEffect.self, UnbindEffect.self] + CarrierWay.effects

    /// Without a number there is nothing to do.
    public static func fault(in call: CallNode) -> TypeFault? { NumberReference.fault(in: call) }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Releases, after unbinding where that is forced.
    public static func run(_ call: CommandCall) throws -> Value {
        try NumberReference.forEach(call) { number in try give(up: number, call) }
    }

    /// The number without its agent, who is taken away where that is forced; throws for one that is bound or protected
    /// where it is not.
    static func unbound(_ number: WorkspaceNumber, _ call: CommandCall) throws -> WorkspaceNumber {
        if !call.isSet("force") { try number.requireUnprotected() }
        guard let agentID = number.agentID else { return number }
        guard call.isSet("force") else {
            throw SwitchboardError(
                .conflict, "\(number.e164) is bound to \(try call.run.agentName(agentID))",
                help: "unbind-agent first, or give --force")
        }
        return try UnbindEffect.carryOut(number, call.run)
    }

    /// Unbinds and releases a number; used by `remove` too.
    static func give(up number: WorkspaceNumber, _ call: CommandCall) throws -> Value {
        guard number.isBought(call.run.registry) else { throw notBought(number) }
        var released = try unbound(number, call)
        _ = try call.run.providers.provider(number.provider, as: (any NumberPurchasing).self, for: .release)
        if let account = released.account {
            try CarrierWay(released.provider, account: account, call.run).lift(released)
        }
        let outcome = try call.run.carryOut(ReleaseEffect(OwnedNumber(number), isForced: call.isSet("force")))
        if outcome.wasGone { call.run.note("\(number.e164) was not held by the \(number.provider) account any more") }
        released.status = .released
        released.dispatchRuleIDs = []
        return Value(released)
    }
}

extension ReleaseNumbers {
    private static func notBought(_ number: WorkspaceNumber) -> SwitchboardError {
        let owner =
            number.account.map { "it is the \(number.provider) account \($0)'s own" }
            ?? "its source is \(number.source.rawValue)"
        return SwitchboardError(
            .unsupported, "\(number.e164) has nobody here who could give it up: \(owner)",
            help: "take it out of the workspace with: remove \(number.e164)")
    }
}

extension WorkspaceNumber {
    /// Whether it was bought here, so that taking it out of the workspace is giving it up.
    func isBought(_ registry: Registry) -> Bool { registry.plugins[provider]?.manifest.purchaseSource == source }
}

/// Giving exactly one number up.
public struct ReleaseEffect: Effect {
    /// What it leads to.
    public struct Outcome: Codable, Sendable {
        /// Whether the account did not hold the number any more.
        public var wasGone: Bool
    }

    /// The kind.
    public static let kind = "release"

    private let number: OwnedNumber
    /// Whether it is given up also where it is protected.
    private let isForced: Bool?

    init(_ number: OwnedNumber, isForced: Bool = false) { (self.number, self.isForced) = (number, isForced) }

    /// The text `livekit +14155550100`.
    public var subject: String { "\(number.provider) \(number.e164)" }

    /// None.
    public var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    public var summary: String { "release \(number.e164) at \(number.provider)" }

    /// Releases; a number that is gone already is as good, if it is gone under every id.
    public func perform(in world: EffectWorld) async throws -> Outcome {
        try world.requireUnprotected(number.e164, unless: isForced ?? false)
        let provider = try world.providers.provider(number.provider, as: (any NumberPurchasing).self, for: .release)
        do {
            try await provider.release(number, key: world.key)
            return Outcome(wasGone: false)
        } catch let error as SwitchboardError where error.code == .notFound {
            guard let held = try await provider.lookUp(number.e164) else { return Outcome(wasGone: true) }
            throw SwitchboardError(
                .conflict, "the \(number.provider) account holds \(number.e164) under another id: \(held.providerID)",
                help: "bring the ledger up to date with: get \(number.e164)", provider: number.provider,
                status: error.status, attempts: error.attempts)
        }
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    public func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Asks whether the account still holds the number.
    public func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        let owned = try await world.providers.provider(number.provider).lookUp(number.e164)
        return owned == nil ? .done(Outcome(wasGone: false)) : .notDone
    }

    /// The number leaves the ledger.
    public func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        [.removeNumber(number.e164)]
    }

    /// Nothing takes it back.
    public func inverse(of outcome: Outcome) -> Inverse {
        .never(because: "a released number may be sold to somebody else at once")
    }

    /// The number, unless it is given up also where it is protected.
    public var givesUp: E164? { isForced == true ? nil : number.e164 }
}
