import FoundationEssentials
import SwitchboardCore
@testable import SwitchboardHTTP
import SwitchboardTestKit
import Testing

/// Which call is sent how often, with which waits, and what the caller learns.
@Suite struct RetryTests {
    private let clock = ManualClock(skipsWaits: true)

    private func client(_ transport: any HTTPTransport, limits: RequestLimits? = nil) -> ServiceClient {
        ServiceClient(
            provider: "acme",
            context: ProviderContext(
                profile: "test", settings: ProviderSettings(), transport: transport, limits: limits, time: clock.time))
    }

    private func call(_ repeatability: Repeatability) -> ServiceCall {
        ServiceCall(HTTPRequest("POST", "https://api.example.com/buy"), operation: "Buy", repeatability: repeatability)
    }

    private func error(_ repeatability: Repeatability, _ transport: ScriptedTransport) async -> SwitchboardError? {
        let client = client(transport)
        return await #expect(throws: SwitchboardError.self) { _ = try await client.send(call(repeatability)) }
    }

    /// The waits are 200, 400 and 800 ms, each give or take a quarter.
    private func expectBackoff(_ count: Int) {
        #expect(clock.waits.count == count)
        for (wait, middle) in zip(clock.waits, [200, 400, 800]) {
            #expect(wait >= .milliseconds(middle * 3 / 4) && wait <= .milliseconds(middle * 5 / 4))
        }
    }

    @Test(arguments: [200, 201, 301, 400, 401, 403, 404, 409, 412, 418, 422, 501])
    func otherStatusesAreAnswersAtOnce(status: Int) async throws {
        let transport = ScriptedTransport(.answer(status))
        let reply = try await client(transport).send(call(.freely))
        #expect(reply.answer.status == status)
        #expect(reply.attempts == 1)
        #expect(!reply.earlierMayHaveHappened)
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [408, 500, 502, 503, 504], [Repeatability.freely, .keyed])
    func passingStatusesAreRepeated(status: Int, repeatability: Repeatability) async throws {
        let transport = ScriptedTransport(.answer(status), .answer(status), .answer(200))
        let reply = try await client(transport).send(call(repeatability))
        #expect(reply.answer.status == 200)
        #expect(reply.attempts == 3)
        expectBackoff(2)
    }

    @Test func fourAttemptsAreTheMost() async throws {
        let transport = ScriptedTransport(.answer(503, [], "last"))
        let reply = try await client(transport).send(call(.keyed))
        #expect(reply.answer.status == 503)
        #expect(reply.attempts == 4)
        #expect(reply.earlierMayHaveHappened)
        #expect(transport.requests.count == 4)
        expectBackoff(3)
    }

    @Test func aReadThatIsNeverAnsweredIsUnreachable() async {
        let error = await error(.freely, ScriptedTransport(.lost))
        #expect(error?.code == .unreachable)
        #expect(error?.message == "no answer from acme within 10 s")
        #expect(error?.cause == "no answer within 10 s")
        #expect(error?.provider == "acme")
        #expect(error?.attempts == 4)
        #expect(error?.isRetryable == true)
        #expect(error?.mayHaveHappened == false)
        expectBackoff(3)
    }

    @Test func aKeyedWriteThatWasLostOnceMayHaveHappened() async {
        let error = await error(.keyed, ScriptedTransport(.lost, .refused, .refused, .refused))
        #expect(error?.message == "no connection to acme")
        #expect(error?.mayHaveHappened == true)
        #expect(error?.isRetryable == true)
    }

    @Test func aWriteThatWasNeverSentHasNotHappened() async {
        let error = await error(.onlyIfRefused, ScriptedTransport(.refused))
        #expect(error?.attempts == 4)
        #expect(error?.mayHaveHappened == false)
        #expect(error?.isRetryable == true)
    }

    @Test func aPlainWriteIsNotRepeatedAfterALostAnswer() async {
        let transport = ScriptedTransport(.refused, .lost)
        let error = await error(.onlyIfRefused, transport)
        #expect(transport.requests.count == 2)
        #expect(error?.mayHaveHappened == true)
        #expect(error?.isRetryable == false)
    }

    @Test(arguments: [408, 500, 502, 503, 504]) func aPlainWriteIsNotRepeatedAfterAFault(status: Int) async throws {
        let transport = ScriptedTransport(.answer(status))
        let reply = try await client(transport).send(call(.onlyIfRefused))
        #expect(reply.answer.status == status)
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [Repeatability.freely, .keyed, .onlyIfRefused, .afterAsking { throw CancellationError() }])
    func aRefusalForHasteIsRepeatedForAll(repeatability: Repeatability) async throws {
        let transport = ScriptedTransport(.answer(429), .answer(200))
        let reply = try await client(transport).send(call(repeatability))
        #expect(reply.answer.status == 200)
        #expect(!reply.earlierMayHaveHappened)
        expectBackoff(1)
    }

    @Test(arguments: [
        ("0", Duration.zero), ("7", .seconds(7)), ("60", .seconds(60)), ("Fri, 15 Jan 2027 08:00:12 GMT", .seconds(12)),
        ("Fri, 15 Jan 2027 07:00:00 GMT", .zero),
    ])
    func retryAfterDecidesTheWait(text: String, wait: Duration) async throws {
        let transport = ScriptedTransport(.answer(429, [HTTPField("retry-after", text)]), .answer(200))
        let reply = try await client(transport).send(call(.onlyIfRefused))
        #expect(reply.attempts == 2)
        #expect(clock.waits == [wait])
    }

    @Test(arguments: ["61", "99999999999999999999999", "Fri, 15 Jan 2027 08:01:01 GMT"])
    func aLongRetryAfterIsNotWaitedFor(text: String) async throws {
        let transport = ScriptedTransport(.answer(429, [HTTPField("Retry-After", text)]))
        let reply = try await client(transport).send(call(.freely))
        #expect(reply.answer.status == 429)
        #expect(reply.attempts == 1)
        #expect(clock.waits.isEmpty)
    }

