import SwitchboardCore
import Testing

@Suite struct RoutingPictureTests {
    private static let trunks: [(String, SIPTrunk.Direction)] = [
        (#"{"sip_trunk_id":"ST_main","name":"main","numbers":["+15105550100","1 (510) 555-0101"]}"#, .inbound),
        (
            """
            {"sip_trunk_id":"ST_vip","numbers":["+15105550102"],"allowed_numbers":["+1 310 555 1100"],
            "allowed_addresses":["192.0.2.0/24","sip.carrier.example","2001:db8::1"]}
            """, .inbound
        ),
        (#"{"sip_trunk_id":"ST_any","allowed_addresses":["198.51.100.7","a b"],"auth_username":"u"}"#, .inbound),
        (#"{"sip_trunk_id":"ST_open","numbers":["+15105550103"],"allowed_addresses":["sip://x","a,b"]}"#, .inbound),
        (#"{"sip_trunk_id":"ST_out","numbers":["+15105550100"],"address":"a.b"}"#, .outbound),
    ]
    private static let rules = [
        """
        {"sip_dispatch_rule_id":"SDR_main","name":"front","rule":{"dispatch_rule_individual":{"room_prefix":"call-"}},
        "trunk_ids":["ST_main","PN_PPN_a"],"attributes":{"tenant":"acme"},
        "room_config":{"agents":[{"agent_name":"desk","metadata":"m"}]}}
        """,
        """
        {"sip_dispatch_rule_id":"SDR_boss","rule":{"dispatch_rule_direct":{"room_name":"boss"}},
        "trunk_ids":["ST_main"],"inbound_numbers":["+13105551199"]}
        """,
        """
        {"sip_dispatch_rule_id":"SDR_pin","rule":{"dispatch_rule_direct":{"room_name":"meeting","pin":"4711"}},
        "trunk_ids":["ST_vip"],"room_preset":"p"}
        """,
        """
        {"sip_dispatch_rule_id":"SDR_callee","rule":{"dispatch_rule_callee":{"room_prefix":"in"}},
        "trunk_ids":["ST_any"],"numbers":["+15105550188","15105550187"],"hide_phone_number":true}
        """,
        #"{"sip_dispatch_rule_id":"SDR_gone","rule":{"dispatch_rule_direct":{"room_name":"x"}},"trunk_ids":["ST_gone"]}"#,
    ]

    private static func picture() throws -> RoutingPicture {
        RoutingPicture(
            trunks: try trunks.map { try makeTrunk($0.0, $0.1) }, rules: try rules.map(makeRule),
            numbers: [RoutedNumber(e164: try #require(E164("+14155550142")), inboundID: "PN_PPN_a")])
    }

    /// Those that list the number, else those for every number; outbound trunks and sold numbers are none.
    @Test(arguments: [
        ("+15105550100", ["ST_main"]), ("+15105550101", ["ST_main"]), ("+15105550102", ["ST_vip"]),
        ("+15105550199", ["ST_any"]), ("+14155550142", ["ST_any"]),
    ])
    func tellsWhichTrunksANumberMayComeInBy(_ number: String, _ ids: [String]) throws {
        let picture = try Self.picture()
        #expect(picture.entrances(of: try #require(E164(number))).map(\.id) == ids)
    }

    /// A call with what becomes of it: the trunk, the rule and the room, or nothing.
    struct Case: Sendable, CustomTestStringConvertible {
        var call: RoutingPicture.Call
        var trunk: String?
        var rule: String?
        var room: String?
        var testDescription: String { "\(call.caller) \(call.called) \(call.sourceAddress ?? "") \(call.pin ?? "")" }

        init(
            _ caller: String, _ called: String, from source: String? = nil, host: String? = nil, pin: String? = nil,
            _ trunk: String?, _ rule: String? = nil, _ room: String? = nil
        ) {
            call = .init(caller: caller, called: called, sourceAddress: source, fromHost: host, pin: pin)
            (self.trunk, self.rule, self.room) = (trunk, rule, room)
        }
    }

    private static let anna = "+13105550177"

    @Test(
        arguments: [
            // The trunk by its number, in any spelling; the room after the caller.
            Case(anna, "+15105550100", "ST_main", "SDR_main", "call-_+13105550177_<random>"),
            Case(anna, "+15105550101", "ST_main", "SDR_main", "call-_+13105550177_<random>"),
            Case(anna, "15105550101", "ST_main", "SDR_main", "call-_+13105550177_<random>"),
            Case("anonymous", "1-510-555-0100", "ST_main", "SDR_main", "call-_anonymous_<random>"),
            // A listed caller beats an open rule of a kind that comes first, letter by letter.
            Case("+13105551199", "+15105550100", "ST_main", "SDR_boss", "boss"),
            Case("13105551199", "+15105550100", "ST_main", "SDR_main", "call-_13105551199_<random>"),
            // A number that LiveKit has sold.
            Case(anna, "+14155550142", "PN_PPN_a", "SDR_main", "call-_+13105550177_<random>"),
            Case(anna, "14155550142", from: "203.0.113.9", "PN_PPN_a", "SDR_main", "call-_+13105550177_<random>"),
            // Allowed callers and addresses.
            Case("+13105551100", "+15105550102", "ST_vip", "SDR_pin", "meeting"),
            Case("13105551100", "+15105550102", from: "192.0.2.255", "ST_vip", "SDR_pin", "meeting"),
            Case("+13105551100", "+15105550102", from: "::ffff:192.0.2.1", "ST_vip", "SDR_pin", "meeting"),
            Case("+13105551100", "+15105550102", from: "2001:db8::1", "ST_vip", "SDR_pin", "meeting"),
            Case(
                "+13105551100", "+15105550102", from: "203.0.113.9", host: "sip.carrier.example", "ST_vip", "SDR_pin",
                "meeting"),
            Case("+13105551100", "+15105550102", from: "unknown", "ST_vip", "SDR_pin", "meeting"),
            Case("+13105551100", "+15105550102", from: "203.0.113.9", host: "carrier.example", nil),
            Case("+13105551100", "+15105550102", from: "2001:db8::2", nil),
            Case("+13105551100", "+15105550102", from: "192.0.3.0", nil),
            Case(anna, "+15105550102", from: "192.0.2.1", nil),
            // The PIN.
            Case("+13105551100", "+15105550102", pin: "4711", "ST_vip", "SDR_pin", "meeting"),
            Case("+13105551100", "+15105550102", pin: "4712", "ST_vip"),
            Case("+13105551100", "+15105550102", pin: "", "ST_vip", "SDR_pin", "meeting"),
            Case(anna, "+15105550100", pin: "1", "ST_main"),
            // The trunk for every number, and the called numbers of a rule.
            Case(anna, "+15105550188", from: "198.51.100.7", "ST_any", "SDR_callee", "in_+15105550188"),
            Case(anna, "15105550187", from: "198.51.100.7", "ST_any", "SDR_callee", "in_15105550187"),
            Case(anna, "+15105550187", from: "198.51.100.7", "ST_any"), Case(anna, "15105550188", "ST_any"),
            Case(anna, "+15105550186", from: "198.51.100.7", "ST_any"),
            Case(anna, "+15105550188", from: "198.51.100.8", nil),
            // Ignored entries alone let everybody in; nobody has a rule for it.
            Case(anna, "+15105550103", from: "203.0.113.9", "ST_open"),
        ])
    func callsGoWhereLiveKitSendsThem(_ wanted: Case) throws {
        let found = try Self.picture().explain(wanted.call)
        #expect(found.trunkID == wanted.trunk && found.ruleID == wanted.rule && found.room == wanted.room)
        #expect(found.outcome == (wanted.rule == nil ? .rejected : .answered))
        #expect(found.considered.count == 10 + (wanted.trunk == "PN_PPN_a" ? 1 : 0))
        let taken = found.considered.filter { $0.verdict == "takes it" }.map(\.id)
        #expect(taken == [wanted.trunk, wanted.rule].compactMap(\.self))
        #expect(!found.reason.isEmpty && !found.reason.hasSuffix("."))
    }

    // MARK: What the caller becomes

    @Test func tellsAllThatTheRoomSees() throws {
        let found = try Self.picture().explain(.init(caller: Self.anna, called: "+15105550100", fromHost: "carrier"))
        #expect(found.reason == "the call comes in by ST_main, and rule SDR_main 'front' is for it")
        #expect(found.trunkName == "main" && found.ruleName == "front" && found.ruleKind == .individual)
        #expect(found.agents == [AgentTarget(dispatchName: "desk", metadata: "m")] && found.notes == [])
        #expect(found.identity == "sip_+13105550177" && found.participantName == "Phone +13105550177")
        #expect(
            found.attributes == [
                "tenant": "acme", "sip.callID": "SCL_<random>", "sip.trunkID": "ST_main", "sip.ruleID": "SDR_main",
                "sip.phoneNumber": "+13105550177", "sip.trunkPhoneNumber": "+15105550100", "sip.hostname": "carrier",
            ])
    }

    @Test func hiddenNumbersStayHidden() throws {
        let found = try Self.picture().explain(.init(caller: Self.anna, called: "+15105550188"))
        #expect(found.identity == "sip_<hash>" && found.participantName == "Phone 0177")
        #expect(
            found.attributes == ["sip.callID": "SCL_<random>", "sip.trunkID": "ST_any", "sip.ruleID": "SDR_callee"])
        #expect(
            found.notes == [
                "it is taken to come from one of the addresses that trunk ST_any allows",
                "the carrier has to give the user name and password of the trunk",
                "the rule names no agent, so only agents with automatic dispatch join",
            ])
    }

    @Test func aPinIsAskedForOnce() throws {
        let picture = try Self.picture()
        let first = picture.explain(.init(caller: "+13105551100", called: "+15105550102"))
        #expect(first.asksForPin)
        #expect(
            first.reason
                == "the call comes in by ST_vip, and rule SDR_pin is for it; it asks the caller for a PIN first")
        #expect(first.notes.last == "the room preset 'p' may send further agents")
        let second = picture.explain(.init(caller: "+13105551100", called: "+15105550102", pin: "4711"))
        #expect(!second.asksForPin && second.room == "meeting")
        #expect(!"\(first)\(second)".contains("4711"))
    }

    @Test(
        arguments: [
            (#"{"dispatch_rule_direct":{"room_name":"r"}}"#, false, "+13105550177", "r"),
            (#"{"dispatch_rule_individual":{"room_prefix":"p"}}"#, false, "+13105550177", "p_+13105550177_<random>"),
            (#"{"dispatch_rule_individual":{}}"#, false, "+13105550177", "+13105550177_<random>"),
            (
                #"{"dispatch_rule_individual":{"room_prefix":"p","no_randomness":true}}"#, false, "+13105550177",
                "p_+13105550177"
            ),
            (#"{"dispatch_rule_individual":{"room_prefix":"p"}}"#, true, "+13105550177", "p_0177_<random>"),
            (#"{"dispatch_rule_individual":{"room_prefix":"p"}}"#, true, "1234", "p_4_<random>"),
            (#"{"dispatch_rule_callee":{"room_prefix":"p"}}"#, true, "+13105550177", "p_+15105550100"),
            (#"{"dispatch_rule_callee":{}}"#, false, "+13105550177", "+15105550100"),
            (#"{"dispatch_rule_callee":{"room_prefix":"p","randomize":true}}"#, false, "x", "p_+15105550100_<random>"),
        ])
    func roomsAreNamed(kind: String, isHidden: Bool, caller: String, room: String) throws {
        let rule = try makeRule(#"{"rule":\#(kind),"hide_phone_number":\#(isHidden)}"#)
        let found = RoutingPicture(rules: [rule]).explain(.init(caller: caller, called: "+15105550100"))
        #expect(found.room == room)
    }

    // MARK: Which rule comes first

    /// Rules from the one that comes first to the one that comes last.
    private static let precedence = [
        #"{"rule":{"dispatch_rule_callee":{}},"trunk_ids":["ST_a"],"numbers":["B"],"inbound_numbers":["A"]}"#,
        #"{"rule":{"dispatch_rule_direct":{"room_name":"a","pin":"1"}},"trunk_ids":["ST_a"],"inbound_numbers":["A"]}"#,
        #"{"rule":{"dispatch_rule_direct":{"room_name":"a"}},"trunk_ids":["ST_a"],"inbound_numbers":["A"]}"#,
        #"{"rule":{"dispatch_rule_individual":{}},"trunk_ids":["ST_a"],"numbers":["B"]}"#,
        #"{"rule":{"dispatch_rule_direct":{"pin":"1"}},"trunk_ids":["ST_a"]}"#,
        #"{"rule":{"dispatch_rule_individual":{"pin":"1"}},"trunk_ids":["ST_a"]}"#,
        #"{"rule":{"dispatch_rule_callee":{"pin":"1"}},"trunk_ids":["ST_a"]}"#,
        #"{"rule":{"dispatch_rule_direct":{"room_name":"a"}},"trunk_ids":["ST_a"]}"#,
        #"{"rule":{"dispatch_rule_direct":{"room_name":"b"}},"trunk_ids":["ST_a"]}"#,
        #"{"rule":{"dispatch_rule_individual":{}},"trunk_ids":["ST_a"]}"#,
        #"{"rule":{"dispatch_rule_callee":{}},"trunk_ids":["ST_a"]}"#,
        #"{"rule":{"dispatch_rule_direct":{"pin":"1"}},"inbound_numbers":["A"],"numbers":["B"]}"#,
        #"{"rule":{"dispatch_rule_callee":{}}}"#,
    ]

    @Test(arguments: precedence.indices) func theBetterRuleWins(first: Int) throws {
        let rules = try Self.precedence.enumerated().map { index, text in
            var rule = try makeRule(text)
            rule.id = "SDR_\(index)"
            return rule
        }
        let trunk = try makeTrunk(#"{"sip_trunk_id":"ST_a","numbers":["B"]}"#)
        let picture = RoutingPicture(trunks: [trunk], rules: rules[first...].reversed())
        let found = picture.explain(.init(caller: "A", called: "B"))
        #expect(found.ruleID == "SDR_\(first)")
        let others = found.considered.filter { $0.what == "rule" && $0.id != found.ruleID }
        #expect(others.allSatisfy { $0.verdict.hasPrefix("skipped: rule SDR_\(first) ") })
    }

    @Test func saysWhyAnotherRuleComesFirst() throws {
        let trunk = try makeTrunk(#"{"sip_trunk_id":"ST_a","numbers":["B"]}"#)
        func verdict(_ first: Int, _ second: Int) throws -> String? {
            let rules = try [first, second].map { try makeRule(Self.precedence[$0]) }
            let picture = RoutingPicture(trunks: [trunk], rules: rules)
            return picture.explain(.init(caller: "A", called: "B")).considered.last?.verdict
        }
        #expect(try verdict(10, 12) == "skipped: rule names the trunk")
        #expect(try verdict(2, 9) == "skipped: rule names more exactly who calls whom")
        #expect(try verdict(6, 7) == "skipped: rule has a PIN")
        #expect(try verdict(7, 10) == "skipped: rule is of a kind that comes first")
        #expect(try verdict(7, 8) == "skipped: rule has the same precedence and comes first by its room")
    }

    // MARK: Why a call is dropped

    @Test(
        arguments: [
            (
                "+15105550102", "203.0.113.9",
                "the call is taken by no trunk, and no dispatch rule takes it, so LiveKit drops it as flood: trunk ST_vip "
                    + "does not: its allowed_numbers are +1 310 555 1100"
            ),
            (
                "+15105550188", "203.0.113.9",
                "the call is taken by no trunk, and no dispatch rule takes it, so LiveKit drops it as flood: trunk ST_any "
                    + "does not: it allows no calls from 203.0.113.9"
            ),
            (
                "15105550188", "198.51.100.7",
                "the call comes in by ST_any, and no dispatch rule takes it, so LiveKit drops it as flood: numbers of rule "
                    + "SDR_callee is compared letter by letter, and the called number came as '15105550188'"
            ),
            (
                "+15105550103", "203.0.113.9",
                "the call comes in by ST_open, and no dispatch rule takes it, so LiveKit drops it as flood: rule SDR_gone "
                    + "is for ST_gone, which does not exist"
            ),
        ])
    func explainsTypicalMistakes(called: String, source: String, reason: String) throws {
        let call = RoutingPicture.Call(caller: Self.anna, called: called, sourceAddress: source)
        #expect(try Self.picture().explain(call).reason == reason)
    }

    @Test func aCallerFilterThatHoldsTheCalledNumberIsAMistake() throws {
        let rule = try makeRule(
            #"{"sip_dispatch_rule_id":"SDR_a","rule":{"dispatch_rule_callee":{}},"inbound_numbers":["+15105550100"]}"#)
        let trunk = try makeTrunk(
            #"{"sip_trunk_id":"ST_a","numbers":["+15105550100"],"allowed_numbers":["+15105550100"]}"#)
        let call = RoutingPicture.Call(caller: Self.anna, called: "+15105550100")
        #expect(
            RoutingPicture(rules: [rule]).explain(call).reason.hasSuffix(
                "rule SDR_a lists the called number in inbound_numbers, which are callers"))
        #expect(
            RoutingPicture(trunks: [trunk]).explain(call).considered.map(\.verdict) == [
                "skipped: its allowed_numbers are +15105550100 (it lists the called number, but allowed_numbers are "
                    + "callers)"
            ])
    }

    @Test func anEmptyWorldDropsEveryCall() {
        let found = RoutingPicture().explain(.init(caller: Self.anna, called: "5105550100"))
        #expect(found.outcome == .rejected && found.considered.isEmpty && found.trunkID == nil)
        #expect(
            found.reason
                == "the call is taken by no trunk, and there is no dispatch rule, so LiveKit drops it as flood: the called "
                + "number '5105550100' has no '+'")
    }

    @Test func aRuleForAllTakesWhatNoTrunkTakes() throws {
        let rule = try makeRule(
            #"{"sip_dispatch_rule_id":"SDR_a","rule":{"dispatch_rule_direct":{"room_name":"lobby"}}}"#)
        let found = RoutingPicture(rules: [rule]).explain(.init(caller: "1001", called: "1000"))
        #expect(found.outcome == .answered && found.room == "lobby" && found.trunkID == nil)
        #expect(found.reason == "the call is taken by no trunk, and rule SDR_a takes the calls of every trunk")
        #expect(found.attributes["sip.trunkID"] == "")
    }

    @Test(
        arguments: [
            (
                [
                    #"{"sip_trunk_id":"ST_a","numbers":["B"]}"#,
                    #"{"sip_trunk_id":"ST_b","numbers":["B"],"allowed_numbers":["A"]}"#,
                ],
                "trunk ST_a and trunk ST_b take the calls of this caller to B, and LiveKit refuses a call that it cannot "
                    + "place"
            ),
            (
                [#"{"sip_trunk_id":"ST_a"}"#, #"{"sip_trunk_id":"ST_b","allowed_numbers":["A"]}"#],
                "trunk ST_a and trunk ST_b take the calls of this caller to every number, and none is for it alone, and "
                    + "LiveKit refuses a call that it cannot place"
            ),
            (
                [#"{"sip_trunk_id":"ST_a","numbers":["B","B"]}"#],
                "trunk ST_a lists B and B, one number, and LiveKit takes it for two trunks and refuses the call"
            ),
        ])
    func aCallThatTwoTrunksTakeIsRefused(trunks: [String], reason: String) throws {
        let rule = try makeRule(#"{"rule":{"dispatch_rule_callee":{}}}"#)
        let picture = RoutingPicture(trunks: try trunks.map { try makeTrunk($0) }, rules: [rule])
        let found = picture.explain(.init(caller: "A", called: "B"))
        #expect(found.outcome == .rejected && found.reason == reason && found.ruleID == nil && found.trunkID == nil)
        #expect(found.considered.allSatisfy { $0.verdict == "takes it, and not once only" })
        if trunks.count == 2 { #expect(picture.explain(.init(caller: "C", called: "B")).trunkID == "ST_a") }
    }

    @Test func tellsOfEveryTrunkWhyItWasSkipped() throws {
        let found = try Self.picture().explain(
            .init(caller: Self.anna, called: "+15105550100", sourceAddress: "192.0.2.1"))
        #expect(
            found.considered.map { "\($0.what) \($0.id): \($0.verdict)" } == [
                "trunk ST_main: takes it", "trunk ST_vip: skipped: its allowed_numbers are +1 310 555 1100",
                "trunk ST_any: skipped: it allows no calls from 192.0.2.1",
                "trunk ST_open: skipped: its numbers are +15105550103", "trunk ST_out: skipped: calls go out by it",
                "rule SDR_main: takes it", "rule SDR_boss: skipped: its inbound_numbers are +13105551199",
                "rule SDR_pin: skipped: its trunk_ids are ST_vip",
                "rule SDR_callee: skipped: its numbers are +15105550188 "
                    + "and 15105550187",
                "rule SDR_gone: skipped: its trunk_ids are ST_gone, of which ST_gone does not exist",
            ])
    }

    // MARK: Warnings

    @Test(
        arguments: [
            (#"{"sip_trunk_id":"ST_main","numbers":["+15105550100"]}"#, []),
            (
                #"{"numbers":["+15105550104"],"allowed_numbers":["1 510 555 0100"]}"#,
                ["allowed_numbers holds 1 510 555 0100 of your own: they are callers, not called numbers"]
            ),
            (
                #"{"numbers":["+15105550102"]}"#,
                [
                    "trunk ST_vip takes the calls to +15105550102 too: one from +1 310 555 1100 fits both trunks, and LiveKit "
                        + "refuses it"
                ]
            ),
            (
                #"{"numbers":["+15105550100"],"allowed_numbers":["+13105551199"]}"#,
                [
                    "trunk ST_main 'main' takes the calls to +15105550100 too: one from +13105551199 fits both trunks, and "
                        + "LiveKit refuses it"
                ]
            ),
            (
                #"{"numbers":["+14155550142"]}"#,
                ["+14155550142 is a number that LiveKit has sold: its calls come in by PN_PPN_a"]
            ),
            (
                #"{"sip_trunk_id":"ST_new","numbers":["+15105550104"]}"#,
                ["no dispatch rule takes the calls that come in by it"]
            ),
            (
                #"{"numbers":["+15105550104"],"allowed_addresses":["192.0.2.1","sip.example.com"]}"#,
                ["the allowed address sip.example.com is compared with the From header and never looked up"]
            ),
            (#"{"numbers":["+1510555010"]}"#, ["no number of that country has the length of +1510555010"]),
        ] as [(String, [String])])
    func warnsAboutTrunks(text: String, warnings: [String]) throws {
        #expect(try Self.picture().warnings(about: makeTrunk(text)) == warnings)
    }

    private static let agent = #""rule":{"dispatch_rule_callee":{}},"room_config":{"agents":[{"agent_name":"a"}]}"#

    @Test(
        arguments: [
            (#"{\#(agent),"trunk_ids":["ST_main","PN_PPN_a"],"numbers":["+15105550101","+14155550142"]}"#, []),
            (
                #"{\#(agent),"trunk_ids":["ST_main"],"inbound_numbers":["+14155550142","+15105550199"]}"#,
                ["inbound_numbers holds +14155550142 of your own: they are callers, not called numbers"]
            ),
            (
                #"{\#(agent),"trunk_ids":["ST_gone","ST_out","PN_PPN_x"]}"#,
                [
                    "there is no trunk or number ST_gone", "ST_out is an outbound trunk, and no call comes in by it",
                    "there is no trunk or number PN_PPN_x",
                ]
            ),
            (
                #"{\#(agent),"trunk_ids":["ST_main"],"numbers":["+15105550102"]}"#,
                ["numbers holds +15105550102, which none of its trunks takes"]
            ),
            (#"{\#(agent),"trunk_ids":["ST_any"],"numbers":["+15105550109"]}"#, []),
            (
                "{\(agent)}",
                [
                    "it takes the calls of every trunk and number, and calls that no trunk takes, such as those of scanners"
                ]
            ),
            (
                #"{"rule":{"dispatch_rule_callee":{"pin":"1"}}}"#,
                ["it names no agent, so only agents with automatic dispatch join"]
            ),
            (#"{"trunk_ids":["ST_main"],"room_preset":"p"}"#, []),
            (
                #"{\#(agent),"trunk_ids":["ST_main"],"inbound_numbers":["+1510555019"]}"#,
                ["no number of that country has the length of +1510555019"]
            ),
        ] as [(String, [String])])
    func warnsAboutRules(text: String, warnings: [String]) throws {
        #expect(try Self.picture().warnings(about: makeRule(text)) == warnings)
    }
}
