import Synchronization

/// Lets requests of one key run one after the other, so that a repeated request waits for the first.
public final class RequestTurns: Sendable {
    private let waiting = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])

    /// Makes turns for no keys yet.
    public init() {}

    /// Runs the body when no other of this key runs.
    public func run<T: Sendable>(_ key: String, _ body: () async -> T) async -> T {
        await withCheckedContinuation { continuation in
            let isFirst = waiting.withLock { waiting in
                guard waiting[key] != nil else {
                    waiting[key] = []
                    return true
                }
                waiting[key]?.append(continuation)
                return false
            }
            if isFirst { continuation.resume() }
        }
        let result = await body()
        let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
            guard let queue = waiting[key], let first = queue.first else {
                waiting[key] = nil
                return nil
            }
            waiting[key] = Array(queue.dropFirst())
            return first
        }
        next?.resume()
        return result
    }
}
