import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// The undo of a transaction that has failed, or of a run that is over: the last step first, and none left out because
/// another fails.
struct Undo {
    /// How often what may succeed later is tried again.
    private static let retries = 2

    /// Whether it is that of a run: what is left keeps earlier steps from being tried then.
    private let isOfRun: Bool
    /// What became of each step, in the order in which that happened.
    private(set) var results: [UndoResult] = []
    /// Later steps that are left; an earlier one would take the ground from under them.
    private var blocked = Ground()
    /// Later steps that nothing takes back: that things are not as an earlier one has left them is the run's own doing.
    private var loosened = Ground()
    /// Later steps that will be taken back first, where it is only looked at.
    private var planned = Ground()

    /// What steps have to do with.
    private struct Ground {
        private var things: Set<String> = []
        private var uses: Set<String> = []

        mutating func add(_ step: UndoStep) {
            things.formUnion(step.things)
            uses.formUnion(step.uses)
        }

        /// Whether a step changes what these change or need, or needs what these change.
        func concerns(_ step: UndoStep) -> Bool {
            !things.isDisjoint(with: step.things.union(step.uses)) || !uses.isDisjoint(with: step.things)
        }
    }

    /// Takes the steps of a transaction back in a part of the run that goes on when the run is to finish.
    init(_ steps: [UndoStep], in run: RunSession) {
        isOfRun = false
        run.cancel.withUndoToken { token in
            let part = run.part(cancel: token, retry: Self.retries)
            for step in Self.keeping(steps.reversed(), run) {
                if run.rollsBack || step.isClaim {
                    take(step, part)
                } else {
                    results.append(.init(step: step, fate: .left("the run was ended before it was taken back")))
                }
            }
        }
    }

    /// The steps without those that would give up a number which was protected meanwhile, as far as the ledger can be read.
    private static func keeping(_ steps: [UndoStep], _ run: RunSession) -> [UndoStep] {
        UndoStep.keeping(steps) { (try? run.store.number($0, profile: run.profile))?.isProtected == true }
    }

    /// Takes the steps of an earlier run back, which come the newest first; throws where this run is to end.
    init(ofRun steps: [UndoStep], in run: RunSession) throws {
        isOfRun = true
        let part = run.part(cancel: run.cancel, retry: Self.retries)
        for step in steps {
            try run.checkCancelled()
            take(step, part)
            guard let last = results.last else { continue }
            if last.leftover != nil { try run.checkCancelled() }
            run.didUndo(last)
        }
    }

    /// Tells what would become of the steps, and changes nothing.
    init(lookingAt steps: [UndoStep], in run: RunSession) throws {
        isOfRun = true
        for step in steps {
            try run.checkCancelled()
            let fate = planned.concerns(step) ? blocker(of: step) : tryLook(step, run)
            if fate == nil { planned.add(step) }
            keep(step, fate ?? .undone)
        }
    }

    private mutating func keep(_ step: UndoStep, _ fate: UndoResult.Fate) {
        if isOfRun, case .left = fate {
            switch step.way {
            case .none, .never: loosened.add(step)
            case .effect, .unclaim, .kept, .unknown: blocked.add(step)
            }
        }
        results.append(.init(step: step, fate: fate))
    }

    // MARK: One step

    private mutating func take(_ step: UndoStep, _ run: RunSession) {
        do {
            if case .unclaim(let numbers, let provider, let holder) = step.way {
                // One that stays lapses by itself.
                try? run.store.unclaim(numbers, provider: provider, profile: run.profile, holder: holder)
                return
            }
            if let fate = try look(step, run) {
                journal(step, fate, run)
                return keep(step, fate)
            }
            if case .effect(let effect) = step.way { try Self.carryOut(effect, undoing: step.entry, run) }
            keep(step, .undone)
        } catch {
            let failure = SwitchboardError(wrapping: error)
            if !failure.mayHaveHappened, !run.isCancellation(failure) { journal(step, .left(failure.message), run) }
            keep(step, .left(failure.message))
        }
    }

