public import FoundationEssentials

/// Where the time comes from, so that tests decide it.
public struct TimeSource: Sendable {
    /// The wall clock's time.
    public var now: @Sendable () -> Date
    /// Waits; throws `CancellationError` when the task is cancelled meanwhile.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// Makes a source from its two functions.
    public init(
        now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's own clock.
    public static let system = TimeSource(now: { Date() }, sleep: { try await Task.sleep(for: $0) })
}
