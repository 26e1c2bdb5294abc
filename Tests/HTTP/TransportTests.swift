import SwitchboardCore
@testable import SwitchboardHTTP
import Synchronization
import Testing

/// Runs the body with a transport and a server, and ends both.
///
/// However long the machine keeps a test waiting, no connection is too old for it.
func withServer(
    _ server: TestServer, longestIdle: Duration = .seconds(86_400),
    _ body: (CurlTransport, TestServer) async throws -> Void
) async throws {
    let transport = CurlTransport(longestIdle: longestIdle)
    defer {
        transport.shutdown()
        server.stop()
    }
    try await body(transport, server)
}

@Suite struct TransportTests {
    @Test func sendsWhatTheRequestSaysAndNothingElse() async throws {
        try await withServer(.answering("yes")) { transport, server in
            let answer = try await transport.send(
                HTTPRequest(
                    "POST", server.url + "/a/../b?n=%2B14155550100",
                    headers: [
                        HTTPField("Authorization", "Bearer t"), HTTPField("Content-Type", "application/json"),
                        HTTPField("X-Empty", ""),
                    ], body: Array("{}".utf8)))
            #expect(answer.status == 200)
            #expect(answer.body == Array("yes".utf8))
            #expect(answer.header("content-LENGTH") == "3")
            #expect(
                server.requests.map(\.head) == [
                    "POST /a/../b?n=%2B14155550100 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"
                        + "Authorization: Bearer t\r\nContent-Type: application/json\r\nX-Empty:\r\n"
                        + "Content-Length: 2\r\n\r\n"
                ])
            #expect(server.requests.map(\.body) == ["{}"])
        }
    }

    @Test(
        arguments: [
            ("GET", "", nil), ("GET", "q", "1"), ("POST", "", "0"), ("PUT", "x", "1"), ("DELETE", "", nil),
            ("DELETE", "x", "1"), ("PATCH", "xy", "2"), ("HEAD", "", nil),
        ] as [(String, String, String?)])
    func keepsMethodAndBodyTogether(method: String, body: String, length: String?) async throws {
        let server = TestServer { request, connection in
            connection.answer(200, request.line.hasPrefix("HEAD") ? "" : request.body)
        }
        try await withServer(server) { transport, server in
            let answer = try await transport.send(HTTPRequest(method, server.url + "/", body: Array(body.utf8)))
            #expect(answer.body == Array(body.utf8))
            #expect(server.requests.map(\.line) == ["\(method) / HTTP/1.1"])
            #expect(server.requests.map { $0.header("Content-Length") } == [length])
        }
    }

    @Test func carriesLargeBodiesBothWays() async throws {
        let server = TestServer { request, connection in connection.answer(200, request.body) }
        try await withServer(server) { transport, server in
            let body = (0..<3_000_000).map { UInt8(0x20 + $0 % 90) }
            let answer = try await transport.send(HTTPRequest("POST", server.url, body: body))
            #expect(answer.body == body)
            #expect(server.requests.map { $0.header("Expect") } == [nil])
        }
    }

    @Test func readsTheLastHeaderBlockOnly() async throws {
        let server = TestServer { _, connection in
            connection.send("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n")
            connection.send("HTTP/1.1 429 Slow\r\nRetry-After:  7 \r\nX-Folded: a\r\n b\r\n")
            connection.send("Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Trailer: 1\r\n\r\n")
            return .keep
        }
        try await withServer(server) { transport, server in
            let answer = try await transport.send(HTTPRequest("GET", server.url))
            #expect(answer.status == 429)
            #expect(answer.body == Array("hi".utf8))
            #expect(answer.header("Retry-After") == "7")
            #expect(answer.header("X-Folded") == "a b")
            #expect(answer.header("X-Interim") == nil)
            #expect(answer.header("X-Trailer") == nil)
        }
    }

    @Test func usesAConnectionAgain() async throws {
        try await withServer(.answering("ok")) { transport, server in
            for _ in 1...5 { _ = try await transport.send(HTTPRequest("POST", server.url, body: [0x7B, 0x7D])) }
            #expect(server.requests.count == 5)
            #expect(server.connectionCount == 1)
        }
    }

    /// The server keeps it open: who sends the next request on it may meet a server that is about to close it.
    @Test func aConnectionIsNotUsedAgainAfterALongRest() async throws {
        try await withServer(.answering("ok"), longestIdle: .seconds(1)) { transport, server in
            _ = try await transport.send(HTTPRequest("POST", server.url))
            try await Task.sleep(for: .milliseconds(2100))
            _ = try await transport.send(HTTPRequest("POST", server.url))
            #expect(server.connectionCount == 2)
        }
    }

    @Test(arguments: [200, 400]) func holdsManyRequestsAtOnce(count: Int) async throws {
        let server = TestServer { request, connection in
            _ = connection.wait(milliseconds: 20)
            return connection.answer(200, request.line)
        }
        try await withServer(server) { transport, server in
            let answers = try await withThrowingTaskGroup(of: (Int, HTTPAnswer).self) { group in
                for index in 0..<count {
                    group.addTask { (index, try await transport.send(HTTPRequest("GET", server.url + "/\(index)"))) }
                }
                return try await group.reduce(into: [Int: String]()) {
                    $0[$1.0] = String(decoding: $1.1.body, as: UTF8.self)
                }
            }
            #expect(answers.count == count)
            #expect(answers.allSatisfy { $0.value == "GET /\($0.key) HTTP/1.1" })
            #expect(server.connectionCount <= 256)
        }
    }

    @Test func startsNothingBeforeTheFirstRequest() async throws {
        let transport = CurlTransport(library: "libnothing-of-that-name.so.4")
        let failure = await #expect(throws: TransportFailure.self) {
            _ = try await transport.send(HTTPRequest("GET", "http://127.0.0.1:1/"))
        }
        #expect(failure?.stage == .notSent)
        #expect(failure?.isPermanent == true)
        #expect(failure?.message.contains("the Debian package libcurl4 has it") == true)
    }

    @Test func shutdownEndsWhatIsUnderWayAndRefusesTheRest() async throws {
        let server = TestServer { _, connection in
            _ = connection.wait(milliseconds: 60_000)
            return .close
        }
        try await withServer(server) { transport, server in
            let request = HTTPRequest("GET", server.url, deadline: .seconds(60))
            let pending = Task { try await transport.send(request) }
            #expect(await eventually { server.requests.count == 1 })
            transport.shutdown()
            let cut = await #expect(throws: TransportFailure.self) { _ = try await pending.value }
            #expect(cut?.stage == .cancelled)
            let late = await #expect(throws: TransportFailure.self) { _ = try await transport.send(request) }
            #expect(late?.stage == .notSent)
        }
    }

    @Test func endsItsThreadAndConnectionsWhenItGoesAway() async throws {
        let server = TestServer.answering("ok")
        defer { server.stop() }
        for _ in 1...3 { _ = try await CurlTransport().send(HTTPRequest("GET", server.url)) }
        #expect(await eventually { server.openConnections == 0 })
    }
}
