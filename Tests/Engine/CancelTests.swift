import SwitchboardCore
import SwitchboardEngine
import SwitchboardTestKit
import Testing

/// How soon a run ends that is asked to.
@Suite struct CancelTests {
    private static let rows = "search fake | each n --parallel 2 { $n | purchase; print $n.e164; wait 1h }"

    private func begun(_ cancel: CancelToken, _ clock: ManualClock) async throws -> (Workspace, Task<Outcome, Never>) {
        let workspace = try Workspace(clock: clock)
        workspace.offer(0...3)
        let run = Task { await workspace.run(Self.rows, cancel: cancel) }
        #expect(await eventually { clock.sleeperCount == 2 })
        return (workspace, run)
    }

    @Test func finishLetsRowsFinishThatHaveBegun() async throws {
        let (cancel, clock) = (CancelToken(), ManualClock())
        let (workspace, run) = try await begun(cancel, clock)
        cancel.cancel()
        #expect(cancel.level == .finish)
        try await Task.sleep(for: .milliseconds(50))
        #expect(clock.sleeperCount == 2)
        clock.advance(by: .seconds(3600))
        let outcome = await run.value
        #expect(outcome.status == 130 && workspace.carrier.purchases.count == 2)
    }

    @Test func stopEndsThem() async throws {
        let (cancel, clock) = (CancelToken(), ManualClock())
        let (workspace, run) = try await begun(cancel, clock)
        cancel.cancel(.finish)
        cancel.cancel(.stop)
        let outcome = await run.value
        #expect(outcome.status == 130 && workspace.carrier.purchases.count == 2)
        #expect(clock.sleeperCount == 0)
        for number in workspace.carrier.purchases {
            let care = "half done: \(number): the work was cancelled; done before: buy \(number) at fake"
            #expect(outcome.notes.contains(care), "\(outcome.notes)")
        }
    }

    /// The first level takes back what a transaction has done, the second does not wait for that.
    @Test(arguments: [(CancelToken.Level.finish, true), (.stop, false)])
    func aTransactionIsTakenBackUnlessSomebodyAsksTwice(_ level: CancelToken.Level, _ isTakenBack: Bool) async throws {
        let (cancel, clock) = (CancelToken(), ManualClock())
        let workspace = try Workspace(clock: clock)
        workspace.offer(0...0)
        async let run = workspace.run("transaction { search fake | first | purchase; wait 1h }", cancel: cancel)
        #expect(await eventually { clock.sleeperCount == 1 })
        cancel.cancel(level)
        let outcome = await run
        #expect(workspace.carrier.purchases == [e164(0)])
        #expect(workspace.carrier.owned.isEmpty == isTakenBack)
        let care = "buy +14155550100 at fake: the run was ended before it was taken back"
        #expect(outcome.report.leftovers.contains(care) == !isTakenBack, "\(outcome.report.leftovers)")
    }

    @Test func aTransactionWhoseTimeIsOverIsTakenBack() async throws {
        let clock = ManualClock()
        let workspace = try Workspace(clock: clock)
        workspace.offer(0...0)
        async let run = workspace.run(
            "transaction { search fake | first | purchase; wait 1h }", limits: Limits(time: .seconds(9)))
        #expect(await eventually { clock.sleeperCount == 2 })
        clock.advance(by: .seconds(9))
        let outcome = await run
        #expect(outcome.status == 1 && outcome.error?.code == .limitReached, "\(outcome.faults)")
        #expect(workspace.carrier.owned.isEmpty && workspace.numbers.isEmpty)
    }

    @Test func stopFinishesAChange() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        workspace.carrier.keepBack(.purchase)
        let cancel = CancelToken()
        async let run = workspace.run("search fake | first | purchase", cancel: cancel)
        #expect(await eventually { workspace.carrier.count(.purchase) == 1 })
        cancel.cancel(.stop)
        try await Task.sleep(for: .milliseconds(50))
        workspace.carrier.letGo(.purchase)
        _ = await run
        #expect(try workspace.journal == ["purchase done"])
    }

    @Test func leaveDoesNotWaitAndLosesNothing() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        workspace.carrier.keepBack(.purchase)
        let cancel = CancelToken()
        async let run = workspace.run("search fake | first | purchase --label 'kept'", cancel: cancel)
        #expect(await eventually { workspace.carrier.count(.purchase) == 1 })
        cancel.cancel(.leave)
        let outcome = await run
        #expect(outcome.status == 6)
        #expect(outcome.faults == ["R250: left while this was under way: buy +14155550100 at fake"])
        #expect(outcome.notes.contains("still open: purchase of fake +14155550100"))
        #expect(try workspace.journal == ["purchase open"])
        // The program goes on, and so does the change.
        workspace.carrier.letGo(.purchase)
        #expect(await eventually { workspace.numbers == [e164(0).text] })
        #expect(try workspace.journal == ["purchase done"])
        #expect(workspace.carrier.purchases == [e164(0)])
    }

    @Test func aTaskThatIsCancelledEndsItsRun() async throws {
        let clock = ManualClock()
        let workspace = try Workspace(clock: clock)
        let request = Engine.Request(
            text: "wait 1h", profile: Profile(name: "sandbox", origin: .sandbox))
        let run = Task { await workspace.engine.run(request) { _ in } }
        #expect(await eventually { clock.sleeperCount == 1 })
        run.cancel()
        #expect(await run.value.exitStatus == 130)
    }

    @Test func levelsOnlyRise() {
        let token = CancelToken()
        #expect(token.level == nil && !token.isCancelled)
        token.cancel(.stop)
        token.cancel(.finish)
        #expect(token.level == .stop && token.isCancelled)
    }
}
