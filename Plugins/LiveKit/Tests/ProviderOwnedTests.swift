import FoundationEssentials
import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

@Suite struct ProviderOwnedTests {
    private func page(_ items: [String], next: String = "null") -> String {
        #"{"items":[\#(items.joined(separator: ","))],"next_page_token":\#(next),"total_count":9,"offline_count":1}"#
    }

    @Test func asksForAllThatIsHeldByFullNamesAndSortsIt() async throws {
        let transport = ScriptedTransport([
            answer(
                listPath, page([wireNumber("+14155550143", id: "PN_PPN_b")], next: #"{"token":"t1"}"#)),
            answer(
                listPath,
                page([wireNumber("+14155550142", id: "PN_PPN_a"), "null", wireNumber("+14155550143", id: "PN_PPN_b")])),
        ])
        let provider = try LiveKitProvider(context: context(transport))
        let owned = try await provider.ownedNumbers(OwnedNumberFilter())
        #expect(owned.map(\.providerID) == ["PN_PPN_a", "PN_PPN_b"])
        #expect(
            try json(transport.sent[0].body)
                == json(
                    """
                    {"limit":500,"statuses":["PHONE_NUMBER_STATUS_ACTIVE","PHONE_NUMBER_STATUS_PENDING",
                     "PHONE_NUMBER_STATUS_OFFLINE"]}
                    """))
        #expect(transport.sent[0].deadline == .seconds(10))
        #expect(transport.complaints.isEmpty)
    }

    @Test func filtersByRuleAndByStatusEvenWhereTheServerDoesNot() async throws {
        let transport = ScriptedTransport([
            answer(
                listPath,
                page([
                    wireNumber("+14155550142", id: "PN_PPN_a"),
                    wireNumber("+14155550143", id: "PN_PPN_b", status: "PHONE_NUMBER_STATUS_RELEASED"),
                ]))
        ])
        let provider = try LiveKitProvider(context: context(transport))
        let owned = try await provider.ownedNumbers(OwnedNumberFilter(statuses: [.released], dispatchRuleID: "SDR_a"))
        #expect(owned.map(\.providerID) == ["PN_PPN_b"])
        #expect(
            try json(transport.sent[0].body)
                == json(
                    """
                    {"limit":500,"statuses":["PHONE_NUMBER_STATUS_RELEASED"],"sip_dispatch_rule_id":"SDR_a"}
                    """))
    }

    @Test func stopsAtARepeatedTokenAndAtAnEndlessList() async throws {
        let repeated = ScriptedTransport([
            answer(listPath, page([wireNumber("+14155550142")], next: #"{"token":"same"}"#), times: 2...2)
        ])
        #expect(try await LiveKitProvider(context: context(repeated)).ownedNumbers(OwnedNumberFilter()).count == 1)
        #expect(repeated.complaints.isEmpty)

        let endless = ScriptedTransport { request in
            let body = try? json(request.body)
            let token = (body?["page_token"]?["token"]?.text ?? "") + "x"
            return .json(200, #"{"items":[],"nextPageToken":{"token":"\#(token)"}}"#)
        }
        let provider = try LiveKitProvider(context: context(endless))
        let error = try await failure { _ = try await provider.ownedNumbers(OwnedNumberFilter()) }
        #expect(error.code == .badAnswer)
        #expect(endless.sent.count == 1000)
    }

    @Test func readsEitherNamingAndNewerValues() async throws {
        let camel = """
            {"id":"PN_PPN_a","e164Format":"+14155550142","countryCode":"US","areaCode":"415","numberType":2,
             "status":1,"sipDispatchRuleIds":["SDR_a"],"name":"front","inboundStatus":"PHONE_NUMBER_IN_STATUS_ACTIVE"}
            """
        let newer = """
            {"id":"PN_PPN_b","e164_format":"+14155550143","status":"PHONE_NUMBER_STATUS_SUSPENDED","number_type":99,
             "capabilities":null,"sip_dispatch_rule_id":"SDR_b"}
            """
        let odd = """
            {"id":"PN_PPN_c","e164_format":"+14155550144","status":17,"locality":7,
             "released_at":"2026-09-24T19:39:32.739773Z"}
            """
        let unreadable = #"{"id":"PN_PPN_d","e164_format":"front desk"}"#
        let log = LogLines()
        let transport = ScriptedTransport([answer(listPath, page([camel, newer, odd, unreadable]))])
        let provider = try LiveKitProvider(context: context(transport, log: log))
        let all: [NumberStatus] = [.active, .pending, .offline, .released]
        let owned = try await provider.ownedNumbers(OwnedNumberFilter(statuses: all))
        #expect(owned.map(\.status) == [.active, .active, .released])
        #expect(owned.map(\.numberType) == [.local, .local, .local])
        #expect(owned.map(\.dispatchRuleIDs) == [["SDR_a"], ["SDR_b"], []])
        #expect(owned.map(\.areaCode) == ["415", "415", "415"])
        #expect(owned[2].releasedAt?.timeIntervalSince1970 == 1_790_278_772)
        #expect(owned[2].locality == "San Francisco")
        #expect(log.lines.contains { $0.contains("without a readable number") })
    }

    @Test func lookUpTellsWhatIsHeldNow() async throws {
        let number = try e164("+14155550142")
        for (exchange, held) in [
            (answer(getPath, #"{"phone_number":\#(wireNumber("+14155550142"))}"#), true),
            (refusal(getPath, 404, "not_found", "phone number not found"), false),
            (
                answer(
                    getPath,
                    #"{"phoneNumber":\#(wireNumber("+14155550142", status: "PHONE_NUMBER_STATUS_RELEASED"))}"#), false
            ),
        ] {
            let transport = ScriptedTransport([exchange])
            let found = try await LiveKitProvider(context: context(transport)).lookUp(number)
            #expect((found != nil) == held)
            #expect(try json(transport.sent[0].body) == json(#"{"phone_number":"+14155550142"}"#))
        }
    }

    @Test(arguments: [#"{"phone_number":null}"#, #"{}"#, "[]", "<html>", #"{"phone_number":{"id":"x"}}"#])
    func lookUpNeverTakesNonsenseForAnAnswer(body: String) async throws {
        let provider = try LiveKitProvider(context: context(ScriptedTransport([answer(getPath, body)])))
        let number = try e164("+14155550142")
        let error = try await failure { _ = try await provider.lookUp(number) }
        #expect(error.code == .badAnswer)
        #expect(!error.mayHaveHappened)
    }

    @Test func aListThatIsNoneIsNotAnEmptyOne() async throws {
        let provider = try LiveKitProvider(context: context(ScriptedTransport([answer(listPath, #"{"items":"x"}"#)])))
        let error = try await failure { _ = try await provider.ownedNumbers(OwnedNumberFilter()) }
        #expect(error.code == .badAnswer)
    }
}
