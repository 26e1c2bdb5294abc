import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// The undo of a transaction that has failed: the last step first, and none left out because another fails.
struct Undo {
    /// How often what may succeed later is tried again.
    private static let retries = 2

    /// What is taken back, in the order in which that happened.
    private(set) var undone: [String] = []
    /// What is not, each with the reason.
    private(set) var left: [(summary: String, reason: String, isUnknown: Bool)] = []

    /// Takes the steps back in a part of the run that goes on when the run is to finish.
    init(_ steps: [UndoStep], in run: RunSession) {
        run.cancel.withUndoToken { token in
            let part = run.part(cancel: token, retry: Self.retries)
            for step in steps.reversed() { take(step, part, isSkipped: !run.rollsBack) }
        }
    }

    private mutating func take(_ step: UndoStep, _ run: RunSession, isSkipped: Bool) {
        if isSkipped { return left.append((step.summary, "the run was ended before it was taken back", false)) }
        do { try takeBack(step, run) } catch {
            left.append((step.summary, SwitchboardError(wrapping: error).message, false))
        }
    }

    /// Throws why a step cannot be taken back.
    private mutating func takeBack(_ step: UndoStep, _ run: RunSession) throws {
        switch step.way {
        case .effect(let effect): try Self.carryOut(effect, run)
        case .ledger(let changes):
            try Self.requireUnused(changes, run)
            try run.store.apply(changes, profile: run.profile)
        case .unclaim(let numbers, let provider, let holder):
            return try run.store.unclaim(numbers, provider: provider, profile: run.profile, holder: holder)
        case .none(let reason): return left.append((step.summary, reason, false))
        case .unknown: return left.append((step.summary, "nobody can tell yet whether this happened", true))
        }
        undone.append(step.summary)
    }

    private static func carryOut(_ effect: some Effect, _ run: RunSession) throws {
        guard let shared = effect as? any AccountEffect else {
            _ = try run.retrying { try run.throughDoor(effect) }
            return
        }
        let gate = run.providers.gate(shared.provider, account: shared.account)
        _ = try gate.alone(in: run) { try run.retrying { try run.throughDoor(effect) } }
    }

    /// An agent that a number is bound to stays: the number would be left with one that nobody knows.
    private static func requireUnused(_ changes: [LedgerChange], _ run: RunSession) throws {
        for case .removeAgent(let id) in changes {
            if let number = try run.store.numbers(profile: run.profile).first(where: { $0.agentID == id }) {
                throw SwitchboardError(.conflict, "\(number.e164) is bound to it")
            }
        }
    }

    // MARK: What is told

    /// What stays although the transaction has failed.
    var stays: [String] { left.filter { !$0.isUnknown }.map(\.summary) }

    /// What a person has to look at, a line each.
    var leftovers: [String] { left.map { "\($0.summary): \($0.reason)" } }

    /// The fault with what became of the transaction; of one within another both are told.
    func told(in fault: RunFault) -> RunFault {
        var fault = fault
        let notes = fault.notes.filter { $0.label == Self.label }.map(\.text).filter { $0 != Self.nothing }
        fault.notes.removeAll { $0.label == Self.label }
        let texts = notes + (undone.isEmpty ? [] : [text])
        if !texts.isEmpty || left.isEmpty {
            fault.notes.append(.init(Self.label, texts.isEmpty ? Self.nothing : texts.joined(separator: "; ")))
        }
        fault.notes += leftovers.map { .init("not undone", $0) }
        return fault
    }

    /// What is taken back, as one line tells it.
    var text: String {
        let shown = undone.prefix(6).joined(separator: "; ")
        return undone.count > 6 ? "\(shown); and \(undone.count - 6) more" : shown
    }

    /// The label of the line that tells what was undone.
    static let label = "undone"
    fileprivate static let nothing = "nothing to undo"
}

extension RunFault {
    /// What a transaction has taken back because of it.
    var undone: String? { notes.first { $0.label == Undo.label && $0.text != Undo.nothing }?.text }
}
