import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@Suite struct FaultTests {
    @Test func aLostAnswerHasItsEffect() async throws {
        let server = try EchoServer()
        _ = await server.fault(#"{"fault":"lost_answer","times":1}"#)
        #expect(await server.client.send("GET", "/x") == nil)
        #expect(server.emulator.state()["effects"] == 1)
        #expect(await server.client.send("GET", "/x")?.status == 200)
        _ = await server.fault(#"{"fault":"lost_answer","times":1,"when":"before"}"#)
        #expect(await server.client.send("GET", "/x") == nil)
        #expect(server.emulator.state()["effects"] == 2)
        #expect(server.listener.log.entries.map(\.status) == [nil, 200, nil])
        await server.listener.stop()
    }

    @Test func aRefusalComesBeforeTheEffectUnlessItIsAskedToComeAfter() async throws {
        let server = try EchoServer()
        _ = await server.fault(#"{"fault":"rate_limited","retry_after":7,"times":1}"#)
        let refused = await server.client.send("GET", "/x")
        #expect(refused?.status == 429)
        #expect(refused?.headers["retry-after"] == "7")
        #expect(server.emulator.state()["effects"] == 0)
        _ = await server.fault(#"{"fault":"server_error","times":1,"when":"after"}"#)
        #expect(await server.client.send("GET", "/x")?.status == 503)
        #expect(server.emulator.state()["effects"] == 1)
        await server.listener.stop()
    }

    @Test func aMalformedAnswerIsCutShort() async throws {
        let server = try EchoServer()
        _ = await server.fault(#"{"fault":"malformed","times":1}"#)
        let reply = await server.client.send("GET", "/x")
        #expect(reply?.status == 200)
        #expect(throws: JSON.Unreadable.self) { try JSON(reading: reply?.body ?? []) }
        await server.listener.stop()
    }

    @Test func aSlowAnswerTakesItsTime() async throws {
        let server = try EchoServer()
        _ = await server.fault(#"{"fault":"slow","delay_ms":300,"times":1}"#)
        let start = ContinuousClock.now
        #expect(await server.client.send("GET", "/x")?.status == 200)
        #expect(start.duration(to: .now) >= .milliseconds(300))
        await server.listener.stop()
    }

    @Test func strikesOnlyTheOperationTheNumberAndTheTimesAskedFor() async throws {
        let server = try EchoServer()
        _ = await server.fault(#"{"fault":"server_error","method":"/buy","number":"+14155550100","times":2}"#)
        func status(_ target: String) async -> Int? { await server.client.send("GET", target)?.status }
        #expect(await status("/list?number=%2B14155550100") == 200)
        #expect(await status("/buy?number=%2B14155550101") == 200)
        #expect(await status("/buy?number=%2B14155550100") == 503)
        #expect(await status("/buy?number=%2B14155550100") == 503)
        #expect(await status("/buy?number=%2B14155550100") == 200)
        await server.listener.stop()
    }

    @Test func survivesARestartWithWhatIsLeftOfIt() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/sandbox.db"
        do {
            let server = try EchoServer(store: try DocumentStore(path: path))
            let added = await server.fault(#"{"fault":"server_error","times":2}"#)
            #expect(try JSON(reading: added?.body ?? [])["id"] == "fault_1")
            #expect(await server.client.send("GET", "/x")?.status == 503)
            await server.listener.stop()
        }
        let server = try EchoServer(store: try DocumentStore(path: path))
        #expect(await server.client.send("GET", "/x")?.status == 503)
        #expect(await server.client.send("GET", "/x")?.status == 200)
        await server.listener.stop()
    }
}