    /// What becomes of a step without anything being done; nil where something is to be.
    private func look(_ step: UndoStep, _ run: RunSession) throws -> UndoResult.Fate? {
        if let fate = blocker(of: step) { return fate }
        guard let standing = step.standing else { return nil }
        let world = run.world
        switch try run.ask({ try await standing(world) }) {
        case .asLeft: return nil
        case .gone: return .gone
        case .changed(let what): return loosened.concerns(step) ? nil : .left(what)
        }
    }

    private func tryLook(_ step: UndoStep, _ run: RunSession) -> UndoResult.Fate? {
        do { return try look(step, run) } catch { return .left(SwitchboardError(wrapping: error).message) }
    }

    private func blocker(of step: UndoStep) -> UndoResult.Fate? {
        if let obstacle = step.obstacle { return .left(obstacle) }
        return blocked.concerns(step) ? .left("what was done with it later is not undone") : nil
    }

    private static func carryOut(_ effect: some Effect, undoing entry: String?, _ run: RunSession) throws {
        func take() throws { _ = try run.retrying { try run.throughDoor(effect, undoes: entry) } }
        guard let shared = effect as? any AccountEffect else { return try take() }
        try run.providers.gate(shared.provider, account: shared.account).alone(in: run) { try take() }
    }

    /// Writes that a step was gone or is left, so that a later undo knows and `todo` lists it.
    private func journal(_ step: UndoStep, _ fate: UndoResult.Fate, _ run: RunSession) {
        let outcome: IntentOutcome
        switch fate {
        case .left(let reason): outcome = .failed(SwitchboardError(.conflict, reason))
        case .gone, .undone: outcome = .done(Array("{}".utf8))
        }
        if case .unknown = step.way { return }
        guard let entry = step.entry else { return }
        let effect = LedgerEffect(summary: "take back: \(step.summary)", changes: [], inverse: .unneeded)
        do {
            try run.record(effect, outcome, undoes: entry)
            // It has been told, and nobody can do more.
            if case .never = step.way { try run.store.dealWith(entry) }
        } catch {
            run.note("this is not journaled: \(step.summary): \(SwitchboardError(wrapping: error).message)")
        }
    }

    // MARK: What is told

    /// What is taken back, in the order in which that happened.
    var undone: [String] {
        results.compactMap { if case .left = $0.fate { nil } else { $0.step.summary } }
    }

    /// What stays although the transaction has failed.
    var stays: [String] {
        results.compactMap { result in
            if case .unknown = result.step.way { return nil }
            return result.leftover == nil ? nil : result.step.summary
        }
    }

    /// What a person has to look at, a line each.
    var leftovers: [String] { results.compactMap(\.leftover) }

    /// The fault with what became of the transaction; of one within another both are told.
    func told(in fault: RunFault) -> RunFault {
        var fault = fault
        let notes = fault.notes.filter { $0.label == Self.label }.map(\.text).filter { $0 != Self.nothing }
        fault.notes.removeAll { $0.label == Self.label }
        let texts = notes + (undone.isEmpty ? [] : [text])
        if !texts.isEmpty || leftovers.isEmpty {
            fault.notes.append(.init(Self.label, texts.isEmpty ? Self.nothing : texts.joined(separator: "; ")))
        }
        fault.notes += leftovers.map { .init(Self.notUndone, $0) }
        return fault
    }

    /// What is taken back, as one line tells it.
    var text: String {
        let shown = undone.prefix(6).joined(separator: "; ")
        return undone.count > 6 ? "\(shown); and \(undone.count - 6) more" : shown
    }

    /// The label of the line that tells what was undone.
    static let label = "undone"
    /// The label of the lines that tell what was not.
    static let notUndone = "not undone"
    fileprivate static let nothing = "nothing to undo"
}

extension UndoResult {
    /// What stays, and why; nil where nothing does.
    var leftover: String? { if case .left(let reason) = fate { "\(step.summary): \(reason)" } else { nil } }
}

extension RunSession {
    /// Counts what an undo of an earlier run has come to.
    fileprivate func didUndo(_ result: UndoResult) {
        if let leftover = result.leftover { return tally.didLeave([leftover]) }
        part.didChange(result.fate == .undone ? "undo: \(result.step.summary)" : nil)
    }
}

extension RunFault {
    /// What a transaction has taken back because of it.
    var undone: String? { notes.first { $0.label == Undo.label && $0.text != Undo.nothing }?.text }
}
