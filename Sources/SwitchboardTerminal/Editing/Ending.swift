import Glibc
import Synchronization

/// Says once and for good that the process is to end, to whoever waits for the keyboard.
final class Ending: Sendable {
    private let first = Mutex<TerminalSignal?>(nil)
    private let source: Int32

    /// Becomes readable when the end has begun, and stays so; -1, which `poll` passes over, if there is no pipe left.
    let descriptor: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }
        (descriptor, source) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(source)
    }

    /// The signal that asked for the end first.
    var signal: TerminalSignal? { first.withLock { $0 } }

    /// What has become of a wait for an answer; nil while it may go on.
    var outcome: LineOutcome? { signal.map { $0 == .interrupt ? .interrupted : .terminated($0) } }

    func begin(_ signal: TerminalSignal) {
        let isFirst = first.withLock { first in
            defer { first = first ?? signal }
            return first == nil
        }
        if isFirst { _ = write(source, [UInt8(0)], 1) }
    }

    /// Begins where the signal asks for an end: the question is over then, before anybody says what that ends.
    func take(_ signal: TerminalSignal, _ question: Question) {
        guard signal.isEnding else { return }
        question.end()
        begin(signal)
    }
}
