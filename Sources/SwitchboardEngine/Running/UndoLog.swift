import SwitchboardCore
import SwitchboardStore
import Synchronization

/// What a transaction would have to take back, in the order in which it was done.
final class UndoLog: Sendable {
    private let steps = Mutex<[UndoStep]>([])

    /// Takes a step, once where it is an entry of the journal; nil is none.
    func add(_ step: UndoStep?) {
        guard let step else { return }
        steps.withLock { steps in
            if let entry = step.entry, steps.contains(where: { $0.entry == entry }) { return }
            steps.append(step)
        }
    }

    /// Takes over what a transaction within this one has done.
    func add(_ inner: UndoLog) { inner.all.forEach(add) }

    var all: [UndoStep] { steps.withLock { $0 } }
}
