import SwitchboardCore
@testable import SwitchboardHTTP
import SwitchboardTestKit
import Synchronization
import Testing

@Suite struct ConcurrencyLimiterTests {
    /// A task that holds its place until `open` is set.
    private func holder(_ limiter: ConcurrencyLimiter, _ open: Gate) -> Task<Void, any Error> {
        Task { try await limiter.withPlace { await open.wait() } }
    }

    @Test func neverLetsMoreThroughThanItsLimit() async throws {
        let limiter = ConcurrencyLimiter(limit: 3)
        let counts = Record((now: 0, most: 0, done: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await limiter.withPlace {
                        counts.change {
                            $0.now += 1; $0.most = max($0.most, $0.now)
                        }
                        try await Task.sleep(for: .microseconds(100))
                        counts.change {
                            $0.now -= 1; $0.done += 1
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counts.value.most == 3)
        #expect(counts.value.done == 200)
    }

    @Test func servesInTheOrderOfArrival() async throws {
        let limiter = ConcurrencyLimiter(limit: 1)
        let gate = Gate()
        let first = holder(limiter, gate)
        let order = Record<[Int]>([])
        #expect(await eventually { gate.waiting == 1 })
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<20 {
            tasks.append(Task { try await limiter.withPlace { order.change { $0.append(number) } } })
            #expect(await eventually { limiter.queueLength == number + 1 })
        }
        gate.open()
        for task in tasks + [first] { try await task.value }
        #expect(order.value == Array(0..<20))
    }

    @Test func aCancelledWaiterLeavesNoGap() async throws {
        let limiter = ConcurrencyLimiter(limit: 1)
        let gate = Gate()
        let first = holder(limiter, gate)
        #expect(await eventually { gate.waiting == 1 })
        let waiters = (0..<10).map { _ in Task { try await limiter.withPlace {} } }
        #expect(await eventually { limiter.queueLength == 10 })
        for waiter in waiters[..<9] { waiter.cancel() }
        for waiter in waiters[..<9] {
            await #expect(throws: CancellationError.self) { try await waiter.value }
        }
        gate.open()
        try await first.value
        try await waiters[9].value
        try await limiter.withPlace {}
    }

    @Test func cancellingAtAnyMomentLeaksNoPlace() async throws {
        let limiter = ConcurrencyLimiter(limit: 2)
        for round in 0..<300 {
            let tasks = (0..<6).map { _ in Task { try await limiter.withPlace { await Task.yield() } } }
            if round % 3 != 0 { await Task.yield() }
            for task in tasks[(round % 6)...] { task.cancel() }
            for task in tasks { _ = await task.result }
        }
        // Both places are still there: two holders at once.
        let gate = Gate()
        let holders = [holder(limiter, gate), holder(limiter, gate)]
        #expect(await eventually { gate.waiting == 2 })
        gate.open()
        for holder in holders { try await holder.value }
    }
}

@Suite struct RateLimiterTests {
    @Test func letsASecondsWorthThroughAtOnceAndThenTheAverage() async throws {
        let clock = ManualClock(skipsWaits: true)
        let limiter = RateLimiter(perSecond: 5, time: clock.time)
        for _ in 0..<5 { try await limiter.acquire() }
        #expect(clock.waits.isEmpty)
        for _ in 0..<10 { try await limiter.acquire() }
        #expect(clock.waits.reduce(.zero, +) >= .milliseconds(2000))
        #expect(clock.waits.reduce(.zero, +) <= .milliseconds(2011))
        clock.advance(by: .seconds(3600))
        let before = clock.waits.count
        for _ in 0..<5 { try await limiter.acquire() }
        #expect(clock.waits.count == before)
        try await limiter.acquire()
        #expect(clock.waits.count == before + 1)
    }

    @Test func aRateBelowOnePerSecondWaitsLong() async throws {
        let clock = ManualClock(skipsWaits: true)
        let limiter = RateLimiter(perSecond: 0.5, time: clock.time)
        for _ in 0..<3 { try await limiter.acquire() }
        #expect(clock.waits == [.seconds(2), .seconds(2)])
    }

    @Test func aCancelledWaiterTakesNoTokenAndLeavesTheOthersInOrder() async throws {
        let clock = ManualClock()
        let limiter = RateLimiter(perSecond: 1, time: clock.time)
        try await limiter.acquire()
        let order = Record<[Int]>([])
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<3 {
            tasks.append(
                Task {
                    try await limiter.acquire()
                    order.change { $0.append(number) }
                })
            #expect(await eventually { clock.sleeperCount == 1 && limiter.queueLength == number })
        }
        tasks[0].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[0].value }
        #expect(await eventually { clock.sleeperCount == 1 })
        clock.advance(by: .seconds(1))
        try await tasks[1].value
        #expect(await eventually { clock.sleeperCount == 1 })
        clock.advance(by: .seconds(1))
        try await tasks[2].value
        #expect(order.value == [1, 2])
    }

    @Test func aClockThatIsSetBackStopsNobodyForLong() async throws {
        let clock = ManualClock(skipsWaits: true)
        let limiter = RateLimiter(perSecond: 1, time: clock.time)
        try await limiter.acquire()
        clock.advance(by: .seconds(-86400))
        try await limiter.acquire()
        #expect(clock.waits == [.seconds(1)])
    }
}

/// Holds tasks until it is opened.
final class Gate: Sendable {
    private let state = Mutex((isOpen: false, waiting: [CheckedContinuation<Void, Never>]()))

    var waiting: Int { state.withLock { $0.waiting.count } }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            defer { state = (true, []) }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
