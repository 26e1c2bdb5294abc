import Synchronization

/// Changes of several threads that become durable by one sync.
///
/// The thread that comes first commits its change; those that come while it is at it wait, and one of them commits for all
/// of them next. Each waits for the sync of its own change and for no later one, and whoever comes first is in an earlier
/// transaction, or earlier in the same.
final class CommitGroup: Sendable {
    private struct State {
        var waiting: [any GroupedChange] = []
        var isLed = false

        /// Takes from the front what goes into one transaction.
        mutating func take() -> [any GroupedChange] {
            let end = waiting.dropFirst().firstIndex { $0.need == .alone } ?? waiting.endIndex
            let batch = waiting.first?.need == .alone ? waiting.prefix(1) : waiting[..<end]
            waiting.removeFirst(batch.count)
            return Array(batch)
        }
    }
    private let state = Mutex(State())

    /// How many changes wait for their transaction to begin.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Has a change committed, by this thread or by another; `commit` is given those that share a transaction, and makes
    /// or fails each of them.
    func submit<Result>(_ change: Change<Result>, commit: ([any GroupedChange]) -> Void) throws -> Result {
        let leads = state.withLock { state in
            state.waiting.append(change)
            defer { state.isLed = true }
            return !state.isLed
        }
        if leads || change.waitLeading() {
            let batch = state.withLock { $0.take() }
            commit(batch)
            handOver()
            for other in batch where other !== change { other.finish() }
        }
        return try change.result()
    }

    /// Lets the first of those that have come meanwhile commit next.
    private func handOver() {
        let next = state.withLock { state in
            state.isLed = !state.waiting.isEmpty
            return state.waiting.first
        }
        next?.lead()
    }
}
