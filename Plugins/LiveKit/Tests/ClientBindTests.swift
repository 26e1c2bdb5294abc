import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

private let front = AgentTarget(dispatchName: "front-desk", metadata: #"{"tenant":"acme"}"#)
private let night = AgentTarget(dispatchName: "night-desk")
private let ownFront =
    #""name":"switchboard agent front-desk","rule":{"dispatch_rule_individual":{"room_prefix":"call-"}}"#
private let frontAgents = #"[{"agent_name":"front-desk","metadata":"{\"tenant\":\"acme\"}"}]"#

private func number(_ last: Int) throws -> RoutedNumber {
    RoutedNumber(e164: try e164("+1415555010\(last)"), inboundID: "PN_PPN_\(last)")
}

@Suite struct ClientBindTests {
    private let world = RulesWorld()

    private func platform() throws -> LiveKitAgentPlatform {
        try LiveKitAgentPlatform(context: context(world.transport))
    }

    @Test func makesARuleWithTheNumberInItFromTheStart() async throws {
        let transport = world.transport
        let platform = try LiveKitAgentPlatform(context: context(transport))
        let binding = try await platform.bind(number(1), to: front, key: "run_1/2")
        #expect(binding == AgentBinding(dispatchRuleID: "SDR_made1", agents: [front]))
        let create = try #require(transport.sent.first { $0.operation == "CreateSIPDispatchRule" })
        #expect(
            try json(create.body)
                == json(
                    """
                    {"dispatch_rule":{\(ownFront),"trunk_ids":["PN_PPN_1"],"room_config":{"agents":\(frontAgents)}}}
                    """))
        #expect(create.header("X-Livekit-Request-Id") == "run_1/2/create")
        #expect(world.writes == ["CreateSIPDispatchRule"])
        #expect(try await platform.binding(of: number(1)) == binding)
        #expect(try await platform.binding(of: number(2)) == nil)

        world.forgetWrites()
        #expect(try await platform.bind(number(1), to: front, key: "again") == binding)
        #expect(world.writes.isEmpty)
    }

    @Test func laterNumbersJoinTheAgentsRule() async throws {
        let platform = try platform()
        _ = try await platform.bind(number(1), to: front, key: "a")
        world.forgetWrites()
        let second = try await platform.bind(number(2), to: front, key: "b")
        #expect(second.dispatchRuleID == "SDR_made1")
        #expect(world.writes == ["UpdatePhoneNumber"])
        #expect(world.requestIDs == ["b/move/SDR_made1"])
        #expect(world.rules.map(\.trunkIDs) == [["PN_PPN_1", "PN_PPN_2"]])
    }

    @Test func editsTheRuleWhereUpdatePhoneNumberIsRefused() async throws {
        world.set { $0.refusesMoves = true }
        let platform = try platform()
        _ = try await platform.bind(number(1), to: front, key: "a")
        _ = try await platform.bind(number(2), to: front, key: "b")
        #expect(world.rules.map(\.trunkIDs) == [["PN_PPN_1", "PN_PPN_2"]])
        #expect(world.writes == ["CreateSIPDispatchRule", "UpdatePhoneNumber", "UpdateSIPDispatchRule update"])
        _ = try await platform.bind(number(3), to: night, key: "c")
        world.forgetWrites()
        _ = try await platform.bind(number(2), to: night, key: "d")
        #expect(world.rules.map(\.trunkIDs) == [["PN_PPN_1"], ["PN_PPN_3", "PN_PPN_2"]])
        #expect(world.requestIDs == ["d/move/SDR_made2", "d/detach/SDR_made1", "d/attach/SDR_made2"])
    }

    @Test func givesTheNumbersOwnRuleToTheOtherAgentWithAllItsFields() async throws {
        try world.add(
            "SDR_own",
            """
            {\(ownFront),"trunk_ids":["PN_PPN_1"],"metadata":"kept","krisp_enabled":true,"newer_field":{"x":[1,2.5]},
             "attributes":{"a":"b"},"roomConfig":{"max_participants":4,"agents":\(frontAgents)}}
            """)
        let binding = try await platform().bind(number(1), to: night, key: "k")
        #expect(binding == AgentBinding(dispatchRuleID: "SDR_own", agents: [night]))
        #expect(world.writes == ["UpdateSIPDispatchRule replace"])
        #expect(
            try world.rules.map(\.document)
                == [
                    Golden.document(
                        """
                        {"name":"switchboard agent night-desk","sip_dispatch_rule_id":"SDR_own",
                         "rule":{"dispatch_rule_individual":{"room_prefix":"call-"}},"trunk_ids":["PN_PPN_1"],
                         "metadata":"kept","krisp_enabled":true,"newer_field":{"x":[1,2.5]},"attributes":{"a":"b"},
                         "room_config":{"max_participants":4,"agents":[{"agent_name":"night-desk"}]}}
                        """, .dispatchRule)
                ])
    }

    @Test(arguments: [false, true])
    func movesToAnExistingRuleAndDeletesTheOneLeft(refusesMoves: Bool) async throws {
        let platform = try platform()
        _ = try await platform.bind(number(1), to: front, key: "a")
        _ = try await platform.bind(number(2), to: night, key: "b")
        world.set { $0.refusesMoves = refusesMoves }
        world.forgetWrites()
        let binding = try await platform.bind(number(1), to: night, key: "c")
        #expect(binding.dispatchRuleID == "SDR_made2")
        #expect(world.rules.map(\.trunkIDs) == [["PN_PPN_2", "PN_PPN_1"]])
        let steps = refusesMoves ? ["park", "move", "detach", "attach", "delete"] : ["park", "move", "delete"]
        #expect(world.requestIDs.map { $0.split(separator: "/")[1] } == steps.map { Substring($0) })
        #expect(world.catchAllsMade.isEmpty)
    }

    @Test func givesTheRuleOverWhereItCannotBeParked() async throws {
        let platform = try platform()
        _ = try await platform.bind(number(1), to: front, key: "a")
        _ = try await platform.bind(number(2), to: night, key: "b")
        world.set { $0.refusesParking = true }
        #expect(try await platform.bind(number(1), to: night, key: "c").dispatchRuleID == "SDR_made1")
        #expect(world.rules.map(\.agents) == [[night], [night]])
        #expect(world.catchAllsMade.isEmpty)
    }

    @Test func finishesAMoveThatWasInterrupted() async throws {
        try world.add(
            "SDR_left",
            #"{\#(ownFront),"trunk_ids":["PN_PPN_1","ST_PARKED_left"],"room_config":{"agents":\#(frontAgents)}}"#)
        let platform = try platform()
        _ = try await platform.bind(number(2), to: night, key: "b")
        world.forgetWrites()
        _ = try await platform.bind(number(1), to: night, key: "c")
        #expect(world.writes == ["UpdatePhoneNumber", "DeleteSIPDispatchRule"])
        #expect(world.rules.map(\.trunkIDs) == [["PN_PPN_2", "PN_PPN_1"]])
    }

    @Test func takesTheNumberOutOfARuleThatOthersShare() async throws {
        try world.add(
            "SDR_theirs",
            #"{"name":"x","rule":{"dispatch_rule_direct":{"room_name":"r"}},"trunk_ids":["PN_PPN_1","ST_x","PN_PPN_1"]}"#
        )
        let platform = try platform()
        #expect(try await platform.bind(number(1), to: front, key: "a").dispatchRuleID == "SDR_made1")
        #expect(world.rules.map(\.trunkIDs) == [["PN_PPN_1"], ["ST_x"]])
        #expect(world.requestIDs == ["a/detach/SDR_theirs", "a/create"])
    }

    @Test func neverEmptiesARuleOfSomebodyElse() async throws {
        let theirs = #"{"name":"lobby","rule":{"dispatch_rule_direct":{"room_name":"r"}},"trunk_ids":["PN_PPN_1"]}"#
        try world.add("SDR_theirs", theirs)
        let platform = try platform()
        for body: (RoutedNumber) async throws -> Void in [
            { _ = try await platform.bind($0, to: front, key: "a") }, { try await platform.unbind($0, key: "b") },
        ] {
            let error = try await failure { try await body(number(1)) }
            #expect(error.code == .conflict)
            #expect(error.message.contains("SDR_theirs 'lobby'"))
            #expect(!error.mayHaveHappened)
        }
        #expect(world.writes.isEmpty)
    }

    @Test func acceptsASomebodysRuleForExactlyThisAgent() async throws {
        try world.add(
            "SDR_theirs",
            """
            {"name":"lobby","rule":{"dispatchRuleIndividual":{"pin":"77"}},"trunkIds":["PN_PPN_1"],
             "roomConfig":{"agents":[{"agentName":"front-desk","metadata":"{\\"tenant\\":\\"acme\\"}"}]}}
            """)
        let platform = try platform()
        #expect(try await platform.bind(number(1), to: front, key: "a").dispatchRuleID == "SDR_theirs")
        #expect(world.writes.isEmpty)
        // Other metadata is another agent.
        let other = AgentTarget(dispatchName: "front-desk", metadata: "other")
        let error = try await failure { _ = try await platform.bind(number(1), to: other, key: "b") }
        #expect(error.code == .conflict)
    }

    @Test func aRuleThatNeverLetsTheNumbersCallsInIsNoBinding() async throws {
        try world.add(
            "SDR_theirs",
            """
            {"name":"lobby","rule":{"dispatch_rule_individual":{}},"trunk_ids":["PN_PPN_1","ST_x"],
             "numbers":["14155550101"],"room_config":{"agents":\(frontAgents)}}
            """)
        let platform = try platform()
        #expect(try await platform.binding(of: number(1)) == nil)
        #expect(try await platform.bind(number(1), to: front, key: "a").dispatchRuleID == "SDR_made1")
        #expect(world.rules.map(\.trunkIDs) == [["PN_PPN_1"], ["ST_x"]])
    }

    @Test func leavesACatchAllRuleAlone() async throws {
        let open =
            #"{"name":"switchboard agent front-desk","rule":{"dispatch_rule_individual":{}},"trunk_ids":[],"room_config":{"agents":\#(frontAgents)}}"#
        try world.add("SDR_open", open)
        let before = world.rules.map(\.document)
        let platform = try platform()
        #expect(try await platform.bind(number(1), to: front, key: "a").dispatchRuleID == "SDR_made1")
        try await platform.unbind(number(1), key: "b")
        #expect(world.rules.map(\.document) == before)
    }

    @Test(arguments: [
        #""rule":{"dispatch_rule_individual":{"pin":"1"}}"#,
        #""rule":{"dispatch_rule_individual":{}},"inbound_numbers":["+13105550100"]"#,
        #""rule":{"dispatch_rule_individual":{}},"numbers":["+14155550109"]"#,
        #""rule":{"dispatch_rule_direct":{"room_name":"r"}}"#,
    ])
    func joinsNoRuleThatIsNarrowerThanItsOwn(kind: String) async throws {
        try world.add(
            "SDR_narrow",
            """
            {"name":"switchboard agent front-desk",\(kind),"trunk_ids":["PN_PPN_9"],
             "room_config":{"agents":\(frontAgents)}}
            """)
        #expect(try await platform().bind(number(1), to: front, key: "a").dispatchRuleID == "SDR_made1")
    }

    @Test func unbindsAndDeletesTheRuleWithItsLastNumber() async throws {
        let platform = try platform()
        _ = try await platform.bind(number(1), to: front, key: "a")
        _ = try await platform.bind(number(2), to: front, key: "b")
        world.forgetWrites()
        try await platform.unbind(number(1), key: "c")
        #expect(world.rules.map(\.trunkIDs) == [["PN_PPN_2"]])
        try await platform.unbind(number(2), key: "d")
        #expect(world.rules.isEmpty)
        try await platform.unbind(number(2), key: "e")
        #expect(world.writes == ["UpdateSIPDispatchRule update", "DeleteSIPDispatchRule"])
        #expect(world.requestIDs == ["c/detach/SDR_made1", "d/delete/SDR_made1"])
        #expect(world.catchAllsMade.isEmpty)
    }

    @Test func twoNumbersBoundAtOnceShareOneRule() async throws {
        let platform = try platform()
        try await withThrowingTaskGroup(of: String.self) { group in
            for index in 1...9 {
                group.addTask {
                    try await platform.bind(number(index), to: front, key: "k\(index)").dispatchRuleID
                }
            }
            for try await id in group { #expect(id == "SDR_made1") }
        }
        #expect(world.rules.map { Set($0.trunkIDs).count } == [9])
    }

    @Test(arguments: ["CreateSIPDispatchRule", "UpdatePhoneNumber"])
    func saysThatTheOutcomeIsOpenWhereTheRulesDoNotShowTheChange(method: String) async throws {
        if method == "UpdatePhoneNumber" { _ = try await platform().bind(number(2), to: front, key: "z") }
        world.set { $0.forgets = method }
        let error = try await failure { _ = try await platform().bind(number(1), to: front, key: "a") }
        #expect(error.code == .unknownOutcome)
        #expect(error.mayHaveHappened)
        #expect(world.writes.filter { $0 == method }.count == 1)
    }

    @Test(arguments: ["CreateSIPDispatchRule", "UpdatePhoneNumber"])
    func readsWhetherALostAnswerWasACarriedOutChange(method: String) async throws {
        if method == "UpdatePhoneNumber" { _ = try await platform().bind(number(2), to: front, key: "z") }
        world.set { $0.loses = method }
        #expect(try await platform().bind(number(1), to: front, key: "a").dispatchRuleID == "SDR_made1")
        #expect(world.rules.count == 1)
    }

    @Test func passesALostAnswerOnWhereNothingWasCarriedOut() async throws {
        world.set {
            $0.loses = "CreateSIPDispatchRule"
            $0.forgets = "CreateSIPDispatchRule"
        }
        let error = try await failure { _ = try await platform().bind(number(1), to: front, key: "a") }
        #expect(error.code == .unreachable)
        #expect(error.mayHaveHappened)
    }

    @Test func deletesACatchAllThatTheServerMadeOfANewRule() async throws {
        world.set { $0.dropsTrunkIDs = true }
        let error = try await failure { _ = try await platform().bind(number(1), to: front, key: "a") }
        #expect(error.code == .unsupported)
        #expect(world.rules.isEmpty)
    }

    @Test func refusesWhatItCannotBind() async throws {
        let platform = try platform()
        let unnamed = try await failure {
            _ = try await platform.bind(number(1), to: AgentTarget(dispatchName: ""), key: "a")
        }
        #expect(unnamed.code == .invalidArgument)
        let lost = RoutedNumber(e164: try e164("+14155550101"), inboundID: "")
        let nowhere = try await failure { _ = try await platform.bind(lost, to: front, key: "a") }
        #expect(nowhere.code == .invalidArgument)
        let trunk = RoutedNumber(e164: try e164("+14155550101"), inboundID: "ST_4fGh7JkLmNpQ")
        let shared = try await failure { try await platform.point(trunk, atRule: "SDR_x", key: "a") }
        #expect(shared.code == .unsupported)
        #expect(world.writes.isEmpty)
    }

    @Test func readsRulesThatComeInPages() async throws {
        let transport = ScriptedTransport([
            answer(rulesPath, #"{"items":[{"sip_dispatch_rule_id":"SDR_a","trunk_ids":["ST_x"]},null]}"#),
            answer(
                rulesPath,
                #"{"items":[{"sipDispatchRuleId":"SDR_b","trunkIds":["PN_PPN_1"]},{"sip_dispatch_rule_id":"SDR_a"}]}"#),
            answer(rulesPath, #"{"items":[{"sip_dispatch_rule_id":"SDR_b"}]}"#),
        ])
        let platform = try LiveKitAgentPlatform(context: context(transport))
        #expect(try await platform.binding(of: number(1))?.dispatchRuleID == "SDR_b")
        #expect(try json(transport.sent[0].body) == json(#"{"page":{"limit":100}}"#))
        #expect(try json(transport.sent[2].body) == json(#"{"page":{"limit":100,"after_id":"SDR_b"}}"#))
        #expect(transport.complaints.isEmpty)
    }
}
