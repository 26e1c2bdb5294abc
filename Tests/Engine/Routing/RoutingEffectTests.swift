import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// What the platform and the ledger have afterwards, whatever becomes of the answers.
@Suite struct RoutingEffectTests {
    private static let answers: [(FakeCarrier.Behaviour, requests: Int)] = [
        (.ok, 1), (.lost(hasHappened: true), 1), (.lost(hasHappened: false), 2), (.failed(500, hasHappened: true), 1),
        (.failed(503, hasHappened: false), 2), (.happensLater(.seconds(3)), 1), (.garbage, 1),
    ]

    private static let rule = "dispatch create --name desk --direct lobby --trunk-ids +14155550100 --pin 4711"

    private func workspace() async throws -> Workspace {
        try await Workspace.after(
            "purchase +14155550100 --provider fake\ntrunk create --name main --numbers +15105550100\n" + Self.rule)
    }

    @Test(arguments: answers) func aTrunkIsMadeOnce(behaviour: FakeCarrier.Behaviour, requests: Int) async throws {
        let workspace = try Workspace()
        try workspace.keep("hunter2", as: "acme")
        workspace.carrier.script(.createTrunk, behaviour)
        let outcome = await workspace.run(
            "trunk create --name main --numbers +15105550100 --auth-username a --auth-password (secret acme)")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(workspace.carrier.trunks.count == 1)
        #expect(workspace.carrier.trunks.first?.password == Secret("hunter2"))
        #expect(try workspace.rows.map(\.inboundTrunkID) == workspace.carrier.trunks.map(\.id))
        #expect(workspace.carrier.count(.createTrunk) == requests)
    }

    @Test(arguments: answers) func aRuleIsMadeOnce(behaviour: FakeCarrier.Behaviour, requests: Int) async throws {
        let workspace = try await Workspace.after("purchase +14155550100 --provider fake")
        workspace.carrier.script(.createRule, behaviour)
        #expect(await workspace.run(Self.rule).status == 0)
        #expect(workspace.carrier.rules.map(\.pin) == [Secret("4711")])
        #expect(try workspace.number(e164(0))?.dispatchRuleIDs == workspace.carrier.rules.map(\.id))
        #expect(workspace.carrier.count(.createRule) == requests)
    }

    @Test(arguments: answers) func aChangeIsMadeOnce(behaviour: FakeCarrier.Behaviour, requests: Int) async throws {
        let workspace = try await workspace()
        for (call, statement) in [
            (FakeCarrier.Call.changeTrunk, "trunk update main --add-numbers +15105550101"),
            (.changeTrunk, "trunk replace main --name main --numbers +15105550109"),
            (.changeRule, "dispatch update desk --pin 1"),
            (.changeRule, "dispatch replace desk --name desk --direct hall --pin 2 --trunk-ids +14155550100"),
        ] {
            let before = workspace.carrier.count(call)
            workspace.carrier.script(call, behaviour)
            let outcome = await workspace.run(statement)
            #expect(outcome.status == 0, "\(statement): \(outcome.problem)")
            #expect(workspace.carrier.count(call) - before == requests, "\(statement)")
        }
        #expect(workspace.carrier.trunks.map(\.numbers) == [["+15105550109"]])
        #expect(workspace.carrier.rules.map(\.pin) == [Secret("2")])
        #expect(workspace.carrier.rules.map(\.room) == ["hall"])
    }

    @Test(arguments: answers) func aDeletionIsMadeOnce(behaviour: FakeCarrier.Behaviour, requests: Int) async throws {
        let workspace = try await workspace()
        workspace.carrier.script(.deleteTrunk, behaviour)
        workspace.carrier.script(.deleteRule, behaviour)
        #expect(await workspace.run("trunk delete main; dispatch delete desk").status == 0)
        #expect(workspace.carrier.trunks == [] && workspace.carrier.rules == [])
        #expect(try workspace.rows == [])
        #expect(try workspace.number(e164(0))?.dispatchRuleIDs == [])
        #expect(workspace.carrier.count(.deleteTrunk) == requests)
        #expect(workspace.carrier.count(.deleteRule) == requests)
    }

