import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage
import Synchronization

/// The run of one list's rows on a number of threads, each with a frame of its own.
///
/// Rows begin in the order of the list, and their values come out in that order.
final class RowsRun: Sendable {
    private struct State {
        var next = 0
        var outcomes: [RowOutcome]
        /// The failure of the first row in the list that ends the run.
        var end: (row: Int, cause: any Error)?
        var nextStart: Date?
    }

    private let rows: [Value]
    private let names: [RowName?]
    private let options: RowOptions
    private let body: Passage
    private let session: RunSession
    private let span: Span
    private let state: Mutex<State>

    /// Throws `invalid_argument` where two rows have one name.
    init(_ rows: [Value], _ options: RowOptions, _ body: Passage, _ session: RunSession, _ span: Span) throws {
        self.rows = rows
        names = try RowName.all(of: rows, key: options.key)
        self.options = options
        self.body = body
        self.session = session
        self.span = span
        state = Mutex(State(outcomes: Array(repeating: RowOutcome(), count: rows.count)))
    }

    /// Runs them all; returns what became of each.
    ///
    /// Throws `RowsEnded` when a failure, an `exit` or the cancellation ended the run.
    func run(in frame: Frame) throws -> [RowOutcome] {
        let workers = min(options.parallel, rows.count)
        if workers > 1 {
            let values = frame.values
            let threads = (0..<workers).map { _ in EvaluatorThread { self.work(Frame(values, run: self.session)) } }
            threads.forEach { $0.join() }
        } else {
            work(frame)
        }
        let (outcomes, end) = state.withLock { ($0.outcomes, $0.end) }
        warn(of: outcomes.count(where: \.isHalfDone))
        if let end { throw RowsEnded(rows: records(outcomes), cause: end.cause) }
        if outcomes.contains(where: { $0.result == .notStarted }) {
            let cause = RunFault(.cancelled, "cancelled", span)
            throw RowsEnded(rows: records(outcomes), cause: cause)
        }
        let failed = outcomes.count { $0.result == .failed }
        session.tally.failedRows.add(failed, ordering: .relaxed)
        return outcomes
    }

    /// A failed row looks like one to run again, and may have bought its number.
    private func warn(of halfDone: Int) {
        guard halfDone > 0 else { return }
        session.note(
            "warning: in \(halfDone) failed row\(halfDone == 1 ? "" : "s") something was changed, or may have been; look at "
                + "list and at the column error before running them again")
    }

    func records(_ outcomes: [RowOutcome]) -> [Value] { zip(outcomes, rows).map { $0.record(of: $1) } }

    // MARK: One thread

    private func work(_ frame: Frame) {
        while let row = next() {
            let outcome = session.cancel.withRowToken { run(row, frame, $0) }
            state.withLock { $0.outcomes[row] = outcome }
        }
    }

    /// The next row, once it may begin; nil when no other row is to begin.
    private func next() -> Int? {
        let (row, start): (Int?, Date?) = state.withLock { state in
            guard state.end == nil, !session.cancel.isCancelled, state.next < rows.count else { return (nil, nil) }
            defer { state.next += 1 }
            guard let spacing = options.spacing else { return (state.next, nil) }
            let start = max(state.nextStart ?? session.now, session.now)
            state.nextStart = start.addingTimeInterval(spacing / .seconds(1))
            return (state.next, start)
        }
        guard let row else { return nil }
        if let wait = start?.timeIntervalSince(session.now), wait > 0 {
            do { try session.pause(.seconds(wait)) } catch { return nil }
        }
        return row
    }

    private func run(_ row: Int, _ frame: Frame, _ token: CancelToken) -> RowOutcome {
        let part = session.part(cancel: token, retry: options.retry)
        let begin = session.now
        let timer = options.timeout.map { timeout in
            let sleep = session.host.time.sleep
            return Task { if (try? await sleep(timeout)) != nil { token.cancel() } }
        }
        defer { timer?.cancel() }
        var outcome = RowOutcome()
        do {
            outcome.value = try body(Frame(sharing: frame, run: part), rows[row])
            outcome.result = part.part.isUnchanged ? .unchanged : .succeeded
        } catch {
            outcome.result = .failed
            outcome.undone = (error as? RunFault)?.undone
            outcome.error = end(row, error, isTimeout: token.isCancelled && !isEnding)
            outcome.done = part.part.done
        }
        session.part.add(part.part)
        outcome.attempts = 1 + part.part.retries
        outcome.milliseconds = Int(session.now.timeIntervalSince(begin) * 1000)
        return outcome
    }

    /// Whether rows that have begun are to end: with the row around them, or because the run does not wait for them.
    private var isEnding: Bool {
        session.cancel.level.map { session.cancel.isOfRow || $0 > .finish } ?? false
    }

    // MARK: Failures

    /// Notes a row's failure and, where it ends the run, its place; returns the error as the row's outcome tells it.
    private func end(_ row: Int, _ error: any Error, isTimeout: Bool) -> SwitchboardError {
        guard var fault = error as? RunFault else {
            setEnd(row, error)
            return SwitchboardError(.cancelled, "the script ended here")
        }
        if isTimeout, let timeout = options.timeout, fault.error.code == .cancelled {
            fault.error = SwitchboardError(
                .timeout, "the row took longer than \(DurationText.text(timeout))")
        }
        fault.notes.append(.init("row", "\(row + 1)" + (names[row].map { " (\($0.text))" } ?? "")))
        if !options.goesOn { setEnd(row, fault) }
        return fault.error
    }

    private func setEnd(_ row: Int, _ cause: any Error) {
        state.withLock { state in
            if state.end.map({ $0.row > row }) ?? true { state.end = (row, cause) }
        }
    }
}
