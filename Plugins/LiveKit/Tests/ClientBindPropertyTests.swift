import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

/// Random histories of binds, unbinds, assignments and other people's rules never make a rule that catches every call.
@Suite struct ClientBindPropertyTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test(arguments: 1...40)
    func neverMakesACatchAll(seed: UInt64) async throws {
        var dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let world = RulesWorld()
        let provider = try LiveKitProvider(context: context(world.transport))
        let agents = ["a", "b", "c"].map { AgentTarget(dispatchName: $0) }
        for step in 0..<40 {
            let which = Int.random(in: 1...5, using: &dice)
            let number = RoutedNumber(e164: try e164("+1415555010\(which)"), inboundID: "PN_PPN_\(which)")
            let agent = agents[Int.random(in: 0..<agents.count, using: &dice)]
            world.set {
                $0.refusesMoves = Int.random(in: 0..<3, using: &dice) == 0
                $0.refusesParking = Int.random(in: 0..<4, using: &dice) == 0
            }
            let before = world.rules.filter { !$0.isOwn }
            switch Int.random(in: 0..<8, using: &dice) {
            case 0: try addForeignRule(world, number, step, &dice)
            case 1...2: try await unbind(number, provider, world)
            case 3: try await assign(number, provider, world, &dice)
            default: try await bind(number, agent, provider, world)
            }
            #expect(world.catchAllsMade.isEmpty, "seed \(seed), step \(step)")
            for rule in before where rule.trunkIDs.isEmpty {
                #expect(world.rules.first { $0.id == rule.id }?.document == rule.document)
            }
            #expect(world.rules.allSatisfy { !$0.isAbandoned })
        }
    }

    private func bind(
        _ number: RoutedNumber, _ agent: AgentTarget, _ provider: LiveKitProvider, _ world: RulesWorld
    ) async throws {
        let before = world.rules.map(\.document)
        do {
            let binding = try await provider.agentPlatform.bind(number, to: agent, key: "k")
            #expect(binding.agents == [agent])
            #expect(try await provider.agentPlatform.binding(of: number) == binding)
            #expect(world.rules.filter { $0.trunkIDs.contains(number.inboundID) }.map(\.agents) == [[agent]])
        } catch let error as SwitchboardError {
            #expect(error.code == .conflict)
            #expect(world.rules.map(\.document) == before)
        }
    }

    private func unbind(_ number: RoutedNumber, _ provider: LiveKitProvider, _ world: RulesWorld) async throws {
        let before = world.rules.map(\.document)
        do {
            try await provider.agentPlatform.unbind(number, key: "k")
            #expect(!world.rules.contains { $0.trunkIDs.contains(number.inboundID) })
        } catch let error as SwitchboardError {
            #expect(error.code == .conflict)
            #expect(world.rules.map(\.document) == before)
        }
    }

    private func assign(
        _ number: RoutedNumber, _ provider: LiveKitProvider, _ world: RulesWorld, _ dice: inout Dice
    ) async throws {
        let rules = world.rules
        guard !rules.isEmpty else { return }
        let rule = rules[Int.random(in: 0..<rules.count, using: &dice)]
        do {
            try await provider.platform.point(number, atRule: rule.id, key: "k")
            #expect(world.rules.filter { $0.trunkIDs.contains(number.inboundID) }.map(\.id) == [rule.id])
        } catch let error as SwitchboardError {
            #expect(error.code == .conflict)
        }
    }

    /// A rule of somebody else's: one that catches everything, one for a trunk, or one that holds the free number.
    private func addForeignRule(
        _ world: RulesWorld, _ number: RoutedNumber, _ step: Int, _ dice: inout Dice
    ) throws {
        let isFree = !world.rules.contains { $0.trunkIDs.contains(number.inboundID) }
        let own = isFree ? #""\#(number.inboundID)""# : #""ST_\#(step)""#
        let lists = ["", own, own + #","ST_x\#(step)""#]
        let trunks = lists[Int.random(in: 0..<lists.count, using: &dice)]
        try world.add(
            "SDR_f\(step)", #"{"name":"f","rule":{"dispatch_rule_individual":{}},"trunk_ids":[\#(trunks)]}"#)
    }
}
