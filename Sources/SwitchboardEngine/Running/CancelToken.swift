import Synchronization

/// Tells the parts of a run that it is to end.
public final class CancelToken: Sendable {
    private struct State {
        var next = 0
        var handlers: [Int: @Sendable () -> Void] = [:]
    }
    private let flag = Atomic(false)
    private let state = Mutex(State())

    /// Makes a token that is not cancelled.
    public init() {}

    /// Whether the run is to end; cheap enough to be asked in every turn of a loop.
    public var isCancelled: Bool { flag.load(ordering: .acquiring) }

    /// Asks the run to end: reads stop at once, a change that is under way is finished, no other is begun.
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
}
