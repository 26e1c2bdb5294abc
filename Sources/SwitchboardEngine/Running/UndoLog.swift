import SwitchboardCore
import SwitchboardStore
import Synchronization

/// What a transaction would have to take back, in the order in which it was done.
final class UndoLog: Sendable {
    private let steps = Mutex<[UndoStep]>([])

    /// Takes a step, once where it is known by its intent; nil is none.
    func add(_ step: UndoStep?) {
        guard let step else { return }
        steps.withLock { steps in
            if let intent = step.intent, steps.contains(where: { $0.intent == intent }) { return }
            steps.append(step)
        }
    }

    /// Takes over what a transaction within this one has done.
    func add(_ inner: UndoLog) { inner.all.forEach(add) }

    var all: [UndoStep] { steps.withLock { $0 } }
}

/// One thing that was done in a transaction.
struct UndoStep: Sendable {
    /// What takes it back.
    enum Way: Sendable {
        /// An effect, through the door.
        case effect(any Effect)
        /// Changes of the ledger alone.
        case ledger([LedgerChange])
        /// Giving up what is claimed; nobody has to hear of it.
        case unclaim([E164], provider: String, holder: String)
        /// Nothing, and why.
        case none(because: String)
        /// Nothing, since nobody knows whether it was done.
        case unknown
    }

    /// What was done, in one sentence without a period.
    var summary: String
    var way: Way
    /// The intent that did it, where an earlier process has.
    var intent: String?
}

extension Effect {
    /// What takes it back; nil where nothing has to.
    func undoStep(of outcome: Outcome, intent: String?) -> UndoStep? {
        switch inverse(of: outcome) {
        case .effect(let inverse): UndoStep(summary: summary, way: .effect(inverse), intent: intent)
        case .none(let reason): UndoStep(summary: summary, way: .none(because: reason), intent: intent)
        case .unneeded: nil
        }
    }
}
