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
        // The server's own thread measures: the tests' pool may be busy.
        let clock = ContinuousClock()
        let waited = Record<[Duration]>([])
        let server = TestServer { _, connection in
            let start = clock.now
            _ = connection.wait(milliseconds: 5000)
            waited.change { $0.append(clock.now - start) }
            return .close
        }
        defer { server.stop() }
        let failure = await failure(of: HTTPRequest("POST", server.url, deadline: .milliseconds(250)))
        #expect(failure == TransportFailure(.maybeSent, timedOut: true, "no answer within 250 ms"))
        #expect(await eventually { waited.value.count == 1 })
        #expect(waited.value.allSatisfy { $0 > .milliseconds(100) && $0 < .milliseconds(4500) }, "\(waited.value)")
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

    /// The server's own thread measures, and the best of five counts: the tests' pool may be busy.
    @Test func cancellingTheTaskEndsTheExchangeAtOnce() async {
        let clock = ContinuousClock()
        let hangUps = Record<[ContinuousClock.Instant]>([])
        let server = TestServer { _, connection in
            if !connection.wait(milliseconds: 60_000) { hangUps.change { $0.append(clock.now) } }
            return .close
        }
        defer { server.stop() }
        let transport = CurlTransport()
        var latencies: [Duration] = []
        for round in 1...5 {
            let task = Task { try await transport.send(HTTPRequest("POST", server.url, deadline: .seconds(60))) }
            #expect(await eventually { server.requests.count == round })
            let start = clock.now
            task.cancel()
            let failure = await #expect(throws: TransportFailure.self) { _ = try await task.value }
            #expect(failure?.stage == .cancelled)
            #expect(await eventually { hangUps.value.count == round })
            latencies += hangUps.value.suffix(1).map { $0 - start }
        }
        #expect(latencies.contains { $0 < .milliseconds(100) }, "\(latencies)")
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
