import Synchronization

/// The intents that the runs of one engine are carrying out now, so that no run takes another's work for abandoned.
final class InFlight: Sendable {
    private let ids = Mutex<Set<String>>([])

    /// Takes an intent on; false where a run has done so already.
    func enter(_ id: String) -> Bool { ids.withLock { $0.insert(id).inserted } }

    /// Lets an intent go, settled or left open.
    func leave(_ id: String) { _ = ids.withLock { $0.remove(id) } }
}
