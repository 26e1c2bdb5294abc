import SwitchboardCore
import SwitchboardHTTP
import Testing

/// libcurl repeats a request by itself on a kept connection that the server closed; here it must not.
@Suite struct SendOnceTests {
    /// Answers the first request and closes the connection of every other without an answer.
    private func server(thenEndingWith next: TestServer.Next) -> TestServer {
        TestServer { request, connection in request.number == 1 ? connection.answer(200, "ok") : next }
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "GET"], [TestServer.Next.close, .reset])
    func aRequestReadAndDroppedOnAKeptConnectionIsNotRepeated(method: String, next: TestServer.Next) async throws {
        try await withServer(server(thenEndingWith: next)) { transport, server in
            _ = try await transport.send(HTTPRequest(method, server.url))
            let failure = await #expect(throws: TransportFailure.self) {
                _ = try await transport.send(HTTPRequest(method, server.url))
            }
            #expect(failure?.stage == .maybeSent)
            #expect(failure?.timedOut == false)
            #expect(server.requests.map(\.number) == [1, 2])
            #expect(server.requests.map(\.connection) == [1, 1])
        }
    }

    @Test func aRequestWithABodyIsNotRepeatedEither() async throws {
        try await withServer(server(thenEndingWith: .close)) { transport, server in
            let request = HTTPRequest("POST", server.url, body: Array("{\"phone\":1}".utf8))
            _ = try await transport.send(request)
            let failure = await #expect(throws: TransportFailure.self) { _ = try await transport.send(request) }
            #expect(failure?.message == "the server closed the connection without an answer")
            #expect(server.requests.count == 2)
        }
    }

    @Test func aConnectionThatTheServerClosedWhileIdleIsNotUsedAgain() async throws {
        let server = TestServer { request, connection in
            _ = connection.answer(200, "ok")
            return .close
        }
        try await withServer(server) { transport, server in
            for number in 1...3 {
                let answer = try await transport.send(HTTPRequest("POST", server.url, body: [0x7B, 0x7D]))
                #expect(answer.status == 200)
                #expect(await eventually { server.openConnections == 0 })
                #expect(server.connectionCount == number)
            }
            #expect(server.requests.count == 3)
        }
    }

    @Test func aPassingAnswerIsNotRepeatedByTheTransport() async throws {
        let server = TestServer { _, connection in connection.answer(503, "", headers: "Retry-After: 0\r\n") }
        try await withServer(server) { transport, server in
            let answer = try await transport.send(HTTPRequest("GET", server.url))
            #expect(answer.status == 503)
            #expect(server.requests.count == 1)
        }
    }
}
