import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@testable import LiveKitSandbox

/// Which trunks are listed, what deleting leaves, and what survives (contract section 4.5).
@Suite struct EmulatorTrunkListTests {
    private static let world: JSON = [
        "inbound_trunks": [
            ["sip_trunk_id": "ST_e", "numbers": ["+15105550100", "sip-line"], "auth_password": "p"],
            ["sip_trunk_id": "ST_a", "name": "any", "auth_username": "u", "allowed_addresses": ["10.0.0.1"]],
            ["sip_trunk_id": "ST_c", "numbers": ["1 (510) 555-0101"], "allowed_numbers": ["+15105550109"]],
        ],
        "outbound_trunks": [
            ["sip_trunk_id": "ST_d", "numbers": ["*"], "address": "a"],
            [
                "sip_trunk_id": "ST_b", "numbers": ["+15105550100", "+15105550101"], "address": "b", "name": "out",
                "metadata": "m", "transport": "SIP_TRANSPORT_TLS", "auth_username": "u", "auth_password": "p",
            ],
        ],
    ]

    private func ids(_ server: EmulatorHarness, _ method: String, _ body: String) async -> [String]? {
        let items = await server.call("SIP/List" + method, body)?.json["items"]?.elements
        return items?.compactMap { ($0["sip_trunk_id"] ?? $0["sip_dispatch_rule_id"])?.text }
    }

