import Synchronization

/// Lets one task through at a time, in the order of arrival, without blocking a thread.
final class SerialGate: Sendable {
    private typealias Turn = CheckedContinuation<Void, any Error>

    private struct State {
        var isTaken = false
        var waiting: [(id: Int, turn: Turn)] = []
        var nextID = 0
    }

    private let state = Mutex(State())

    /// Runs the body when every earlier one has ended; throws `CancellationError` when cancelled while waiting.
    func withTurn<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { turn in queue(turn, id) }
        } onCancel: {
            giveUp(id)
        }
    }

    private func queue(_ turn: Turn, _ id: Int) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            if Task.isCancelled { return .failure(CancellationError()) }
            guard state.isTaken else {
                state.isTaken = true
                return .success(())
            }
            state.waiting.append((id, turn))
            return nil
        }
        if let outcome { turn.resume(with: outcome) }
    }

    private func giveUp(_ id: Int) {
        let turn = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).turn }
        }
        turn?.resume(throwing: CancellationError())
    }

    private func leave() {
        let next = state.withLock { state -> Turn? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst().turn
        }
        next?.resume()
    }
}
