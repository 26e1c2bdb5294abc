import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// What takes a change of a trunk or rule back, from what the journal has of it.
@Suite struct RoutingUndoTests {
    private func workspace(_ setUp: String) async throws -> Workspace {
        let workspace = try Workspace(plugins: [Plugin(provider: FarProvider.self, commands: [UndoLast.self])])
        workspace.offer(0...0)
        try workspace.keep("hunter2", as: "acme")
        try workspace.keep("hunter3", as: "other")
        let outcome = await workspace.run(
            "purchase +14155550100 --provider fake\ntrunk create --name main --numbers +15105550100 --krisp "
                + "--auth-username a --auth-password (secret acme)\n" + setUp)
        try #require(outcome.status == 0, "\(outcome.faults) \(outcome.problem)")
        return workspace
    }

    @Test func aMadeTrunkIsDeleted() async throws {
        let workspace = try await workspace("")
        let outcome = await workspace.run("undo-last")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(workspace.carrier.trunks == [])
        #expect(try workspace.rows == [])
    }

    @Test func aMadeRuleIsDeleted() async throws {
        let workspace = try await workspace("dispatch create --direct lobby --trunk-ids +14155550100 --pin 4711")
        #expect(await workspace.run("undo-last").status == 0)
        #expect(workspace.carrier.rules == [])
        #expect(try workspace.number(e164(0))?.dispatchRuleIDs == [])
    }

    @Test(arguments: [
        "trunk update main --name desk --add-numbers +15105550101 --no-krisp",
        "trunk replace main --numbers +15105550109 --auth-username a",
    ])
    func aChangedTrunkIsAsBefore(statement: String) async throws {
        let workspace = try await workspace("")
        let before = workspace.carrier.trunks
        #expect(await workspace.run(statement).status == 0)
        #expect(workspace.carrier.trunks != before)
        let outcome = await workspace.run("undo-last")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(workspace.carrier.trunks == before)
        #expect(before.first?.password == Secret("hunter2"))
        #expect(try workspace.rows.map(\.name) == ["main"])
    }

    @Test(arguments: ["--agents [support] --callers +13105550100", "--direct hall", "--trunk-ids main"])
    func aChangedRuleIsAsBefore(flags: String) async throws {
        let workspace = try await workspace(
            "agent add support; dispatch create --name desk --individual call- --trunk-ids +14155550100")
        let before = workspace.carrier.rules
        #expect(await workspace.run("dispatch update desk \(flags)").status == 0)
        #expect(workspace.carrier.rules != before)
        #expect(await workspace.run("undo-last").status == 0)
        #expect(workspace.carrier.rules == before)
        #expect(try workspace.number(e164(0))?.dispatchRuleIDs == before.map(\.id))
    }

    /// A password or a PIN that a change has taken away is nowhere any more.
    @Test(arguments: [
        "trunk update main --auth-password (secret other)", "trunk replace main --numbers +15105550109",
        "dispatch update desk --pin 1", "dispatch update desk --callee x- --pin ''", "trunk delete main",
        "dispatch delete desk",
    ])
    func whatIsGoneCannotComeBack(statement: String) async throws {
        let workspace = try await workspace(
            "dispatch create --name desk --direct lobby --trunk-ids +14155550100 --pin 4711")
        let made = await workspace.run(statement)
        #expect(made.status == 0, "\(made.problem) \(made.faults)")
        let outcome = await workspace.run("undo-last")
        #expect(outcome.error?.code == .unsupported, "\(outcome.problem)")
    }
}
