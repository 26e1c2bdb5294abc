import Glibc
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@Suite struct ListenerTests {
    @Test func handsTheRequestToTheEmulatorWhole() async throws {
        let server = try EchoServer()
        let reply = await server.client.send("POST", "/a%20b/c?number=%2B1", body: "näh")
        #expect(reply?.status == 200)
        #expect(reply?.headers["content-type"] == "application/json")
        #expect(reply?.text == #"{"path":"/a b/c","body":"näh"}"#)
        await server.listener.stop()
    }

    @Test func leavesTheAnswerToALargeBodyToTheEmulator() async throws {
        let server = try EchoServer()
        let fits = await server.client.send("POST", "/", body: String(repeating: "x", count: 1000))
        #expect(fits?.status == 200)
        let reply = await server.client.send("POST", "/", body: String(repeating: "x", count: 1001))
        #expect(reply?.status == 413)
        #expect(reply?.text == "too much")
        let huge = await server.client.send("POST", "/", body: String(repeating: "x", count: 3 << 20))
        #expect(huge?.status == 413)
        await server.listener.stop()
    }

    @Test func refusesAPortThatIsTaken() async throws {
        let server = try EchoServer()
        let context = try EmulatorContext(emulator: "echo")
        let error = #expect(throws: PortError.self) {
            _ = try SandboxListener(
                emulator: EchoEmulator(context: context), context: context, port: server.listener.port)
        }
        #expect(error?.description == "port \(server.listener.port) is taken by another program")
        await server.listener.stop()
    }

    @Test func answersFiveHundredConnectionsAtOnce() async throws {
        let server = try EchoServer()
        for count in [500, 256, 128] {
            let replies = await server.client.sendTogether(count, "GET", "/x")
            #expect(replies.count == count)
            #expect(replies.allSatisfy { $0?.status == 200 })
        }
        await server.listener.stop()
    }

    /// The answers would take ten minutes.
    @Test(.timeLimit(.minutes(5))) func stopsWhileRequestsWait() async throws {
        let server = try EchoServer()
        _ = await server.fault(#"{"fault":"slow","delay_ms":600000,"times":20}"#)
        async let replies = server.client.sendTogether(20, "GET", "/x")
        while !server.emulator.context.faults.all.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        await server.listener.stop()
        #expect(await replies.allSatisfy { $0?.status == 200 })
        #expect(server.client.open() == nil)
    }

    @Test(.timeLimit(.minutes(5))) func stopsAfterClientsHungUpOnASlowAnswer() async throws {
        let server = try EchoServer()
        _ = await server.fault(#"{"fault":"slow","delay_ms":300}"#)
        for _ in 0..<20 {
            let socket = try #require(server.client.open())
            let request = Array("GET /x HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
            #expect(write(socket, request, request.count) == request.count)
            close(socket)
        }
        try await Task.sleep(for: .milliseconds(100))
        await server.listener.stop()
    }

    @Test func noConnectionWaitsForAnotherThatSendsNothing() async throws {
        let server = try EchoServer()
        let silent = try #require(server.client.open())
        let half = Array("POST /x HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc".utf8)
        #expect(write(silent, half, half.count) == half.count)
        #expect(await server.client.send("GET", "/y")?.status == 200)
        await server.listener.stop()
        close(silent)
    }
}
