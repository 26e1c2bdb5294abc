import Synchronization

/// What a run has come to so far, counted over all its parts.
final class RunTally: Sendable {
    private let begun = Mutex(false)
    private let left = Mutex<[String]>([])
    private let abandoned = Mutex<[SettledIntent]>([])
    /// How many changes nobody knows the outcome of.
    let openOutcomes = Atomic(0)
    /// How many rows failed while the run went on.
    let failedRows = Atomic(0)
    /// How many of them failed because credentials were refused.
    let refusedRows = Atomic(0)
    /// How many differences were found by commands that look for them.
    let differences = Atomic(0)

    private let hasChangedOutside = Atomic(false)

    /// Something was changed that neither the ledger nor a provider has.
    func didChangeOutside() { hasChangedOutside.store(true, ordering: .relaxed) }

    /// A transaction has not taken these back, and has left them for a person to look at.
    func didLeave(_ leftovers: [String]) { left.withLock { $0 += leftovers } }

    /// What has become of what earlier processes left open.
    func didSettle(_ settled: [SettledIntent]) { abandoned.withLock { $0 += settled } }

    var settled: [SettledIntent] { abandoned.withLock { $0 } }

    /// What transactions could not take back, a line each.
    var leftovers: [String] { left.withLock { $0 } }

    /// Whether the run's record is written.
    var hasBegun: Bool { begun.withLock { $0 } }

    /// Whether nothing is to be told of the run later, as far as the journal does not know.
    var isEmpty: Bool {
        failedRows.load(ordering: .relaxed) == 0 && leftovers.isEmpty && !hasChangedOutside.load(ordering: .relaxed)
    }

    /// The run's record is gone.
    func forget() { begun.withLock { $0 = false } }

    func beginOnce(_ begin: () throws -> Void) throws {
        try begun.withLock { begun in
            if begun { return }
            try begin()
            begun = true
        }
    }
}

/// What one part of a run has done, such as a row.
final class RunPart: Sendable {
    private struct State {
        var changes = 0
        var done = NewestLines()
        var isFoundUnchanged = false
        var retries = 0
    }
    private let state = Mutex(State())

    /// A change that was made, in one sentence where a provider was asked for it.
    func didChange(_ summary: String? = nil) {
        state.withLock { state in
            state.changes += 1
            if let summary { state.done.append(summary) }
        }
    }

    /// Counts what a part within this part has done; of one that was undone only what stays.
    func add(_ inner: RunPart, butOnly stays: [String]? = nil) {
        let other = inner.state.withLock { $0 }
        state.withLock { state in
            state.changes += stays?.count ?? other.changes
            if let stays { stays.forEach { state.done.append($0) } } else { state.done.append(other.done) }
            state.isFoundUnchanged = state.isFoundUnchanged || other.isFoundUnchanged
            state.retries += other.retries
        }
    }

    /// How far a part has come.
    struct Count {
        var changes = 0
        fileprivate var done = 0
        var isFoundUnchanged = false
    }

    /// How far it has come by now.
    var count: Count {
        state.withLock { Count(changes: $0.changes, done: $0.done.count, isFoundUnchanged: $0.isFoundUnchanged) }
    }

    /// What providers were asked for and did since.
    func done(since count: Count) -> [String] { state.withLock(\.done).told("changes", since: count.done) }

    /// Counts what an earlier process has done of this part.
    func add(changes: Int, done: [String] = [], isFoundUnchanged: Bool = false) {
        state.withLock { state in
            state.changes += changes
            done.forEach { state.done.append($0) }
            state.isFoundUnchanged = state.isFoundUnchanged || isFoundUnchanged
        }
    }

    /// What providers were asked for and did; of many the newest.
    var done: [String] { state.withLock(\.done).told("changes") }

    func foundUnchanged() { state.withLock { $0.isFoundUnchanged = true } }

    func didRetry() { state.withLock { $0.retries += 1 } }

    /// How many calls were made once more.
    var retries: Int { state.withLock { $0.retries } }

    /// How many changes were made.
    var changes: Int { state.withLock { $0.changes } }

    /// Whether something was found to be as it was asked for, and nothing was changed.
    var isUnchanged: Bool { state.withLock { $0.isFoundUnchanged && $0.changes == 0 } }
}
