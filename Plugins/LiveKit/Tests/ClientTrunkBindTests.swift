import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

private let front = AgentTarget(dispatchName: "front-desk", metadata: "m")
private let night = AgentTarget(dispatchName: "night-desk")

/// Numbers of one trunk, each bound by a rule of its own.
@Suite struct ClientTrunkBindTests {
    private let world = RulesWorld()
    private static let trunk = "ST_4fGh7JkLmNpQ"

    private func platform() throws -> LiveKitAgentPlatform {
        try LiveKitAgentPlatform(context: context(world.transport))
    }

    private func number(_ last: Int, on trunk: String = Self.trunk) throws -> RoutedNumber {
        RoutedNumber(e164: try e164("+1510555010\(last)"), inboundID: trunk)
    }

    /// The agent that answers a call to a number, as LiveKit chooses; `nobody` where the call is refused.
    private func answering(_ last: Int, catchAll: Bool = false) throws -> String {
        var trunk = SIPTrunk(.inbound)
        trunk.id = Self.trunk
        trunk.numbers = catchAll ? [] : (0...9).map { "+1510555010\($0)" }
        let picture = RoutingPicture(trunks: [trunk], rules: world.rules)
        let explanation = picture.explain(.init(caller: "+13105550100", called: "+1510555010\(last)"))
        return explanation.agents.map(\.dispatchName).first ?? "nobody"
    }

    @Test func twoNumbersOfOneTrunkReachTwoAgents() async throws {
        let platform = try platform()
        let first = try await platform.bind(number(1), to: front, key: "run_1/2")
        let second = try await platform.bind(number(2), to: night, key: "run_1/3")
        #expect(first == AgentBinding(dispatchRuleID: "SDR_made1", agents: [front]))
        #expect(second == AgentBinding(dispatchRuleID: "SDR_made2", agents: [night]))
        #expect(world.writes == ["CreateSIPDispatchRule", "CreateSIPDispatchRule"])
        #expect(world.requestIDs == ["run_1/2/create", "run_1/3/create"])
        #expect(world.rules.map(\.trunkIDs) == [[Self.trunk], [Self.trunk]])
        #expect(world.rules.map(\.called) == [["+15105550101"], ["+15105550102"]])
        #expect(world.rules.allSatisfy { $0.callers.isEmpty && !$0.isCatchAll })
        for catchAll in [false, true] {
            let answers = try [1, 2, 3].map { try answering($0, catchAll: catchAll) }
            #expect(answers == ["front-desk", "night-desk", "nobody"])
        }
        #expect(try await platform.binding(of: number(1)) == first)
        #expect(try await platform.binding(of: number(3)) == nil)
    }

    @Test func theSameAgainChangesNothing() async throws {
        let platform = try platform()
        let binding = try await platform.bind(number(1), to: front, key: "a")
        world.forgetWrites()
        #expect(try await platform.bind(number(1), to: front, key: "b") == binding)
        #expect(world.writes.isEmpty)
    }

    @Test func anotherAgentGetsTheNumbersOwnRuleWithAllItsFields() async throws {
        try world.add(
            "SDR_own",
            """
            {"name":"switchboard number +15105550101 to front-desk","rule":{"dispatch_rule_individual":{"room_prefix":"x"}},
             "trunk_ids":["\(Self.trunk)"],"numbers":["+15105550101"],"metadata":"kept","newer_field":{"x":[1]},
             "room_config":{"max_participants":4,"agents":[{"agent_name":"front-desk","metadata":"m"}]}}
            """)
        let platform = try platform()
        _ = try await platform.bind(number(2), to: front, key: "a")
        world.forgetWrites()
        #expect(try await platform.bind(number(1), to: night, key: "b").dispatchRuleID == "SDR_own")
        #expect(world.writes == ["UpdateSIPDispatchRule replace"])
        #expect(try [answering(1), answering(2)] == ["night-desk", "front-desk"])
        let own = try #require(world.rules.first { $0.id == "SDR_own" }?.document)
        #expect(own.text("metadata") == "kept")
        #expect(own["room_config.max_participants"] == 4)
        #expect(own["newer_field"] == ["x": [1]])
    }