    /// What others change meanwhile stays as they made it.
    @Test func aChangeKeepsWhatOthersChanged() async throws {
        let workspace = try await workspace()
        workspace.carrier.script(.changeTrunk, .lost(hasHappened: false))
        workspace.carrier.keepBack(.changeTrunk)
        async let outcome = workspace.run("trunk update main --add-numbers +15105550101")
        #expect(await eventually { workspace.carrier.count(.changeTrunk) == 1 })
        var trunk = try #require(workspace.carrier.trunks.first)
        trunk.numbers.append("+15105550105")
        workspace.carrier.hold(trunk)
        workspace.carrier.letGo(.changeTrunk)
        #expect(await outcome.status == 0)
        #expect(workspace.carrier.trunks.first?.numbers == ["+15105550100", "+15105550105", "+15105550101"])
    }

    // MARK: The next process

    @Test(arguments: [true, false]) func theNextProcessAsks(hasHappened: Bool) async throws {
        let first = try Workspace()
        try first.keep("hunter2", as: "acme")
        first.carrier.script(.createTrunk, .lost(hasHappened: hasHappened))
        first.carrier.script(.trunks, .ok, .ok, .notSent)
        let outcome = await first.run(
            "trunk create --name main --numbers +15105550100 --auth-username a --auth-password (secret acme)")
        #expect(outcome.status == 6, "\(outcome.problem)")
        (first.store as? SQLiteStore)?.close()
        let next = try Workspace(folder: first.folder, clock: first.clock, carrier: first.carrier)
        let start = await next.run("trunk list")
        #expect(start.status == 0)
        #expect(start.notes.contains { $0.contains(hasHappened ? "it had happened" : "it had not happened") })
        #expect(first.carrier.trunks.count == (hasHappened ? 1 : 0))
        #expect(try next.rows.map(\.inboundTrunkID) == first.carrier.trunks.map(\.id))
        let text = try dump(of: first.folder)
        #expect(!text.contains("hunter2"))
    }

    /// Nothing of a password or a PIN lies readable in the store, not even after all is done.
    @Test func theStoreShowsNoSecret() async throws {
        let workspace = try await workspace()
        try workspace.keep("hunter2", as: "acme")
        _ = await workspace.run(
            "trunk update main --auth-username a --auth-password (secret acme)\ndispatch update desk --pin 8472")
        _ = await workspace.run("trunk update main --name x\ntrunk delete x; dispatch delete desk")
        let text = try dump(of: workspace.folder)
        #expect(!text.contains("hunter2") && !text.contains("4711") && !text.contains("8472"))
    }

    private func dump(of folder: String) throws -> String {
        let store = try FileManager.default.subpathsOfDirectory(atPath: folder + "/state")
        return store.map { path in
            let bytes = try? Data(contentsOf: URL(filePath: "\(folder)/state/\(path)"))
            return String(decoding: bytes ?? Data(), as: UTF8.self)
        }.joined()
    }

    /// Two processes that want one trunk make one: the second looks again when the journal is its own.
    @Test func anotherProcessMayBeQuicker() async throws {
        let carrier = FakeCarrier(time: ManualClock(skipsWaits: true).time)
        var twin = foreignTrunk("ST_z", .outbound, name: "out", numbers: ["*"])
        twin.address = "a.example"
        let workspace = try Workspace(
            carrier: carrier, observe: { [twin] in if case .intentWritten = $0 { carrier.hold(twin) } })
        let outcome = await workspace.run("trunk create --name out --address a.example --numbers '*'")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(carrier.trunks.map(\.id) == ["ST_z"])
        #expect(try workspace.rows.map(\.outboundTrunkID) == ["ST_z"])
    }
}
