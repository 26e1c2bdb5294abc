import FoundationEssentials
import Glibc
import SwitchboardCore
import SwitchboardHTTP
import Testing

/// Credentials stay where they belong.
@Suite struct TransportSafetyTests {
    @Test(arguments: [301, 302, 303, 307, 308])
    func aRedirectIsAnAnswerAndNothingGoesElsewhere(status: Int) async throws {
        let elsewhere = TestServer.answering("stolen")
        defer { elsewhere.stop() }
        let server = TestServer { _, connection in
            connection.answer(status, "", headers: "Location: \(elsewhere.url)/x\r\n")
        }
        try await withServer(server) { transport, server in
            let answer = try await transport.send(
                HTTPRequest("GET", server.url, headers: [HTTPField("Authorization", "Bearer t")]))
            #expect(answer.status == status)
            #expect(answer.header("Location") == elsewhere.url + "/x")
            #expect(elsewhere.connectionCount == 0)
        }
    }

    @Test(arguments: [
        "http://203.0.113.7/", "http://localhost.example.com/", "http://127.0.0.1.example.com/", "http://127.1/",
        "http://0x7f000001/", "http://example.com:80#@127.0.0.1/",
    ])
    func plainHTTPIsForThisMachineOnly(url: String) async {
        let failure = await failure(of: HTTPRequest("GET", url))
        #expect(failure?.stage == .notSent)
        #expect(failure?.isPermanent == true)
        #expect(failure?.message.hasPrefix("plain http is for this machine only") == true, "\(failure?.message ?? "")")
    }

    @Test(arguments: [
        "http://user:word@127.0.0.1:PORT/", "http://user@127.0.0.1:PORT/", "http://127.0.0.1:PORT/a b",
        "http://127.0.0.1:PORT/a\r\nX-Evil: 1", "http://127.0.0.1:PORT/\u{0}", "http://127.0.0.1:PORT\\@x/",
        "ftp://127.0.0.1:PORT/", "file:///etc/passwd", "127.0.0.1:PORT", "http:/127.0.0.1:PORT/", "", "http://",
        "http://127.0.0.1:/", "http://127.0.0.1:PORT0000/", "http://%31%32%37.0.0.1:PORT/", "http://[::1/",
        "http://127.0.0.1:PORT/ü",
    ])
    func aQuestionableURLIsRefused(url: String) async {
        let server = TestServer.answering("ok")
        defer { server.stop() }
        let request = HTTPRequest(
            "GET", url.split(separator: "PORT", omittingEmptySubsequences: false).joined(separator: "\(server.port)"))
        let failure = await failure(of: request)
        #expect(failure?.stage == .notSent)
        #expect(failure?.isPermanent == true)
        #expect(failure?.message.contains("word") == false)
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: [
        HTTPField("X-A", "1\r\nX-Evil: 1"), HTTPField("X-A", "1\n2"), HTTPField("X-A", "1\u{0}2"),
        HTTPField("X-A\r\nX-Evil", "1"), HTTPField("X A", "1"), HTTPField("X:A", "1"), HTTPField("", "1"),
        HTTPField("Content-Length", "3"), HTTPField("transfer-encoding", "chunked"),
    ])
    func aHeaderThatCouldAddALineIsRefused(field: HTTPField) async {
        let server = TestServer.answering("ok")
        defer { server.stop() }
        let failure = await failure(of: HTTPRequest("POST", server.url, headers: [field]))
        #expect(failure?.stage == .notSent)
        #expect(failure?.isPermanent == true)
        #expect(failure?.message.contains("Evil: 1") == false)
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: ["GET / HTTP/1.1\r\nX:", "get", ""]) func aMethodIsOneWord(method: String) async {
        let server = TestServer.answering("ok")
        defer { server.stop() }
        #expect(await failure(of: HTTPRequest(method, server.url))?.stage == .notSent)
        #expect(server.connectionCount == 0)
    }

    @Test func theEnvironmentsProxyNeverSeesLoopbackTraffic() async {
        await #expect(processExitsWith: .success) {
            let proxy = TestServer.answering("from the proxy")
            for name in ["no_proxy", "NO_PROXY"] { unsetenv(name) }
            for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] { setenv(name, proxy.url, 1) }
            let server = TestServer.answering("from the server")
            let transport = CurlTransport()
            defer {
                transport.shutdown()
                server.stop()
                proxy.stop()
            }
            let direct = try await transport.send(HTTPRequest("GET", server.url))
            #expect(direct.body == Array("from the server".utf8))
            #expect(proxy.connectionCount == 0)
            // Others do go through it, encrypted: the proxy sees the tunnel's address and not the credentials.
            _ = try? await transport.send(
                HTTPRequest("GET", "https://switchboard.invalid/", headers: [HTTPField("Authorization", "Bearer t")]))
            #expect(proxy.requests.first?.line == "CONNECT switchboard.invalid:443 HTTP/1.1")
            #expect(proxy.requests.first?.header("Authorization") == nil)
        }
    }

    private func failure(of request: HTTPRequest) async -> TransportFailure? {
        await #expect(throws: TransportFailure.self) { _ = try await CurlTransport().send(request) }
    }
}
