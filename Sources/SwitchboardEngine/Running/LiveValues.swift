import Dispatch
import SwitchboardCore
import Synchronization

/// What only a platform knows, kept for completion: who asks waits a moment, and later answers are there the next time.
final class LiveValues: Sendable {
    private struct Kept {
        var things: [LedgerCandidates.Named]
        var at: ContinuousClock.Instant
    }
    private struct State {
        var kept: [String: Kept] = [:]
        var asking: Set<String> = []
    }
    private let state = Mutex(State())

    private static let patience = DispatchTimeInterval.milliseconds(150)
    /// What is younger is not asked again.
    private static let freshness = Duration.seconds(10)

    /// The dispatch rules of a profile's platform, as they were a moment ago; none where it has not answered yet.
    func dispatchRules(of profile: String, _ routing: any CallRouting) -> [LedgerCandidates.Named] {
        let (kept, isAsking) = state.withLock { state -> (Kept?, Bool) in
            let kept = state.kept[profile]
            if let kept, kept.at.duration(to: .now) < Self.freshness { return (kept, false) }
            return (kept, state.asking.insert(profile).inserted)
        }
        if isAsking {
            let answered = DispatchSemaphore(value: 0)
            Task { [self] in
                let rules = try? await routing.dispatchRules()
                keep(rules?.map { .init(id: $0.id, name: $0.name) }, of: profile)
                answered.signal()
            }
            if kept == nil { _ = answered.wait(timeout: .now() + Self.patience) }
        }
        return state.withLock { $0.kept[profile]?.things ?? [] }
    }

    private func keep(_ things: [LedgerCandidates.Named]?, of profile: String) {
        state.withLock { state in
            state.asking.remove(profile)
            if let things { state.kept[profile] = Kept(things: things, at: .now) }
        }
    }
}
