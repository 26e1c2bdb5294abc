import SwitchboardCore
import SwitchboardLanguage
import Synchronization

/// What is left of a run's limits.
final class RunBudget: Sendable {
    let limits: Limits
    private let spent = Mutex(Spending(purchases: 0, monthlyCost: nil))
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

    // MARK: Money

    /// Sets aside what is about to be spent; throws where it would cross a limit, and sets nothing aside then.
    func reserve(_ spending: Spending) throws {
        try spent.withLock { spent in
            let purchases = spent.purchases + spending.purchases
            if let most = limits.purchases, purchases > most {
                throw SwitchboardError(.limitReached, "the run may buy \(most) numbers, and this would be one more")
            }
            var cost = spent.monthlyCost
            if let more = spending.monthlyCost, let most = limits.monthlyCost {
                let sum = try cost.map { try $0 + more } ?? more
                if try sum.compare(most) > 0 {
                    throw SwitchboardError(
                        .limitReached,
                        "the run's numbers may cost \(most) a month, and with this they would cost \(sum)")
                }
                cost = sum
            }
            spent = Spending(purchases: purchases, monthlyCost: cost)
        }
    }

    /// Gives back what was set aside for something that has surely not happened.
    func giveBack(_ spending: Spending) {
        spent.withLock { spent in
            spent.purchases -= spending.purchases
            guard limits.monthlyCost != nil, let cost = spent.monthlyCost, let less = spending.monthlyCost else {
                return
            }
            // The sum was made of this amount, so it has its currency.
            if let rest = try? cost - less { spent.monthlyCost = rest }
        }
    }
}
