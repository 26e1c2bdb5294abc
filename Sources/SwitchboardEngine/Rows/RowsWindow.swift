import Synchronization

/// The rows that threads work at side by side: those that wait, those that run, and those whose outcome is not told yet
/// because an earlier row still runs.
final class RowsWindow: Sendable {
    /// The most rows at a time: enough for one slow row not to hold up the others for long.
    private let size: Int

    private struct State {
        /// With their places in the list.
        var rows: [(row: Value, place: Int, outcome: RowOutcome?)] = []
        /// Which turn the first of them has.
        var first = 0
        /// The turn of the next row to begin.
        var next = 0
        var isClosed = false
    }
    private let state = Mutex(State())
    private let isWorkThere = Semaphore()
    private let isOutcomeThere = Semaphore()

    init(threads: Int) { size = max(256, 4 * threads) }

    // MARK: The thread that has the rows

    /// Adds a row; tells outcomes, and where the window is full waits until the first row is done.
    func add(_ row: Value, at place: Int, _ tell: (Value, RowOutcome) -> Void) {
        state.withLock { $0.rows.append((row, place, nil)) }
        isWorkThere.signal()
        tellFinished(tell)
        while count >= size { waitAndTell(tell) }
    }

    /// Waits for the rows that are left.
    func drain(_ tell: (Value, RowOutcome) -> Void) { while count > 0 { waitAndTell(tell) } }

    /// Lets the threads go once no row is left.
    func close(threads: Int) {
        state.withLock { $0.isClosed = true }
        for _ in 0..<threads { isWorkThere.signal() }
    }

    private var count: Int { state.withLock { $0.rows.count } }

    private func waitAndTell(_ tell: (Value, RowOutcome) -> Void) {
        isOutcomeThere.wait()
        tellFinished(tell)
    }

    private func tellFinished(_ tell: (Value, RowOutcome) -> Void) {
        let finished = state.withLock { state in
            let finished = state.rows.prefix { $0.outcome != nil }
            state.rows.removeFirst(finished.count)
            state.first += finished.count
            return finished
        }
        for (row, _, outcome) in finished { if let outcome { tell(row, outcome) } }
    }

    // MARK: The threads that run them

    /// The next row, once there is one; nil when there will be none.
    func next() -> (turn: Int, place: Int, row: Value)? {
        isWorkThere.wait()
        return state.withLock { state in
            let index = state.next - state.first
            guard index < state.rows.count else { return nil }
            state.next += 1
            return (state.next - 1, state.rows[index].place, state.rows[index].row)
        }
    }

    func finish(_ turn: Int, _ outcome: RowOutcome) {
        let isFirst = state.withLock { state in
            state.rows[turn - state.first].outcome = outcome
            return turn == state.first
        }
        // Whoever is behind a row that still runs is told of with that one.
        if isFirst { isOutcomeThere.signal() }
    }
}