    @Test func unbindingDeletesTheNumbersOwnRuleAlone() async throws {
        let platform = try platform()
        for last in 1...2 { _ = try await platform.bind(number(last), to: front, key: "\(last)") }
        world.forgetWrites()
        try await platform.unbind(number(1), key: "u")
        #expect(world.requestIDs == ["u/delete/SDR_made1"])
        #expect(try [answering(1), answering(2)] == ["nobody", "front-desk"])
        try await platform.unbind(number(1), key: "v")
        #expect(world.requestIDs == ["u/delete/SDR_made1"])
        // A number whose trunk is gone from the workspace loses its rule all the same.
        try await platform.unbind(number(2, on: ""), key: "w")
        #expect(world.rules.isEmpty)
    }

    @Test func aRuleForTheRestOfTheTrunkStaysAsItIs() async throws {
        let theirs =
            #"{"name":"rest","rule":{"dispatch_rule_direct":{"room_name":"r"}},"trunk_ids":["\#(Self.trunk)"],"#
            + #""room_config":{"agents":[{"agent_name":"desk"}]}}"#
        try world.add("SDR_theirs", theirs)
        let platform = try platform()
        #expect(try await platform.binding(of: number(1)) == nil)
        _ = try await platform.bind(number(1), to: front, key: "a")
        #expect(try [answering(1), answering(2)] == ["front-desk", "desk"])
        try await platform.unbind(number(1), key: "b")
        #expect(try [answering(1), answering(2)] == ["desk", "desk"])
        #expect(world.rules.map(\.id) == ["SDR_theirs"])
    }

    @Test func aRuleOfSomebodyElseThatNamesTheNumberIsNeverEdited() async throws {
        let theirs =
            #"{"name":"lobby","rule":{"dispatch_rule_direct":{"room_name":"r"}},"trunk_ids":["\#(Self.trunk)","ST_x"],"#
            + #""numbers":["+15105550101","+15105550102"],"room_config":{"agents":[{"agent_name":"night-desk"}]}}"#
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
        // The agent that it sends already is bound by it.
        #expect(try await platform.bind(number(1), to: night, key: "c").dispatchRuleID == "SDR_theirs")
        #expect(world.writes.isEmpty)
    }

    @Test(arguments: ["CreateSIPDispatchRule", "UpdateSIPDispatchRule", "DeleteSIPDispatchRule"])
    func aLostAnswerIsSettledByReading(method: String) async throws {
        let platform = try platform()
        if method != "CreateSIPDispatchRule" { _ = try await platform.bind(number(1), to: front, key: "a") }
        world.set { $0.loses = method }
        switch method {
        case "DeleteSIPDispatchRule": try await platform.unbind(number(1), key: "b")
        default: _ = try await platform.bind(number(1), to: night, key: "b")
        }
        #expect(try answering(1) == (method == "DeleteSIPDispatchRule" ? "nobody" : "night-desk"))
        #expect(world.rules.count <= 1)
    }

    @Test func aRuleThatDoesNotShowMayHaveBeenMade() async throws {
        world.set { $0.forgets = "CreateSIPDispatchRule" }
        let error = try await failure { _ = try await platform().bind(number(1), to: front, key: "a") }
        #expect(error.code == .unknownOutcome)
        #expect(error.mayHaveHappened)
    }

    @Test func aServerThatDropsTheTrunkLeavesNoRuleBehind() async throws {
        world.set { $0.dropsTrunkIDs = true }
        let error = try await failure { _ = try await platform().bind(number(1), to: front, key: "a") }
        #expect(error.code == .unsupported)
        #expect(world.rules.isEmpty)
    }
}
