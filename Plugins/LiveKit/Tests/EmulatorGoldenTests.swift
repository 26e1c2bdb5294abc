import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// The contract's golden exchanges that concern phone numbers, and those that concern no method.
@Suite struct EmulatorGoldenTests {
    /// Every number of area 415 is owned but 0142, 0143 and 0144.
    private static let threeLeft: JSON = [
        "numbers": .strings((100..<150).filter { !(142...144).contains($0) }.map { "+14155550\($0)" })
    ]

    private static func item(_ number: String) -> String {
        "{\"id\":\"\",\"e164_format\":\"\(number)\",\"country_code\":\"US\",\"area_code\":\"415\","
            + #""number_type":"PHONE_NUMBER_TYPE_LOCAL","locality":"SAN FRANCISCO","region":"CA","spam_score":0,"#
            + #""created_at":null,"updated_at":null,"capabilities":["voice"],"#
            + #""status":"PHONE_NUMBER_STATUS_UNSPECIFIED","assigned_at":null,"released_at":null,"#
            + #""sip_dispatch_rule_id":"","sip_dispatch_rule_ids":[]}"#
    }

    @Test func g1SearchFirstPage() async throws {
        let server = try EmulatorHarness(seed: Self.threeLeft)
        let answer = await server.call(
            "PhoneNumberService/SearchPhoneNumbers", #"{"country_code":"US","area_code":"415","limit":2}"#)
        #expect(answer?.status == 200)
        #expect(answer?.type == "application/json")
        #expect(
            answer?.text == "{\"items\":[" + Self.item("+14155550142") + "," + Self.item("+14155550143")
                + #"],"next_page_token":{"token":"eyJvZmZzZXQiOjIsImxpbWl0IjoyfQ=="}}"#)
    }

    @Test func g2SearchLastPage() async throws {
        let server = try EmulatorHarness(seed: Self.threeLeft)
        let answer = await server.call(
            "PhoneNumberService/SearchPhoneNumbers",
            #"{"countryCode":"US","areaCode":"415","pageToken":{"token":"eyJvZmZzZXQiOjIsImxpbWl0IjoyfQ=="}}"#)
        #expect(
            answer?.text == "{\"items\":[" + Self.item("+14155550144") + #"],"next_page_token":null}"#)
    }

    @Test func g5PurchaseWithARule() async throws {
        let rule = EmulatorSeeds.rule("SDR_9aBcDeFgHjKm", "front-desk", trunks: ["ST_4fGh7JkLmNpQ"])
        let server = try EmulatorHarness(seed: ["dispatch_rules": [rule]])
        let answer = await server.call(
            "PhoneNumberService/PurchasePhoneNumber",
            #"{"phone_numbers":["+14155550142"],"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm"}"#)
        let bought = try #require(answer?.json["phone_numbers"]?.elements?.first)
        let id = try #require(bought["id"]?.text)
        #expect(id.wholeMatch(of: /PN_PPN_[2-9A-HJ-NP-Za-km-z]{12}/) != nil)
        #expect(
            bought.with("id", "PN_PPN_7hJk2mNpQrSt").compact
                == #"{"id":"PN_PPN_7hJk2mNpQrSt","e164_format":"+14155550142","country_code":"","area_code":"","#
                + #""number_type":"PHONE_NUMBER_TYPE_UNKNOWN","locality":"","region":"","spam_score":0,"#
                + #""created_at":null,"updated_at":null,"capabilities":[],"status":"PHONE_NUMBER_STATUS_ACTIVE","#
                + #""assigned_at":null,"released_at":null,"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm","#
                + #""sip_dispatch_rule_ids":["SDR_9aBcDeFgHjKm"]}"#)
        let rules = await server.call("SIP/ListSIPDispatchRule", "{}")
        let trunks = rules?.json["items"]?.elements?.first?["trunk_ids"]
        #expect(trunks == .strings(["ST_4fGh7JkLmNpQ", id]))
    }

    @Test func g6PurchaseOfANumberThatIsGone() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"taken","method":"PurchasePhoneNumber","number":"+14155550142"}"#)
        let answer = await server.call(
            "PhoneNumberService/PurchasePhoneNumber", #"{"phone_numbers":["+14155550142"]}"#)
        #expect(answer?.status == 404)
        #expect(answer?.text == #"{"code":"not_found","msg":"phone number +14155550142 is not available"}"#)
    }

    @Test func g7ListAsTheCommandLineDoesIt() async throws {
        let server = try EmulatorHarness(seed: ["numbers": [EmulatorSeeds.number]])
        let answer = await server.call(
            "PhoneNumberService/ListPhoneNumbers",
            #"{"statuses":["PHONE_NUMBER_STATUS_ACTIVE","PHONE_NUMBER_STATUS_OFFLINE"],"#
                + #""page_token":{"token":"eyJvZmZzZXQiOjAsImxpbWl0Ijo1MH0="}}"#)
        #expect(
            answer?.text
                == #"{"items":[{"id":"PN_PPN_7hJk2mNpQrSt","e164_format":"+14155550142","country_code":"US","#
                + #""area_code":"415","number_type":"PHONE_NUMBER_TYPE_LOCAL","locality":"SAN FRANCISCO","#
                + #""region":"CA","spam_score":0,"created_at":null,"updated_at":null,"capabilities":["voice"],"#
                + #""status":"PHONE_NUMBER_STATUS_OFFLINE","assigned_at":"2026-09-24T19:39:32.739773Z","#
                + #""released_at":null,"sip_dispatch_rule_id":"","sip_dispatch_rule_ids":[]}],"#
                + #""next_page_token":null,"total_count":1,"offline_count":1}"#)
    }

    @Test func g8BindById() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        let answer = await server.call(
            "PhoneNumberService/UpdatePhoneNumber",
            #"{"id":"PN_PPN_7hJk2mNpQrSt","sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm"}"#)
        #expect(answer?.status == 200)
        #expect(
            answer?.text
                == #"{"phone_number":{"id":"PN_PPN_7hJk2mNpQrSt","e164_format":"+14155550142","country_code":"","#
                + #""area_code":"","number_type":"PHONE_NUMBER_TYPE_UNKNOWN","locality":"","region":"","#
                + #""spam_score":0,"created_at":null,"updated_at":null,"capabilities":[],"#
                + #""status":"PHONE_NUMBER_STATUS_ACTIVE","assigned_at":null,"released_at":null,"#
                + #""sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm","sip_dispatch_rule_ids":["SDR_9aBcDeFgHjKm"]}}"#)
    }

    @Test func g9BindToARuleWithoutTrunksIsRefused() async throws {
        let rule = EmulatorSeeds.rule("SDR_9aBcDeFgHjKm", "open", trunks: [])
        let server = try EmulatorHarness(seed: ["numbers": [EmulatorSeeds.number], "dispatch_rules": [rule]])
        let answer = await server.call(
            "PhoneNumberService/UpdatePhoneNumber",
            #"{"id":"PN_PPN_7hJk2mNpQrSt","sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm"}"#)
        #expect(answer?.status == 400)
        #expect(
            answer?.text
                == #"{"code":"invalid_argument","msg":"twirp error unknown: Failed to update phone number"}"#)
    }

    /// Requests without a project to speak of, and the whole text of their answers.
    @Test(arguments: [
        (
            "g10", "PhoneNumberService/GetPhoneNumber", #"{"phone_number":"+14155550199"}"#, 404,
            #"{"code":"not_found","msg":"phone number not found"}"#
        ),
        ("g11", "PhoneNumberService/ReleasePhoneNumbers", #"{"ids":["PN_PPN_7hJk2mNpQrSt"]}"#, 200, "{}"),
        (
            "g27", "SIP/GetSIPDispatchRule", "{}", 404,
            #"{"code":"bad_route","msg":"no handler for path \"/twirp/livekit.SIP/GetSIPDispatchRule\"","#
                + #""meta":{"twirp_invalid_route":"POST /twirp/livekit.SIP/GetSIPDispatchRule"}}"#
        ),
    ])
    func wholeAnswers(_ name: String, _ method: String, _ body: String, _ status: Int, _ text: String) async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        let answer = await server.call(method, body)
        #expect(answer?.status == status, "\(name)")
        #expect(answer?.text == text, "\(name)")
        #expect(answer?.type == "application/json", "\(name)")
    }

    @Test func g25NoGrant() async throws {
        let server = try EmulatorHarness()
        let token = server.token(["iss": "devkey", "exp": .integer(server.now + 600)])
        for method in ["SIP/ListSIPDispatchRule", "SIP/DeleteSIPDispatchRule"] {
            let answer = await server.call(method, "{}", headers: ["Authorization": "Bearer " + token])
            #expect(answer?.status == 401)
            #expect(answer?.type == "application/json")
            #expect(answer?.text == #"{"code":"unauthenticated","msg":"permissions denied"}"#)
        }
    }

    @Test func g26UnknownKey() async throws {
        let server = try EmulatorHarness()
        let token = server.token(["iss": "stranger", "exp": .integer(server.now + 600), "sip": ["admin": true]])
        let answer = await server.call("SIP/ListSIPDispatchRule", "{}", headers: ["Authorization": "Bearer " + token])
        #expect(answer?.status == 401)
        #expect(answer?.type == "text/plain; charset=utf-8")
        #expect(answer?.text == "invalid API key")
    }

    @Test func g28AnUnknownStatusFiltersNothing() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        let filtered = await server.call("PhoneNumberService/ListPhoneNumbers", #"{"statuses":["active"]}"#)
        #expect(filtered?.status == 200)
        #expect(filtered?.json["total_count"] == 1)
        #expect(filtered?.text == (await server.call("PhoneNumberService/ListPhoneNumbers", "{}"))?.text)
    }

    @Test func g30RateLimit() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"rate_limited","retry_after":3}"#)
        let answer = await server.call("PhoneNumberService/ListPhoneNumbers", "{}")
        #expect(answer?.status == 429)
        #expect(answer?.text == #"{"code":"resource_exhausted","msg":"api rate limit exceeded"}"#)
    }
}
