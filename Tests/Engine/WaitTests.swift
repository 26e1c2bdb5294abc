import SwitchboardCore
import SwitchboardEngine
import SwitchboardTestKit
import Testing

/// Scripts that wait, and scripts that ask.
@Suite struct WaitTests {
    @Test func itWaitsByTheHostsClock() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run("wait 1h30m\nwait (1s * 2)\nprint 'on'")
        #expect(outcome.printed == ["on"])
        #expect(workspace.clock.waits == [.seconds(5400), .seconds(2)])
    }

    @Test func aCancelledRunWaitsNoLonger() async throws {
        let clock = ManualClock()
        let workspace = try Workspace(clock: clock)
        let cancel = CancelToken()
        async let running = workspace.run("wait 365d\nprint 'never'", cancel: cancel)
        #expect(await eventually { clock.sleeperCount == 1 })
        cancel.cancel()
        let outcome = await running
        #expect(outcome.status == 130 && outcome.printed == [])
    }

    @Test(arguments: [("wait", "C004"), ("wait 5", "C020"), ("5s | wait", "C030")])
    func aLengthIsGiven(_ statement: String, _ code: String) async throws {
        #expect(try await Workspace().run(statement).faults.first?.hasPrefix(code) == true)
    }

    // MARK: Questions

    @Test(arguments: [(true, ["bought 1"], 0), (false, [], 1)])
    func theAnswerDecides(_ isYes: Bool, _ printed: [String], _ status: Int32) async throws {
        let workspace = try Workspace(confirm: { question in question == "buy 1?" && isYes })
        let outcome = await workspace.run("let n = 1\nconfirm \"buy $n?\"\nprint \"bought $n\"")
        #expect(outcome.printed == printed && outcome.status == status)
        if !isYes { #expect(outcome.error?.message == "the answer to 'buy 1?' is not yes") }
    }

    @Test func nothingHappensWhereNobodyCanBeAsked() async throws {
        let workspace = try Workspace(confirm: nil)
        workspace.offer(0...1)
        let outcome = await workspace.run("search fake | first | purchase\nif false { confirm 'more?' }")
        #expect(outcome.status == 2 && workspace.carrier.purchases == [])
        #expect(outcome.faults == ["C042: 'confirm' asks at a terminal, and there is none here"])
    }

    /// A no ends the run, so that no script goes on because it forgot to look; whoever takes it for a value is told.
    @Test func aQuestionIsNoCondition() async throws {
        let workspace = try Workspace(confirm: { _ in true })
        let outcome = await workspace.run("if (confirm 'more?') { print 'more' }")
        #expect(outcome.faults == ["C026: a condition is true or false, and this gives no value"])
    }
}
