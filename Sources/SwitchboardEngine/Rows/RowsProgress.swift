import FoundationEssentials
import Synchronization

/// How far the rows of a list are.
public struct RowsProgress: Hashable, Sendable {
    /// How many there are; nil where nobody has counted them.
    public var total: Int?
    /// How many have come to what they are for.
    public var succeeded = 0
    /// How many have found everything as it is to be.
    public var unchanged = 0
    /// How many have failed.
    public var failed = 0
    /// Why they have.
    public var failures = RowFailures()
    /// How many have begun and not ended.
    public var running = 0
    /// How long it is since the first began.
    public var elapsed = Duration.zero
    /// Whether no other will begin, and none runs any more.
    public var isOver = false
    /// Whether rows change anything, and do not only look.
    public var mayChange: Bool

    /// Makes the progress of rows of which none has begun.
    public init(total: Int?, mayChange: Bool) { (self.total, self.mayChange) = (total, mayChange) }

    /// How many have ended.
    public var done: Int { succeeded + unchanged + failed }

    /// How many have not begun; nil where nobody has counted the rows.
    public var notStarted: Int? { total.map { max(0, $0 - done - running) } }

    fileprivate mutating func end(_ outcome: RowOutcome, named name: () -> String) {
        running -= 1
        // A row that comes later is one that has not begun.
        if outcome.comesLater { return }
        switch outcome.result {
        case .succeeded: succeeded += 1
        case .unchanged: unchanged += 1
        case .failed:
            failed += 1
            if let error = outcome.error { failures.add(error, of: name()) }
        case .notStarted: break
        }
    }
}

/// Tells the host how far rows are, whenever one begins or ends.
final class RowsTeller: Sendable {
    private let state: Mutex<RowsProgress>
    private let session: RunSession
    private let begin: Date

    init(_ session: RunSession, total: Int?, mayChange: Bool) {
        (self.session, begin) = (session, session.now)
        state = Mutex(RowsProgress(total: total, mayChange: mayChange))
    }

    func rowBegins() { change { $0.running += 1 } }

    func rowEnded(_ outcome: RowOutcome, named name: () -> String) { change { $0.end(outcome, named: name) } }

    func allEnded() { change { $0.isOver = true } }

    private func change(_ change: (inout RowsProgress) -> Void) {
        let elapsed = Duration.seconds(session.now.timeIntervalSince(begin))
        // Within the lock, so that the host hears in order.
        state.withLock { progress in
            change(&progress)
            progress.elapsed = elapsed
            session.tell(progress)
        }
    }
}
