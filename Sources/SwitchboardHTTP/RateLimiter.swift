import FoundationEssentials
import SwitchboardCore
import Synchronization

/// A token bucket that holds a second's worth: so many may go at once, the rest at the average rate, in their order.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Date
    }

    private let perSecond: Double
    private let capacity: Double
    private let time: TimeSource
    private let bucket: Mutex<Bucket>
    /// Only the first in line waits for a token, so one that is cancelled takes none with it.
    private let line = ConcurrencyLimiter(limit: 1)

    /// Makes a limiter with a full bucket.
    init(perSecond: Double, time: TimeSource) {
        self.perSecond = max(perSecond, 0.001)
        self.capacity = max(1, perSecond)
        self.time = time
        self.bucket = Mutex(Bucket(tokens: max(1, perSecond), filledAt: time.now()))
    }

    /// Takes a token, waiting where there is none; throws `CancellationError` when the task is cancelled meanwhile.
    func acquire() async throws {
        try await line.withPlace {
            while let wait = takeOrWait() { try await time.sleep(wait) }
        }
    }

    /// How many tasks wait for a token behind the first.
    var queueLength: Int { line.queueLength }

    /// Takes a token, or tells how long to wait for one, in whole milliseconds.
    private func takeOrWait() -> Duration? {
        let now = time.now()
        return bucket.withLock { bucket in
            // A clock that was set back adds nothing.
            let elapsed = max(0, now.timeIntervalSince(bucket.filledAt))
            bucket.tokens = min(capacity, bucket.tokens + elapsed * perSecond)
            bucket.filledAt = now
            guard bucket.tokens < 1 else {
                bucket.tokens -= 1
                return nil
            }
            return .milliseconds(max(1, ((1 - bucket.tokens) / perSecond * 1000).rounded(.up)))
        }
    }
}
