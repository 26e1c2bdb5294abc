public import SwitchboardCore
import Synchronization

/// The candidates of one search, shared by the records that came out of it, so that a purchase which comes too late
/// takes the next one.
public final class CandidatePool: Sendable {
    private let waiting: Mutex<[AvailableNumber]>

    /// Makes a pool of the candidates that were not taken.
    public init(_ candidates: [AvailableNumber]) { waiting = Mutex(candidates) }

    /// The candidates that are left.
    var waitingNow: [AvailableNumber] { waiting.withLock { $0 } }

    /// Takes the next candidate out.
    public func next() -> AvailableNumber? { waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
