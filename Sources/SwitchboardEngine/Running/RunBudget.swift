import SwitchboardCore
import SwitchboardLanguage
import Synchronization

/// How far a run may go in rows and time; the store counts what it spends.
final class RunBudget: Sendable {
    let limits: Limits
    private let isOver = Atomic(false)

    init(_ limits: Limits) { self.limits = limits }

    // MARK: Time

    /// Whether the time is over that the run may take.
    var isOutOfTime: Bool { isOver.load(ordering: .acquiring) }

    /// Ends the run when its time is over; cancel the task when it has ended.
    func watch(_ cancel: CancelToken, _ time: TimeSource) -> Task<Void, Never>? {
        limits.time.map { limit in
            Task {
                guard (try? await time.sleep(limit)) != nil else { return }
                isOver.store(true, ordering: .releasing)
                cancel.cancel(.stop)
            }
        }
    }

    /// What ends a run whose time is over.
    var timeIsOver: SwitchboardError {
        let text = limits.time.map(DurationText.text) ?? ""
        return SwitchboardError(.limitReached, "the run took longer than the \(text) that it may take")
    }

    // MARK: Rows

    /// Throws where a list is longer than lists may be.
    @inline(__always)
    func checkRows(_ count: Int, _ span: Span) throws {
        guard let most = limits.rows, count > most else { return }
        throw RunFault(.limitReached, "a list may have \(most) rows here, and this one has \(count)", span)
    }
}
