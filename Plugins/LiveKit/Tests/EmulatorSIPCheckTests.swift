import SwitchboardCore
import Testing

@testable import LiveKitSandbox

/// What the SIP service refuses before it does anything: a request for every check, and which of two checks is first.
@Suite struct EmulatorSIPCheckTests {
    private func answer(_ server: EmulatorHarness, _ method: String, _ body: JSON) async -> EmulatorHarness.Answer? {
        let token =
            method.hasSuffix("Participant") ? server.callToken(room: body["room_name"]?.text ?? "") : server.token()
        return await server.call("SIP/" + method, body.compact, headers: ["Authorization": "Bearer \(token)"])
    }

    @Test(arguments: EmulatorSIPRefusals.all) func refuses(_ refusal: EmulatorSIPRefusals.Refusal) async throws {
        let server = try EmulatorHarness()
        let answer = try #require(await answer(server, refusal.method, refusal.body))
        #expect(answer.status == refusal.status)
        #expect(answer.json == ["code": .string(refusal.code), "msg": .string(refusal.message)])
        #expect(answer.type == "application/json")
    }

    /// A check without a request above could be lost without anybody noticing.
    @Test func everyCheckIsTested() throws {
        for (path, method) in LiveKitMethod.all where path.contains("livekit.SIP/") {
            let own = EmulatorSIPRefusals.all.filter { $0.method == method.name }
            let found = try own.compactMap { refusal in
                method.checks.firstFault(in: try ProtoReader.read(refusal.body, as: method.request))?.check
            }
            #expect(Set(found) == Set(method.checks.map(\.name)), "\(method.name)")
            #expect(Set(method.checks.map(\.name)).count == method.checks.count, "\(method.name)")
        }
        #expect(LiveKitMethod.all.keys.count { $0.contains("livekit.SIP/") } == 16)
    }

    /// Of two faults in different fields, the one that LiveKit looks for first is the one it speaks of.
    @Test(arguments: EmulatorSIPRefusals.tables) func theEarlierFaultCounts(_ table: EmulatorSIPRefusals.Table) throws {
        let method = try #require(LiveKitMethod.all["/twirp/livekit.SIP/" + table.method])
        var pairs = 0
        for (place, first) in table.faults.enumerated() {
            for second in table.faults[(place + 1)...] where field(first) != field(second) {
                let both = table.base.merging(second.members).merging(first.members)
                let body = table.field.map { JSON.object([.init($0, both)]) } ?? both
                let message = try ProtoReader.read(body, as: method.request)
                let found = method.checks.firstFault(in: message)?.text
                #expect(found == first.message, "\(body.compact)")
                pairs += 1
            }
        }
        #expect(pairs > 30)
    }

    private func field(_ fault: EmulatorSIPRefusals.Fault) -> String? { fault.members.members?.first?.name }

    /// Two faults of one field, and faults of the request before those of the trunk in it.
    @Test(
        arguments: [
            (
                "CreateSIPInboundTrunk", ["trunk": ["sip_trunk_id": "ST_x", "media": ["codecs": [[:]]]]],
                "trunk id must not be set"
            ),
            (
                "CreateSIPInboundTrunk",
                ["trunk": EmulatorSIPRefusals.inboundBase.merging(["media": ["codecs": [["name": "a /"]]]])],
                "invalid codec name"
            ),
            (
                "CreateSIPInboundTrunk",
                [
                    "trunk": EmulatorSIPRefusals.inboundBase.merging([
                        "media": ["codecs": [["name": "a/b"], ["name": ""]], "media_timeout": "-1s"]
                    ])
                ],
                "codec name must not contain '/'"
            ),
            (
                "CreateSIPInboundTrunk",
                ["trunk": EmulatorSIPRefusals.inboundBase.merging(["headers": ["Z Z": "v", "Accept": "\u{7}"]])],
                "invalid header name: header name Accept not supported"
            ),
            (
                "CreateSIPInboundTrunk",
                ["trunk": EmulatorSIPRefusals.inboundBase.merging(["headers": ["X-A": "\u{7}", "X-B ": "v"]])],
                "invalid header value for X-A: header X-A: value: char 7 not allowed"
            ),
            (
                "CreateSIPOutboundTrunk",
                [
                    "trunk": EmulatorSIPRefusals.outboundBase.merging([
                        "address": "sip:a;transport=tcp", "from_host": "sip:b;transport=tcp",
                    ])
                ],
                "trunk address should not contain transport parameter"
            ),
            (
                "UpdateSIPInboundTrunk", ["sip_trunk_id": "ST_x", "replace": ["sip_trunk_id": "ST_y", "name": "n"]],
                "trunk id in the info must be empty or match the id in the update"
            ),
            (
                "UpdateSIPInboundTrunk",
                [
                    "sip_trunk_id": "ST_x",
                    "update": ["allowed_numbers": ["clear": true, "set": ["a"]], "numbers": ["add": [""]]],
                ],
                "empty element in the list"
            ),
            (
                "UpdateSIPDispatchRule",
                ["sip_dispatch_rule_id": "SDR_x", "replace": ["sip_dispatch_rule_id": "SDR_y"]],
                "rule id in the info must be empty or match the id in the update"
            ),
            ("CreateSIPParticipant", ["sip_call_to": "a@b"], "missing sip trunk id and sip number"),
            (
                "CreateSIPDispatchRule", ["dispatch_rule": ["sip_dispatch_rule_id": "SDR_x", "rule": [:]]],
                "rule id must not be set"
            ),
        ] as [(String, JSON, String)])
    func theEarlierFaultOfOneFieldCounts(_ method: String, _ body: JSON, _ message: String) async throws {
        let server = try EmulatorHarness()
        #expect(await answer(server, method, body)?.json["msg"] == .string(message))
    }

