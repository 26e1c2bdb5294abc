import Synchronization

/// Lets at most so many tasks through at one time, in the order in which they came.
final class ConcurrencyLimiter: Sendable {
    private struct State {
        var free: Int
        var waiting: [UInt64: CheckedContinuation<Void, any Error>] = [:]
        /// The tickets in the queue's order from `head` on; one that is no longer in `waiting` has been given back.
        var order: [UInt64] = []
        var head = 0

        mutating func append(_ ticket: UInt64, _ continuation: CheckedContinuation<Void, any Error>) {
            waiting[ticket] = continuation
            order.append(ticket)
        }

        mutating func popFirst() -> CheckedContinuation<Void, any Error>? {
            while head < order.count {
                head += 1
                if let first = waiting.removeValue(forKey: order[head - 1]) { return first }
            }
            order.removeAll(keepingCapacity: true)
            head = 0
            return nil
        }
    }

    private let state: Mutex<State>
    private let nextTicket = Atomic<UInt64>(0)

    /// Makes a limiter with `limit` places, at least one.
    init(limit: Int) { state = Mutex(State(free: max(1, limit))) }

    /// How many tasks are in the queue.
    var queueLength: Int { state.withLock { $0.waiting.count } }

    /// Runs the body while holding a place; throws `CancellationError` when the task is cancelled in the queue.
    func withPlace<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        try await acquire()
        defer { release() }
        return try await body()
    }

    private func acquire() async throws {
        let ticket = nextTicket.wrappingAdd(1, ordering: .relaxed).newValue
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait(ticket, $0) }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume(throwing: CancellationError())
        }
    }

    /// Queues the continuation, or resumes it at once; a cancellation that came before is seen here.
    private func wait(_ ticket: UInt64, _ continuation: CheckedContinuation<Void, any Error>) {
        let answer = state.withLock { state -> Result<Void, any Error>? in
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.free > 0 {
                state.free -= 1
                return .success(())
            }
            state.append(ticket, continuation)
            return nil
        }
        if let answer { continuation.resume(with: answer) }
    }

    /// Hands the place to the next in line, or frees it.
    private func release() {
        let next = state.withLock { state in
            let next = state.popFirst()
            if next == nil { state.free += 1 }
            return next
        }
        next?.resume()
    }
}
