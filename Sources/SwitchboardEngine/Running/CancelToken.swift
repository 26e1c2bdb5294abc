import Synchronization

/// Tells the parts of a run that it is to end, and how soon.
public final class CancelToken: Sendable {
    /// How soon a run is to end; each level asks for more than the one before.
    public enum Level: Int, Hashable, Sendable, Comparable {
        /// No change and no row is begun any more, and reads stop; rows that have begun are finished.
        case finish = 1
        /// Rows that have begun end too, and nothing is rolled back; a change that is under way is finished.
        case stop
        /// The run returns at once. A change that is under way goes on as long as the program does, and is settled at the
        /// next start if the program ends first.
        case leave

        /// The order of asking.
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    private struct State {
        var next = 0
        var handlers: [Int: @Sendable (Level) -> Void] = [:]
        var hasBegun = false
    }
    private let reached = Atomic(0)
    private let state = Mutex(State())
    /// Whether it is the token of a row, which ends with the row around it.
    let isOfRow: Bool

    /// Makes a token that is not cancelled.
    public convenience init() { self.init(isOfRow: false) }

    private init(isOfRow: Bool) { self.isOfRow = isOfRow }

    /// Whether the run is to end; cheap enough to be asked in every turn of a loop.
    public var isCancelled: Bool { reached.load(ordering: .acquiring) > 0 }

    /// How soon the run is to end; nil while it goes on.
    public var level: Level? { Level(rawValue: reached.load(ordering: .acquiring)) }

    /// Whether a run with this token is past its checks, so that something may be under way.
    public var hasBegun: Bool { state.withLock(\.hasBegun) }

    /// Says that the checks are over, before the run looks for the first time whether it is to end: whoever has cancelled
    /// and finds that nothing has begun knows that nothing will.
    func begin() { state.withLock { $0.hasBegun = true } }

    /// Asks the run to end; a level that is reached already changes nothing.
    public func cancel(_ level: Level = .finish) {
        let handlers = state.withLock { state -> [@Sendable (Level) -> Void] in
            guard level.rawValue > reached.load(ordering: .acquiring) else { return [] }
            reached.store(level.rawValue, ordering: .releasing)
            return Array(state.handlers.values)
        }
        handlers.forEach { $0(level) }
    }

    /// Calls the handler with each level that is reached from now on, and at once with the one that is; returns what
    /// removes the handler.
    func onCancel(_ handler: @escaping @Sendable (Level) -> Void) -> Int {
        let (id, level) = state.withLock { state in
            state.next += 1
            state.handlers[state.next] = handler
            return (state.next, self.level)
        }
        if let level { handler(level) }
        return id
    }

    func remove(_ id: Int) { state.withLock { $0.handlers[id] = nil } }

    /// Runs the body with the token of a run, which can be ended alone, and ends with this one.
    func withRunToken<Result>(_ body: (CancelToken) throws -> Result) rethrows -> Result {
        try withToken(isOfRow: false, from: .finish, body)
    }

    /// Runs the body with the token of one row: the run's own `finish` lets the row finish, that of a row around it does
    /// not.
    func withRowToken<Result>(_ body: (CancelToken) throws -> Result) rethrows -> Result {
        try withToken(isOfRow: true, from: isOfRow ? .finish : .stop, body)
    }

    /// Runs the body with a token that may end it alone, and that ends with this one.
    func withLinkedToken<Result>(_ body: (CancelToken) throws -> Result) rethrows -> Result {
        try withToken(isOfRow: true, from: .finish, body)
    }

    /// Runs the body with the token of a roll-back, which goes on when the run is to finish.
    func withUndoToken<Result>(_ body: (CancelToken) throws -> Result) rethrows -> Result {
        try withToken(isOfRow: true, from: .stop, body)
    }

    /// A token that reaches the levels of this one from the lowest on.
    private func withToken<Result>(
        isOfRow: Bool, from lowest: Level, _ body: (CancelToken) throws -> Result
    ) rethrows -> Result {
        let token = CancelToken(isOfRow: isOfRow)
        let link = onCancel { level in if level >= lowest { token.cancel(level) } }
        defer { remove(link) }
        return try body(token)
    }
}
