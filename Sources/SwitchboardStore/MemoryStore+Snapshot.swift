import Synchronization

extension MemoryStore {
    /// All that a store holds at one moment.
    public struct Snapshot: Sendable {
        fileprivate let state: State
    }

    /// What it holds now.
    public func snapshot() -> Snapshot { state.withLock { Snapshot(state: $0) } }

    /// Makes it hold what it held then.
    public func restore(_ snapshot: Snapshot) { state.withLock { $0 = snapshot.state } }
}
