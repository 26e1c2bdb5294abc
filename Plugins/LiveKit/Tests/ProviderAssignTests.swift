import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

@Suite struct ProviderAssignTests {
    private func owned() throws -> OwnedNumber {
        OwnedNumber(
            provider: "livekit", providerID: numberID, e164: try e164("+14155550142"), status: .offline,
            countryCode: "US")
    }

    private func rule(_ id: String, _ trunks: String) -> String {
        #"{"sip_dispatch_rule_id":"\#(id)","name":"desk","rule":{"dispatch_rule_individual":{}},"trunk_ids":[\#(trunks)]}"#
    }

    @Test func sendsTheGoldenUpdateAndReadsTheNumberAgain() async throws {
        let bound = rule("SDR_9aBcDeFgHjKm", #""ST_x","\#(numberID)""#)
        let transport = ScriptedTransport([
            answer(rulesPath, #"{"items":[\#(rule("SDR_9aBcDeFgHjKm", #""ST_x""#))]}"#),
            answer(rulesPath, #"{"items":[]}"#),
            answer(updatePath, #"{"phone_number":{"id":"\#(numberID)"}}"#),
            answer(rulesPath, #"{"items":[\#(bound)]}"#),
            answer(rulesPath, #"{"items":[]}"#),
            answer(
                getPath,
                #"{"phone_number":\#(wireNumber("+14155550142", status: "PHONE_NUMBER_STATUS_ACTIVE", rules: ["SDR_9aBcDeFgHjKm"]))}"#
            ),
        ])
        let provider = try LiveKitProvider(context: context(transport))
        let after = try await provider.assign(owned(), toDispatchRule: "SDR_9aBcDeFgHjKm", key: "k")
        #expect(after.dispatchRuleIDs == ["SDR_9aBcDeFgHjKm"])
        #expect(after.status == .active)
        let update = transport.sent[2]
        #expect(try json(update.body) == json(#"{"id":"\#(numberID)","sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm"}"#))
        #expect(update.header("X-Livekit-Request-Id") == "k/move/SDR_9aBcDeFgHjKm")
        #expect(transport.complaints.isEmpty)
    }

    @Test func keepsAnAssignmentThatCannotBeReadAgain() async throws {
        let transport = ScriptedTransport([
            answer(rulesPath, #"{"items":[\#(rule("SDR_a", #""\#(numberID)""#))]}"#, times: 2...2),
            refusal(getPath, 503, "unavailable"),
        ])
        let provider = try LiveKitProvider(context: context(transport))
        let after = try await provider.assign(owned(), toDispatchRule: "SDR_a", key: "k")
        #expect(after.dispatchRuleIDs == ["SDR_a"])
        #expect(after.status == .active)
    }

    @Test func refusesAnUnknownRuleAndOneThatCatchesEverything() async throws {
        for (items, code) in [("", ErrorCode.notFound), (rule("SDR_a", ""), .conflict)] {
            let transport = ScriptedTransport([answer(rulesPath, #"{"items":[\#(items)]}"#, times: 1...2)])
            let provider = try LiveKitProvider(context: context(transport))
            let error = try await failure { _ = try await provider.assign(owned(), toDispatchRule: "SDR_a", key: "k") }
            #expect(error.code == code)
            #expect(!error.mayHaveHappened)
        }
    }
}
