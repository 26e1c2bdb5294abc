import SwitchboardCore
@testable import SwitchboardHTTP
import Testing

/// How every kind of broken exchange is told, and how far it says to have come.
@Suite struct TransportFailureTests {
    private func failure(
        of request: HTTPRequest, at transport: CurlTransport = CurlTransport()
    ) async -> TransportFailure? {
        await #expect(throws: TransportFailure.self) { _ = try await transport.send(request) }
    }

    private func failure(of server: TestServer, maximumAnswerBytes: Int = 1 << 20) async -> TransportFailure? {
        defer { server.stop() }
        return await failure(
            of: HTTPRequest(
                "POST", server.url, deadline: .seconds(5), maximumAnswerBytes: maximumAnswerBytes))
    }

    @Test func aClosedPortMeansNotSent() async {
        let failure = await failure(of: HTTPRequest("POST", "http://127.0.0.1:\(TestServer.freePort())/"))
        #expect(failure?.stage == .notSent)
        #expect(failure?.isPermanent == false)
        #expect(failure?.message.contains("Couldn't connect") == true, "\(failure?.message ?? "")")
    }

    @Test func aNameThatDoesNotExistMeansNotSent() async {
        let failure = await failure(of: HTTPRequest("POST", "https://switchboard.invalid/", deadline: .seconds(2)))
        #expect(failure?.stage == .notSent)
    }

    @Test func aSilentServerMeansMaybeSent() async {
        let hangUps = Record(0)
        let server = TestServer { _, connection in
            if !connection.wait(milliseconds: 600_000) { hangUps.change { $0 += 1 } }
            return .close
        }
        defer { server.stop() }
        let start = ContinuousClock.now
        let failure = await failure(of: HTTPRequest("POST", server.url, deadline: .milliseconds(250)))
        #expect(failure == TransportFailure(.maybeSent, timedOut: true, "no answer within 250 ms"))
        #expect(ContinuousClock.now - start >= .milliseconds(250))
        #expect(await eventually { hangUps.value == 1 })
    }

