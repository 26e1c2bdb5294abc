import SwitchboardCore
import Testing

@Suite struct RoutingFileTests {
    /// The files of LiveKit's guides to inbound trunks, with what the trunk is.
    @Test(
        arguments: [
            (
                #"{"trunk":{"name":"My trunk","numbers":["+15105550100"],"krispEnabled":true}}"#,
                "read as a wrapped inbound trunk, in the camelCase naming",
                #"{"name":"My trunk","numbers":["+15105550100"],"krisp_enabled":true}"#
            ),
            (
                #"{"name":"My trunk","numbers":["+15105550100"],"krispEnabled":true}"#,
                "read as a bare inbound trunk, in the camelCase naming",
                #"{"name":"My trunk","numbers":["+15105550100"],"krisp_enabled":true}"#
            ),
            (
                #"{"trunk":{"name":"My trunk","numbers":["+15105550100"],"allowedNumbers":["+13105550100","+17145550100"]}}"#,
                "read as a wrapped inbound trunk, in the camelCase naming",
                #"{"name":"My trunk","numbers":["+15105550100"],"allowed_numbers":["+13105550100","+17145550100"]}"#
            ),
            (
                #"{"name":"My trunk","numbers":["+15105550100"]}"#, "read as a bare inbound trunk",
                #"{"name":"My trunk","numbers":["+15105550100"]}"#
            ),
            (
                """
                {"name":"My replaced trunk","numbers":["+17025550100"],"metadata":"Replaced metadata",
                "allowedAddresses":["192.168.254.10"],"allowedNumbers":["+14155550100","+17145550100"],
                "krispEnabled":true}
                """, "read as a bare inbound trunk, in the camelCase naming",
                """
                {"name":"My replaced trunk","metadata":"Replaced metadata","numbers":["+17025550100"],
                "allowed_addresses":["192.168.254.10"],"allowed_numbers":["+14155550100","+17145550100"],
                "krisp_enabled":true}
                """
            ),
            (
                #"{"trunk":{"name":"My inbound trunk","auth_username":"<sip_trunk_username>","auth_password":"<pass>"}}"#,
                "read as a wrapped inbound trunk, in the snake_case naming",
                #"{"name":"My inbound trunk","auth_username":"<sip_trunk_username>","auth_password":"<pass>"}"#
            ),
            (
                #"{"trunk":{"name":"o","address":"a.b","destinationCountry":"US","auth_username":"u"}}"#,
                "read as a wrapped outbound trunk, in both namings",
                #"{"name":"o","address":"a.b","destination_country":"US","auth_username":"u"}"#
            ),
            (
                #"{"address":"a.b","headers":{"snake_case":"x"}}"#, "read as a bare outbound trunk",
                #"{"address":"a.b","headers":{"snake_case":"x"}}"#
            ),
        ])
    func readsTrunks(text: String, remark: String, wire: String) throws {
        let file = try RoutingFile.trunk(json(text), direction: nil)
        #expect(file.remark == remark)
        let plain = try RoutingDocument(reading: json(wire), as: file.document.schema, strangers: .refused)
        #expect(file.document == plain)
        #expect(remark.contains(file.shape.rawValue) && remark.contains(file.document.schema.noun))
        #expect(try RoutingFile.trunk(json(text), direction: SIPTrunk(file.document).direction).document == plain)
    }

    private static let room = #"{"rule":{"dispatch_rule_individual":{"room_prefix":"call-"}},"trunk_ids":["ST_a"]}"#

