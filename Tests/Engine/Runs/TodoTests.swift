import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// The list of what needs a person.
@Suite struct TodoTests {
    @Test func whereAllIsWellThereIsNothingToDo() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        _ = await workspace.run("agent add support; purchase +14155550100 --provider fake | bind-agent support")
        let outcome = await workspace.run("todo")
        #expect(outcome.status == 0)
        #expect(outcome.shown.last?.literalText == "[]")
    }

    @Test func aRunThatFailedIsListedUntilItIsUndone() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        _ = await workspace.run("purchase +14155550100 --provider fake; fail 'no'")
        let run = try #require(try workspace.store.runs(limit: 1).first?.id)
        let outcome = await workspace.run("todo")
        #expect(outcome.words("what") == ["t.swb: 1 change stands", "+14155550100 is bought and bound to no agent"])
        #expect(outcome.words("why") == ["the run failed half-way", "the run failed half-way"])
        #expect(outcome.words("run") == [run, run])
        #expect(outcome.words("help")[0].contains("undo \(run)"))
        #expect(await workspace.run("undo \(run)").status == 0)
        #expect(await workspace.run("todo").words("what") == [])
    }

    /// The same script may have bought other numbers.
    @Test func aRunStaysListedWhereItsScriptIsRunAnew() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        let text = "agent add support; search fake | first | purchase | bind-agent support; assert false 'half'"
        #expect(await workspace.run(text).status == 1)
        #expect(
            await workspace.run("agent add support; search fake | first | purchase | bind-agent support").status == 0)
        #expect(await workspace.run("todo").words("what") == ["t.swb: 3 changes stand"])
    }

    @Test func aRunThatWasLeftIsNotOneThatFailed() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        workspace.carrier.keepBack(.purchase)
        let cancel = CancelToken()
        async let run = workspace.run("agent add support; purchase +14155550100 --provider fake", cancel: cancel)
        #expect(await eventually { workspace.carrier.count(.purchase) == 1 })
        for level in [CancelToken.Level.finish, .stop, .leave] { cancel.cancel(level) }
        #expect(await run.status == 6)
        workspace.carrier.letGo(.purchase)
        #expect(await eventually { workspace.numbers == ["+14155550100"] })
        #expect(await workspace.run("runs").words("status") == ["cancelled"])
        #expect(await workspace.run("todo").words("why").first == "somebody interrupted the run half-way")
    }

    @Test func whatATransactionLeavesIsListedUntilItIsDone() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        workspace.carrier.script(.release, .refused(409))
        _ = await workspace.run("try { transaction { purchase +14155550100 --provider fake; fail 'no' } }")
        let outcome = await workspace.run("todo")
        #expect(outcome.words("what") == ["buy +14155550100 at fake"])
        #expect(outcome.words("why") == ["not undone: refused"])
        let id = try #require(outcome.words("id").first)
        #expect(await workspace.run("todo done \(id)").status == 0)
        #expect(await workspace.run("todo").words("what") == [])
        // A person has seen to it, so no undo does.
        #expect(await workspace.run("undo last").error?.code == .notFound)
        #expect(workspace.carrier.owned == [e164(0)])
        let again = await workspace.run("todo done \(id)")
        #expect(again.error?.code == .notFound)
    }

    @Test func whatNobodyKnowsIsListedWithTheReason() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        workspace.carrier.script(.purchase, .lost(hasHappened: true))
        workspace.carrier.script(.lookUp, .ok, .notSent, .notSent)
        let lost = await workspace.run("purchase +14155550100 --provider fake")
        #expect(lost.status == 6, "\(lost.problem)")
        let outcome = await workspace.run("todo")
        #expect(outcome.status == 6)
        #expect(outcome.words("what") == ["buy +14155550100 at fake"])
        #expect(outcome.words("why").first?.hasPrefix("nobody can tell whether it happened") == true)
        #expect(outcome.words("help").first?.contains("adopt or release +14155550100") == true)
        // The provider is not reached again either when a person says what is so.
        workspace.carrier.script(.lookUp, .notSent)
        let id = try #require(outcome.words("id").first)
        let done = await workspace.run("todo done \(id)")
        #expect(done.words("what") == [] && done.shownField("id") == .string(id), "\(done.problem)")
        #expect(try workspace.store.openIntents() == [])
        #expect(await workspace.run("todo").status == 0)
        #expect(await workspace.run("adopt +14155550100").status == 0)
        #expect(workspace.numbers == ["+14155550100"])
    }

    @Test func allThatIsListedCanBeTickedOffAtOnce() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        _ = await workspace.run("purchase +14155550100 --provider fake; fail 'no'")
        _ = await workspace.run("purchase +14155550101 --provider fake; fail 'no'")
        #expect(await workspace.run("todo | todo done | count").status == 0)
        #expect(await workspace.run("todo").words("what") == [])
    }
}
