import Synchronization
import Testing

@testable import LiveKitProvider

private final class Counter: Sendable {
    private let value = Mutex(0)

    @discardableResult func add(_ amount: Int) -> Int {
        value.withLock { value in
            value += amount
            return value
        }
    }
}

@Suite struct ClientGateTests {
    @Test func letsOneThroughAtATime() async throws {
        let gate = SerialGate()
        let inside = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await gate.withTurn {
                        #expect(inside.add(1) == 1)
                        await Task.yield()
                        inside.add(-1)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func aCancelledWaiterLeavesTheQueue() async throws {
        let gate = SerialGate()
        try await gate.withTurn {
            let task = Task { try await gate.withTurn {} }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(try await gate.withTurn { 7 } == 7)
    }
}
