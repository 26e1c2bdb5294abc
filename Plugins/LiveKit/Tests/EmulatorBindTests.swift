import SwitchboardCore
import Testing

@testable import LiveKitSandbox

/// How numbers hang on the `trunk_ids` of rules (contract section 3.3).
@Suite struct EmulatorBindTests {
    private static let bought = "PN_PPN_7hJk2mNpQrSt"

    private func server(_ rules: [(id: String, trunks: [String])]) throws -> EmulatorHarness {
        let rules = rules.map { EmulatorSeeds.rule($0.id, $0.id, trunks: $0.trunks, room: $0.id) }
        return try EmulatorHarness(
            seed: ["numbers": [EmulatorSeeds.number, "+14155550143"], "dispatch_rules": .array(rules)])
    }

    private func number(_ server: EmulatorHarness, _ e164: String = "+14155550142") async -> JSON? {
        await server.call("PhoneNumberService/GetPhoneNumber", "{\"phone_number\":\"\(e164)\"}")?.json["phone_number"]
    }

    private func update(_ server: EmulatorHarness, _ rule: String) async -> EmulatorHarness.Answer? {
        await server.call(
            "PhoneNumberService/UpdatePhoneNumber",
            "{\"phone_number\":\"+14155550142\",\"sip_dispatch_rule_id\":\"\(rule)\"}")
    }

    private func trunks(_ server: EmulatorHarness) async -> [JSON?]? {
        await server.call("SIP/ListSIPDispatchRule", "{}")?.json["items"]?.elements?.map { $0["trunk_ids"] }
    }

    @Test func allRulesThatNameTheNumberAreItsRules() async throws {
        let pinned: JSON = [
            "sip_dispatch_rule_id": "SDR_b", "trunk_ids": ["PN_PPN_7hJk2mNpQrSt"],
            "rule": ["dispatch_rule_direct": ["room_name": "x", "pin": "7"]],
        ]
        let server = try EmulatorHarness(
            seed: [
                "numbers": [EmulatorSeeds.number],
                "dispatch_rules": [EmulatorSeeds.rule("SDR_c", "c", trunks: ["ST_x", Self.bought]), pinned],
            ])
        let number = await number(server)
        #expect(number?["sip_dispatch_rule_ids"] == ["SDR_b", "SDR_c"])
        #expect(number?["sip_dispatch_rule_id"] == "SDR_b")
        let listed = await server.call(
            "PhoneNumberService/ListPhoneNumbers", #"{"sip_dispatch_rule_id":"SDR_c"}"#)
        #expect(listed?.json["total_count"] == 1)
    }

    @Test func aDeletedRuleOrphansItsNumbers() async throws {
        let server = try server([("SDR_a", [Self.bought])])
        #expect(await number(server)?["status"] == "PHONE_NUMBER_STATUS_ACTIVE")
        _ = await server.call("SIP/DeleteSIPDispatchRule", #"{"sip_dispatch_rule_id":"SDR_a"}"#)
        #expect(await number(server)?["status"] == "PHONE_NUMBER_STATUS_OFFLINE")
        #expect(await number(server)?["sip_dispatch_rule_ids"] == [])
    }

    @Test func anOpenRuleOfCalledNumbersServesThoseOnly() async throws {
        var rule = EmulatorSeeds.rule("SDR_a", "a", trunks: [])
        rule = .object((rule.members ?? []) + [.init("numbers", ["+14155550142"])])
        let server = try EmulatorHarness(
            seed: ["numbers": [EmulatorSeeds.number, "+14155550143"], "dispatch_rules": [rule]])
        #expect(await number(server)?["status"] == "PHONE_NUMBER_STATUS_ACTIVE")
        #expect(await number(server, "+14155550143")?["status"] == "PHONE_NUMBER_STATUS_OFFLINE")
    }

    @Test func theRuleThatWasTheNumbersAloneTakesAllCallsAfterAMove() async throws {
        let server = try server([("SDR_a", [Self.bought]), ("SDR_b", ["ST_x"])])
        #expect(await update(server, "SDR_b")?.json["phone_number"]?["sip_dispatch_rule_ids"] == ["SDR_b"])
        #expect(await trunks(server) == [[], ["ST_x", .string(Self.bought)]])
        #expect(await number(server, "+14155550143")?["status"] == "PHONE_NUMBER_STATUS_ACTIVE")
        #expect(await number(server, "+14155550143")?["sip_dispatch_rule_ids"] == [])
    }

    @Test func aMoveThatWouldLeaveTwoOpenRulesIsRefused() async throws {
        let server = try server([("SDR_a", [Self.bought]), ("SDR_b", ["ST_x"]), ("SDR_c", [])])
        let answer = await update(server, "SDR_b")
        #expect(answer?.status == 400)
        #expect(answer?.json["msg"] == "twirp error unknown: Failed to update phone number")
        #expect(await trunks(server) == [[.string(Self.bought)], ["ST_x"], []])
    }

    @Test func bindingAgainChangesNothing() async throws {
        let server = try server([("SDR_a", ["ST_x"])])
        for _ in 0..<2 { #expect(await update(server, "SDR_a")?.status == 200) }
        #expect(await trunks(server) == [["ST_x", .string(Self.bought)]])
    }

    @Test(arguments: [
        ("UpdatePhoneNumber", "{}", "exactly one of id and phone_number must be set"),
        ("UpdatePhoneNumber", #"{"sip_dispatch_rule_id":"SDR_a"}"#, "exactly one of id and phone_number must be set"),
        ("GetPhoneNumber", "{}", "exactly one of id and phone_number must be set"),
        (
            "GetPhoneNumber", #"{"id":"PN_PPN_7hJk2mNpQrSt","phone_number":"+14155550142"}"#,
            "exactly one of id and phone_number must be set"
        ),
        ("ReleasePhoneNumbers", "{}", "exactly one of ids and phone_numbers must be set"),
        (
            "ReleasePhoneNumbers", #"{"ids":["PN_PPN_7hJk2mNpQrSt"],"phone_numbers":["+14155550142"]}"#,
            "exactly one of ids and phone_numbers must be set"
        ),
        ("PurchasePhoneNumber", "{}", "phone_numbers is required"),
        ("SearchPhoneNumbers", #"{"country_code":""}"#, "country_code is required"),
    ])
    func refusesWhatNamesNothingOrTwoThings(_ method: String, _ body: String, _ text: String) async throws {
        let server = try server([])
        let answer = await server.call("PhoneNumberService/" + method, body)
        #expect(answer?.status == 400)
        #expect(answer?.json == ["code": "invalid_argument", "msg": .string(text)])
    }
}
