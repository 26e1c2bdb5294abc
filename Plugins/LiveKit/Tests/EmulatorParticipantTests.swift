import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// Calling somebody into a room, and transferring them out of it.
@Suite struct EmulatorParticipantTests {
    private static let seed: JSON = [
        "inbound_trunks": [EmulatorSeeds.trunk],
        "outbound_trunks": [
            ["sip_trunk_id": "ST_b", "numbers": ["+15105550100"], "address": "a"],
            ["sip_trunk_id": "ST_a", "numbers": ["*"], "address": "a"],
        ],
    ]
    private static let call: JSON = ["sip_trunk_id": "ST_b", "sip_call_to": "+15105550108", "room_name": "lobby"]

    private func create(_ server: EmulatorHarness, _ members: JSON) async throws -> EmulatorHarness.Answer {
        try #require(
            await server.call(
                "SIP/CreateSIPParticipant", Self.call.merging(members).compact,
                headers: ["Authorization": "Bearer " + server.callToken()]))
    }

    private func transfer(
        _ server: EmulatorHarness, _ identity: String, room: String = "lobby", to target: String = "tel:+15105550109"
    ) async throws -> EmulatorHarness.Answer {
        let body: JSON = [
            "participant_identity": .string(identity), "room_name": .string(room), "transfer_to": .string(target),
        ]
        return try #require(
            await server.call(
                "SIP/TransferSIPParticipant", body.compact,
                headers: ["Authorization": "Bearer " + server.callToken(room: room)]))
    }

    @Test func answersWithIdsAndKeepsWhatWasAsked() async throws {
        let server = try EmulatorHarness(seed: Self.seed)
        let answer = try await create(
            server, ["participant_identity": "ann", "participant_name": "Ann", "wait_until_answered": true])
        let id = try #require(answer.json["participant_id"]?.text)
        let callID = try #require(answer.json["sip_call_id"]?.text)
        #expect(id.wholeMatch(of: /PA_[2-9A-HJ-NP-Za-km-z]{12}/) != nil)
        #expect(callID.wholeMatch(of: /SCL_[2-9A-HJ-NP-Za-km-z]{12}/) != nil)
        #expect(
            answer.text == "{\"participant_id\":\"\(id)\",\"participant_identity\":\"ann\",\"room_name\":\"lobby\","
                + "\"sip_call_id\":\"\(callID)\"}")
        #expect(
            server.emulator.state()["participants"] == [
                answer.json.merging([
                    "sip_trunk_id": "ST_b", "sip_call_to": "+15105550108",
                    "created_at": "2026-09-24T19:39:32.739773Z", "transferred_to": nil,
                ])
            ])
    }

    /// Without an identity the number makes one; a number to hide shows as the start of its hash.
    @Test(
        arguments: [([:], "sip_+15105550108"), (["hide_phone_number": true], "sip_7a49b2bc91e38325")]
            as [(JSON, String)])
    func makesAnIdentity(_ members: JSON, _ identity: String) async throws {
        let server = try EmulatorHarness(seed: Self.seed)
        #expect(try await create(server, members).json["participant_identity"] == .string(identity))
    }

    /// By which trunk a call goes out: the named one, an inline one, or the first with the number.
    @Test(
        arguments: [
            (["sip_trunk_id": "ST_a", "sip_number": "+15105550100"], "ST_a"),
            (["sip_trunk_id": "", "sip_number": "+15105550100"], "ST_b"),
            (["sip_trunk_id": "", "trunk": ["hostname": "sip.example.com", "auth_password": "s3cret"]], ""),
            (["sip_trunk_id": "ST_none"], nil), (["sip_trunk_id": "ST_4fGh7JkLmNpQ"], nil),
            (["sip_trunk_id": "ST_none", "trunk": ["hostname": "sip.example.com"]], nil),
            (["sip_trunk_id": "", "sip_number": "15105550100"], nil),
        ] as [(JSON, String?)])
    func findsTheTrunk(_ members: JSON, _ trunk: String?) async throws {
        let server = try EmulatorHarness(seed: Self.seed)
        let answer = try await create(server, members)
        let participants = server.emulator.state()["participants"]
        if let trunk {
            #expect(answer.status == 200)
            #expect(participants?.elements?.map { $0["sip_trunk_id"] } == [.string(trunk)])
            #expect(participants?.compact.contains("s3cret") == false)
        } else {
            #expect(answer.status == 404)
            #expect(answer.json == ["code": "not_found", "msg": "requested sip trunk does not exist"])
            #expect(participants == [])
        }
    }

    @Test func transfersWhoIsThere() async throws {
        let server = try EmulatorHarness(seed: Self.seed)
        for _ in 0..<2 { _ = try await create(server, ["participant_identity": "ann"]) }
        let answer = try await transfer(server, "ann", to: "<sip:desk@example.com>")
        let id = try #require(answer.json["transfer_id"]?.text)
        #expect(answer.status == 200)
        #expect(id.wholeMatch(of: /STR_[2-9A-HJ-NP-Za-km-z]{12}/) != nil)
        #expect(
            answer.text == "{\"transfer_id\":\"\(id)\",\"status\":\"STS_TRANSFER_SUCCESSFUL\","
                + "\"reason\":\"STR_COMPLETED\",\"sip_status\":null}")
        let targets = server.emulator.state()["participants"]?.elements?.map { $0["transferred_to"] }
        #expect(targets == [.null, "<sip:desk@example.com>"])
    }

    /// Nobody of the name, somebody in another room, and somebody who has left already.
    @Test func doesNotFindWhoIsNotThere() async throws {
        let server = try EmulatorHarness(seed: Self.seed)
        _ = try await create(server, ["participant_identity": "ann"])
        let refusal: JSON = ["code": "not_found", "msg": "participant does not exist"]
        #expect(try await transfer(server, "bob").json == refusal)
        #expect(try await transfer(server, "ann", room: "attic").json == refusal)
        #expect(try await transfer(server, "ann").status == 200)
        let again = try await transfer(server, "ann")
        #expect(again.status == 404)
        #expect(again.json == refusal)
    }

    /// Administration of SIP makes no calls, and a transfer takes a token of the room's administrator.
    @Test func asksForTheRightGrant() async throws {
        let server = try EmulatorHarness(seed: Self.seed)
        _ = try await create(server, ["participant_identity": "ann"])
        let body: JSON = ["participant_identity": "ann", "room_name": "lobby", "transfer_to": "tel:+15105550109"]
        let cases: [(String, JSON, String, Bool)] = [
            ("CreateSIPParticipant", Self.call, server.token(), false),
            ("CreateSIPParticipant", Self.call, server.callToken(), true),
            ("TransferSIPParticipant", body, server.token(), false),
            ("TransferSIPParticipant", body, server.callToken(), false),
            ("TransferSIPParticipant", body, server.callToken(room: "attic"), false),
            ("TransferSIPParticipant", body, server.callToken(room: "lobby"), true),
            ("ListSIPInboundTrunk", [:], server.callToken(), false), ("ListSIPInboundTrunk", [:], server.token(), true),
        ]
        for (method, body, token, isAllowed) in cases {
            let answer = await server.call(
                "SIP/" + method, body.compact, headers: ["Authorization": "Bearer " + token])
            #expect(answer?.status == (isAllowed ? 200 : 401), "\(method)")
            if !isAllowed { #expect(answer?.json == ["code": "unauthenticated", "msg": "permissions denied"]) }
        }
    }

    /// The same request id calls once.
    @Test func aRepeatedRequestCallsOnce() async throws {
        let server = try EmulatorHarness(seed: Self.seed)
        let headers = ["Authorization": "Bearer " + server.callToken(), "X-Livekit-Request-Id": "r1"]
        let first = await server.call("SIP/CreateSIPParticipant", Self.call.compact, headers: headers)
        let second = await server.call("SIP/CreateSIPParticipant", Self.call.compact, headers: headers)
        #expect(first?.status == 200)
        #expect(first?.text == second?.text)
        #expect(server.emulator.state()["participants"]?.elements?.count == 1)
    }
}
