import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Transactions whose undo meets failures, lost answers, and the work of others.
@Suite struct UndoTests {
    @Test func anUndoThatFailsKeepsNoOtherFromBeingTried() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        workspace.carrier.script(.release, .refused(409))
        let outcome = await workspace.run(
            """
            agent add support
            try {
              transaction { search fake | first 2 | purchase | bind-agent support | count; fail 'no' }
            } catch e { print $e.message }
            """)
        #expect(outcome.printed == ["no"])
        #expect(outcome.status == 6)
        #expect(outcome.report.leftovers == ["buy +14155550101 at fake: refused"])
        #expect(outcome.notes == ["not undone, so somebody has to look: buy +14155550101 at fake: refused"])
        #expect(workspace.numbers == ["+14155550101"])
        #expect(workspace.carrier.agents(of: e164(1)) == [])
        #expect(workspace.carrier.owned == [e164(1)])
    }

    @Test func anAgentThatANumberStaysBoundToStays() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        workspace.carrier.script(.unbind, .refused(409))
        workspace.carrier.script(.release, .refused(409))
        let outcome = await workspace.run(
            "transaction { agent add extra; search fake | first | purchase | bind-agent extra; fail 'no' }")
        #expect(
            outcome.report.leftovers == [
                "bind +14155550100 to extra: refused", "buy +14155550100 at fake: refused",
                "add agent extra: +14155550100 is bound to it",
            ])
        #expect(outcome.status == 6)
        #expect(try workspace.store.agents(profile: "sandbox").map(\.name) == ["extra"])
    }

    @Test func itIsToldWithTheErrorToo() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        workspace.carrier.script(.release, .refused(409))
        let outcome = await workspace.run("transaction { search fake | first | purchase; agent add extra; fail 'no' }")
        #expect(outcome.told("undone") == ["add agent extra"])
        #expect(outcome.told("not undone") == ["buy +14155550100 at fake: refused"])
        #expect(outcome.notes.first == "done before: buy +14155550100 at fake")
        #expect(outcome.status == 6)
    }

    @Test func aRowWhoseUndoFailsTellsWhatStays() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        workspace.carrier.script(.release, .refused(409))
        let outcome = await workspace.run(
            """
            [1] | each n --on-error collect { transaction { search fake | first | purchase; fail 'no' } }
            | select .result .error
            """)
        #expect(
            outcome.shown.last?.literalText
                == "[{result: 'failed', error: 'no; done before: buy +14155550100 at fake'}]")
        #expect(outcome.status == 6)
    }

    @Test func anUndoThatMaySucceedLaterIsTriedAgain() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let before = try World(workspace)
        workspace.carrier.script(.release, .notSent, .notSent)
        let outcome = await workspace.run("transaction { search fake | first | purchase; fail 'no' }")
        #expect(outcome.status == 1, "\(outcome.notes)")
        #expect(try World(workspace) == before)
    }

    @Test func whatNobodyKnowsIsNotUndoneBlindly() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let outcome = await workspace.run("agent add support")
        #expect(outcome.status == 0)
        workspace.carrier.script(.bind, .lost(hasHappened: true))
        workspace.carrier.script(.binding, .notSent)
        let lost = await workspace.run("transaction { search fake | first | purchase | bind-agent support }")
        #expect(lost.status == 6)
        #expect(lost.told("undone") == ["buy +14155550100 at fake"])
        #expect(
            lost.told("not undone") == ["bind +14155550100 to support: nobody can tell yet whether this happened"])
        #expect(workspace.carrier.owned == [])
    }

    @Test func aLostAnswerOfAnUndoIsAskedFor() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let before = try World(workspace)
        workspace.carrier.script(.release, .lost(hasHappened: true))
        let outcome = await workspace.run("transaction { search fake | first | purchase; fail 'no' }")
        #expect(outcome.status == 1, "\(outcome.notes)")
        #expect(try World(workspace) == before)
    }

    /// Somebody else makes the same trunk between the look and the making.
    @Test func whatSomebodyElseHasMadeIsLeft() async throws {
        let carrier = FakeCarrier(time: ManualClock(skipsWaits: true).time)
        let workspace = try Workspace(
            carrier: carrier,
            observe: { step in
                guard case .intentWritten(let intent) = step, intent.kind == "trunk-create" else { return }
                carrier.hold(foreignTrunk("ST_theirs", name: "main", numbers: ["+15105550100"]))
            })
        let outcome = await workspace.run(
            "transaction { trunk create --name main --numbers +15105550100; fail 'no' }")
        #expect(outcome.status == 1, "\(outcome.faults)")
        #expect(carrier.trunks.map(\.id) == ["ST_theirs"])
        #expect(outcome.told("undone") == ["nothing to undo"])
    }
}
