import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// One change at a carrier that leads numbers to the platform, or takes that back, with the question whether it is so.
protocol CarrierStep: Codable, Sendable {
    /// What is so afterwards.
    associatedtype Result: Codable, Sendable

    /// The word in the effect's kind, such as `origination`.
    static var word: String { get }
    /// What it is about, for the effect's subject.
    var about: String { get }
    /// What it does, without the carrier's name.
    var summary: String { get }
    /// Whether it takes away what the account's numbers share, so that it is left while the workspace has their trunk.
    var isOfAll: Bool { get }

    /// What is so already; nil where it is not.
    func found(at carrier: any CarrierTrunking) async throws -> Result?
    /// Takes the step.
    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> Result
    /// What it changes in the ledger.
    func changes(_ result: Result, in world: EffectWorld) throws -> [LedgerChange]
    /// What takes it back.
    func undo(_ result: Result) -> CarrierUndo
    /// The number that it is about; nil where the account's numbers share it.
    var e164: E164? { get }
}

extension CarrierStep {
    var isOfAll: Bool { false }
    var e164: E164? { nil }
    func changes(_ result: Result, in world: EffectWorld) throws -> [LedgerChange] { [] }
}

/// What takes a step at a carrier back.
enum CarrierUndo {
    /// Another step.
    case step(any CarrierStep)
    /// Nothing has to.
    case unneeded
    /// Nothing can, and why.
    case none(because: String)
}

/// Exactly one step at one account of a carrier.
struct CarrierEffect<Step: CarrierStep>: AccountEffect {
    /// What it leads to.
    struct Outcome: Codable, Sendable {
        /// What is so; nil where the step was left, since it is needed still.
        var result: Step.Result?
        /// Whether it was so before.
        var wasThere: Bool
    }

    /// The kind, such as `carrier-origination`.
    static var kind: String { "carrier-\(Step.word)" }

    let provider: String
    let account: String
    let step: Step

    /// The text `twilio AC… origination`.
    var subject: String { "\(provider) \(account) \(step.about)" }

    /// None.
    var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    var summary: String { "\(step.summary) at \(provider)" }

    /// Looks first, so that nothing is made that is there.
    func perform(in world: EffectWorld) async throws -> Outcome {
        if step.isOfAll, try world.store.trunks(profile: world.profile).contains(where: isOfAccount) {
            return Outcome(result: nil, wasThere: true)
        }
        let carrier = try carrier(in: world)
        if let found = try await step.found(at: carrier) {
            return Outcome(result: found, wasThere: !world.isRepeated)
        }
        return Outcome(result: try await step.take(at: carrier, in: world), wasThere: false)
    }

    private func isOfAccount(_ trunk: Trunk) -> Bool { trunk.kind == provider && trunk.account == account }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Asks whether it is so; before the intent was written it was not.
    func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        guard let found = try await step.found(at: carrier(in: world)) else { return .notDone }
        return .done(Outcome(result: found, wasThere: false))
    }

    /// What the step changes.
    func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        try outcome.result.map { try step.changes($0, in: world) } ?? []
    }

    /// What the step says, unless it found what it was to make.
    func inverse(of outcome: Outcome) -> Inverse {
        guard let result = outcome.result, !outcome.wasThere else { return .unneeded }
        switch step.undo(result) {
        case .step(let undo): return .effect(effect(of: undo))
        case .unneeded: return .unneeded
        case .none(let reason): return .none(because: reason)
        }
    }

    /// The number, or the account and what its numbers share.
    func things(of outcome: Outcome) -> Set<String> { [step.e164?.text ?? subject] }

    /// Whether no agent answers the number that it leads here; throws where the account's credentials are not known.
    func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing {
        _ = try carrier(in: world)
        guard let e164 = step.e164, let held = try world.held(e164) else { return .asLeft }
        return try world.user(of: held, besides: held.trunkID).map { .changed($0) } ?? .asLeft
    }

    private func effect(of undo: some CarrierStep) -> any Effect {
        CarrierEffect<_>(provider: provider, account: account, step: undo)
    }

    private func carrier(in world: EffectWorld) throws -> any CarrierTrunking {
        try world.providers.carrier(provider, account: account)
    }
}

extension ProviderSet {
    /// A provider as a carrier that acts on one account.
    ///
    /// Throws `unsupported` where its numbers reach the platform by no trunk.
    func carrier(_ name: String, account: String) throws -> any CarrierTrunking {
        let provider = try provider(name, account: account)
        if let carrier = provider as? any CarrierTrunking { return carrier }
        throw SwitchboardError(
            .unsupported, "\(name) leads no numbers to a platform by a trunk", provider: name,
            cause: type(of: provider).manifest.capabilities[.importNumbers]?.remark)
    }
}