    @Test(
        arguments: [
            (
                #"{"dispatch_rule":{"rule":{"dispatchRuleIndividual":{"roomPrefix":"call-"}},"trunk_ids":["ST_a"]}}"#,
                "read as a wrapped dispatch rule, in both namings"
            ),
            (
                #"{"dispatchRule":{"rule":{"dispatchRuleIndividual":{"roomPrefix":"call-"}},"trunkIds":["ST_a"]}}"#,
                "read as a wrapped dispatch rule, in the camelCase naming"
            ),
            (
                #"{"rule":{"dispatchRuleIndividual":{"roomPrefix":"call-"}},"trunkIds":["ST_a"]}"#,
                "read as a flat dispatch rule (the fields of the old request, without a wrapper), in the camelCase naming"
            ),
            (
                room,
                "read as a flat dispatch rule (the fields of the old request, without a wrapper), in the snake_case naming"
            ),
            (
                """
                {"rule":{"dispatch_rule_individual":{"room_prefix":"call-"}},"trunk_ids":["ST_a"],"numbers":[]}
                """, "read as a bare dispatch rule, in the snake_case naming"
            ),
        ])
    func readsRules(text: String, remark: String) throws {
        let file = try RoutingFile.dispatchRule(json(text))
        #expect(file.remark == remark)
        #expect(try file.document == makeRule(Self.room).document)
    }

    @Test func aBareRuleNeedNotHaveARule() throws {
        #expect(try RoutingFile.dispatchRule(json(#"{"name":"a"}"#)).shape == .bare)
    }

    @Test(
        arguments: [
            ("[]", "the file does not hold an object", nil), (#"{"trunk":[]}"#, "trunk is not an object", nil),
            (
                #"{"trunk":{},"name":"a"}"#, "'name' stands beside 'trunk', not inside it",
                "move 'name' into 'trunk', or leave 'trunk' out"
            ),
            (
                #"{"trunk":{"name":"a"},"numbers":[],"allowedNumbers":[]}"#,
                "'numbers' and 'allowedNumbers' stand beside 'trunk', not inside it",
                "move 'numbers' and 'allowedNumbers' into 'trunk', or take it out"
            ),
            (#"{"trunk":{"name":"a"},"x":1}"#, "'x' stands beside 'trunk', not inside it", "take 'x' out"),
            (#"{"dispatch_rule":{}}"#, "the file holds a dispatch rule", "read it as a dispatch rule"),
            (
                #"{"address":"a.b","allowedNumbers":[]}"#,
                "'address' belongs to an outbound trunk and 'allowedNumbers' to an inbound one", "make two trunks of it"
            ),
            (#"{"trunk":{"trunk":{}}}"#, "there is no field 'trunk'", ""),
            (#"{"trunk":{"numbrs":[]}}"#, "there is no field 'numbrs'", ""),
        ] as [(String, String, String?)])
    func saysWhatIsWrongWithATrunk(text: String, message: String, help: String?) throws {
        let fault = try #require(fault { try RoutingFile.trunk(json(text), direction: nil) })
        #expect(fault.message == message)
        if help != "" { #expect(fault.help == help) }
    }

    @Test func tellsAFieldOfTheOtherDirection() throws {
        let fault = fault { try RoutingFile.trunk(json(#"{"trunk":{"allowedNumbers":[]}}"#), direction: .outbound) }
        #expect(fault?.message == "an outbound trunk has no field 'allowedNumbers'")
        #expect(fault?.help == "it is a field of inbound trunks")
    }

    @Test(
        arguments: [
            // G20: what a flat file becomes in a wrapping tool.
            (
                #"{"dispatch_rule":{},"rule":{"dispatchRuleIndividual":{"roomPrefix":"call-"}}}"#,
                "'rule' stands beside 'dispatch_rule', not inside it",
                "move 'rule' into 'dispatch_rule', or leave 'dispatch_rule' out"
            ),
            (
                #"{"dispatch_rule":{"name":"a"},"dispatchRule":{"name":"a"}}"#,
                "'dispatchRule' stands beside 'dispatch_rule', not inside it", "take 'dispatchRule' out"
            ),
            (#"{"trunk":{}}"#, "the file holds a trunk", "read it as a trunk"),
            (
                #"{"dispatch_rule":{"room_config":{"agents":[{"agentname":"x"}]}}}"#,
                "there is no field 'room_config.agents.0.agentname'", ""
            ),
        ] as [(String, String, String?)])
    func saysWhatIsWrongWithARule(text: String, message: String, help: String?) throws {
        let fault = try #require(fault { try RoutingFile.dispatchRule(json(text)) })
        #expect(fault.message == message)
        if help != "" { #expect(fault.help == help) }
    }
}