    @Test(arguments: [
        ("SIPInboundTrunk", "{}", ["ST_a", "ST_c", "ST_e"]),
        ("SIPInboundTrunk", #"{"page":{"after_id":"ST_a"}}"#, ["ST_c", "ST_e"]),
        ("SIPInboundTrunk", #"{"page":{"after_id":"ST_b","limit":1}}"#, ["ST_c", "ST_e"]),
        ("SIPInboundTrunk", #"{"page":{"after_id":"ST_e"}}"#, []),
        ("SIPInboundTrunk", #"{"trunk_ids":["ST_e","ST_none","ST_b","ST_a"]}"#, ["ST_a", "ST_e"]),
        ("SIPInboundTrunk", #"{"trunk_ids":["ST_e","ST_a"],"page":{"after_id":"ST_a"}}"#, ["ST_e"]),
        ("SIPInboundTrunk", #"{"trunk_ids":["ST_none"]}"#, []),
        ("SIPInboundTrunk", #"{"numbers":["+1-510-555-0101"]}"#, ["ST_a", "ST_c"]),
        ("SIPInboundTrunk", #"{"numbers":["+15105550100","15105550101"]}"#, ["ST_a", "ST_c", "ST_e"]),
        ("SIPInboundTrunk", #"{"numbers":["SIP-line"]}"#, ["ST_a"]),
        ("SIPInboundTrunk", #"{"numbers":["sip-line"],"trunk_ids":["ST_e","ST_c"]}"#, ["ST_e"]),
        ("SIPOutboundTrunk", "{}", ["ST_b", "ST_d"]),
        ("SIPOutboundTrunk", #"{"page":{"after_id":"ST_b","limit":5}}"#, ["ST_d"]),
        ("SIPOutboundTrunk", #"{"numbers":["+15105550101"]}"#, ["ST_b"]),
        ("SIPOutboundTrunk", #"{"numbers":["15105550101"]}"#, []),
        ("SIPOutboundTrunk", #"{"numbers":["*"]}"#, ["ST_d"]),
        ("SIPOutboundTrunk", #"{"trunk_ids":["ST_a","ST_d"]}"#, ["ST_d"]),
        ("SIPTrunk", "{}", ["ST_a", "ST_b", "ST_c", "ST_d", "ST_e"]),
        ("SIPTrunk", #"{"page":{"after_id":"ST_b","limit":1}}"#, ["ST_c", "ST_d", "ST_e"]),
    ])
    func lists(_ method: String, _ body: String, _ expected: [String]) async throws {
        let server = try EmulatorHarness(seed: Self.world)
        #expect(await ids(server, method, body) == expected)
    }

    @Test func gets() async throws {
        let server = try EmulatorHarness(seed: Self.world)
        for (direction, id) in [("Inbound", "ST_e"), ("Outbound", "ST_b")] {
            let items = await server.call("SIP/ListSIP\(direction)Trunk", "{\"trunk_ids\":[\"\(id)\"]}")?.json["items"]
            let get = await server.call("SIP/GetSIP\(direction)Trunk", "{\"sip_trunk_id\":\"\(id)\"}")
            #expect(get?.json == ["trunk": try #require(items?.elements?.first)])
            #expect(get?.json["trunk"]?["auth_password"] == "p")
        }
    }

    @Test func listsTheOlderForm() async throws {
        let server = try EmulatorHarness(seed: Self.world)
        let items = await server.call("SIP/ListSIPTrunk", "{}")?.json["items"]?.elements
        #expect(
            items?[1].compact
                == #"{"sip_trunk_id":"ST_b","kind":"TRUNK_OUTBOUND","inbound_addresses":[],"outbound_address":"b","#
                + #""outbound_number":"+15105550100","transport":"SIP_TRANSPORT_TLS","inbound_numbers_regex":[],"#
                + #""inbound_numbers":[],"inbound_username":"","inbound_password":"","outbound_username":"u","#
                + #""outbound_password":"p","name":"out","metadata":"m"}"#)
        #expect(
            items?[0].contains([
                "kind": "TRUNK_INBOUND", "inbound_username": "u", "inbound_addresses": ["10.0.0.1"], "name": "any",
                "outbound_number": "",
            ]) == true)
        #expect(
            items?[2].contains(["outbound_number": "1 (510) 555-0101", "inbound_numbers": ["+15105550109"]]) == true)
    }

    /// The switch for servers that take the limit at its word, on every list.
    @Test(arguments: [
        ("SIPInboundTrunk", ["ST_a", "ST_c"], ["ST_c", "ST_e"]),
        ("SIPOutboundTrunk", ["ST_b", "ST_d"], ["ST_b", "ST_d"]),
        ("SIPTrunk", ["ST_a", "ST_b"], ["ST_b", "ST_c"]), ("SIPDispatchRule", ["SDR_a", "SDR_b"], ["SDR_b", "SDR_c"]),
    ])
    func honorsTheLimitWhenTold(_ method: String, _ first: [String], _ second: [String]) async throws {
        let rules = ["a", "b", "c"].map { EmulatorSeeds.rule("SDR_" + $0, "", trunks: ["ST_" + $0]) }
        let server = try EmulatorHarness(seed: Self.world.merging(["dispatch_rules": .array(rules)]))
        let all = await ids(server, method, "{}")
        await server.fault(#"{"fault":"honor_limit"}"#)
        #expect(await ids(server, method, #"{"page":{"limit":2}}"#) == first)
        let after = method == "SIPDispatchRule" ? "SDR_a" : "ST_a"
        #expect(await ids(server, method, "{\"page\":{\"limit\":2,\"after_id\":\"\(after)\"}}") == second)
        for body in ["{}", #"{"page":{}}"#, #"{"page":{"limit":-1}}"#, #"{"page":{"limit":9}}"#] {
            #expect(await ids(server, method, body) == all)
        }
    }

    @Test func anEndlessListStartsOver() async throws {
        let server = try EmulatorHarness(seed: Self.world)
        await server.fault(#"{"fault":"endless"}"#)
        let body = #"{"page":{"after_id":"ST_z"}}"#
        #expect(await ids(server, "SIPInboundTrunk", body) == ["ST_a", "ST_c", "ST_e"])
        #expect(await ids(server, "SIPOutboundTrunk", body) == ["ST_b", "ST_d"])
    }

    /// Rules keep the ids of deleted trunks, and do not come to take all calls by it.
    @Test func deletesEitherWayAndLeavesRulesAlone() async throws {
        let rule = EmulatorSeeds.rule("SDR_a", "", trunks: ["ST_b"])
        let server = try EmulatorHarness(seed: Self.world.merging(["dispatch_rules": [rule]]))
        for id in ["ST_b", "ST_c", "ST_c"] {
            let gone = await server.call("SIP/DeleteSIPTrunk", "{\"sip_trunk_id\":\"\(id)\"}")
            #expect(gone?.status == 200)
            #expect(gone?.json.contains(["sip_trunk_id": .string(id), "kind": "TRUNK_LEGACY", "name": ""]) == true)
        }
        #expect(await ids(server, "SIPTrunk", "{}") == ["ST_a", "ST_d", "ST_e"])
        let rules = await server.call("SIP/ListSIPDispatchRule", "{}")
        #expect(rules?.json["items"]?.elements?.first?["trunk_ids"] == ["ST_b"])
    }

    @Test func makesIdsAndTimes() async throws {
        let server = try EmulatorHarness()
        let answer = await server.call(
            "SIP/CreateSIPOutboundTrunk",
            #"{"trunk":{"numbers":["*"],"address":"a","created_at":"2020-01-01T00:00:00Z"}}"#)
        #expect(answer?.json["sip_trunk_id"]?.text?.wholeMatch(of: /ST_[2-9A-HJ-NP-Za-km-z]{12}/) != nil)
        #expect(answer?.json["created_at"] == "2026-09-24T19:39:32.739773Z")
        #expect(answer?.json["updated_at"] == "2026-09-24T19:39:32.739773Z")
        #expect(answer?.json["media"] == .null)
        let empty = await server.call("SIP/CreateSIPInboundTrunk", #"{"trunk":{"sip_trunk_id":"","numbers":["a"]}}"#)
        #expect(empty?.status == 200)
    }

    /// Everything is there again after a restart, conflicts included; what was deleted is not.
    @Test func survivesARestart() async throws {
        let folder = try ScratchDirectory()
        let path = folder.path + "/sandbox.db"
        var before: [String] = []
        func all(_ server: EmulatorHarness) async -> [String] {
            var texts: [String] = []
            for method in ["SIPInboundTrunk", "SIPOutboundTrunk", "SIPTrunk"] {
                texts.append(await server.call("SIP/List" + method, "{}")?.text ?? "")
            }
            return texts + [server.emulator.state().compact]
        }
        do {
            let server = try EmulatorHarness(seed: Self.world, store: try DocumentStore(path: path))
            _ = await server.call(
                "SIP/CreateSIPInboundTrunk",
                #"{"trunk":{"numbers":["+15105550105"],"headers":{"X-A":"a"},"ringing_timeout":"1.500s","#
                    + #""media":{"codecs":[{"name":"opus","rate":48000}],"encryption":0,"media_timeout":"30s"}}}"#)
            _ = await server.call(
                "SIP/UpdateSIPOutboundTrunk", #"{"sip_trunk_id":"ST_d","update":{"name":"","metadata":"k"}}"#)
            _ = await server.call("SIP/DeleteSIPTrunk", #"{"sip_trunk_id":"ST_e"}"#)
            _ = await server.call("SIP/DeleteSIPTrunk", #"{"sip_trunk_id":"ST_b"}"#)
            _ = await server.call(
                "SIP/CreateSIPParticipant", #"{"sip_trunk_id":"ST_d","sip_call_to":"+15105550108","room_name":"r"}"#,
                headers: ["Authorization": "Bearer " + server.callToken()])
            before = await all(server)
            await server.listener.stop()
        }
        let server = try EmulatorHarness(store: try DocumentStore(path: path))
        #expect(await all(server) == before)
        #expect(await ids(server, "SIPTrunk", "{}")?.count == 4)
        #expect(server.emulator.state()["participants"]?.elements?.count == 1)
        let clash = await server.call("SIP/CreateSIPInboundTrunk", #"{"trunk":{"numbers":["15105550105"]}}"#)
        #expect(clash?.status == 400)
    }

    /// Passwords are part of what is true; the log of requests tells none of it.
    @Test func showsPasswordsInTheStateOnly() async throws {
        let server = try EmulatorHarness()
        let made = await server.call(
            "SIP/CreateSIPInboundTrunk", #"{"trunk":{"numbers":["a"],"auth_username":"u","auth_password":"s3cret"}}"#)
        #expect(made?.json["auth_password"] == "s3cret")
        let state = await server.client.send("GET", "/_sandbox/state")
        let truth = try JSON(reading: state?.body ?? [])
        #expect(truth["inbound_trunks"] == [try #require(made?.json)])
        #expect(truth["outbound_trunks"] == [])
        let log = await server.client.send("GET", "/_sandbox/log")
        #expect(log?.text.contains("CreateSIPInboundTrunk") == true)
        #expect(log?.text.contains("s3cret") == false)
        _ = await server.client.send("POST", "/_sandbox/reset")
        #expect(await ids(server, "SIPTrunk", "{}") == [])
        #expect(server.emulator.state()["inbound_trunks"] == [])
    }

    @Test(arguments: [
        (#"{"inbound_trunks":[{"numbers":"a"}]}"#, "an inbound trunk is an object as LiveKit prints it"),
        (#"{"inbound_trunks":{}}"#, "'inbound_trunks' is a list"),
        (#"{"outbound_trunks":["a"]}"#, "an outbound trunk is an object as LiveKit prints it"),
        (#"{"inbound_trunks":[{"sip_trunk_id":"ST_a"},{"sip_trunk_id":"ST_a"}]}"#, "id ST_a is in use"),
        (
            #"{"inbound_trunks":[{"sip_trunk_id":"ST_b"}],"outbound_trunks":[{"sip_trunk_id":"ST_b"}]}"#,
            "id ST_b is in use"
        ),
        (#"{"outbound_trunks":[{"sip_trunk_id":"ST_4fGh7JkLmNpQ"}]}"#, "id ST_4fGh7JkLmNpQ is in use"),
        (
            #"{"trunks":[]}"#,
            "a seed has numbers, dispatch_rules, inbound_trunks and outbound_trunks, not 'trunks'"
        ),
    ])
    func refusesASeed(_ body: String, _ text: String) async throws {
        let server = try EmulatorHarness(seed: ["inbound_trunks": [EmulatorSeeds.trunk]])
        let before = server.emulator.state()
        let reply = await server.client.send("POST", "/_sandbox/seed", body: body)
        #expect(reply?.status == 400)
        #expect(reply?.text == (["error": .string(text)] as JSON).compact)
        #expect(server.emulator.state() == before)
    }

    @Test func seedsATrunkWithoutAnId() async throws {
        let server = try EmulatorHarness(seed: ["outbound_trunks": [["numbers": ["*"], "address": "a"]]])
        let id = try #require(await ids(server, "SIPOutboundTrunk", "{}")?.first)
        #expect(id.wholeMatch(of: /ST_[2-9A-HJ-NP-Za-km-z]{12}/) != nil)
    }
}