    @Test(arguments: ["soon", "-1", "1.5", "", "Fri, 32 Jan 2027 08:00:12 GMT", "Fri, 15 Jan 2027 24:00:00 GMT"])
    func anUnreadableRetryAfterMeansBackoff(text: String) async throws {
        let transport = ScriptedTransport(.answer(503, [HTTPField("Retry-After", text)]), .answer(200))
        _ = try await client(transport).send(call(.freely))
        expectBackoff(1)
    }

    @Test func aWriteIsRepeatedWhenTheVendorSaysItDidNotHappen() async throws {
        let questions = Record(0)
        let transport = ScriptedTransport(.lost, .answer(502), .answer(200))
        let reply = try await client(transport).send(
            call(
                .afterAsking {
                    questions.change { $0 += 1 }
                    return false
                }))
        #expect(reply.answer.status == 200)
        #expect(reply.attempts == 3)
        #expect(reply.earlierMayHaveHappened)
        #expect(questions.value == 2)
        expectBackoff(2)
    }

    @Test func aWriteThatHappenedIsNotRepeated() async throws {
        let fault = ScriptedTransport(.answer(503))
        let reply = try await client(fault).send(call(.afterAsking { true }))
        #expect(reply.answer.status == 503)
        #expect(fault.requests.count == 1)

        let lost = ScriptedTransport(.lost)
        let error = await error(.afterAsking { true }, lost)
        #expect(lost.requests.count == 1)
        #expect(error?.code == .unreachable)
        #expect(error?.message == "the answer of acme was lost; Buy took place")
        #expect(error?.mayHaveHappened == true)
        #expect(error?.isRetryable == false)
    }

    @Test func aQuestionThatFailsEndsTheCall() async {
        let transport = ScriptedTransport(.lost)
        let error = await error(.afterAsking { throw SwitchboardError(.unreachable, "no") }, transport)
        #expect(transport.requests.count == 1)
        #expect(error?.message == "no answer from acme within 10 s")
        #expect(error?.mayHaveHappened == true)
    }

    @Test func nobodyAsksAboutARequestThatNeverLeft() async throws {
        let transport = ScriptedTransport(.refused, .answer(200))
        let reply = try await client(transport).send(call(.afterAsking { throw SwitchboardError(.internal, "asked") }))
        #expect(reply.attempts == 2)
        #expect(!reply.earlierMayHaveHappened)
    }

    @Test func theQuestionMayUseTheSameClientUnderALimitOfOne() async throws {
        let client = client(ScriptedTransport(.lost, .answer(404), .answer(200)), limits: RequestLimits(concurrency: 1))
        let read = call(.freely)
        let reply = try await client.send(call(.afterAsking { try await client.send(read).answer.status == 200 }))
        #expect(reply.answer.status == 200)
        #expect(reply.attempts == 2)
    }

    @Test func aPermanentFailureIsNotRepeated() async {
        let failure = TransportFailure(.notSent, isPermanent: true, "plain http is for this machine only")
        let error = await error(.freely, ScriptedTransport(.failure(failure)))
        #expect(error?.attempts == 1)
        #expect(error?.message == "cannot reach acme: plain http is for this machine only")
        #expect(error?.isRetryable == false)
    }

    @Test func anAnswerThatIsNoneIsABadAnswer() async {
        let failure = TransportFailure(.answerInvalid, "the answer is not HTTP")
        let error = await error(.onlyIfRefused, ScriptedTransport(.failure(failure)))
        #expect(error?.code == .badAnswer)
        #expect(error?.message == "an answer of acme cannot be used: the answer is not HTTP")
        #expect(error?.mayHaveHappened == true)
        #expect(error?.attempts == 1)
    }

    @Test(arguments: [(Repeatability.freely, false), (.keyed, true), (.onlyIfRefused, true)])
    func aCancelledWriteMayHaveHappened(repeatability: Repeatability, mayHaveHappened: Bool) async {
        let failure = TransportFailure(.cancelled, "the request was cancelled")
        let error = await error(repeatability, ScriptedTransport(.failure(failure)))
        #expect(error?.code == .cancelled)
        #expect(error?.message == "Buy at acme was cancelled")
        #expect(error?.mayHaveHappened == mayHaveHappened)
        #expect(error?.attempts == 1)
    }

    @Test func cancellingDuringAWaitSaysWhatIsKnown() async {
        let clock = ManualClock()
        let transport = ScriptedTransport(.lost)
        let client = ServiceClient(
            provider: "acme",
            context: ProviderContext(
                profile: "test", settings: ProviderSettings(), transport: transport, time: clock.time))
        let call = call(.keyed)
        let task = Task { try await client.send(call) }
        #expect(await eventually { clock.sleeperCount == 1 })
        task.cancel()
        let error = await #expect(throws: SwitchboardError.self) { _ = try await task.value }
        #expect(error?.code == .cancelled)
        #expect(error?.attempts == 1)
        #expect(error?.mayHaveHappened == true)
    }

    @Test func aTaskCancelledBeforehandSendsNothing() async {
        let transport = ScriptedTransport(.answer(200))
        let client = client(transport, limits: RequestLimits(perSecond: 1, concurrency: 1))
        let call = call(.onlyIfRefused)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await client.send(call)
        }
        task.cancel()
        let error = await #expect(throws: SwitchboardError.self) { _ = try await task.value }
        #expect(error?.code == .cancelled)
        #expect(error?.attempts == 0)
        #expect(error?.mayHaveHappened == false)
        #expect(transport.requests.isEmpty)
    }
}