    /// What comes close to a refusal and is none.
    @Test(
        arguments: [
            ("Inbound", ["auth_username": "u"]), ("Inbound", ["auth_password": "p"]),
            ("Inbound", ["allowed_addresses": ["10.0.0.0/8"]]),
            (
                "Inbound",
                EmulatorSIPRefusals.inboundBase.merging([
                    "media": ["codecs": [["name": "opus"]], "media_timeout": "600s"]
                ])
            ),
            ("Inbound", EmulatorSIPRefusals.inboundBase.merging(["media": ["media_timeout": "0s"]])),
            (
                "Inbound",
                EmulatorSIPRefusals.inboundBase.merging([
                    "headers": ["To": "a", "via": "b", "X-A.!%*_+`'~9": "", "x-b": " ~"]
                ])
            ),
            ("Inbound", EmulatorSIPRefusals.inboundBase.merging(["attributes_to_headers": ["a": "Call-ID"]])),
            ("Inbound", EmulatorSIPRefusals.inboundBase.merging(["headers_to_attributes": ["from": "a"]])),
            (
                "Outbound",
                EmulatorSIPRefusals.outboundBase.merging(["from_host": "acme.example.com", "numbers": ["*"]])
            ),
            (
                "Outbound",
                EmulatorSIPRefusals.outboundBase.merging(["address": "not.sip:5060", "destination_country": "nowhere"])
            ),
        ] as [(String, JSON)])
    func accepts(_ direction: String, _ trunk: JSON) async throws {
        let server = try EmulatorHarness()
        let answer = try #require(await answer(server, "CreateSIP\(direction)Trunk", ["trunk": trunk]))
        #expect(answer.status == 200)
        #expect(answer.json.contains(trunk))
    }

    @Test func acceptsTheLongestHeader() async throws {
        let server = try EmulatorHarness()
        let longest = EmulatorSIPRefusals.header(
            String(EmulatorSIPRefusals.long.dropLast()),
            EmulatorSIPRefusals.long + EmulatorSIPRefusals.long + EmulatorSIPRefusals.long + EmulatorSIPRefusals.long)
        let answer = await answer(
            server, "CreateSIPInboundTrunk", ["trunk": EmulatorSIPRefusals.inboundBase.merging(longest)])
        #expect(answer?.status == 200)
    }

    @Test func refusesEveryReservedHeaderInAnyCase() async throws {
        let reserved = [
            "accept", "accept-encoding", "accept-language", "allow", "allow-events", "call-id", "contact",
            "content-encoding", "content-length", "content-type", "cseq", "event", "expires", "from", "max-forwards",
            "record-route", "refer-to", "reply-to", "k", "l", "m", "o", "r", "t", "u", "v",
        ]
        let server = try EmulatorHarness()
        for name in reserved.flatMap({ [$0, $0.uppercased()] }) {
            let answer = await answer(
                server, "CreateSIPInboundTrunk",
                ["trunk": EmulatorSIPRefusals.inboundBase.merging(EmulatorSIPRefusals.header(name))])
            #expect(answer?.json["msg"] == .string("invalid header name: header name \(name) not supported"))
        }
    }
}
