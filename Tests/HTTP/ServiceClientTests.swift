import SwitchboardCore
@testable import SwitchboardHTTP
import SwitchboardTestKit
import Testing

/// The client over real sockets.
@Suite struct ServiceClientTests {
    private func client(
        _ transport: CurlTransport, limits: RequestLimits? = nil, log: (@Sendable (String) -> Void)? = nil
    ) -> ServiceClient {
        ServiceClient(
            provider: "acme",
            context: ProviderContext(
                profile: "test", settings: ProviderSettings(), transport: transport, limits: limits,
                time: ManualClock(skipsWaits: true).time, log: log))
    }

    @Test func readsAreRepeatedAndPlainWritesAreNot() async throws {
        let server = TestServer { request, connection in
            request.number % 2 == 1 ? .close : connection.answer(200, "ok")
        }
        try await withServer(server) { transport, server in
            let client = client(transport)
            let read = ServiceCall(HTTPRequest("GET", server.url), operation: "List", repeatability: .freely)
            let reply = try await client.send(read)
            #expect(reply.attempts == 2)
            let write = ServiceCall(HTTPRequest("POST", server.url), operation: "Buy", repeatability: .onlyIfRefused)
            let error = await #expect(throws: SwitchboardError.self) { _ = try await client.send(write) }
            #expect(error?.message == "no answer from acme")
            #expect(error?.mayHaveHappened == true)
            #expect(server.requests.map { String($0.line.prefix(4)) } == ["GET ", "GET ", "POST"])
        }
    }

    @Test func aTraceHasTheIdsAndTheRepetitions() async throws {
        let server = TestServer { request, connection in
            connection.answer(request.number == 1 ? 429 : 200, "", headers: "Request-Id: RQ\(request.number)\r\n")
        }
        try await withServer(server) { transport, server in
            let client = client(transport)
            let call = ServiceCall(HTTPRequest("POST", server.url), operation: "Buy", repeatability: .onlyIfRefused)
            let trace = RequestTrace()
            try await RequestTrace.$current.withValue(trace) {
                for _ in 0..<2 { _ = try await client.send(call) }
            }
            #expect(trace.record == .init(attempts: 2, requestIDs: ["RQ1", "RQ2", "RQ3"]))
            _ = try await client.send(call)
            #expect(trace.record.requestIDs.count == 3)
        }
    }

    @Test func neverAsksWiderThanTheLimit() async throws {
        let counts = Record((now: 0, most: 0))
        let server = TestServer { _, connection in
            counts.change {
                $0.now += 1; $0.most = max($0.most, $0.now)
            }
            _ = connection.wait(milliseconds: 3)
            counts.change { $0.now -= 1 }
            return connection.answer(200, "")
        }
        try await withServer(server) { transport, server in
            let client = client(transport, limits: RequestLimits(concurrency: 4))
            let call = ServiceCall(HTTPRequest("GET", server.url), operation: "List", repeatability: .freely)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 { group.addTask { _ = try await client.send(call) } }
                try await group.waitForAll()
            }
            #expect(counts.value.most > 1 && counts.value.most <= 4, "\(counts.value.most)")
            #expect(server.requests.count == 40)
            #expect(server.connectionCount <= 4)
        }
    }

    @Test func writesOneLineForEachAttempt() async throws {
        let lines = Record<[String]>([])
        let server = TestServer { request, connection in
            request.number == 1
                ? connection.answer(429, "body-secret", headers: "Twilio-Request-Id: RQ1\u{1b}[31m\r\n") : .close
        }
        try await withServer(server) { transport, server in
            let client = client(transport) { line in lines.change { $0.append(line) } }
            let request = HTTPRequest(
                "POST", server.url + "/buy?n=%2B14155550100&api_key=hunter2",
                headers: [HTTPField("Authorization", "Bearer header-secret")], body: Array("body-secret".utf8))
            _ = try? await client.send(ServiceCall(request, operation: "Buy", repeatability: .onlyIfRefused))
            let url = server.url + "/buy?n=%2B14155550100&api_key=[redacted]"
            #expect(
                lines.value == [
                    "POST \(url) Buy 429 0 ms attempt 1 request-id RQ1\\u{1b}[31m",
                    "POST \(url) Buy failed (the server closed the connection without an answer) 0 ms attempt 2",
                ])
        }
    }

    @Test(arguments: [
        ("https://u:p@api.example.com/a?b=1#token=x", "https://api.example.com/a?b=1"),
        ("https://api.example.com/a@b?Token=1&x=2", "https://api.example.com/a@b?Token=[redacted]&x=2"),
        (
            "https://api.example.com/?X-Amz-Signature=1&AccessKeyId=2&",
            "https://api.example.com/?X-Amz-Signature=[redacted]&AccessKeyId=[redacted]&"
        ),
        ("https://api.example.com/?t%6Fken=1&flag", "https://api.example.com/?t%6Fken=[redacted]&flag"),
        ("https://api.example.com?password=a=b", "https://api.example.com?password=[redacted]"),
    ])
    func redactsURLs(url: String, shown: String) {
        #expect(RequestLog.redacted(url) == shown)
    }
}
