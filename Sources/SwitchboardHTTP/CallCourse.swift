import SwitchboardCore

/// What is known of one call while its attempts go on, and the error or reply that it ends with.
struct CallCourse {
    let call: ServiceCall
    private let provider: String
    /// How often the request was sent.
    private(set) var attempts = 0
    /// What an earlier attempt and the last one may have done.
    private var earlierMayHaveHappened = false
    private var lastMayHaveHappened = false
    /// The vendor says that the change took place.
    private var hasHappened = false

    init(call: ServiceCall, provider: String) {
        self.call = call
        self.provider = provider
    }

    /// Counts an attempt.
    mutating func record(_ result: AttemptResult) {
        attempts += 1
        earlierMayHaveHappened = earlierMayHaveHappened || lastMayHaveHappened
        lastMayHaveHappened = result.mayHaveHappened
    }

    /// Asks whether the change took place; true when it did or when that cannot be found out.
    mutating func isOver(asking question: @Sendable () async throws -> Bool) async throws -> Bool {
        do {
            hasHappened = try await question()
            return hasHappened
        } catch {
            if Task.isCancelled || error is CancellationError { throw interruption(error) }
            return true
        }
    }

    /// The reply, or the error of a failure.
    func end(with result: AttemptResult) throws -> ServiceReply {
        switch result {
        case .answer(let answer):
            return ServiceReply(
                answer, attempts: attempts, earlierMayHaveHappened: isWrite && earlierMayHaveHappened)
        case .failure(let failure):
            throw error(of: failure)
        }
    }

    /// The error of a call that was broken off before or between attempts.
    func interruption(_ error: any Error) -> SwitchboardError {
        var wrapped = SwitchboardError(wrapping: error)
        if Task.isCancelled || wrapped.code == .cancelled {
            wrapped = SwitchboardError(.cancelled, "\(call.operation) at \(provider) was cancelled")
        }
        wrapped.provider = provider
        wrapped.attempts = attempts
        wrapped.mayHaveHappened = mayHaveHappened
        return wrapped
    }

    private var isWrite: Bool { if case .freely = call.repeatability { false } else { true } }
    private var mayHaveHappened: Bool { isWrite && (earlierMayHaveHappened || lastMayHaveHappened) }

    private var isRepeatable: Bool {
        switch call.repeatability {
        case .freely, .keyed: true
        case .afterAsking, .onlyIfRefused: !mayHaveHappened
        }
    }

    private func error(of failure: TransportFailure) -> SwitchboardError {
        if failure.stage == .cancelled { return interruption(CancellationError()) }
        return SwitchboardError(
            failure.stage == .answerInvalid ? .badAnswer : .unreachable, message(of: failure), provider: provider,
            isRetryable: isRepeatable && !failure.isPermanent, mayHaveHappened: mayHaveHappened, attempts: attempts,
            cause: failure.message)
    }

    private func message(of failure: TransportFailure) -> String {
        if hasHappened { return "the answer of \(provider) was lost; \(call.operation) took place" }
        return switch failure.stage {
        case .answerInvalid: "an answer of \(provider) cannot be used: \(failure.message)"
        case .notSent where failure.isPermanent: "cannot reach \(provider): \(failure.message)"
        case .notSent: "no connection to \(provider)"
        case .maybeSent where failure.timedOut: "no answer from \(provider) within \(call.request.deadline.inWords)"
        case .maybeSent, .cancelled: "no answer from \(provider)"
        }
    }
}
