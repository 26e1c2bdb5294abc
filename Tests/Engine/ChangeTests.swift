import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Releases, bindings and updates: what the ledger and the vendor say afterwards, whatever becomes of the answers.
@Suite struct ChangeTests {
    /// A workspace with two agents and a bought number.
    private func workspace(_ more: String = "") async throws -> Workspace {
        let workspace = try Workspace()
        workspace.offer(0...4)
        let setUp = await workspace.run(
            "agent add support; agent add sales; purchase +14155550100 --provider fake\n" + more)
        #expect(setUp.status == 0, "\(setUp.faults)")
        return workspace
    }

    private static let answers: [(FakeCarrier.Behaviour, requests: Int)] = [
        (.ok, 1), (.lost(hasHappened: true), 1), (.lost(hasHappened: false), 2), (.failed(500, hasHappened: true), 1),
        (.failed(503, hasHappened: false), 2), (.happensLater(.seconds(3)), 1), (.garbage, 1),
    ]

    @Test(arguments: answers) func aRelease(behaviour: FakeCarrier.Behaviour, requests: Int) async throws {
        let workspace = try await workspace()
        workspace.carrier.script(.release, behaviour)
        let outcome = await workspace.run("release +14155550100")
        #expect(outcome.status == 0)
        #expect(workspace.carrier.owned == [])
        #expect(workspace.numbers == [])
        #expect(workspace.carrier.count(.release) == requests)
        #expect(try workspace.journal.last == "release done")
        guard case .record(let record)? = outcome.shown.first else {
            Issue.record("nothing is shown")
            return
        }
        #expect(record["status"] == .string("released"))
    }

    @Test(arguments: answers) func aBinding(behaviour: FakeCarrier.Behaviour, requests: Int) async throws {
        let workspace = try await workspace()
        workspace.carrier.script(.bind, behaviour)
        let outcome = await workspace.run("bind-agent support --number +14155550100")
        #expect(outcome.status == 0)
        #expect(workspace.carrier.agents(of: e164(0)) == ["support"])
        #expect(try workspace.number(e164(0))?.agentID != nil)
        #expect(workspace.carrier.count(.bind) == requests)
    }

    @Test(arguments: answers) func anUnbinding(behaviour: FakeCarrier.Behaviour, requests: Int) async throws {
        let workspace = try await workspace("bind-agent support --number +14155550100")
        workspace.carrier.script(.unbind, behaviour)
        let outcome = await workspace.run("unbind-agent +14155550100")
        #expect(outcome.status == 0)
        #expect(workspace.carrier.agents(of: e164(0)) == [])
        #expect(try workspace.number(e164(0))?.agentID == nil)
        #expect(workspace.carrier.count(.unbind) == requests)
    }

    @Test(arguments: answers) func anAssignment(behaviour: FakeCarrier.Behaviour, requests: Int) async throws {
        let workspace = try await workspace()
        workspace.carrier.script(.assign, behaviour)
        let outcome = await workspace.run("update +14155550100 --sip-dispatch-rule-id SDR_x --label night")
        #expect(outcome.status == 0)
        #expect(try workspace.number(e164(0))?.dispatchRuleIDs == ["SDR_x"])
        #expect(try workspace.number(e164(0))?.label == "night")
        #expect(workspace.carrier.count(.assign) == requests)
    }

    @Test func aBindingThatTookPlaceIsKnownThoughTheNumberCannotBeReadBack() async throws {
        let workspace = try await workspace()
        workspace.carrier.script(.lookUp, .notSent)
        let outcome = await workspace.run("bind-agent support --number +14155550100")
        #expect(outcome.status == 0)
        #expect(workspace.carrier.agents(of: e164(0)) == ["support"])
        #expect(try workspace.number(e164(0))?.agentID != nil)
        workspace.carrier.script(.lookUp, .notSent)
        _ = await workspace.run("unbind-agent +14155550100")
        #expect(try workspace.number(e164(0))?.agentID == nil)
    }

    @Test func aReleaseInDoubtKeepsTheNumberInTheLedger() async throws {
        let workspace = try await workspace()
        workspace.carrier.script(.release, .lost(hasHappened: true))
        workspace.carrier.script(.lookUp, .notSent)
        let outcome = await workspace.run("release +14155550100")
        #expect(outcome.status == 6)
        #expect(workspace.numbers == [e164(0).text])
        _ = await workspace.run("list")
        #expect(workspace.numbers == [])
    }

    @Test func aNumberThatIsGoneLeavesTheLedgerWithANote() async throws {
        let workspace = try await workspace()
        workspace.carrier.takeAway(e164(0))
        let outcome = await workspace.run("release +14155550100")
        #expect(outcome.status == 0)
        #expect(outcome.notes == ["+14155550100 was not held by the fake account any more"])
        #expect(workspace.numbers == [])
    }

