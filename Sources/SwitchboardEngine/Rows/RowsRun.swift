import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore
import Synchronization

/// The run of rows on a number of threads, each with a frame of its own.
///
/// Rows begin in the order in which they come, and what became of them is told in that order; rows that come later follow
/// behind the others, in the same order.
final class RowsRun: Sendable {
    private struct State {
        /// The failure of the first row that ends the run.
        var end: (row: Int, cause: any Error)?
        var nextStart: Date?
    }

    let plan: RowPlan
    private let options: RowOptions
    private let body: Passage
    /// Whether a row does nothing that could be ended, tried again or told of.
    private let onlyComputes: Bool
    private let session: RunSession
    /// What the keys of the rows begin with; nil where no steps are kept.
    private let path: String?
    /// Tells the host; nil for rows within a row, whose own progress is enough, and for those that only compute.
    private let teller: RowsTeller?
    private let state = Mutex(State())
    /// The rows of the second pass.
    private let late = LateRows()
    /// Whether a row may still come later.
    private let isFirstPass: Atomic<Bool>

    init(
        _ options: RowOptions, _ body: Passage, _ session: RunSession, _ plan: RowPlan, path: String?, total: Int?,
        onlyComputes: Bool, mayComeLater: Bool
    ) {
        self.options = options
        self.body = body
        self.session = session
        self.plan = plan
        self.path = path
        self.onlyComputes = onlyComputes
        isFirstPass = Atomic(mayComeLater)
        teller =
            onlyComputes || session.cancel.isOfRow || session.plan != nil
            ? nil : RowsTeller(session, total: total, mayChange: plan.effect >= .changes)
    }

    /// Runs them all; tells what became of each.
    ///
    /// When a failure, an `exit` or the cancellation has ended the run, throws why; to a report it tells first what
    /// became of each row, those that were not started among them, and throws `RowsEnded`.
    func run(_ rows: any ItemSource, in frame: Frame, _ tell: (Value, RowOutcome) -> Void) throws {
        var (halfDone, failed, refused, isWhole) = (HalfDoneRows(), 0, 0, true)
        func count(_ row: Value, _ outcome: RowOutcome) {
            if outcome.comesLater { return }
            if outcome.isHalfDone { halfDone.add(row, outcome, named: name(of: row)) }
            if outcome.result == .failed { failed += 1 }
            if outcome.isRefused { refused += 1 }
            if outcome.result == .notStarted { isWhole = false }
            tell(row, outcome)
        }
        do {
            try RunFault.at(plan.span) { try tellOfRowsGone(rows) }
            let run = options.parallel > 1 ? runSideBySide : runOneByOne
            if try !run(rows, nil, frame, count) { isWhole = false }
            isFirstPass.store(false, ordering: .relaxed)
            if !late.isEmpty, try !run(rows, late, frame, count) { isWhole = false }
        } catch { setEnd(.max, error) }
        teller?.allEnded()
        halfDone.tell(session)
        let end = state.withLock(\.end)?.cause
        if let cause = end ?? (isWhole ? nil : RunFault(.cancelled, "cancelled", plan.span)) {
            throw plan.isReported ? RowsEnded(cause: cause) : cause
        }
        session.tally.failedRows.add(failed, ordering: .relaxed)
        session.tally.refusedRows.add(refused, ordering: .relaxed)
    }

    /// Runs all rows, or those at some places only; returns whether it has gone through all of them.
    private func runOneByOne(
        _ rows: any ItemSource, _ places: LateRows?, _ frame: Frame, _ tell: (Value, RowOutcome) -> Void
    ) throws -> Bool {
        var (index, isWhole) = (-1, true)
        try rows.forEach { row in
            index += 1
            guard places?.contains(index) ?? true else { return true }
            isWhole = goesOn
            guard isWhole else { return false }
            tell(row, outcome(of: index, row, frame))
            return true
        }
        return isWhole
    }

