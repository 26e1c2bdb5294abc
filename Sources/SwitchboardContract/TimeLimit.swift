import Synchronization

/// Real time that work may take, whether it heeds cancellation or not.
///
/// It is waited in naps: where the machine lets nobody have his turn for a while, the limit loses one nap by it and not
/// all its time, and the work has its turn before the limit is over.
enum TimeLimit {
    private static let naps = 100

    /// Returns what the work returns; throws a finding when it takes longer, and leaves it to itself then.
    static func within<Answer: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        let task = Task { try await work() }
        return try await withTaskCancellationHandler {
            try await first(of: task, limit)
        } onCancel: {
            task.cancel()
        }
    }

    /// Waits for a task that somebody has cancelled or is about to; throws as `within` does.
    static func first<Answer: Sendable>(of task: Task<Answer, any Error>, _ limit: Duration) async throws -> Answer {
        let end = End<Answer>()
        return try await withCheckedThrowingContinuation { continuation in
            end.begin(continuation)
            let watch = Task {
                for _ in 0..<naps { try await Task.sleep(for: limit / naps) }
                task.cancel()
                end.finish(.failure(ContractFinding("it did not end within \(limit.components.seconds) s")))
            }
            Task {
                end.finish(await task.result)
                watch.cancel()
            }
        }
    }

    /// A continuation that the first of two resumes.
    private final class End<Answer: Sendable>: Sendable {
        private let waiting = Mutex<CheckedContinuation<Answer, any Error>?>(nil)

        func begin(_ continuation: CheckedContinuation<Answer, any Error>) { waiting.withLock { $0 = continuation } }

        func finish(_ result: Result<Answer, any Error>) {
            let continuation = waiting.withLock { waiting in
                defer { waiting = nil }
                return waiting
            }
            continuation?.resume(with: result)
        }
    }
}
