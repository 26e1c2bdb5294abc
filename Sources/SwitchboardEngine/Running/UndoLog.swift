import SwitchboardCore
import SwitchboardStore
import Synchronization

/// What a transaction would have to take back, in the order in which it was done.
final class UndoLog: Sendable {
    private let steps = Mutex<[UndoStep]>([])

    func add(_ step: UndoStep) { steps.withLock { $0.append(step) } }

    /// Takes over what a transaction within this one has done.
    func add(_ inner: UndoLog) {
        let done = inner.all
        steps.withLock { $0 += done }
    }

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
}
