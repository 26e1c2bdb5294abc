import Synchronization

/// When the last request came or was answered, for the decision to leave when idle.
public final class ActivityClock: Sendable {
    private let last = Mutex(ContinuousClock.now)

    /// Starts at the present.
    public init() {}

    /// Notes that something happened.
    public func touch() { last.withLock { $0 = .now } }

    /// How long nothing has happened.
    public var idle: Duration { last.withLock { $0.duration(to: .now) } }
}
