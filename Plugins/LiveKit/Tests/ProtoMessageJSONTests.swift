import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// How messages are printed: the names of the proto files, every field, nothing that is not known (contract section 1.4).
@Suite struct ProtoMessageJSONTests {
    private func text(_ message: ProtoMessage) -> String { String(decoding: message.jsonBytes, as: UTF8.self) }

    @Test func everyUnsetFieldHasItsDefault() {
        #expect(
            text(ProtoMessage(PhoneNumberSchemas.number))
                == #"{"id":"","e164_format":"","country_code":"","area_code":"","#
                + #""number_type":"PHONE_NUMBER_TYPE_UNKNOWN","locality":"","region":"","spam_score":0,"#
                + #""created_at":null,"updated_at":null,"capabilities":[],"status":"PHONE_NUMBER_STATUS_UNSPECIFIED","#
                + #""assigned_at":null,"released_at":null,"sip_dispatch_rule_id":"","sip_dispatch_rule_ids":[]}"#)
        #expect(
            text(ProtoMessage(DispatchRuleSchemas.roomConfiguration)).contains(
                #""sync_streams":false,"agents":[],"tags":{}"#))
    }

    @Test func unsetOptionalFieldsAndOneofMembersAreLeftOut() {
        #expect(text(ProtoMessage(SIPSchemas.media)) == #"{"only_listed_codecs":false,"codecs":[]}"#)
        #expect(text(ProtoMessage(DispatchRuleSchemas.kinds)) == "{}")
        #expect(text(ProtoMessage(PhoneNumberSchemas.searchRequest)) == #"{"country_code":""}"#)
    }

    @Test func setOnesAreThereEvenWhenTheyAreDefaults() {
        var media = ProtoMessage(SIPSchemas.media)
        media["encryption"] = .enumeration(0)
        media["media_timeout"] = ProtoDuration(seconds: 0, nanoseconds: 0).map { .duration($0) }
        #expect(
            text(media) == #"{"only_listed_codecs":false,"codecs":[],"encryption":"SIP_MEDIA_ENCRYPT_DISABLE","#
                + #""media_timeout":"0s"}"#)
        var kinds = ProtoMessage(DispatchRuleSchemas.kinds)
        kinds.set("dispatch_rule_direct", ProtoMessage(DispatchRuleSchemas.direct))
        #expect(text(kinds) == #"{"dispatch_rule_direct":{"room_name":"","pin":""}}"#)
    }

    @Test func enumsHaveTheirNamesWhereTheyAreKnown() {
        var number = ProtoMessage(PhoneNumberSchemas.number)
        number["status"] = .enumeration(4)
        number["number_type"] = .enumeration(17)
        #expect(text(number).contains(#""number_type":17,"#))
        #expect(text(number).contains(#""status":"PHONE_NUMBER_STATUS_OFFLINE""#))
        var list = ProtoMessage(PhoneNumberSchemas.listRequest)
        list["statuses"] = .list([.enumeration(1), .enumeration(99)])
        #expect(text(list) == #"{"statuses":["PHONE_NUMBER_STATUS_ACTIVE",99]}"#)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (500_000, "1970-01-01T00:00:00.500Z"),
            (1_790_278_772_739_773, "2026-09-24T19:39:32.739773Z"), (1_790_278_772_739_000, "2026-09-24T19:39:32.739Z"),
            (1_790_278_772_000_001, "2026-09-24T19:39:32.000001Z"), (-1, "1969-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func momentsHaveNoMoreDigitsThanTheyNeed(_ microseconds: Int64, _ expected: String) {
        var number = ProtoMessage(PhoneNumberSchemas.number)
        number["assigned_at"] = .timestamp(SandboxTime(microseconds: microseconds))
        #expect(text(number).contains("\"assigned_at\":\"\(expected)\""))
    }

    @Test(arguments: [
        (30, 0, "30s"), (3600, 500_000_000, "3600.500s"), (1, 1000, "1.000001s"), (0, 1, "0.000000001s"),
        (-1, -500_000_000, "-1.500s"), (0, -5_000_000, "-0.005s"),
    ])
    func durationsHaveTheirUnit(_ seconds: Int64, _ nanoseconds: Int32, _ expected: String) throws {
        let duration = try #require(ProtoDuration(seconds: seconds, nanoseconds: nanoseconds))
        #expect(duration.text == expected)
        #expect(ProtoDuration(expected) == duration)
    }

    @Test(arguments: [
        (0.0, "0"), (1.5, "1.5"), (-0.25, "-0.25"), (1e300, "1e+300"), (.nan, #""NaN""#), (-.infinity, #""-Infinity""#),
        (123_456_789.0, "123456789"),
    ])
    func scoresAreNumbers(_ score: Double, _ expected: String) {
        var number = ProtoMessage(PhoneNumberSchemas.number)
        number["spam_score"] = .double(score)
        #expect(text(number).contains("\"spam_score\":\(expected),"))
    }

    @Test func textsAreEscapedAndMapsInOrder() {
        var agent = ProtoMessage(DispatchRuleSchemas.agent)
        agent.set("agent_name", "<a>&\"\\\n\u{1}ä\u{1F4DE}")
        agent["attributes"] = .map(["b": "2", "a": "1", "\"": "\t"])
        #expect(text(agent).contains(#""agent_name":"<a>&\"\\\n\u0001ä📞","#))
        #expect(text(agent).hasSuffix(#""attributes":{"\"":"\t","a":"1","b":"2"}}"#))
    }

    /// Unlike answers, refusals escape what HTML gives a meaning.
    @Test func refusalsEscapeForHTML() async throws {
        let server = try EmulatorHarness()
        let answer = await server.call(
            "PhoneNumberService/PurchasePhoneNumber", #"{"phone_numbers":["<b>&"]}"#)
        #expect(
            answer?.text == #"{"code":"not_found","msg":"phone number \u003cb\u003e\u0026 is not available"}"#)
        #expect(answer?.json["msg"] == "phone number <b>& is not available")
    }
}
