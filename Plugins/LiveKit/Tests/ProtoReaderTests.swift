import SwitchboardCore
import Testing

@testable import LiveKitSandbox

/// How JSON is read: the leniencies of Go's protobuf library and no others (contract section 1.3).
@Suite struct ProtoReaderTests {
    /// What the JSON form says of the message that was read; nil when it is malformed.
    private static func read(_ text: String, _ schema: ProtoSchema) throws -> JSON? {
        let json = try JSON(reading: text)
        return try? ProtoReader.read(json, as: schema).json
    }

    private static func number(_ field: String, _ schema: ProtoSchema, _ literal: String) throws -> JSON? {
        try read("{\"\(field)\":\(literal)}", schema)?[field]
    }

    @Test func takesBothNamesButOnce() throws {
        let schema = PhoneNumberSchemas.searchRequest
        let snake = try Self.read(#"{"country_code":"US","area_code":"415","page_token":{"token":"x"}}"#, schema)
        let camel = try Self.read(#"{"countryCode":"US","areaCode":"415","pageToken":{"token":"x"}}"#, schema)
        #expect(snake != nil && snake == camel)
        #expect(try Self.read(#"{"countryCode":"US","area_code":"415","pageToken":{"token":"x"}}"#, schema) == snake)
        #expect(try Self.read(#"{"area_code":"1","areaCode":"1"}"#, schema) == nil)
        #expect(try Self.read(#"{"area_code":null,"areaCode":"1"}"#, schema) == nil)
        #expect(try Self.read(#"{"area_code":"1","area_code":"1"}"#, schema) == nil)
        let agent = try Self.read(#"{"agentName":"a","restartPolicy":1}"#, DispatchRuleSchemas.agent)
        #expect(agent?["agent_name"] == "a")
        #expect(agent?["restart_policy"] == "JRP_NEVER")
    }

    @Test func ignoresWhatItDoesNotKnow() throws {
        let schema = PhoneNumberSchemas.releaseRequest
        let known = try Self.read(#"{"ids":["a"]}"#, schema)
        for text in [
            #"{"ids":["a"],"x":1}"#, #"{"x":{"y":[null,{}]},"ids":["a"]}"#, #"{"x":1,"x":2,"ids":["a"]}"#,
            #"{"IDS":["b"],"Ids":3,"ids":["a"]}"#,
        ] { #expect(try Self.read(text, schema) == known) }
    }

    @Test func takesNullForAbsentButNotInAList() throws {
        let all = #"{"sip_dispatch_rule_id":null,"rule":null,"trunk_ids":null,"attributes":null,"#
        let rule = try Self.read(
            all + #""hide_phone_number":null,"media_encryption":null,"created_at":null}"#, DispatchRuleSchemas.info)
        #expect(rule == ProtoMessage(DispatchRuleSchemas.info).json)
        #expect(try Self.read(#"{"trunk_ids":[null]}"#, DispatchRuleSchemas.info) == nil)
        #expect(try Self.read(#"{"attributes":{"a":null}}"#, DispatchRuleSchemas.info) == nil)
        #expect(try Self.read(#"{"statuses":[null]}"#, PhoneNumberSchemas.listRequest) == nil)
        #expect(try Self.read(#"{"items":[null]}"#, PhoneNumberSchemas.listResponse) == nil)
        // An optional field that is null is not one that is empty.
        #expect(try Self.read(#"{"limit":null}"#, PhoneNumberSchemas.listRequest) == ["statuses": []])
    }

    @Test(
        arguments: [
            ("[]", []),
            (#"["PHONE_NUMBER_STATUS_ACTIVE",4]"#, ["PHONE_NUMBER_STATUS_ACTIVE", "PHONE_NUMBER_STATUS_OFFLINE"]),
            ("[77,-1]", [77, -1]), (#"["active"]"#, []), (#"["2","OFFLINE",""]"#, []),
            ("[1.0]", ["PHONE_NUMBER_STATUS_ACTIVE"]),
            (#"["x","PHONE_NUMBER_STATUS_PENDING"]"#, ["PHONE_NUMBER_STATUS_PENDING"]), ("[1.5]", nil),
            ("[true]", nil), ("[{}]", nil), ("[3000000000]", nil), ("1", nil), (#""PHONE_NUMBER_STATUS_ACTIVE""#, nil),
        ] as [(String, JSON?)])
    func dropsUnknownNamesOfEnums(_ literal: String, _ expected: JSON?) throws {
        #expect(try Self.number("statuses", PhoneNumberSchemas.listRequest, literal) == expected)
    }

    @Test(
        arguments: [
            ("5", 5), (#""5""#, 5), ("5.0", 5), (#""5.0""#, 5), ("5e0", 5), ("1e3", 1000), ("-0", 0), ("-7", -7),
            ("2147483647", 2_147_483_647), ("-2147483648", -2_147_483_648), ("5.5", nil), ("2147483648", nil),
            ("-2147483649", nil), ("1e10", nil), ("1e400", nil), (#""""#, nil), (#"" 5""#, nil), (#""5x""#, nil),
            (#""0x5""#, nil), ("true", nil), ("[5]", nil), ("{}", nil),
        ] as [(String, JSON?)])
    func takesWholeNumbersInAnySpelling(_ literal: String, _ expected: JSON?) throws {
        #expect(try Self.number("limit", PhoneNumberSchemas.listRequest, literal) == expected)
    }

    @Test(
        arguments: [
            ("4294967295", .integer(UInt32.max)), (#""8000""#, 8000), ("8000.0", 8000), ("4294967296", nil),
            ("-1", nil),
            ("0.5", nil),
        ] as [(String, JSON?)])
    func takesWholeNumbersWithoutASign(_ literal: String, _ expected: JSON?) throws {
        #expect(try Self.number("rate", SIPSchemas.codec, literal) == expected)
    }

    @Test(
        arguments: [
            ("room_name", #""a""#, "a"), ("room_name", "5", nil), ("room_name", "true", nil), ("room_name", "{}", nil),
            ("room_name", #"["a"]"#, nil), ("room_name", #""\ud83d\udcde""#, "\u{1F4DE}"),
        ] as [(String, String, JSON?)])
    func takesTextsForTexts(_ field: String, _ literal: String, _ expected: JSON?) throws {
        #expect(try Self.number(field, DispatchRuleSchemas.direct, literal) == expected)
    }

    @Test(
        arguments: [("true", true), ("false", false), (#""true""#, nil), ("1", nil), ("0", nil)] as [(String, JSON?)])
    func takesTruthForTruth(_ literal: String, _ expected: JSON?) throws {
        #expect(try Self.number("clear", SIPSchemas.listUpdate, literal) == expected)
    }

    @Test(
        arguments: [
            (#""30s""#, "30s"), (#""1.5s""#, "1.500s"), (#""0s""#, "0s"), (#""-1.5s""#, "-1.500s"), (#""+1s""#, "1s"),
            (#"".5s""#, "0.500s"), (#""1.s""#, "1s"), (#""0.000000001s""#, "0.000000001s"),
            (#""315576000000s""#, "315576000000s"), (#""315576000001s""#, nil), (#""1.0000000001s""#, nil),
            (#""30""#, nil), ("30", nil), (#""s""#, nil), (#""-s""#, nil), (#""01s""#, nil), (#""1m""#, nil),
            (#""1e2s""#, nil), (#""1 s""#, nil), (#"{"seconds":30}"#, nil), (#""--1s""#, nil), (#""٣s""#, nil),
        ] as [(String, JSON?)])
    func takesDurationsWithTheirUnit(_ literal: String, _ expected: JSON?) throws {
        #expect(try Self.number("media_timeout", SIPSchemas.media, literal) == expected)
    }

    @Test(
        arguments: [
            ("2026-09-24T19:39:32.739773Z", "2026-09-24T19:39:32.739773Z"),
            ("2026-09-24T19:39:32Z", "2026-09-24T19:39:32Z"), ("2026-09-24T19:39:32.5Z", "2026-09-24T19:39:32.500Z"),
            ("2026-09-24T19:39:32.123456789Z", "2026-09-24T19:39:32.123456789Z"),
            ("2026-09-24T21:39:32+02:00", "2026-09-24T19:39:32Z"),
            ("2024-02-29T23:30:00-01:00", "2024-03-01T00:30:00Z"),
            ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.900Z"), ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"), ("1900-02-29T00:00:00Z", nil),
            ("0001-01-01T00:00:00+00:01", nil), ("2026-02-30T00:00:00Z", nil), ("2026-13-01T00:00:00Z", nil),
            ("2026-09-24T24:00:00Z", nil), ("2026-09-24T19:60:00Z", nil), ("2026-09-24T19:39:60Z", nil),
            ("2026-09-24T19:39:32", nil), ("2026-09-24 19:39:32Z", nil), ("2026-09-24T19:39:32.Z", nil),
            ("2026-09-24T19:39:32.1234567890Z", nil), ("2026-09-24T19:39:32+0200", nil), ("1790278772", nil), ("", nil),
        ] as [(String, String?)])
    func takesMomentsWithTheirZone(_ text: String, _ expected: String?) throws {
        let json = try Self.number("created_at", PhoneNumberSchemas.number, "\"\(text)\"")
        #expect(json == expected.map { .string($0) })
        #expect(try Self.number("created_at", PhoneNumberSchemas.number, "1790278772") == nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("1.5", .number("1.5")), (#""1.5""#, .number("1.5")), (#""NaN""#, "NaN"),
            (#""-Infinity""#, "-Infinity"),
            ("1e400", nil), (#""nan""#, nil), ("true", nil), (#"" 1""#, nil),
        ] as [(String, JSON?)])
    func takesNumbersWithAPoint(_ literal: String, _ expected: JSON?) throws {
        #expect(try Self.number("spam_score", PhoneNumberSchemas.number, literal) == expected)
    }

    @Test func takesOneMemberOfAOneof() throws {
        let schema = DispatchRuleSchemas.kinds
        let direct = try Self.read(#"{"dispatch_rule_direct":{"room_name":"a"}}"#, schema)
        #expect(direct?["dispatch_rule_direct"]?["room_name"] == "a")
        #expect(
            try Self.read(#"{"dispatch_rule_direct":{"roomName":"a"},"dispatchRuleCallee":null}"#, schema) == direct)
        #expect(try Self.read(#"{"dispatch_rule_direct":{},"dispatch_rule_callee":{}}"#, schema) == nil)
        let update = DispatchRuleSchemas.updateRequest
        #expect(try Self.read(#"{"sip_dispatch_rule_id":"x","update":{},"replace":{}}"#, update) == nil)
    }

    @Test func wantsObjectsWhereMessagesAre() throws {
        let update = DispatchRuleSchemas.update
        #expect(try Self.read(#"{"trunk_ids":{"add":["a"]}}"#, update)?["trunk_ids"]?["add"] == ["a"])
        #expect(try Self.read(#"{"trunk_ids":["a"]}"#, update) == nil)
        let list = PhoneNumberSchemas.listRequest
        #expect(try Self.read(#"{"page_token":{"token":"x"}}"#, list)?["page_token"] == ["token": "x"])
        for text in [#"{"page_token":"x"}"#, #"{"page_token":["x"]}"#, #"{"page_token":1}"#] {
            #expect(try Self.read(text, list) == nil)
        }
        for text in ["[]", "null", "1", #""x""#, "true"] { #expect(try Self.read(text, list) == nil) }
        let agent = DispatchRuleSchemas.agent
        #expect(try Self.read(#"{"attributes":{"a":"1"}}"#, agent)?["attributes"] == ["a": "1"])
        for text in [#"{"attributes":{"a":1}}"#, #"{"attributes":[]}"#, #"{"attributes":{"a":"1","a":"2"}}"#] {
            #expect(try Self.read(text, agent) == nil)
        }
    }
}
