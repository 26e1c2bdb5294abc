import SwitchboardCore
import Testing

@Suite struct DispatchRuleTests {
    // MARK: What it says

    @Test(
        arguments: [
            (.direct, "lobby", nil, #"{"rule":{"dispatch_rule_direct":{"room_name":"lobby"}}}"#, false),
            (.direct, "lobby", true, #"{"rule":{"dispatch_rule_direct":{"room_name":"lobby"}}}"#, false),
            (.individual, "call", nil, #"{"rule":{"dispatch_rule_individual":{"room_prefix":"call"}}}"#, true),
            (.individual, "", false, #"{"rule":{"dispatch_rule_individual":{"no_randomness":true}}}"#, false),
            (.callee, "in", nil, #"{"rule":{"dispatch_rule_callee":{"room_prefix":"in"}}}"#, false),
            (.callee, "in", true, #"{"rule":{"dispatch_rule_callee":{"room_prefix":"in","randomize":true}}}"#, true),
        ] as [(DispatchRule.Kind, String, Bool?, String, Bool)])
    func theKindIsSetWhole(
        kind: DispatchRule.Kind, room: String, random: Bool?, wire: String, isRandom: Bool
    ) throws {
        var rule = try makeRule(#"{"rule":{"dispatch_rule_callee":{"room_prefix":"old","pin":"1","new":1}}}"#)
        rule.setKind(kind, room: room, random: random)
        #expect(try rule.document.wire == json(wire) && rule == makeRule(wire))
        #expect(rule.kind == kind && rule.room == room && rule.isRandom == isRandom && !rule.hasPin)
    }

    @Test func agentsKeepWhatElseIsSaidOfThem() throws {
        var rule = try makeRule(
            """
            {"room_config":{"empty_timeout":5,"agents":[{"agent_name":"a","metadata":"m","deployment":"d"},
            {"agent_name":"b","restart_policy":"JRP_NEVER"}]}}
            """)
        #expect(rule.agents == [AgentTarget(dispatchName: "a", metadata: "m"), AgentTarget(dispatchName: "b")])
        rule.agents = [AgentTarget(dispatchName: "a"), AgentTarget(dispatchName: "c", metadata: "n")]
        #expect(
            try rule.document.wire
                == json(
                    """
                    {"room_config":{"empty_timeout":5,
                    "agents":[{"agent_name":"a","deployment":"d"},{"agent_name":"c","metadata":"n"}]}}
                    """))
        rule.agents = []
        #expect(rule.document.wire == ["room_config": ["empty_timeout": 5]])
    }

    @Test func namesAreThePeoplesOwn() throws {
        let rule = try makeRule(
            #"{"inbound_numbers":["+13105551100"],"numbers":["+15105550100"],"hide_phone_number":true}"#)
        #expect(rule.callers == ["+13105551100"] && rule.called == ["+15105550100"] && rule.hidesNumbers)
    }

    // MARK: Faults

    private static let good = #""rule":{"dispatch_rule_individual":{}},"trunk_ids":["ST_4fGh7JkLmNpQ"]"#

    @Test(
        arguments: [
            ("{\(good)}", []), (#"{\#(good),"numbers":["15105550100"],"inbound_numbers":["+13105551100"]}"#, []),
            (#"{\#(good),"trunk_ids":["PN_PPN_7hJk2mNpQrSt","ST_a"]}"#, []),
            (#"{"rule":{"dispatch_rule_future":{}},"trunk_ids":["ST_a"]}"#, []),
            (#"{"trunk_ids":["ST_a"]}"#, ["the rule does not say which room a call gets"]),
            (#"{"rule":{},"trunk_ids":["ST_a"]}"#, ["the rule does not say which room a call gets"]),
            (
                #"{"rule":{"dispatch_rule_direct":{}},"trunk_ids":["ST_a"]}"#,
                ["a direct rule needs the name of its room"]
            ),
            (
                #"{"rule":{"dispatch_rule_callee":{"pin":"12a"}},"trunk_ids":["ST_a"]}"#,
                ["the PIN has more than digits, which nobody can key in"]
            ),
            (
                #"{"rule":{"dispatch_rule_callee":{}}}"#,
                ["without trunk_ids the rule takes the calls of every trunk and number"]
            ),
            (#"{\#(good),"trunk_ids":["+15105550100"]}"#, ["trunk_ids holds '+15105550100', which is no id"]),
            (#"{\#(good),"trunk_ids":["ST_a","ST_a"]}"#, ["trunk_ids holds 'ST_a' twice"]),
            (#"{\#(good),"numbers":["5550100"]}"#, ["numbers holds '5550100', which is not in E.164"]),
            (
                #"{\#(good),"inbound_numbers":["anonymous"]}"#,
                ["inbound_numbers holds 'anonymous', which is not in E.164"]
            ),
            (#"{\#(good),"numbers":["+15105550100","+15105550100"]}"#, ["numbers holds '+15105550100' twice"]),
            (
                #"{\#(good),"room_config":{"agents":[{"metadata":"x"}]}}"#,
                ["an agent has no name, which would mean automatic dispatch"]
            ),
            (#"{\#(good),"media":{"codecs":[{"name":"a/b"}]}}"#, ["the codec name 'a/b' contains '/'"]),
        ] as [(String, [String])])
    func faultsAreFound(text: String, messages: [String]) throws {
        let text = text.replacing(#""trunk_ids":["ST_4fGh7JkLmNpQ"],"trunk_ids""#, with: #""trunk_ids""#)
        #expect(try makeRule(text).normalized().faults(catchAll: false).map(\.message) == messages)
    }

    @Test func aCatchAllHasToBeWanted() throws {
        #expect(try makeRule(#"{"rule":{"dispatch_rule_callee":{}}}"#).faults(catchAll: true) == [])
    }

    @Test func faultsNameTheirField() throws {
        let faults = try makeRule(#"{"rule":{"dispatch_rule_direct":{"pin":"x"}},"trunk_ids":["?"]}"#).faults(
            catchAll: false)
        #expect(
            faults.map(\.field) == [
                "rule.dispatch_rule_direct.room_name", "rule.dispatch_rule_direct.pin", "trunk_ids",
            ])
        #expect(!"\(faults)".contains("\"x\""))
    }

    // MARK: Conflicts

    @Test(
        arguments: [
            // G19: the kind does not matter.
            (#"{"rule":{"dispatch_rule_callee":{}}}"#, "rule SDR_open 'a' decides the calls of every trunk already"),
            (#"{"rule":{"dispatch_rule_callee":{"pin":"1"}}}"#, nil),
            (
                #"{"rule":{"dispatch_rule_callee":{"pin":"22"}}}"#,
                "rule SDR_pin decides the calls of every trunk with the same PIN already"
            ),
            (#"{"trunk_ids":["ST_b","PN_PPN_a"]}"#, "rule SDR_num decides the calls that come in by PN_PPN_a already"),
            (#"{"trunk_ids":["PN_PPN_a"],"numbers":["+15105550100"]}"#, nil),
            (#"{"sip_dispatch_rule_id":"SDR_num","trunk_ids":["PN_PPN_a"]}"#, nil),
            (
                #"{"trunk_ids":["ST_a"],"numbers":["15105550100","+1"],"inbound_numbers":["+13105551100"]}"#,
                "rule SDR_list decides the calls that come in by ST_a to +15105550100 from +13105551100 already"
            ),
            (#"{"trunk_ids":["ST_a"],"numbers":["+15105550100"]}"#, nil), (#"{"trunk_ids":["ST_c"]}"#, nil),
        ] as [(String, String?)])
    func conflictsAreFound(text: String, message: String?) throws {
        let others = [
            try makeRule(
                #"{"sip_dispatch_rule_id":"SDR_open","name":"a","rule":{"dispatch_rule_direct":{"room_name":"lobby"}}}"#
            ),
            try makeRule(#"{"sip_dispatch_rule_id":"SDR_pin","rule":{"dispatch_rule_direct":{"pin":"22"}}}"#),
            try makeRule(#"{"sip_dispatch_rule_id":"SDR_num","trunk_ids":["PN_PPN_a"]}"#),
            try makeRule(
                """
                {"sip_dispatch_rule_id":"SDR_list","trunk_ids":["ST_z","ST_a"],"numbers":["+15105550101","+15105550100"],
                "inbound_numbers":["+13105551100"]}
                """),
        ]
        let conflict = try makeRule(text).conflict(among: others)
        #expect(conflict?.message == message)
        #expect(message == nil || conflict?.code == .conflict)
    }
}
