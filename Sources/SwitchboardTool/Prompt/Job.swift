import Dispatch
import Switchboard
import SwitchboardTerminal
import Synchronization

/// A statement that runs in the background.
final class Job: Sendable {
    private struct State {
        var progress: RowsProgress?
        var isInFront = false
    }
    /// What the person calls it by.
    let number: Int
    /// What shows its results.
    let writer: ResultWriter
    /// The first line of the statement.
    let title: String
    private let started = ContinuousClock.now
    private let cancel: CancelToken
    private let interruption: Interruption
    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)

    /// Makes one of a statement.
    init(number: Int, _ request: Engine.Request, _ writer: ResultWriter) {
        (self.number, cancel, self.writer) = (number, request.cancel, writer)
        title = request.title ?? Engine.hiddenStatement
        interruption = Interruption(request.cancel, goesOn: true)
    }

    /// Starts it; `end` is called once, when it is over and before that is told.
    func start(
        _ request: Engine.Request, in workplace: Workplace, end: @escaping @Sendable (Job, RunReport) -> Void
    ) {
        Task {
            let rows = RowsDisplay()
            let report = await workplace.engine.run(request) { self.take($0, rows) }
            rows.end()
            workplace.tell(report, writer.mode)
            end(self, report)
            Output.note("job \(number) \(Self.outcome(of: report)) in \(elapsed): \(title)")
            ended.signal()
        }
    }

    private func take(_ event: RunEvent, _ rows: RowsDisplay) {
        if case .progress(let progress) = event, !progress.isOver {
            state.withLock { $0.progress = progress }
            // A line that is drawn again would stand in the way of the one that is being edited.
            guard isInFront else { return }
        }
        writer.take(event, rows)
    }

    /// Ends it as a signal would: the first time in order, sooner each time.
    func end(_ signal: TerminalSignal) { interruption.take(signal) }

    /// Whether somebody waits for it.
    var isInFront: Bool { state.withLock(\.isInFront) }

    /// Waits for its end with the keyboard's signals as its own.
    func waitInFront(_ signals: SignalWatcher) {
        state.withLock { $0.isInFront = true }
        let observer = signals.observe { self.end($0) }
        defer { signals.remove(observer) }
        wait()
    }

    /// Waits for its end.
    func wait() {
        ended.wait()
        ended.signal()
    }

    // MARK: Telling

    /// Such as `1  running 12s  412 of 1,000 rows, 8 running  import …`.
    var line: String {
        let progress = state.withLock(\.progress).map { RowsText.line($0, perSecond: nil) }
        let parts = ["\(number)", cancel.isCancelled ? "ending" : "running", elapsed, progress, title]
        return parts.compactMap(\.self).joined(separator: "  ")
    }

    private var elapsed: String {
        let milliseconds = Int64((ContinuousClock.now - started) / .milliseconds(1))
        return DurationText.text(.milliseconds(milliseconds < 10_000 ? milliseconds : milliseconds / 1000 * 1000))
    }

    private static func outcome(of report: RunReport) -> String {
        switch report.status {
        case .succeeded where report.exitStatus == 0: "is done"
        case .succeeded: "is done with status \(report.exitStatus)"
        case .cancelled: "was cancelled"
        case .refused, .failed: "has failed"
        }
    }
}