    private func runSideBySide(
        _ rows: any ItemSource, _ places: LateRows?, _ frame: Frame, _ tell: (Value, RowOutcome) -> Void
    ) throws -> Bool {
        var (index, isWhole) = (-1, true)
        let window = RowsWindow(threads: options.parallel)
        EvaluatorThread.waitForTurns()
        let values = frame.values
        var threads: [EvaluatorThread] = []
        defer {
            window.drain(tell)
            window.close(threads: threads.count)
            threads.forEach { $0.join() }
        }
        func give(_ row: Value) -> Bool {
            index += 1
            guard places?.contains(index) ?? true else { return true }
            isWhole = goesOn
            guard isWhole else { return false }
            if threads.count < options.parallel,
                let thread = EvaluatorThread(ifAny: { self.work(at: window, Frame(values, run: self.session)) })
            {
                threads.append(thread)
            }
            // Where the system has no thread to give, this one does the work.
            if threads.isEmpty {
                tell(row, outcome(of: index, row, frame))
                return true
            }
            window.add(row, at: index, tell)
            return true
        }
        // Rows that wait do not begin when no other one can be had.
        do { try rows.forEach(give) } catch { setEnd(.max, error) }
        return isWhole
    }

    /// Rows that follow the end are read for a report alone.
    private var goesOn: Bool { plan.isReported || !hasEnded }

    private var hasEnded: Bool { session.cancel.isCancelled || state.withLock { $0.end != nil } }

    // MARK: One thread

    private func work(at window: RowsWindow, _ frame: Frame) {
        EvaluatorThread.waitForTurns()
        while let next = window.next() {
            window.finish(next.turn, outcome(of: next.place, next.row, frame))
        }
    }

    private func outcome(of index: Int, _ row: Value, _ frame: Frame) -> RowOutcome {
        guard begins() else { return RowOutcome() }
        if onlyComputes, session.plan == nil { return compute(index, row, frame) }
        teller?.rowBegins()
        let outcome = journaled(index, row, frame)
        teller?.rowEnded(outcome) { name(of: row) ?? row.plainText ?? "row \(index + 1)" }
        return outcome
    }

    // MARK: The journal

    private func journaled(_ index: Int, _ row: Value, _ frame: Frame) -> RowOutcome {
        let key = key(of: index, row)
        var outcome = RowOutcome()
        do {
            if let known = try recorded(key) { return known }
            let start = session.now
            outcome = session.cancel.withRowToken { run(index, row, frame, key, $0) }
            if let error = outcome.error { session.log(error, ofRow: RunFault.words(ofRow: index, row, name(of: row))) }
            try note(outcome, key, since: start)
        } catch {
            // A row of which nobody knows whether it was done is not begun, and none is behind one that is not written.
            setEnd(index, RunFault(error: SwitchboardError(wrapping: error), span: plan.span))
        }
        return outcome
    }

    /// What became of the row in an earlier process; one that failed runs once more where that had come to its end.
    private func recorded(_ key: String?) throws -> RowOutcome? {
        guard let key, let journal = session.journal, let found = try journal.recorded(key) else { return nil }
        let outcome = try RowOutcome(found.json)
        if found.state == .failed, journal.runsFailedRows {
            // One that has changed nothing decides anew, too: what it had found may be gone.
            if !outcome.isHalfDone { try journal.forget(under: key) }
            return nil
        }
        session.part.add(changes: outcome.changes, isFoundUnchanged: outcome.result == .unchanged)
        return outcome
    }

    /// Names what an earlier process has done in rows that are not there any more.
    private func tellOfRowsGone(_ rows: any ItemSource) throws {
        guard let path, let journal = session.journal, journal.mayDiffer else { return }
        let gone = try journal.earlier.gone(under: "\(path)[") {
            var (index, names) = (-1, Set<String>())
            try rows.forEach { row in
                index += 1
                names.insert(String((key(of: index, row) ?? "").dropFirst(path.count + 1)))
                return true
            }
            return names
        }
        try session.tellOfGone(gone, "of no row any more")
    }

