import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// What the phone number methods do beyond the golden exchanges.
@Suite struct EmulatorNumberTests {
    private func call(_ server: EmulatorHarness, _ method: String, _ body: String) async throws -> JSON {
        try #require(await server.call("PhoneNumberService/" + method, body)).json
    }

    @Test func aPurchaseBuysAllOrNothing() async throws {
        let server = try EmulatorHarness(seed: ["numbers": ["+14155550101"]])
        for (numbers, code, text) in [
            (#"["+14155550100","+14155550101"]"#, "already_exists", "phone number +14155550101 is already owned"),
            (#"["+14155550100","+14155550150"]"#, "not_found", "phone number +14155550150 is not available"),
            (#"["+14155550100","nonsense"]"#, "not_found", "phone number nonsense is not available"),
            ("[]", "invalid_argument", "phone_numbers is required"),
        ] {
            let json = try await call(server, "PurchasePhoneNumber", "{\"phone_numbers\":\(numbers)}")
            #expect(json == ["code": .string(code), "msg": .string(text)])
        }
        let unknown = try await call(
            server, "PurchasePhoneNumber", #"{"phone_numbers":["+14155550100"],"sip_dispatch_rule_id":"SDR_x"}"#)
        #expect(unknown["code"] == "not_found")
        #expect(server.emulator.state()["history"] == [])
        let both = try await call(
            server, "PurchasePhoneNumber", #"{"phone_numbers":["+14155550103","+14155550100","+14155550103"]}"#)
        #expect(
            both["phone_numbers"]?.elements?.map { $0["e164_format"] } == ["+14155550103", "+14155550100"])
    }

    @Test func aReleasedNumberIsForSaleAgainAndLeavesItsRules() async throws {
        let first = EmulatorSeeds.rule("SDR_a", "a", trunks: ["PN_PPN_7hJk2mNpQrSt", "ST_x"])
        let only = EmulatorSeeds.rule("SDR_b", "b", trunks: ["PN_PPN_7hJk2mNpQrSt"])
        let server = try EmulatorHarness(
            seed: ["numbers": [EmulatorSeeds.number], "dispatch_rules": [first, only]])
        let refused = try await call(
            server, "ReleasePhoneNumbers", #"{"ids":["PN_PPN_7hJk2mNpQrSt","PN_PPN_unknown"]}"#)
        #expect(refused["code"] == "not_found")
        #expect(try await call(server, "ReleasePhoneNumbers", #"{"phone_numbers":["+14155550142"]}"#) == [:])
        let rules = try await #require(server.call("SIP/ListSIPDispatchRule", "{}")).json["items"]?.elements
        #expect(rules?.map { $0["trunk_ids"] } == [["ST_x"], ["PN_PPN_7hJk2mNpQrSt"]])
        #expect(try await call(server, "ListPhoneNumbers", "{}")["total_count"] == 0)
        let released = try await call(server, "ListPhoneNumbers", #"{"statuses":["PHONE_NUMBER_STATUS_RELEASED"]}"#)
        #expect(released["items"]?.elements?.first?["released_at"]?.text == "2026-09-24T19:39:32.739773Z")
        #expect(released["items"]?.elements?.first?["sip_dispatch_rule_ids"] == [])
        #expect(try await call(server, "GetPhoneNumber", #"{"phone_number":"+14155550142"}"#)["code"] == "not_found")
        let again = try await call(server, "PurchasePhoneNumber", #"{"phone_numbers":["+14155550142"]}"#)
        #expect(again["phone_numbers"]?.elements?.first?["id"] != "PN_PPN_7hJk2mNpQrSt")
    }

    @Test func anUpdateRepointsTheNumber() async throws {
        let rules = ["SDR_a", "SDR_b"].map { EmulatorSeeds.rule($0, $0, trunks: ["ST_" + $0]) }
        let server = try EmulatorHarness(
            seed: ["numbers": [EmulatorSeeds.number], "dispatch_rules": .array(rules)])
        for rule in ["SDR_a", "SDR_b", "SDR_b"] {
            let json = try await call(
                server, "UpdatePhoneNumber",
                "{\"phone_number\":\"+14155550142\",\"sip_dispatch_rule_id\":\"\(rule)\"}")
            #expect(json["phone_number"]?["sip_dispatch_rule_ids"] == [.string(rule)])
        }
        let same = try await call(server, "UpdatePhoneNumber", #"{"id":"PN_PPN_7hJk2mNpQrSt"}"#)
        #expect(same["phone_number"]?["sip_dispatch_rule_ids"] == ["SDR_b"])
        let none = try await call(
            server, "UpdatePhoneNumber", #"{"id":"PN_PPN_7hJk2mNpQrSt","sip_dispatch_rule_id":""}"#)
        #expect(none["phone_number"]?.contains(["status": "PHONE_NUMBER_STATUS_OFFLINE"]) == true)
        let unknown = try await call(
            server, "UpdatePhoneNumber", #"{"id":"PN_PPN_7hJk2mNpQrSt","sip_dispatch_rule_id":"SDR_c"}"#)
        #expect(unknown["code"] == "not_found")
        let twice = try await call(
            server, "UpdatePhoneNumber", #"{"id":"PN_PPN_7hJk2mNpQrSt","phone_number":"+14155550142"}"#)
        #expect(twice["code"] == "invalid_argument")
    }

    @Test func detachingRefusesToLeaveACatchAll() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk(trunk: "PN_PPN_7hJk2mNpQrSt"))
        let json = try await call(
            server, "UpdatePhoneNumber", #"{"id":"PN_PPN_7hJk2mNpQrSt","sip_dispatch_rule_id":""}"#)
        #expect(json["code"] == "invalid_argument")
        let number = try await call(server, "GetPhoneNumber", #"{"id":"PN_PPN_7hJk2mNpQrSt"}"#)["phone_number"]
        #expect(number?["sip_dispatch_rule_id"] == "SDR_9aBcDeFgHjKm")
    }

    @Test func aCatchAllMakesANumberActiveWithoutBeingListed() async throws {
        let open = EmulatorSeeds.rule("SDR_a", "open", trunks: [])
        let server = try EmulatorHarness(seed: ["numbers": [EmulatorSeeds.number], "dispatch_rules": [open]])
        let number = try await call(server, "GetPhoneNumber", #"{"phone_number":"+14155550142"}"#)["phone_number"]
        #expect(number?["status"] == "PHONE_NUMBER_STATUS_ACTIVE")
        #expect(number?["sip_dispatch_rule_ids"] == [])
    }

    @Test func pagesCoverEverythingOnce() async throws {
        let server = try EmulatorHarness(seed: ["numbers": ["+14155550100", "+14155550149", "+12125550120"]])
        var seen: [String] = []
        var body = #"{"country_code":"us","limit":37}"#
        while true {
            let json = try await call(server, "SearchPhoneNumbers", body)
            seen += json["items"]?.elements?.compactMap { $0["e164_format"]?.text } ?? []
            guard let token = json["next_page_token"]?["token"]?.text else { break }
            body = "{\"country_code\":\"US\",\"page_token\":{\"token\":\"\(token)\"}}"
        }
        #expect(seen.count == NumberingPlan.usAreas.count * 50 - 3)
        #expect(seen == seen.sorted())
        #expect(Set(seen).count == seen.count)
    }

    @Test func pageTokensAndTheirLimits() async throws {
        let server = try EmulatorHarness(seed: ["numbers": ["+14155550100", "+14155550101", "+14155550102"]])
        func count(_ body: String) async throws -> Int? {
            try await call(server, "ListPhoneNumbers", body)["items"]?.elements?.count
        }
        #expect(try await count(#"{"limit":2}"#) == 2)
        #expect(try await count(#"{"limit":0}"#) == 1)
        #expect(try await count(#"{"limit":2,"page_token":{"token":"eyJvZmZzZXQiOjIsImxpbWl0IjoyfQ=="}}"#) == 1)
        #expect(try await count(#"{"limit":1,"page_token":{"token":"eyJvZmZzZXQiOjAsImxpbWl0IjozfQ"}}"#) == 3)
        #expect(try await count(#"{"limit":1,"page_token":{"token":""}}"#) == 1)
        for token in ["x", "bm9wZQ==", "eyJvZmZzZXQiOi0xfQ=="] {
            let json = try await call(server, "ListPhoneNumbers", "{\"page_token\":{\"token\":\"\(token)\"}}")
            #expect(json == ["code": "invalid_argument", "msg": "invalid page token"])
        }
    }

    @Test func searchesOnlyInTheUnitedStates() async throws {
        let server = try EmulatorHarness()
        #expect(
            try await call(server, "SearchPhoneNumbers", "{}")
                == ["code": "invalid_argument", "msg": "country_code is required"])
        #expect(
            try await call(server, "SearchPhoneNumbers", #"{"country_code":"DE"}"#)
                == ["items": [], "next_page_token": nil])
    }

    @Test func theWideInventoryHasFiftyTimesAsMany() {
        let wide = Inventory(.wide)
        let page = wide.unsold(areaCode: nil, offset: 0, limit: 1, soldIn: { _ in 0 }, isSold: { _ in false })
        #expect(page.total == NumberingPlan.usAreas.count * 2500)
        #expect(wide.contains("+14155990149"))
        #expect(!wide.contains("+14155550150"))
        #expect(!Inventory(.standard).contains("+14155990149"))
    }
}
