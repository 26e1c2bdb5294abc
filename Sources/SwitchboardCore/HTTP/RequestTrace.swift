import Synchronization

/// What becomes known of the requests of one change while it is made, so that it can be followed up at the provider.
///
/// Whoever sends a request within `$current.withValue` adds to it.
public final class RequestTrace: Sendable {
    /// What is kept of it.
    public struct Record: Hashable, Sendable, Codable {
        /// How often the change, or a request of it, was tried: 1 where nothing was repeated.
        public var attempts: Int
        /// The ids that the provider gave its requests, in order; of very many the first 32.
        public var requestIDs: [String]

        /// Makes one.
        public init(attempts: Int = 1, requestIDs: [String] = []) {
            self.attempts = attempts
            self.requestIDs = requestIDs
        }
    }

    /// The trace of the change that the task is making; nil outside of one.
    @TaskLocal public static var current: RequestTrace?

    private static let most = 32
    private let state = Mutex(Record())

    /// Makes one of a change that is tried for the first time.
    public init() {}

    /// What it has so far.
    public var record: Record { state.withLock { $0 } }

    /// Counts one more try.
    public func didRepeat() { state.withLock { $0.attempts += 1 } }

    /// Adds the id that a provider gave a request.
    public func add(requestID: String) {
        state.withLock { if $0.requestIDs.count < Self.most { $0.requestIDs.append(requestID) } }
    }
}
