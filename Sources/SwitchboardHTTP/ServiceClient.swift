import FoundationEssentials
public import SwitchboardCore

/// One call of a vendor's API.
public struct ServiceCall: Sendable {
    /// The request; its headers and body never reach the log.
    public var request: HTTPRequest
    /// The vendor's name of the operation, for messages and the log.
    public var operation: String
    /// When the call may be sent again.
    public var repeatability: Repeatability

    /// Makes a call.
    public init(_ request: HTTPRequest, operation: String, repeatability: Repeatability) {
        self.request = request
        self.operation = operation
        self.repeatability = repeatability
    }
}

/// When a call may be sent again after a failure.
public enum Repeatability: Sendable {
    /// Always: it reads, or it sets what a repetition sets again.
    case freely
    /// Always: the vendor recognises the repetition by a key that the request carries.
    case keyed
    /// After asking whether it happened: the closure returns true when it did, and the call is then not sent again.
    case afterAsking(@Sendable () async throws -> Bool)
    /// Only where it surely had no effect: the request never left, or the vendor refused it with 429.
    case onlyIfRefused
}

/// A vendor's answer, with how often the vendor was asked.
public struct ServiceReply: Sendable {
    /// The last answer, whatever its status.
    public var answer: HTTPAnswer
    /// How often the request was sent.
    public var attempts: Int
    /// Whether an attempt before the last may have taken effect, so that this answer may speak of its work.
    public var earlierMayHaveHappened: Bool

    /// Makes a reply.
    public init(_ answer: HTTPAnswer, attempts: Int, earlierMayHaveHappened: Bool = false) {
        self.answer = answer
        self.attempts = attempts
        self.earlierMayHaveHappened = earlierMayHaveHappened
    }
}

/// Sends the calls of one provider account under one rate and concurrency limit, and repeats what may be repeated.
///
/// A call is sent four times at most. 429 is waited out for every call; 408, 500, 502, 503, 504, a lost connection
/// and a lost answer are repeated as the call's `Repeatability` allows. The waits are 200, 400 and 800 ms, each give or
/// take a quarter, or what `Retry-After` says, up to 60 seconds. A place in the concurrency limit is held while a
/// request is under way and not between attempts.
public final class ServiceClient: Sendable {
    private let provider: String
    private let context: ProviderContext
    private let places: ConcurrencyLimiter?
    private let rate: RateLimiter?

    /// Makes the client of one account; opens nothing.
    public init(provider: String, context: ProviderContext) {
        self.provider = provider
        self.context = context
        self.places = context.limits?.concurrency.map { ConcurrencyLimiter(limit: $0) }
        self.rate = context.limits?.perSecond.map { RateLimiter(perSecond: $0, time: context.time) }
    }

    /// Sends a call and returns the last answer, whatever its status.
    ///
    /// Throws `SwitchboardError` with provider and attempts: `unreachable`, `bad_answer` or `cancelled`;
    /// `mayHaveHappened` tells whether a write may have taken place, and is false for calls that repeat freely.
    ///
    /// When the question of `afterAsking` says that the change took place, its result still has to be looked up: the
    /// answer of the last attempt is returned where there was one, such as a 503; else the error is `unreachable`
    /// with `mayHaveHappened`. The same holds when the question itself fails.
    public func send(_ call: ServiceCall) async throws -> ServiceReply {
        var course = CallCourse(call: call, provider: provider)
        while true {
            let result = try await attempt(course)
            course.record(result)
            let step = RetryPolicy.step(
                after: result, attempt: course.attempts, repeatability: call.repeatability, now: context.time.now(),
                jitter: Double.random(in: 0...1))
            switch step {
            case .stop:
                return try course.end(with: result)
            case .again(let wait):
                try await pause(wait, course)
            case .ask(let wait, let question):
                try await pause(wait, course)
                if try await course.isOver(asking: question) { return try course.end(with: result) }
            }
        }
    }

    /// Waits for a place and a token, sends once and writes the log's line.
    private func attempt(_ course: CallCourse) async throws -> AttemptResult {
        let number = course.attempts + 1
        do {
            guard let places else { return try await exchange(course.call, number) }
            return try await places.withPlace { try await exchange(course.call, number) }
        } catch {
            throw course.interruption(error)
        }
    }

    private func exchange(_ call: ServiceCall, _ number: Int) async throws -> AttemptResult {
        try await rate?.acquire()
        try Task.checkCancellation()
        let start = context.time.now()
        let result: AttemptResult
        do {
            result = .answer(try await context.transport.send(call.request))
        } catch let failure as TransportFailure {
            result = .failure(failure)
        } catch {
            // The transport's contract has no other error, so nothing is known of how far it came.
            result = .failure(TransportFailure(.maybeSent, isPermanent: true, "\(error)"))
        }
        if let trace = RequestTrace.current {
            if number > 1 { trace.didRepeat() }
            if case .answer(let answer) = result, let id = RequestLog.requestID(of: answer) { trace.add(requestID: id) }
        }
        if let log = context.log {
            log(RequestLog.line(call, result, attempt: number, took: context.time.now().timeIntervalSince(start)))
        }
        return result
    }

    private func pause(_ duration: Duration, _ course: CallCourse) async throws {
        do { try await context.time.sleep(duration) } catch { throw course.interruption(error) }
    }
}