    @Test func theDeadlineHoldsForASlowTrickle() async {
        let server = TestServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while connection.send("x") && connection.wait(milliseconds: 20) {}
            return .close
        }
        defer { server.stop() }
        let failure = await failure(of: HTTPRequest("POST", server.url, deadline: .milliseconds(300)))
        #expect(failure?.stage == .maybeSent)
        #expect(failure?.timedOut == true)
    }

    @Test func aHandshakeThatNeverEndsMeansNotSent() async {
        let server = TestServer.answering("never")
        defer { server.stop() }
        // The server waits for an HTTP request and says nothing, so TLS never comes about.
        let failure = await failure(
            of: HTTPRequest("POST", "https://127.0.0.1:\(server.port)/", deadline: .milliseconds(300)))
        #expect(failure == TransportFailure(.notSent, timedOut: true, "no connection within 300 ms"))
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [TestServer.Next.close, .reset])
    func aConnectionClosedAfterReadingMeansMaybeSent(next: TestServer.Next) async {
        #expect(await failure(of: TestServer { _, _ in next })?.stage == .maybeSent)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    ])
    func halfAnAnswerMeansMaybeSent(bytes: String) async {
        let server = TestServer { _, connection in
            connection.send(bytes)
            return .close
        }
        let stage = await failure(of: server)?.stage
        #expect(stage == .maybeSent)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Le", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/9.1 200 OK\r\n\r\n",
        "\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\n",
    ])
    func garbageIsNoAnswer(bytes: String) async {
        let server = TestServer { _, connection in
            connection.send(bytes)
            return .close
        }
        let failure = await failure(of: server)
        #expect(failure?.stage == .answerInvalid, "\(failure?.message ?? "")")
    }

    @Test(arguments: ["Content-Length: 5000", "Transfer-Encoding: chunked", "Connection: close"])
    func aBodyOverTheLimitIsNoAnswer(framing: String) async {
        let server = TestServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n")
            let chunk = String(repeating: "x", count: 0x400)
            let piece = framing.hasPrefix("Transfer") ? "400\r\n\(chunk)\r\n" : chunk
            while connection.send(piece) {}
            return .close
        }
        let failure = await failure(of: server, maximumAnswerBytes: 4096)
        #expect(failure?.stage == .answerInvalid)
        #expect(failure?.isPermanent == true)
        #expect(failure?.message.contains("larger than 4096 bytes") == true)
    }

    @Test func aBodyOfExactlyTheLimitIsAnAnswer() async throws {
        try await withServer(.answering("12345")) { transport, server in
            let answer = try await transport.send(HTTPRequest("GET", server.url, maximumAnswerBytes: 5))
            #expect(answer.body.count == 5)
        }
    }

    @Test(arguments: ["X-Endless: \(String(repeating: "h", count: 1000))\r\n", "h", "\r\nHTTP/1.1 100 Continue\r\n"])
    func anEndlessHeaderIsNoAnswer(piece: String) async {
        let server = TestServer { _, connection in
            connection.send("HTTP/1.1 \(piece.hasPrefix("\r") ? "100 Continue" : "200 OK")\r\n")
            while connection.send(piece) {}
            return .close
        }
        #expect(await failure(of: server)?.stage == .answerInvalid)
    }

    /// Both have to wake the loop: on a loaded machine the one takes as much longer as the other.
    ///
    /// Nothing else would end the exchange for an hour, and a loop that is not woken looks about it once a second.
    @Test func cancellingTheTaskEndsTheExchangeAsSoonAsSendingBeginsIt() async throws {
        let moments = Record((sent: [Moment](), arrived: [Moment](), cancelled: [Moment](), hungUp: [Moment]()))
        let server = TestServer { _, connection in
            moments.change { $0.arrived.append(.now) }
            if !connection.wait(milliseconds: 3_600_000) { moments.change { $0.hungUp.append(.now) } }
            return .close
        }
        defer { server.stop() }
        let transport = CurlTransport()
        for round in 1...9 {
            let task = Task {
                moments.change { $0.sent.append(.now) }
                return try await transport.send(HTTPRequest("POST", server.url, deadline: .seconds(3600)))
            }
            try #require(await eventually { moments.value.arrived.count == round })
            moments.change { $0.cancelled.append(.now) }
            task.cancel()
            try #require(await eventually { moments.value.hungUp.count == round })
            let failure = await #expect(throws: TransportFailure.self) { _ = try await task.value }
            #expect(failure?.stage == .cancelled)
        }
        let (begins, ends) = (
            median(moments.value.sent, moments.value.arrived), median(moments.value.cancelled, moments.value.hungUp)
        )
        #expect(ends < begins * 10 + .milliseconds(50), "begun within \(begins), ended within \(ends)")
    }

    private typealias Moment = ContinuousClock.Instant

    private func median(_ from: [Moment], _ to: [Moment]) -> Duration {
        zip(from, to).map { $1 - $0 }.sorted()[from.count / 2]
    }

    @Test func aTaskCancelledBeforeItSendsSendsNothing() async {
        let server = TestServer.answering("ok")
        defer { server.stop() }
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await CurlTransport().send(HTTPRequest("POST", server.url))
        }
        task.cancel()
        let failure = await #expect(throws: TransportFailure.self) { _ = try await task.value }
        #expect(failure?.stage == .cancelled)
        #expect(server.connectionCount == 0)
    }

    @Test func cancellingAtAnyMomentEndsEveryRequest() async {
        let server = TestServer.answering("ok")
        defer { server.stop() }
        let transport = CurlTransport()
        var ended = 0
        for delay in 0..<200 {
            let task = Task { try await transport.send(HTTPRequest("GET", server.url)) }
            try? await Task.sleep(for: .microseconds(delay * 5))
            task.cancel()
            switch await task.result {
            case .success(let answer): ended += answer.status == 200 ? 1 : 0
            case .failure(let error): ended += (error as? TransportFailure)?.stage == .cancelled ? 1 : 0
            }
        }
        #expect(ended == 200)
    }
}
