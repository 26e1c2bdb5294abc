import Switchboard
import SwitchboardTerminal
import Synchronization

/// Tells on standard error how far rows are: on a terminal in one line that is drawn again, else in a line every ten
/// seconds; and what became of them at their end.
final class RowsDisplay: Sendable {
    /// Rows that are done sooner are not worth a line that comes and goes.
    private static let delay = Duration.milliseconds(500)
    /// The least time between two drawings, and between two lines.
    private static let (pause, interval) = (Duration.milliseconds(100), Duration.seconds(10))

    private struct State {
        var latest: (progress: RowsProgress, at: ContinuousClock.Instant)?
        var rate = RecentRate()
        var toldAt = ContinuousClock.now
        /// Tells that time passes while no row begins or ends.
        var clock: Task<Void, any Error>?
    }
    private let state = Mutex(State())
    private let isDrawn = Output.status.isPossible

    /// Shows what the engine tells.
    func take(_ progress: RowsProgress) {
        if progress.isOver {
            end()
            if progress.mayChange, let summary = RowsText.summary(progress) {
                for line in [summary] + RowsText.reasons(progress) { Output.note(line) }
            }
            return
        }
        state.withLock { state in
            let now = ContinuousClock.now
            if state.latest == nil { (state.rate, state.toldAt, state.clock) = (RecentRate(), now, clock()) }
            state.latest = (progress, now)
        }
        show()
    }

    /// Takes the line away, also where a run was left with rows that still run.
    func end() {
        state.withLock { state in
            state.clock?.cancel()
            (state.clock, state.latest) = (nil, nil)
        }
        Output.status.show(nil)
    }

    private func clock() -> Task<Void, any Error> {
        Task { [weak self] in
            while true {
                try await Task.sleep(for: .seconds(1))
                self?.show()
            }
        }
    }

    private func show() {
        guard let text = state.withLock({ line(&$0) }) else { return }
        isDrawn ? Output.status.show(text) : Output.note(text)
    }

    /// The line, where it is time for one.
    private func line(_ state: inout State) -> String? {
        let now = ContinuousClock.now
        guard let (progress, at) = state.latest, now - state.toldAt >= (isDrawn ? Self.pause : Self.interval) else {
            return nil
        }
        let elapsed = progress.elapsed + (now - at)
        guard elapsed >= Self.delay else { return nil }
        state.toldAt = now
        state.rate.add(progress.done, at: elapsed)
        return RowsText.line(progress, perSecond: state.rate.perSecond)
    }
}
