import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

/// Changes of rules by the user's own hand, beside those that binding makes.
@Suite struct ClientRuleTests {
    private let world = RulesWorld()

    private func change(_ name: String, _ value: JSON?) throws -> RoutingChange {
        var change = RoutingChange(.dispatchRule)
        try change.set(name, value)
        return change
    }

    private func rule(_ id: String) throws -> DispatchRule {
        try #require(world.rules.first { $0.id == id })
    }

    /// Both are changes of the whole rule: each must read what the other has written.
    @Test func changesAtOnceLoseNothingOfEachOther() async throws {
        try world.add(
            "SDR_a",
            #"{"name":"a","rule":{"dispatch_rule_individual":{}},"trunk_ids":["ST_x","PN_PPN_1"],"newer":{"x":1}}"#)
        let platform = try LiveKitAgentPlatform(context: context(world.transport))
        let last = try rule("SDR_a")
        let changes = try [
            change("room_preset", "quiet"), change("hide_phone_number", true), change("krisp_enabled", true),
            change("numbers", ["+14155550101"]), change("inbound_numbers", ["+13105550100"]),
        ]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, change) in changes.enumerated() {
                group.addTask { _ = try await platform.update(last, by: change, key: "k\(index)") }
            }
            group.addTask {
                let number = RoutedNumber(e164: try e164("+14155550101"), inboundID: "PN_PPN_1")
                _ = try await platform.bind(number, to: AgentTarget(dispatchName: "desk"), key: "b")
            }
            try await group.waitForAll()
        }
        let expected = """
            {"sip_dispatch_rule_id":"SDR_a","name":"a","rule":{"dispatch_rule_individual":{}},"trunk_ids":["ST_x"],
             "newer":{"x":1},"room_preset":"quiet","hide_phone_number":true,"krisp_enabled":true,
             "numbers":["+14155550101"],"inbound_numbers":["+13105550100"]}
            """
        #expect(try rule("SDR_a").document == Golden.document(expected, .dispatchRule))
    }

    @Test func deletesARuleThatCameOutWithoutItsTrunkIDs() async throws {
        world.set { $0.dropsTrunkIDs = true }
        let platform = try LiveKitAgentPlatform(context: context(world.transport))
        let error = try await failure { _ = try await platform.create(Golden.newRule, key: "k") }
        #expect(error.code == .unsupported)
        #expect(world.rules.isEmpty)
        #expect(world.requestIDs == ["k", "k/undo"])
        // One that is to catch every call is left as it is.
        var open = Golden.newRule
        open.trunkIDs = []
        #expect(try await platform.create(open, key: "l").isCatchAll)
    }

    @Test func neverSendsAHiddenPINBack() async throws {
        try world.add(
            "SDR_a", #"{"rule":{"dispatch_rule_direct":{"room_name":"r","pin":"****"}},"trunk_ids":["ST_x"]}"#)
        let platform = try LiveKitAgentPlatform(context: context(world.transport))
        let (last, change) = (try rule("SDR_a"), try change("hide_phone_number", true))
        let error = try await failure { _ = try await platform.update(last, by: change, key: "k") }
        #expect(error.code == .invalidArgument)
        #expect(Array(error.fields.keys) == ["rule.dispatch_rule_direct.pin"])
        #expect(world.writes.isEmpty)
    }

    @Test func mergesAttributesAndKeepsTheOthers() async throws {
        let before = #"{"sip_dispatch_rule_id":"SDR_a","rule":{"dispatch_rule_individual":{}},"attributes":{"a":"1"}}"#
        let after = before.replacing(#"{"a":"1"}"#, with: #"{"b":"2"}"#)
        let transport = ScriptedTransport([
            answer(rulePath("Update"), after), answer(rulePath("List"), #"{"items":[\#(after)]}"#),
        ])
        let platform = try LiveKitAgentPlatform(context: context(transport))
        let last = DispatchRule(try Golden.document(before, .dispatchRule))
        let wanted = RoutingChange(from: last.document, to: try Golden.document(after, .dispatchRule))
        #expect(try await platform.update(last, by: wanted, key: "k").attributes == ["b": "2"])
        #expect(
            try json(transport.sent[0].body)
                == json(#"{"sip_dispatch_rule_id":"SDR_a","update":{"attributes":{"a":"","b":"2"}}}"#))
        #expect(transport.complaints.isEmpty)
    }

    @Test func saysThatARuleIsUnknown() async throws {
        let platform = try LiveKitAgentPlatform(context: context(world.transport))
        let (unknown, change) = (
            DispatchRule(try Golden.document(Golden.rule(), .dispatchRule)), try change("room_preset", "quiet")
        )
        for run in [
            { _ = try await platform.update(unknown, by: change, key: "k") },
            { _ = try await platform.replace(unknown, key: "k") },
        ] {
            let error = try await failure(run)
            #expect(error.code == .notFound)
            #expect(error.message == "livekit has no dispatch rule SDR_9aBcDeFgHjKm")
            #expect(!error.mayHaveHappened)
        }
    }
}
