import SwitchboardCore
import SwitchboardStore
import Synchronization

/// What a run that is held to a plan may still change.
final class Allowance: Sendable {
    /// A change that was let through, to be given back where it has surely not happened.
    struct Admission: Sendable {
        fileprivate let place: Int
    }

    private struct State {
        var permits: [Permit]
        /// The numbers that were bought in the place of planned ones.
        var some = SomeNumbers()
    }
    private let state: Mutex<State>
    /// The places of the permits by what they say, and of those with placeholders by their kind.
    private let exact: [String: [Int]]
    private let open: [String: [Int]]

    init(_ permits: [Permit]) {
        state = Mutex(State(permits: permits))
        let places = Dictionary(grouping: permits.indices) { permits[$0].isOpen }
        exact = Dictionary(grouping: places[false] ?? []) { permits[$0].key }
        open = Dictionary(grouping: places[true] ?? []) { permits[$0].kind }
    }

    /// Takes an effect off what is allowed; throws `not_planned` where nothing of it is left.
    func admit<E: Effect>(_ effect: E) throws -> Admission {
        try admit(
            PlannedChange(
                kind: E.kind, subject: effect.subject, summary: effect.summary,
                purchases: effect.spending?.purchases ?? 0, monthlyCost: effect.spending?.monthlyCost,
                undoing: .unneeded))
    }

    /// The same for a change of the ledger alone; what only writes down what is so anyway needs no permit.
    func admit(ledger summary: String, _ inverse: LedgerInverse) throws {
        if case .unneeded = inverse { return }
        _ = try admit(PlannedChange(kind: PlannedChange.ledger, subject: summary, summary: summary, undoing: .unneeded))
    }

    /// The same for what an earlier process of the run has changed: it is done, whether it was allowed or not.
    func admit(earlier intent: Intent, _ summary: String) {
        let isLedger = intent.kind == LedgerEffect.kind
        _ = try? admit(
            PlannedChange(
                kind: isLedger ? PlannedChange.ledger : intent.kind, subject: isLedger ? summary : intent.subject,
                summary: summary, purchases: intent.spending?.purchases ?? 0,
                monthlyCost: intent.spending?.monthlyCost, undoing: .unneeded))
    }

    /// The same for any change.
    @discardableResult
    func admit(_ change: PlannedChange) throws -> Admission {
        try state.withLock { state in
            if let place = try take(change, &state) { return Admission(place: place) }
            throw SwitchboardError(
                .notPlanned, "the plan has no such change: \(change.summary)",
                help: "look at a new plan, and hold the run to that")
        }
    }

    /// Allows once more what was let through and has not happened.
    func giveBack(_ admission: Admission) { state.withLock { $0.permits[admission.place].count += 1 } }

    private func take(_ change: PlannedChange, _ state: inout State) throws -> Int? {
        if let place = try take(change, state.some, &state) { return place }
        // A purchase that is not named may be one of a search that the plan has.
        let words = change.subject.split(separator: " ").map(String.init)
        guard change.purchases > 0, words.count == 2, let number = E164(words[1]) else { return nil }
        var some = state.some
        some.take(number.text, of: PlannedChange.search(number, at: words[0]))
        guard let place = try take(change, some, &state) else { return nil }
        state.some = some
        return place
    }

    /// Takes one permit that covers the change; a purchase that costs more than any such permit is refused.
    private func take(_ change: PlannedChange, _ some: SomeNumbers, _ state: inout State) throws -> Int? {
        var described = change
        (described.subject, described.summary) = (some.described(change.subject), some.described(change.summary))
        let places = (exact[described.key] ?? []) + (open[change.kind] ?? [])
        let fitting = places.filter { state.permits[$0].count > 0 && state.permits[$0].covers(described) }
        guard let first = fitting.first else { return nil }
        guard let place = try fitting.first(where: { try state.permits[$0].pays(for: change) }) else {
            throw Self.tooDear(change, state.permits[first])
        }
        state.permits[place].count -= 1
        return place
    }

    private static func tooDear(_ change: PlannedChange, _ permit: Permit) -> SwitchboardError {
        let planned = permit.monthlyCost?.description ?? "nothing"
        let now = change.monthlyCost.map { "costs \($0)" } ?? "has no known price"
        let price = change.monthlyCost == nil ? "write its price down with: price set; then " : ""
        return SwitchboardError(
            .notPlanned, "the plan has it at \(planned) a month, and it \(now): \(change.summary)",
            help: "\(price)look at a new plan, and hold the run to that")
    }
}

extension Permit {
    /// Whether it has a placeholder.
    fileprivate var isOpen: Bool { subject.contains(Placeholder.text) || summary.contains(Placeholder.text) }

    fileprivate var key: String { [kind, subject, summary].joined(separator: "\n") }

    /// Whether the change costs no more than the plan has it at; where the plan knew no price, any is as planned.
    fileprivate func pays(for change: PlannedChange) throws -> Bool {
        guard change.purchases > 0, let most = monthlyCost else { return true }
        guard let cost = change.monthlyCost, cost.currency == most.currency else { return false }
        return try cost.compare(most) <= 0
    }
}

extension PlannedChange {
    fileprivate var key: String { [kind, subject, summary].joined(separator: "\n") }
}
