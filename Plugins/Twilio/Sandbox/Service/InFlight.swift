import Synchronization

/// How many requests of each account are being answered (contract section 1.9).
final class InFlight: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// Notes one more and returns how many there are, this one included.
    func enter(_ account: String) -> Int {
        counts.withLock { counts in
            counts[account, default: 0] += 1
            return counts[account, default: 0]
        }
    }

    /// Notes one less.
    func leave(_ account: String) { counts.withLock { $0[account, default: 1] -= 1 } }
}