    @Test func aNumberThatIsHeldUnderAnotherIDIsNotForgotten() async throws {
        let workspace = try await workspace()
        workspace.carrier.hold(
            OwnedNumber(provider: "fake", providerID: "FK_77", e164: e164(0), status: .active, countryCode: "US"))
        let outcome = await workspace.run("release +14155550100")
        #expect(outcome.error?.code == .conflict)
        #expect(workspace.numbers == [e164(0).text])
        let mended = await workspace.run("get +14155550100 | release")
        #expect(mended.status == 0)
        #expect(workspace.carrier.owned == [])
    }

    @Test func aBoundNumberIsReleasedOnlyByForce() async throws {
        let workspace = try await workspace("bind-agent support --number +14155550100")
        let refused = await workspace.run("release +14155550100")
        #expect(refused.error?.code == .conflict)
        #expect(refused.error?.message == "+14155550100 is bound to support")
        #expect(workspace.carrier.count(.release) == 0)
        let forced = await workspace.run("release +14155550100 --force")
        #expect(forced.status == 0)
        #expect(workspace.carrier.owned == [])
        #expect(workspace.carrier.agents(of: e164(0)) == [])
        #expect(workspace.numbers == [])
    }

    @Test func anotherAgentNeedsReplace() async throws {
        let workspace = try await workspace("bind-agent support --number +14155550100")
        let refused = await workspace.run("bind-agent sales --number +14155550100")
        #expect(refused.error?.code == .conflict)
        #expect(workspace.carrier.agents(of: e164(0)) == ["support"])
        _ = await workspace.run("bind-agent sales --number +14155550100 --replace")
        #expect(workspace.carrier.agents(of: e164(0)) == ["sales"])
        let again = await workspace.run("bind-agent sales --number +14155550100")
        #expect(again.notes == ["+14155550100 is bound to sales already: unchanged"])
        #expect(workspace.carrier.count(.bind) == 2)
    }

    @Test func anAgentLeavesItsNumbersUnboundAndKept() async throws {
        let workspace = try await workspace("bind-agent support --number +14155550100")
        let outcome = await workspace.run("agent remove support")
        #expect(outcome.status == 0)
        #expect(workspace.carrier.agents(of: e164(0)) == [])
        #expect(try workspace.number(e164(0))?.agentID == nil)
        #expect(workspace.carrier.owned == [e164(0)])
        #expect(try workspace.store.agents(profile: "sandbox").map(\.name) == ["sales"])
    }

    @Test func anAgentStaysWhereANumberCannotBeUnbound() async throws {
        let workspace = try await workspace("bind-agent support --number +14155550100")
        workspace.carrier.script(.unbind, .refused(403))
        let outcome = await workspace.run("agent remove support")
        #expect(outcome.status == 1)
        #expect(try workspace.store.agents(profile: "sandbox").count == 2)
        #expect(try workspace.number(e164(0))?.agentID != nil)
    }

    @Test func allNumbersAreFoundBeforeTheFirstIsTouched() async throws {
        let workspace = try await workspace()
        let outcome = await workspace.run("release --numbers [+14155550100 +14155550199]")
        #expect(outcome.error?.code == .notFound)
        #expect(workspace.carrier.owned == [e164(0)])
    }

    @Test func everyEffectSaysWhatTakesItBack() async throws {
        let workspace = try await workspace()
        let number = OwnedNumber(
            provider: "fake", providerID: "FK_1", e164: e164(0), status: .active, countryCode: "US")
        let effects = workspace.engine.registry.commands.values.flatMap {
            ($0 as? any ChangingCommand.Type)?.effects ?? []
        }
        #expect(
            Set(effects.map { $0.kind }) == [
                "purchase", "release", "bind-agent", "unbind-agent", "assign-dispatch-rule", "trunk-create",
                "trunk-change", "trunk-delete", "register-number", "forget-number", "adopt", "dispatch-create",
                "dispatch-change", "dispatch-delete", "take-in-number", "list-number", "unlist-number",
                "call-out-by-carrier",
                "carrier-trunk",
                "carrier-origination", "carrier-origination-removal", "carrier-credential-list",
                "carrier-credential-list-removal", "carrier-credential", "carrier-credential-use",
                "carrier-credential-use-removal", "carrier-attach", "carrier-detach",
            ])
        let json = #"{"provider":"fake","e164":"+14155550100","numberID":"phone_x"}"#
        let purchase = try decode(PurchaseEffect.self, json)
        guard case .effect(let release) = purchase.inverse(of: number) else {
            Issue.record("a purchase is taken back by a release")
            return
        }
        #expect(release.summary == "release +14155550100 at fake")
        #expect(release.subject == purchase.subject)
        let outcome = try decode(ReleaseEffect.Outcome.self, #"{"wasGone":false}"#)
        guard case .never(let reason)? = (release as? ReleaseEffect)?.inverse(of: outcome) else {
            Issue.record("nothing takes a release back")
            return
        }
        #expect(reason == "a released number may be sold to somebody else at once")
    }
}
