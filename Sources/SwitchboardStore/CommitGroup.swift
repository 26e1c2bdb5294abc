import Glibc
import Synchronization

/// Changes of several threads that are committed, and become durable, together.
///
/// The thread that comes first commits its change; those that come while it is at it wait, and one of them commits for all
/// of them next. A change that need not be durable is over then; for the others one of them has the log synced, while the
/// next changes are being committed. Each waits for the sync of its own change and for no later one, and whoever comes
/// first is in an earlier transaction, or earlier in the same.
final class CommitGroup: Sendable {
    private struct State {
        var waiting: [any GroupedChange] = []
        var isLed = false
        /// Whether several came together last.
        var isBusy = false

        /// Takes from the front what goes into one transaction.
        mutating func take() -> [any GroupedChange] {
            let end = waiting.dropFirst().firstIndex { $0.need == .alone } ?? waiting.endIndex
            let batch = waiting.first?.need == .alone ? waiting.prefix(1) : waiting[..<end]
            waiting.removeFirst(batch.count)
            isBusy = batch.count > 1
            return Array(batch)
        }
    }
    private let state = Mutex(State())

    /// How many changes wait for their transaction to begin.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Has a change committed, by this thread or by another.
    ///
    /// `commit` is given those that share a transaction, and makes or fails each of them; `sync` returns once all that was
    /// committed before is durable.
    func submit(
        _ change: Change, commit: ([any GroupedChange]) -> Void, sync: () throws -> Void
    ) throws {
        let leads = state.withLock { state in
            state.waiting.append(change)
            defer { state.isLed = true }
            return !state.isLed
        }
        var turn = leads ? .commits : change.wait()
        if case .commits = turn { turn = self.commit(for: change, commit) }
        if case .waits = turn { turn = change.wait() }
        if case .syncs(let durable) = turn {
            do { try sync() } catch { durable.forEach { $0.fail(error) } }
            for other in durable where other !== change { other.go(.isOver) }
        }
        try change.requireMade()
    }

    /// Leaves a change to be committed with the next one that somebody submits.
    func leave(_ change: any GroupedChange) { state.withLock { $0.waiting.append(change) } }

    /// How many transactions a thread makes for others while they keep coming.
    private static let most = 16

    /// Commits what waits, up to this change and, while others keep coming, some more; returns what is left for this
    /// thread to do.
    private func commit(for change: any GroupedChange, _ commit: ([any GroupedChange]) -> Void) -> Turn {
        var (turn, count) = (Turn?.none, 0)
        while true {
            // Threads that are about to come are let in: a transaction of many costs little more than one of few.
            if state.withLock(\.isBusy) { sched_yield() }
            let batch = state.withLock { $0.take() }
            commit(batch)
            count += 1
            turn = release(batch, for: change) ?? turn
            if case .syncs? = turn { break }
            if turn != nil, count >= Self.most || !state.withLock(\.isBusy) || !isWaitedFor { break }
        }
        handOver()
        return turn ?? .isOver
    }

    private var isWaitedFor: Bool { state.withLock { $0.waiting.contains(where: \.isWaitedFor) } }

    /// Lets the threads go on whose changes are over, and has one of the others sync; returns what that leaves for the
    /// thread of `change`, where that is one of them.
    private func release(_ batch: [any GroupedChange], for change: any GroupedChange) -> Turn? {
        var (turn, durable) = (Turn?.none, [any GroupedChange]())
        for other in batch {
            let isDurable = other.need.isDurable && other.isMade
            if isDurable { durable.append(other) }
            if other === change { turn = isDurable ? .waits : .isOver } else if !isDurable { other.go(.isOver) }
        }
        guard let syncing = durable.first(where: { $0 !== change }) else {
            return durable.isEmpty ? turn : .syncs(durable)
        }
        syncing.go(.syncs(durable))
        return turn
    }

    /// Lets the first of those that wait commit next; what nobody waits for is left for whoever comes.
    private func handOver() {
        let next = state.withLock { state in
            let next = state.waiting.first(where: \.isWaitedFor)
            state.isLed = next != nil
            return next
        }
        next?.go(.commits)
    }
}
