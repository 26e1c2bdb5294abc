import Synchronization

/// Tells the parts of a run that it is to end.
public final class CancelToken: Sendable {
    private struct State {
        var next = 0
        var handlers: [Int: @Sendable () -> Void] = [:]
    }
    private let flag = Atomic(false)
    private let state = Mutex(State())
    /// Whether it is the token of a row, which ends with the row around it.
    let isOfRow: Bool

    /// Makes a token that is not cancelled.
    public convenience init() { self.init(isOfRow: false) }

    private init(isOfRow: Bool) { self.isOfRow = isOfRow }

    /// Whether the run is to end; cheap enough to be asked in every turn of a loop.
    public var isCancelled: Bool { flag.load(ordering: .acquiring) }

    /// Asks the run to end.
    ///
    /// Reads stop at once, a change that is under way is finished, no other is begun. Rows that have begun are finished.
    public func cancel() {
        let handlers = state.withLock { state in
            flag.store(true, ordering: .releasing)
            return Array(state.handlers.values)
        }
        handlers.forEach { $0() }
    }

    /// Calls the handler at the cancellation, or at once where it has happened; returns what removes the handler.
    func onCancel(_ handler: @escaping @Sendable () -> Void) -> Int {
        let (id, isCancelled) = state.withLock { state in
            state.next += 1
            state.handlers[state.next] = handler
            return (state.next, self.isCancelled)
        }
        if isCancelled { handler() }
        return id
    }

    func remove(_ id: Int) { state.withLock { $0.handlers[id] = nil } }

    /// Runs the body with the token of one row: the run's own end lets the row finish, that of a row around it does not.
    func withRowToken<Result>(_ body: (CancelToken) throws -> Result) rethrows -> Result {
        isOfRow ? try withLinkedToken(body) : try body(CancelToken(isOfRow: true))
    }

    /// Runs the body with a token that may end it alone, and that ends with this one.
    func withLinkedToken<Result>(_ body: (CancelToken) throws -> Result) rethrows -> Result {
        let token = CancelToken(isOfRow: true)
        let link = onCancel { token.cancel() }
        defer { remove(link) }
        return try body(token)
    }
}
