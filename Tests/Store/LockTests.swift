import Glibc
import SwitchboardStore
import Synchronization
import Testing

/// Locks of names, between two programs of one state folder and within one.
@Suite struct LockTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private struct Waited: Error {}

    private final class Progress: Sendable {
        let isWaiting = Atomic(false)
        let isDone = Atomic(false)
    }

    /// Two stores that heed each other's locks: two programs', and one that a program has for itself.
    private func pairs() throws -> [(any Store, any Store)] {
        let memory = MemoryStore()
        return [(try folder.open(), try folder.open()), (memory, memory)]
    }

    /// Whether somebody has to wait for the lock; a wait ends at once.
    private func waits(_ store: any Store, _ name: String, alone: Bool) throws -> Bool {
        do {
            try store.locked(name, alone: alone, waiting: { throw Waited() }) {}
            return false
        } catch is Waited { return true }
    }

    @Test func whoIsAloneKeepsAllOthersOutUntilTheEnd() throws {
        for (one, other) in try pairs() {
            let waited = try one.locked("twilio AC/1", alone: true, waiting: {}) {
                [
                    try waits(other, "twilio AC/1", alone: true), try waits(other, "twilio AC/1", alone: false),
                    try waits(other, "twilio AC/2", alone: true),
                ]
            }
            #expect(waited == [true, true, false])
            #expect(try !waits(other, "twilio AC/1", alone: true))
        }
    }

    @Test func whoSharesKeepsOutWhoWantsToBeAlone() throws {
        for (one, other) in try pairs() {
            let waited = try one.locked("n", alone: false, waiting: {}) {
                [try waits(other, "n", alone: false), try waits(other, "n", alone: true)]
            }
            #expect(waited == [false, true])
        }
    }

    /// A steady stream of those who share would else keep it out for ever.
    @Test func whoWaitsToBeAloneIsNotPassed() throws {
        let (one, other, third) = (try folder.open(), try folder.open(), try folder.open())
        let (progress, threads) = (Progress(), Threads())
        let isPassed = try one.locked("n", alone: false, waiting: {}) {
            threads.start {
                try? other.locked(
                    "n", alone: true, waiting: { progress.isWaiting.store(true, ordering: .relaxed) },
                    { progress.isDone.store(true, ordering: .relaxed) })
            }
            while !progress.isWaiting.load(ordering: .relaxed) { usleep(1_000) }
            return try !waits(third, "n", alone: false) || progress.isDone.load(ordering: .relaxed)
        }
        #expect(!isPassed)
        threads.join()
        let isDone = progress.isDone.load(ordering: .relaxed)
        #expect(isDone)
    }

    @Test func aFailureInTheBodyGivesItBack() throws {
        for (one, other) in try pairs() {
            #expect(throws: Waited.self) { try one.locked("n", alone: true, waiting: {}) { throw Waited() } }
            #expect(try !waits(other, "n", alone: true))
        }
    }
}
