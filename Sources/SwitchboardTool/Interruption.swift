import Glibc
import Switchboard
import SwitchboardTerminal
import Synchronization

/// What signals do to a run: each one ends it sooner than the one before, and says what the next would do.
final class Interruption: Sendable {
    private let cancel: CancelToken
    /// Whether the program goes on when the run is left.
    private let goesOn: Bool
    private let taken = Mutex<[Int32]>([])

    init(_ cancel: CancelToken, goesOn: Bool = false) { (self.cancel, self.goesOn) = (cancel, goesOn) }

    func take(_ signal: TerminalSignal) {
        guard signal.isEnding else { return }
        let count = taken.withLock { taken in
            taken.append(signal.exitStatus)
            return taken.count
        }
        switch count {
        case 1:
            if !goesOn && !cancel.hasBegun { endUnlessBegun(signal) }
            Output.note(
                "ending: what is under way is finished, nothing else is begun; once more ends rows too, and takes nothing back"
            )
            cancel.cancel(.finish)
        case 2:
            Output.note("ending: only a change that is under way is finished; once more ends at once")
            cancel.cancel(.stop)
        case _ where goesOn:
            Output.note("left; a change that was under way goes on, or is settled at the next start")
            cancel.cancel(.leave)
        default:
            Output.note("ended; a change that was under way is settled at the next start")
            _exit(signal.exitStatus)
        }
    }

    /// While a script is read and checked there is nothing to finish; a question belongs to who asks it.
    private func endUnlessBegun(_ signal: TerminalSignal) {
        cancel.cancel(.finish)
        if !cancel.hasBegun { Keyboard.unlessAsking { _exit(signal.exitStatus) } }
    }

    /// The status that tells of the first signal, where one came.
    var exitStatus: Int32? { taken.withLock { $0.first } }
}
