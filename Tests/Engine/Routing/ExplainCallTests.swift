import SwitchboardCore
import SwitchboardEngine
import SwitchboardTestKit
import Testing

/// `explain-call`: what it says, and that it asks and changes nothing.
@Suite struct ExplainCallTests {
    private static let setUp = """
        agent add support
        purchase +14155550100 --provider fake
        trunk create --name main --numbers +15105550100 --allowed-addresses 54.172.60.0/30
        dispatch create --name desk --individual call- --trunk-ids main --agents [support] --attributes {team: 'a'} --pin 4711
        """

    @Test func aCallThatIsTaken() async throws {
        let workspace = try await Workspace.after(Self.setUp)
        let outcome = await workspace.run(
            "explain-call +13105550100 +15105550100 --from-address 54.172.60.1 --pin 4711")
        #expect(outcome.status == 0, "\(outcome.problem)")
        let (trunk, rule) = (try #require(workspace.carrier.trunks.first), try #require(workspace.carrier.rules.first))
        #expect(outcome.shownField("outcome") == .string("answered"))
        #expect(outcome.shownField("trunk") == .string(trunk.id) && outcome.shownField("trunk_name") == .string("main"))
        #expect(outcome.shownField("rule") == .string(rule.id) && outcome.shownField("rule_name") == .string("desk"))
        #expect(outcome.shownField("rule_kind") == .string("individual"))
        #expect(outcome.shownField("room")?.plainText?.hasPrefix("call-_+13105550100_") == true)
        #expect(outcome.shownField("agents") == .list([.string("support")]))
        #expect(outcome.shownField("identity") == .string("sip_+13105550100"))
        guard case .record(let attributes)? = outcome.shownField("attributes") else {
            Issue.record("no attributes")
            return
        }
        #expect(attributes["team"] == .string("a") && attributes["sip.trunkID"] == .string(trunk.id))
        #expect(!outcome.allText.contains("4711"))
    }

    /// The exit status is 0 whatever becomes of the call: to be rejected is an answer, not a failure.
    @Test(arguments: [
        "+13105550100 +15105550100 --from-address 1.2.3.4", "+13105550100 +15105550109", "anonymous '+1 (999) 0'",
    ])
    func aCallThatIsRejected(call: String) async throws {
        let workspace = try await Workspace.after(Self.setUp)
        let outcome = await workspace.run("explain-call \(call)")
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        #expect(outcome.shownField("outcome") == .string("rejected"))
        #expect(outcome.shownField("reason")?.plainText?.isEmpty == false)
        guard case .list(let considered)? = outcome.shownField("considered") else {
            Issue.record("nothing considered")
            return
        }
        #expect(!considered.isEmpty)
    }

    @Test func itOnlyReads() async throws {
        let workspace = try await Workspace.after(Self.setUp)
        let before = workspace.carrier.log.count
        _ = await workspace.run("explain-call +13105550100 +15105550100; list | explain-call +13105550100")
        let asked = Set(workspace.carrier.log[before...].map(\.call))
        #expect(asked.isSubset(of: [.trunks, .rules, .lookUp]))
        #expect(try workspace.journal.allSatisfy { $0.hasSuffix("done") })
    }

    @Test func theWorkspacesNumbersFlowIn() async throws {
        let workspace = try await Workspace.after(Self.setUp)
        let outcome = await workspace.run(
            "for c in (list | explain-call +13105550100) { print \"$c.outcome\" }")
        #expect(outcome.printed == ["rejected"], "\(outcome.faults) \(outcome.problem)")
    }
}