    private func note(_ outcome: borrowing RowOutcome, _ key: String?, since start: Date) throws {
        guard let key, let journal = session.journal, !outcome.comesLater, let json = outcome.json else { return }
        let hasFailed = outcome.result == .failed
        if hasFailed, !options.goesOn || !outcome.isSettled { return }
        try journal.note(
            key, "row", hasFailed ? .failed : .done, json, since: start, attempts: outcome.attempts)
    }

    private func key(of index: Int, _ row: Value) -> String? {
        path.map { path in
            let name = (try? RowName(of: row, key: options.key)).flatMap { $0 }
            return "\(path)[\(name.map { $0.text.replacing("/", with: "%2F") } ?? "\(index + 1) \(row.ownName)")]"
        }
    }

    /// Waits until the next row may begin; false when no other row is to begin.
    private func begins() -> Bool {
        if hasEnded { return false }
        guard let spacing = options.spacing else { return true }
        let start = state.withLock { state in
            let start = max(state.nextStart ?? session.now, session.now)
            state.nextStart = start.addingTimeInterval(spacing / .seconds(1))
            return start
        }
        let wait = start.timeIntervalSince(session.now)
        if wait > 0 { do { try session.pause(.seconds(wait)) } catch { return false } }
        return true
    }

    private func compute(_ index: Int, _ row: Value, _ frame: Frame) -> RowOutcome {
        var outcome = RowOutcome()
        outcome.attempts = 1
        do {
            outcome.value = try body(frame, row)
            outcome.result = .succeeded
        } catch {
            outcome.result = .failed
            let failure = end(index, row, error, isTimeout: false)
            outcome.error = failure
            session.log(failure, ofRow: RunFault.words(ofRow: index, row, name(of: row)))
        }
        return outcome
    }

    private func run(
        _ index: Int, _ row: Value, _ frame: Frame, _ key: String?, _ token: CancelToken
    ) -> RowOutcome {
        let isFirstPass = isFirstPass.load(ordering: .relaxed)
        let part = session.part(cancel: token, retry: options.retry, mayComeLater: isFirstPass)
        let begin = session.now
        let timer = options.timeout.map { timeout in
            let sleep = session.host.time.sleep
            return Task { if (try? await sleep(timeout)) != nil { token.cancel() } }
        }
        defer { timer?.cancel() }
        var outcome = RowOutcome()
        do {
            let inner = Frame(sharing: frame, run: part)
            inner.path = key
            outcome.value = try session.plan?.row(index, row, options.key) { try body(inner, row) } ?? body(inner, row)
            outcome.result = part.part.isUnchanged ? .unchanged : .succeeded
        } catch is ComesLater {
            late.add(index)
            outcome.comesLater = true
        } catch {
            outcome.result = .failed
            outcome.undone = (error as? RunFault)?.undone
            outcome.error = end(index, row, error, isTimeout: token.isCancelled && !isEnding)
            outcome.done = part.part.done
        }
        session.part.add(part.part)
        outcome.changes = part.part.changes
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
    private func end(_ index: Int, _ row: Value, _ error: any Error, isTimeout: Bool) -> SwitchboardError {
        guard var fault = error as? RunFault else {
            setEnd(index, error)
            return SwitchboardError(.cancelled, "the script ended here")
        }
        if isTimeout, let timeout = options.timeout, fault.error.code == .cancelled {
            fault.error = SwitchboardError(
                .timeout, "the row took longer than \(DurationText.text(timeout))")
        }
        fault = fault.inRow(index, row, named: name(of: row))
        // Nothing goes on that cannot be journaled.
        let isLost = session.journal != nil && fault.error.code == .storeUnavailable
        if isLost || !options.goesOn { setEnd(index, fault) }
        return fault.error
    }

    private func name(of row: Value) -> String? { (try? RowName(of: row, key: options.key)).flatMap { $0 }?.text }

    private func setEnd(_ row: Int, _ cause: any Error) {
        state.withLock { state in
            if state.end.map({ $0.row > row }) ?? true { state.end = (row, cause) }
        }
    }
}
