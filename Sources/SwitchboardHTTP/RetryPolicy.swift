import FoundationEssentials
import SwitchboardCore

/// How one attempt ended.
enum AttemptResult: Sendable {
    case answer(HTTPAnswer)
    case failure(TransportFailure)

    /// Whether the vendor may have carried the call out all the same: no answer, or one that does not tell.
    var mayHaveHappened: Bool {
        switch self {
        case .answer(let answer): RetryPolicy.passingStatuses.contains(answer.status)
        case .failure(let failure): failure.stage != .notSent
        }
    }
}

/// Decides whether and when an attempt is followed by another.
enum RetryPolicy {
    /// What is to be done after an attempt.
    enum Step {
        /// The attempt's end is the call's end.
        case stop
        /// Wait, then send again.
        case again(after: Duration)
        /// Wait, then ask whether it happened, then perhaps send again.
        case ask(after: Duration, @Sendable () async throws -> Bool)
    }

    /// How often a call is sent at most.
    static let maximumAttempts = 4
    /// A vendor that asks for a longer wait is not waited for.
    static let longestWait = Duration.seconds(60)
    /// Statuses of a fault that may pass and leaves open whether the change took place, unlike 429, which refuses.
    static let passingStatuses: Set<Int> = [408, 500, 502, 503, 504]

    /// The step after attempt number `attempt`, counted from 1.
    ///
    /// `jitter` is a number from 0 to 1 that spreads the waits of many callers over 75 to 125 percent.
    static func step(
        after result: AttemptResult, attempt: Int, repeatability: Repeatability, now: Date, jitter: Double
    ) -> Step {
        guard attempt < maximumAttempts, isPassing(result) else { return .stop }
        var wait = backoff(attempt: attempt, jitter: jitter)
        if case .answer(let answer) = result, let asked = RetryAfter.wait(asked: answer, now: now) { wait = asked }
        guard wait <= longestWait else { return .stop }
        guard result.mayHaveHappened else { return .again(after: wait) }
        switch repeatability {
        case .freely, .keyed: return .again(after: wait)
        case .afterAsking(let question): return .ask(after: wait, question)
        case .onlyIfRefused: return .stop
        }
    }

    private static func isPassing(_ result: AttemptResult) -> Bool {
        switch result {
        case .answer(let answer): answer.status == 429 || passingStatuses.contains(answer.status)
        case .failure(let failure): !failure.isPermanent && failure.stage != .cancelled
        }
    }

    /// 200, 400, 800 ms.
    private static func backoff(attempt: Int, jitter: Double) -> Duration {
        let full = 200 << (attempt - 1)
        return .milliseconds(Int(Double(full) * (0.75 + 0.5 * jitter)))
    }
}
