import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage

/// A question that is asked until the answer is true.
struct WaitUntil {
    private let timeout: Duration
    private let every: Duration

    /// Reads the flags; throws `invalid_argument` for a time that is none.
    init(_ flags: [String: Value]) throws {
        timeout = try Self.duration(flags["timeout"]) ?? .zero
        every = try Self.duration(flags["every"]) ?? .seconds(2)
    }

    private static func duration(_ value: Value?) throws -> Duration? {
        guard case .duration(let duration)? = value else { return nil }
        guard duration > .zero else {
            throw SwitchboardError(.invalidArgument, "wait-until takes times that are longer than nothing")
        }
        return duration
    }

    /// Asks at once, then at every interval, and for the last time when the time is over; an answer that is under way
    /// then is waited for no longer than one more interval.
    ///
    /// Throws `timeout`; a failure that may be over later counts as an answer that is not true.
    func run(in run: RunSession, at span: Span, _ question: (RunSession) throws -> Value) throws {
        if let plan = run.plan { return try plan.expect(at: span) { try question(run) } }
        let begin = run.now
        var asked = 0
        var answer = "there was no answer"
        try run.cancel.withLinkedToken { token in
            let (sleep, longest) = (run.host.time.sleep, timeout + every)
            let timer = Task { if (try? await sleep(longest)) != nil { token.cancel() } }
            defer { timer.cancel() }
            let part = run.part(cancel: token)
            defer { run.part.add(part.part) }
            do {
                while true {
                    let left = timeout - .seconds(run.now.timeIntervalSince(begin))
                    asked += 1
                    do {
                        let value = try question(part)
                        if try isTrue(value, span) { return }
                        answer = "the last answer was \(value.spokenText)"
                    } catch let fault as RunFault where fault.mayBeOverLater {
                        answer = "at last \(fault.error.message)"
                    }
                    guard left > .zero else { throw RunFault(error: over(asked, answer), span: span) }
                    try RunFault.at(span) { try part.pause(min(every, left)) }
                }
            } catch let fault as RunFault where fault.error.code == .cancelled && !run.cancel.isCancelled {
                throw RunFault(error: over(asked, answer), span: span)
            }
        }
    }

    private func over(_ asked: Int, _ answer: String) -> SwitchboardError {
        let count = asked == 1 ? "once" : "\(asked) times"
        return SwitchboardError(
            .timeout, "not true within \(DurationText.text(timeout)): asked \(count), \(answer)")
    }
}

extension RunFault {
    /// Whether the same question may have an answer later.
    fileprivate var mayBeOverLater: Bool {
        (error.isRetryable || [.unreachable, .rateLimited].contains(error.code)) && !error.mayHaveHappened
    }
}
