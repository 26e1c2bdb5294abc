import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@Suite struct AdminPathTests {
    @Test func showsAndRemovesFaults() async throws {
        let server = try EchoServer()
        _ = await server.fault(#"{"fault":"slow"}"#)
        _ = await server.fault(#"{"fault":"taken","method":"Buy","number":"+14155550100"}"#)
        let shown = await server.client.send("GET", "/_sandbox/faults/fault_2")
        #expect(
            shown?.text
                == #"{"id":"fault_2","fault":"taken","method":"Buy","number":"+14155550100","account":null,"#
                + #""times":null,"retry_after":null,"delay_ms":0,"when":null,"code":null}"#)
        let removed = await server.client.send("DELETE", "/_sandbox/faults/fault_1")
        #expect(try JSON(reading: removed?.body ?? []).elements?.map { $0["id"] } == ["fault_1"])
        #expect(await server.client.send("DELETE", "/_sandbox/faults/fault_1")?.status == 404)
        #expect(server.emulator.context.faults.all.map(\.id) == ["fault_2"])
        #expect(await server.client.send("DELETE", "/_sandbox/faults")?.text == "[" + (shown?.text ?? "") + "]")
        #expect(await server.client.send("DELETE", "/_sandbox/faults")?.text == "[]")
        #expect(await server.client.send("GET", "/_sandbox/faults")?.text == "[]")
        await server.listener.stop()
    }

    @Test(arguments: [
        (#"{"fault":"nonsense"}"#, "'fault' is one of taken, rate_limited"),
        (#"{"fault":"slow","time":1}"#, "no 'time'"),
        (#"{"fault":"slow","times":0}"#, "'times' is a whole number from 1"),
        (#"{"fault":"slow","when":"now"}"#, "'when' is before or after"),
        (#"{"fault":"slow","number":"415"}"#, "'number' is a number in E.164 form"), ("[]", "a fault is an object"),
        ("{", "not JSON"),
    ])
    func saysWhatIsWrongWithAFault(_ body: String, _ words: String) async throws {
        let server = try EchoServer()
        let reply = await server.fault(body)
        #expect(reply?.status == 400)
        #expect(try JSON(reading: reply?.body ?? [])["error"]?.text?.contains(words) == true)
        await server.listener.stop()
    }

    @Test func logsRequestsWithoutTheirSecrets() async throws {
        let server = try EchoServer()
        _ = await server.client.send(
            "POST", "/x?access_token=hush", headers: ["Authorization": "Bearer hush", "X-Request": "r1"], body: "hush")
        _ = await server.fault(#"{"fault":"slow","delay_ms":120,"times":1}"#)
        _ = await server.client.send("GET", "/slow")
        let log = await server.client.send("GET", "/_sandbox/log")
        let slow = try JSON(reading: log?.body ?? []).elements?.last
        #expect(slow?["fault"] == "slow")
        #expect((slow?["ms"]?.integer).map { (120..<10_000).contains($0) } == true)
        let entry = try JSON(reading: log?.body ?? []).elements?.first
        #expect(entry?["method"] == "POST")
        #expect(entry?["path"] == "/x")
        #expect(entry?["status"] == 200)
        #expect(entry?["request_id"] == "r1")
        #expect(log?.text.contains("hush") == false)
        #expect(await server.client.send("DELETE", "/_sandbox/log")?.status == 200)
        #expect(server.listener.log.entries.isEmpty)
        await server.listener.stop()
    }

    @Test func seedsShowsAndResets() async throws {
        let server = try EchoServer()
        let seeded = await server.client.send("POST", "/_sandbox/seed", body: #"{"effects":5}"#)
        #expect(seeded?.text == #"[{"kind":"effects","id":"5","e164":null}]"#)
        #expect(await server.client.send("GET", "/_sandbox/state")?.text == #"{"effects":5}"#)
        #expect(await server.client.send("POST", "/_sandbox/seed", body: "{}")?.status == 400)
        _ = await server.fault(#"{"fault":"slow"}"#)
        #expect(await server.client.send("POST", "/_sandbox/reset")?.status == 200)
        #expect(await server.client.send("GET", "/_sandbox/state")?.text == #"{"effects":0}"#)
        #expect(server.emulator.context.faults.all.isEmpty)
        await server.listener.stop()
    }

    @Test func answersAnUnknownPathInJSON() async throws {
        let server = try EchoServer()
        for (method, path) in [
            ("GET", "/_sandbox/nothing"), ("PUT", "/_sandbox/health"), ("GET", "/_sandbox/faults/x"),
        ] {
            let reply = await server.client.send(method, path)
            #expect(reply?.status == 404)
            #expect(reply?.text == #"{"error":"no such path"}"#)
        }
        #expect(await server.client.send("GET", "/_sandbox/health")?.text.contains("\"status\":\"ok\"") == true)
        await server.listener.stop()
    }
}
