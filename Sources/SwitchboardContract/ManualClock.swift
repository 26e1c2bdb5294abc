public import FoundationEssentials
public import SwitchboardCore
import Synchronization

/// A clock that stands still until a test moves it, or that jumps over every wait.
public final class ManualClock: Sendable {
    private struct Sleeper {
        var until: Date
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Date
        var waits: [Duration] = []
        var sleepers: [UInt64: Sleeper] = [:]
        var nextID: UInt64 = 0
    }

    private let skipsWaits: Bool
    private let state: Mutex<State>

    /// Makes a clock; with `skipsWaits` every wait is over at once and the time has moved by it.
    public init(now: Date = Date(timeIntervalSince1970: 1_800_000_000), skipsWaits: Bool = false) {
        self.skipsWaits = skipsWaits
        self.state = Mutex(State(now: now))
    }

    /// The clock as the engine takes it.
    public var time: TimeSource {
        TimeSource(now: { self.now }, sleep: { try await self.sleep($0) })
    }

    /// The time that it shows.
    public var now: Date { state.withLock { $0.now } }

    /// Every wait that was asked of it, in order, whether over or not.
    public var waits: [Duration] { state.withLock { $0.waits } }

    /// How many tasks are waiting.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Moves the time on and ends the waits that are over by then.
    public func advance(by duration: Duration) {
        let over = state.withLock { state in
            state.now = state.now.addingTimeInterval(duration / .seconds(1))
            let over = state.sleepers.filter { $0.value.until <= state.now }
            for id in over.keys { state.sleepers[id] = nil }
            return over.values.sorted { $0.until < $1.until }
        }
        for sleeper in over { sleeper.continuation.resume() }
    }

    private func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        if skipsWaits {
            state.withLock { $0.waits.append(duration) }
            advance(by: duration)
            return await Task.yield()
        }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait(duration, id, $0) }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation
                .resume(throwing: CancellationError())
        }
    }

    private func wait(_ duration: Duration, _ id: UInt64, _ continuation: CheckedContinuation<Void, any Error>) {
        let answer = state.withLock { state -> Result<Void, any Error>? in
            state.waits.append(duration)
            if Task.isCancelled { return .failure(CancellationError()) }
            if duration <= .zero { return .success(()) }
            let until = state.now.addingTimeInterval(duration / .seconds(1))
            state.sleepers[id] = Sleeper(until: until, continuation: continuation)
            return nil
        }
        if let answer { continuation.resume(with: answer) }
    }
}
