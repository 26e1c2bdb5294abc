import Glibc
import Switchboard
import SwitchboardTerminal
import Synchronization

/// What signals do to a run: the first one ends it in order, the second at once.
final class Interruption: Sendable {
    private let cancel: CancelToken
    private let first = Mutex<Int32?>(nil)

    init(_ cancel: CancelToken) { self.cancel = cancel }

    func take(_ signal: TerminalSignal) {
        guard [.interrupt, .terminate, .hangup].contains(signal) else { return }
        let isFirst = first.withLock { first in
            defer { first = first ?? signal.exitStatus }
            return first == nil
        }
        guard isFirst else {
            Output.note("ended; a change that was under way is settled at the next start")
            _exit(signal.exitStatus)
        }
        Output.note("ending: what is under way is finished, nothing else is begun; once more ends at once")
        cancel.cancel()
    }

    /// The status that tells of the signal, where one came.
    var exitStatus: Int32? { first.withLock { $0 } }
}
