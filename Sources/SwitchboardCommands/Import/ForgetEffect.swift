public import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardStore

/// Taking exactly one number out of the ledger, and off its trunk's list where its import had put it there.
///
/// Nobody gives the number up: its carrier or its account keeps it.
public struct ForgetEffect: Effect {
    /// What it leads to.
    public struct Outcome: Codable, Sendable {
        /// Whether the trunk goes on listing it, since without its last number it would take every call.
        public var isLeftOnTrunk: Bool
    }

    /// The kind.
    public static let kind = "forget-number"

    private let provider: String
    private let e164: E164
    /// The platform's id of the trunk whose list it leaves; nil where it leaves none.
    private let half: String?
    /// Whether it is taken out also where it is protected.
    private let isForced: Bool?

    init(provider: String, e164: E164, half: String? = nil, isForced: Bool = false) {
        (self.provider, self.e164, self.half, self.isForced) = (provider, e164, half, isForced)
    }

    init(_ held: WorkspaceNumber, trunks: [Trunk], isForced: Bool = false) {
        let trunk = held.isListedByImport == true ? trunks.first { $0.id == held.trunkID } : nil
        self.init(provider: held.provider, e164: held.e164, half: trunk?.listingHalf, isForced: isForced)
    }

    /// The text `byoc +15105550100`.
    public var subject: String { "\(provider) \(e164)" }

    /// None.
    public var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    public var summary: String { "take \(e164) out of the workspace" }

    /// Takes it off the trunk's list, unless it is the last one there.
    public func perform(in world: EffectWorld) async throws -> Outcome {
        try world.requireUnprotected(e164, unless: isForced ?? false)
        guard let trunk = try await listing(in: world) else { return Outcome(isLeftOnTrunk: false) }
        if trunk.numbers == [e164.text] { return Outcome(isLeftOnTrunk: true) }
        let after = try await update(trunk, .init(remove: [e164.text]), key: world.key, in: world)
        guard after.numbers.isEmpty else { return Outcome(isLeftOnTrunk: false) }
        // Another number has left since the list was read, and this one was its last.
        _ = try await update(after, .init(add: [e164.text]), key: "\(world.key)-back", in: world)
        return Outcome(isLeftOnTrunk: true)
    }

    private func update(
        _ trunk: SIPTrunk, _ numbers: RoutingChange.ListEdit, key: String, in world: EffectWorld
    ) async throws -> SIPTrunk {
        var change = RoutingChange(trunk.document.schema)
        change.lists["numbers"] = numbers
        return try await world.routing().update(trunk, by: change, key: key)
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    public func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Asks whether the trunk still lists it.
    public func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        guard let trunk = try await listing(in: world) else { return .done(Outcome(isLeftOnTrunk: false)) }
        return trunk.numbers == [e164.text] ? .done(Outcome(isLeftOnTrunk: true)) : .notDone
    }

    /// The trunk, while it lists the number.
    private func listing(in world: EffectWorld) async throws -> SIPTrunk? {
        guard let half, let trunk = try await world.routing().trunk(id: half) else { return nil }
        return trunk.numbers.contains(e164.text) ? trunk : nil
    }

    /// The number leaves the ledger.
    public func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] { [.removeNumber(e164)] }

    /// Nothing takes it back under the same id.
    public func inverse(of outcome: Outcome) -> Inverse {
        .none(because: "a number that is taken in anew has another id")
    }

    /// The number, unless it is taken out also where it is protected.
    public var givesUp: E164? { isForced == true ? nil : e164 }
}
