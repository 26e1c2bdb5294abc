import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// Repeated requests, and the faults that make clients repeat them.
@Suite struct EmulatorRequestTests {
    private static let buy = "PhoneNumberService/PurchasePhoneNumber"
    private static let body = #"{"phone_numbers":["+14155550142"]}"#

    private func purchases(_ server: EmulatorHarness) -> Int {
        server.emulator.state()["history"]?.elements?.filter { $0["event"] == "purchase" }.count ?? -1
    }

    @Test func aRepeatedRequestGetsTheSameAnswerForTenMinutes() async throws {
        let server = try EmulatorHarness()
        let id = ["X-Livekit-Request-Id": "r1"]
        let first = await server.call(Self.buy, Self.body, headers: id)
        server.advance(seconds: 599)
        let second = await server.call(Self.buy, Self.body, headers: id)
        #expect(first?.status == 200)
        #expect(second?.text == first?.text)
        #expect(await server.call(Self.buy, Self.body, headers: ["X-Livekit-Request-Id": "r2"])?.status == 409)
        #expect(await server.call(Self.buy, Self.body)?.status == 409)
        server.advance(seconds: 2)
        let late = await server.call(
            Self.buy, Self.body, headers: ["X-Livekit-Request-Id": "r1", "Authorization": "Bearer \(server.token())"])
        #expect(late?.status == 409)
        #expect(purchases(server) == 1)
    }

    @Test func aRefusalIsRepeatedTooButNoFailure() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"taken","times":1}"#)
        let id = ["X-Livekit-Request-Id": "r1"]
        #expect(await server.call(Self.buy, Self.body, headers: id)?.status == 404)
        #expect(await server.call(Self.buy, Self.body, headers: id)?.status == 404)
        await server.fault(#"{"fault":"rate_limited","times":1}"#)
        let other = ["X-Livekit-Request-Id": "r2"]
        #expect(await server.call(Self.buy, Self.body, headers: other)?.status == 429)
        #expect(await server.call(Self.buy, Self.body, headers: other)?.status == 200)
        #expect(purchases(server) == 1)
    }

    @Test func theSameIdOnAnotherPathIsAnotherRequest() async throws {
        let server = try EmulatorHarness()
        let id = ["X-Livekit-Request-Id": "r1"]
        #expect(await server.call(Self.buy, Self.body, headers: id)?.status == 200)
        let released = await server.call(
            "PhoneNumberService/ReleasePhoneNumbers", #"{"phone_numbers":["+14155550142"]}"#, headers: id)
        #expect(released?.text == "{}")
    }

    @Test func aSecondRequestWaitsForTheFirst() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"slow","delay_ms":1500,"times":1}"#)
        let id = ["X-Livekit-Request-Id": "r1"]
        async let first = server.call(Self.buy, Self.body, headers: id)
        while !server.emulator.context.faults.all.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        let second = await server.call(Self.buy, Self.body, headers: id)
        #expect(await first?.text == second?.text)
        #expect(second?.status == 200)
        #expect(purchases(server) == 1)
    }

    @Test func aLostAnswerIsThereForTheRepetition() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"lost_answer","method":"PurchasePhoneNumber","times":1}"#)
        let id = ["X-Livekit-Request-Id": "r1"]
        #expect(await server.call(Self.buy, Self.body, headers: id) == nil)
        #expect(purchases(server) == 1)
        let again = await server.call(Self.buy, Self.body, headers: id)
        #expect(again?.status == 200)
        #expect(again?.json["phone_numbers"]?.elements?.first?["e164_format"] == "+14155550142")
        #expect(purchases(server) == 1)
        let entry = server.listener.log.entries.last { $0.status == nil }
        #expect(entry?.fault == .lostAnswer)
        #expect(entry?.requestID == "r1")
    }

    @Test func anAnswerSurvivesARestart() async throws {
        let folder = try ScratchDirectory()
        let path = folder.path + "/sandbox.db"
        let id = ["X-Livekit-Request-Id": "r1"]
        var first: String?
        do {
            let server = try EmulatorHarness(store: try DocumentStore(path: path))
            first = await server.call(Self.buy, Self.body, headers: id)?.text
            await server.listener.stop()
        }
        let server = try EmulatorHarness(store: try DocumentStore(path: path))
        #expect(await server.call(Self.buy, Self.body, headers: id)?.text == first)
        #expect(purchases(server) == 1)
    }

    @Test func halfDoneLeavesTheFirstHalfBehind() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"half_done","times":1}"#)
        let both = #"{"phone_numbers":["+14155550142","+14155550143"]}"#
        let answer = await server.call(Self.buy, both, headers: ["X-Livekit-Request-Id": "r1"])
        #expect(answer?.status == 500)
        #expect(server.emulator.state()["numbers"]?.elements?.map { $0["e164"] } == ["+14155550142"])
    }

    @Test func anEndlessListingNeverEnds() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        await server.fault(#"{"fault":"endless","method":"ListPhoneNumbers"}"#)
        var seen: Set<String> = []
        var body = "{}"
        for _ in 0..<5 {
            let answer = await server.call("PhoneNumberService/ListPhoneNumbers", body)
            #expect(answer?.json["items"]?.elements?.count == 1)
            let token = try #require(answer?.json["next_page_token"]?["token"]?.text)
            #expect(seen.insert(token).inserted)
            body = "{\"page_token\":{\"token\":\"\(token)\"}}"
        }
    }

    @Test func aRefusedUpdateChangesNothing() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        await server.fault(#"{"fault":"refused_update","times":1}"#)
        let body = #"{"phone_number":"+14155550142","sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm"}"#
        let answer = await server.call("PhoneNumberService/UpdatePhoneNumber", body)
        #expect(answer?.json["msg"] == "twirp error unknown: Failed to update phone number")
        #expect(server.emulator.state()["numbers"]?.elements?.first?["sip_dispatch_rule_ids"] == [])
        #expect(await server.call("PhoneNumberService/UpdatePhoneNumber", body)?.status == 200)
    }
}
