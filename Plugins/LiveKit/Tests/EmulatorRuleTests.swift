import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// What the dispatch-rule methods do beyond the golden exchanges.
@Suite struct EmulatorRuleTests {
    private static let kind = #""rule":{"dispatch_rule_individual":{"room_prefix":"call-"}}"#

    private func call(_ server: EmulatorHarness, _ method: String, _ body: String) async throws -> JSON {
        try #require(await server.call("SIP/\(method)SIPDispatchRule", body)).json
    }

    @Test func replacingARuleUnbindsWhatIsNotSentAgain() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk(trunk: "PN_PPN_7hJk2mNpQrSt"))
        _ = try await call(
            server, "Update",
            "{\"sip_dispatch_rule_id\":\"SDR_9aBcDeFgHjKm\",\"replace\":{\(Self.kind),\"trunk_ids\":[\"ST_x\"]}}")
        let get = await server.call("PhoneNumberService/GetPhoneNumber", #"{"id":"PN_PPN_7hJk2mNpQrSt"}"#)
        let number = get?.json["phone_number"]
        #expect(number?["status"] == "PHONE_NUMBER_STATUS_OFFLINE")
        #expect(number?["sip_dispatch_rule_ids"] == [])
        let rule = try await call(server, "List", "{}")["items"]?.elements?.first
        #expect(rule?["name"] == "")
    }

    @Test func mergesAttributesAndKeepsTheRest() async throws {
        let server = try EmulatorHarness()
        let made = try await call(
            server, "Create",
            "{\"dispatch_rule\":{\(Self.kind),\"name\":\"a\",\"metadata\":\"m\",\"trunk_ids\":[\"ST_a\"],"
                + #""attributes":{"x":"1","y":"2"},"room_config":{"agents":[{"agent_name":"night"}]}}}"#)
        let id = try #require(made["sip_dispatch_rule_id"]?.text)
        let json = try await call(
            server, "Update",
            "{\"sip_dispatch_rule_id\":\"\(id)\",\"update\":{\"name\":\"b\",\"metadata\":\"\","
                + #""attributes":{"y":"","z":"3"},"media_encryption":"SIP_MEDIA_ENCRYPT_REQUIRE"}}"#)
        #expect(
            json.contains([
                "name": "b", "metadata": "", "attributes": ["x": "1", "z": "3"], "trunk_ids": ["ST_a"],
                "room_config": ["agents": [["agent_name": "night"]]],
                "media": ["encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"],
                "media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE",
            ]))
        #expect(json["attributes"]?.members?.count == 2)
    }

    @Test func findsConflictsWhateverTheSpellingOfANumber() async throws {
        let server = try EmulatorHarness()
        func create(_ extra: String) async throws -> JSON {
            try await call(server, "Create", "{\"dispatch_rule\":{\(Self.kind),\(extra)}}")
        }
        #expect(try await create(#""trunk_ids":["ST_a","ST_b"],"numbers":["+15105550100"]"#)["trunk_ids"] != nil)
        let clash = try await create(#""trunk_ids":["ST_b"],"numbers":["1 (510) 555-0100"]"#)
        #expect(clash["msg"]?.text?.hasSuffix("\"<blank name>\"") == true)
        #expect(try await create(#""trunk_ids":["ST_b"],"numbers":["+15105550101"]"#)["trunk_ids"] != nil)
        #expect(try await create(#""trunk_ids":["ST_b"],"inbound_numbers":["+15105550100"]"#)["trunk_ids"] != nil)
        let pin =
            #"{"dispatch_rule":{"rule":{"dispatch_rule_direct":{"room_name":"x","pin":"7"}},"#
            + #""trunk_ids":["ST_b"],"numbers":["+15105550100"]}}"#
        #expect(try await call(server, "Create", pin)["trunk_ids"] != nil)
        let update = try await call(
            server, "List", #"{"trunk_ids":["ST_a"]}"#)["items"]?.elements?.first?["sip_dispatch_rule_id"]?.text
        let same = "{\"sip_dispatch_rule_id\":\"\(update ?? "")\",\"update\":{\"name\":\"new\"}}"
        #expect(try await call(server, "Update", same)["name"] == "new")
    }

    @Test func listsByIdAndByTrunk() async throws {
        let rules = [
            EmulatorSeeds.rule("SDR_a", "a", trunks: ["ST_a"]), EmulatorSeeds.rule("SDR_b", "b", trunks: ["ST_b"]),
            EmulatorSeeds.rule("SDR_c", "c", trunks: []),
        ]
        let server = try EmulatorHarness(seed: ["dispatch_rules": .array(rules)])
        func names(_ body: String) async throws -> [String]? {
            try await call(server, "List", body)["items"]?.elements?.compactMap { $0["name"]?.text }
        }
        #expect(try await names("{}") == ["a", "b", "c"])
        #expect(try await names(#"{"dispatch_rule_ids":["SDR_b","SDR_unknown"]}"#) == ["b"])
        #expect(try await names(#"{"trunk_ids":["ST_a"]}"#) == ["a", "c"])
        let gone = try await call(server, "Delete", #"{"sip_dispatch_rule_id":"SDR_c"}"#)
        #expect(gone["name"] == "c")
        #expect(try await names("{}") == ["a", "b"])
    }
}
