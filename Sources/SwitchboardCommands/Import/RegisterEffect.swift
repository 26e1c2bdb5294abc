import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardStore

/// Registering exactly one number on a trunk of the workspace.
public struct RegisterEffect: Effect {
    /// What it leads to.
    public struct Outcome: Codable, Sendable {
        /// Whether it was put on the trunk's list of numbers.
        public var isListed: Bool
    }

    /// The kind.
    public static let kind = "register-number"

    private let e164: E164
    private let label: String?
    /// The id that the number has in the workspace from now on, whoever writes the ledger.
    private let numberID: String
    private let trunkID: String
    /// The platform's id of the trunk, or of the half of it that lists numbers.
    private let half: String
    /// Whether the trunk carried the number before: it is on its list, or the trunk takes every number.
    private let isCarried: Bool

    init(_ row: ImportRow, on trunk: Trunk, _ half: SIPTrunk, id: String) {
        (e164, label, numberID, trunkID) = (row.e164, row.label, id, trunk.id)
        self.half = half.id
        isCarried = half.carries(anyOf: [row.e164.text])
    }

    /// The text `byoc +15105550100`.
    public var subject: String { "\(NumberSource.byoc.rawValue) \(e164)" }

    /// One number.
    public var slots: Intent.Slots { Intent.Slots(numbers: 1) }

    /// What it does.
    public var summary: String { "register \(e164) on trunk \(half)" }

    /// Puts it on the trunk's list, unless the trunk carries it without.
    public func perform(in world: EffectWorld) async throws -> Outcome {
        try world.requireNew(e164)
        let routing = try world.routing()
        guard let trunk = try await routing.trunk(id: half) else {
            throw SwitchboardError(.notFound, "there is no trunk \(half) any more")
        }
        if trunk.carries(anyOf: [e164.text]) { return Outcome(isListed: !isCarried && world.isRepeated) }
        var change = RoutingChange(trunk.document.schema)
        change.lists["numbers"] = .init(add: [e164.text])
        _ = try await routing.update(trunk, by: change, key: world.key)
        return Outcome(isListed: true)
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    public func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Asks whether the trunk carries it: before the intent was written it did not, or nothing had to be asked.
    public func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        let trunk = try await world.routing().trunk(id: half)
        return trunk?.carries(anyOf: [e164.text]) == true ? .done(Outcome(isListed: !isCarried)) : .notDone
    }

    /// The number comes into the ledger; what another run knows of it by now is kept.
    public func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        if let held = try world.store.number(e164, profile: world.profile), held.status != .released { return [] }
        let owned = OwnedNumber(e164, provider: NumberSource.byoc.rawValue)
        var number = WorkspaceNumber(id: numberID, source: .byoc, owned: owned, label: label, at: world.time.now())
        number.trunkID = trunkID
        number.isListedByImport = outcome.isListed
        return [.putNumber(number)]
    }

    /// Taking it off again.
    public func inverse(of outcome: Outcome) -> Inverse {
        .effect(ForgetEffect(provider: NumberSource.byoc.rawValue, e164: e164, half: outcome.isListed ? half : nil))
    }

    /// Its trunk, under both names.
    public func uses(of outcome: Outcome) -> Set<String> { [half, trunkID] }

    /// Whether it is there without an agent.
    public func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing {
        try world.standing(ofTakenIn: e164, on: trunkID) ?? .gone
    }
}
