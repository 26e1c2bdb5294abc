import FoundationEssentials
import SwitchboardCore
import SwitchboardStore

/// One thing that was done, and what takes it back.
public struct UndoStep: Sendable {
    /// What takes it back.
    enum Way: Sendable {
        /// An effect, through the door.
        case effect(any Effect)
        /// Giving up what is claimed; nobody has to hear of it.
        case unclaim([E164], provider: String, holder: String)
        /// Nothing, and why.
        case none(because: String)
        /// Nothing ever, and why.
        case never(because: String)
        /// Nothing as long as the number is protected that it has to do with.
        case kept(because: String)
        /// Nothing, since nobody knows whether it was done.
        case unknown
    }

    /// Its entry in the journal; nil for what is not journaled.
    public let entry: String?
    /// What was done, in one sentence without a period.
    public let summary: String
    private(set) var way: Way
    /// The numbers and ids of what it has changed.
    public private(set) var things: Set<String> = []
    /// Those of what it needs.
    private(set) var uses: Set<String> = []
    /// What has become of it since; nil where nobody else can have had to do with it.
    private(set) var standing: (@Sendable (EffectWorld) async throws -> Standing)?
    /// What stays to be paid although it is taken back; nil where nothing does.
    public private(set) var bill: String?

    init(entry: String?, summary: String, way: Way) {
        (self.entry, self.summary, self.way) = (entry, summary, way)
    }

    /// nil where nothing has to take it back.
    init?(entry: String, summary: String, inverse: Inverse) {
        switch inverse {
        case .effect(let effect): self.init(entry: entry, summary: summary, way: .effect(effect))
        case .none(let reason): self.init(entry: entry, summary: summary, way: .none(because: reason))
        case .never(let reason): self.init(entry: entry, summary: summary, way: .never(because: reason))
        case .unneeded: return nil
        }
    }

    /// What takes an effect of this run back; nil where nothing has to.
    init?<E: Effect>(entry: String, _ effect: E, _ outcome: E.Outcome) {
        self.init(entry: entry, summary: effect.summary, inverse: effect.inverse(of: outcome))
        (things, uses) = (effect.things(of: outcome), effect.uses(of: outcome))
    }

    /// Whether it takes nothing back but a claim, which nobody has to hear of.
    var isClaim: Bool { if case .unclaim = way { true } else { false } }

    /// What takes it back, in one sentence without a period; nil where nothing does.
    public var inverse: String? { if case .effect(let effect) = way { effect.summary } else { nil } }

    /// Why nothing takes it back, as far as that is known before it is tried.
    public var obstacle: String? {
        switch way {
        case .none(let reason), .never(let reason), .kept(let reason): reason
        case .unknown: "nobody can tell yet whether this happened"
        case .effect, .unclaim: nil
        }
    }
}

// MARK: Protected numbers

extension UndoStep {
    /// The steps, the newest first, with those that have to do with a number left out that is protected and that one of
    /// them would give up: without this one the others would only take its agent or its label away.
    ///
    /// A protection that a step takes off before then counts for nothing.
    static func keeping(_ steps: [UndoStep], where isProtected: (E164) throws -> Bool) rethrows -> [UndoStep] {
        var (freed, kept) = (Set<E164>(), Set<String>())
        for step in steps {
            guard case .effect(let effect) = step.way else { continue }
            freed.formUnion((effect as? LedgerEffect)?.unprotected ?? [])
            guard let number = effect.givesUp, !freed.contains(number), try isProtected(number) else { continue }
            kept.insert(number.text)
        }
        return steps.map { step in
            guard step.inverse != nil, let number = step.things.first(where: kept.contains) else { return step }
            var step = step
            step.way = .kept(because: "\(number) is protected")
            return step
        }
    }
}

extension LedgerEffect {
    /// The numbers that it takes a protection off.
    fileprivate var unprotected: [E164] {
        changes.compactMap { change in
            guard case .changeNumber(let before, let after) = change else { return nil }
            return before.isProtected == true && after.isProtected != true ? after.e164 : nil
        }
    }
}

extension UndoStep {
    /// What takes an entry of the journal back that is done; nil where nothing has to.
    ///
    /// `accounts` are those that the profile leads to now.
    init?(_ intent: Intent, _ outcome: [UInt8], _ registry: Registry, accounts: [String: String]) {
        guard let type = registry.effects[intent.kind] else {
            self.init(intent, cannot: "this program knows no effect '\(intent.kind)'")
            return
        }
        self.init(intent, outcome, as: type, accounts)
    }

    private init(_ intent: Intent, cannot reason: String) {
        self.init(entry: intent.id, summary: "\(intent.kind) of \(intent.subject)", way: .none(because: reason))
    }

    private init?<E: Effect>(_ intent: Intent, _ outcome: [UInt8], as type: E.Type, _ accounts: [String: String]) {
        let decoder = JSONDecoder()
        guard let journaled = try? decoder.decode(JournaledEffect<E>.self, from: Data(intent.arguments)),
            let outcome = try? decoder.decode(E.Outcome.self, from: Data(outcome))
        else {
            self.init(intent, cannot: "the journal's record of it cannot be read by this program")
            return
        }
        let effect = journaled.effect
        self.init(
            entry: intent.id, summary: effect.summary,
            inverse: Self.possible(effect.inverse(of: outcome), of: journaled, accounts))
        (things, uses) = (effect.things(of: outcome), effect.uses(of: outcome))
        standing = { world in try await effect.standing(of: outcome, in: world) }
        if let spending = effect.spending, inverse != nil { bill = Self.bill(of: spending) }
    }

    /// The inverse, unless it cannot be carried out from what the journal has.
    private static func possible<E: Effect>(
        _ inverse: Inverse, of journaled: JournaledEffect<E>, _ accounts: [String: String]
    ) -> Inverse {
        guard case .effect(let effect) = inverse else { return inverse }
        if let moved = journaled.movedProvider(accounts) {
            return .none(because: "the profile leads to another \(moved) account than when that was done")
        }
        do {
            let misses = try SecretCollector.misses(in: effect)
            return misses ? .none(because: "it takes a secret that is not kept") : inverse
        } catch { return .none(because: "what would take it back cannot be written down") }
    }

    private static func bill(of spending: Spending) -> String {
        "the month stays billed, \(spending.monthlyCost.map { "\($0)" } ?? "the price is not known")"
    }
}

/// What became of one step of an undo.
public struct UndoResult: Sendable {
    /// What can become of it.
    public enum Fate: Hashable, Sendable {
        /// It is taken back, or will be where it is only looked at.
        case undone
        /// It was gone already.
        case gone
        /// It is as it was, and why.
        case left(String)
    }

    /// The step.
    public let step: UndoStep
    /// What became of it.
    public let fate: Fate
}
