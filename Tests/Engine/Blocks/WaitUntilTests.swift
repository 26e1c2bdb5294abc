import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// Questions that are asked until they are true.
@Suite struct WaitUntilTests {
    /// Runs a script while the time goes on, a tenth of a second at a time.
    private func run(
        _ text: String, _ arrange: (FakeCarrier) -> Void = { _ in }, cancel: CancelToken = CancelToken(),
        meanwhile: @escaping @Sendable (Workspace) -> Void = { _ in }
    ) async throws -> (outcome: Outcome, carrier: FakeCarrier, waits: [Duration]) {
        let clock = ManualClock()
        let workspace = try Workspace(clock: clock)
        arrange(workspace.carrier)
        let time = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(2))
                // Both the wait and its limit are set before the time goes on.
                if clock.sleeperCount > 1 { clock.advance(by: .milliseconds(100)) }
                meanwhile(workspace)
            }
        }
        defer { time.cancel() }
        let outcome = await workspace.run(text, cancel: cancel)
        return (outcome, workspace.carrier, clock.waits)
    }

    @Test func itAsksUntilItIsTrue() async throws {
        let (outcome, carrier, _) = try await run(
            "wait-until --timeout 10s { ((search fake | count) > 0) }\nprint 'on'",
            meanwhile: { if $0.carrier.count(.search) >= 3 { $0.offer(0...0) } })
        #expect(outcome.printed == ["on"], "\(outcome.faults)")
        #expect(outcome.shown == [])
        #expect(carrier.count(.search) >= 3)
    }

    @Test func whatIsTrueAtOnceWaitsForNothing() async throws {
        let (outcome, _, waits) = try await run("wait-until --timeout 1s { (1 == 1) }; print 'on'")
        #expect(outcome.printed == ["on"])
        #expect(waits.filter { $0 != .seconds(3) } == [])
    }

    @Test func whenTheTimeIsOverItTellsHowOftenItAskedAndWhatItHeard() async throws {
        let (outcome, carrier, _) = try await run(
            "wait-until --timeout 5s --every 2s { ((search fake | count) > 0) }")
        #expect(outcome.error?.code == .timeout)
        #expect(outcome.faults == ["R243: not true within 5s: asked 4 times, the last answer was false"])
        #expect(outcome.status == 1)
        #expect(carrier.count(.search) == 4)
    }

    @Test func aProviderThatIsAwayIsAskedAgain() async throws {
        let (outcome, carrier, _) = try await run(
            "wait-until --timeout 9s --every 2s { ((search fake | count) == 0) }; print 'on'",
            { $0.script(.search, .notSent, .notSent) })
        #expect(outcome.printed == ["on"], "\(outcome.faults)")
        #expect(carrier.count(.search) == 3)
    }

    @Test func itTellsOfAProviderThatStaysAway() async throws {
        let (outcome, _, _) = try await run(
            "wait-until --timeout 3s --every 2s { ((search fake | count) == 0) }",
            { $0.script(.search, .notSent, .notSent, .notSent, .notSent) })
        #expect(outcome.faults == ["R243: not true within 3s: asked 3 times, at last the carrier is away"])
    }

    @Test(arguments: ["fail 'no'; (1 == 1)", "((get +14155550199).status == 'active')"])
    func otherFailuresEndItAtOnce(_ block: String) async throws {
        let (outcome, _, waits) = try await run("wait-until --timeout 1h { \(block) }")
        #expect(outcome.status == 1)
        #expect(outcome.error?.code != .timeout)
        #expect(waits.filter { $0 < .seconds(3600) } == [])
    }

    @Test func anAnswerThatDoesNotComeIsNotWaitedForForever() async throws {
        let (outcome, _, _) = try await run(
            "wait-until --timeout 2s --every 1s { ((search fake | count) == 0) }", { $0.keepBack(.search) },
            meanwhile: { $0.clock.advance(by: .milliseconds(50)) })
        #expect(outcome.faults == ["R243: not true within 2s: asked once, there was no answer"])
    }

    @Test func itIsCancelledAtOnce() async throws {
        let clock = ManualClock()
        let (workspace, cancel) = (try Workspace(clock: clock), CancelToken())
        async let run = workspace.run(
            "try { wait-until --timeout 1h { (1 == 2) } } catch { print 'x' }", cancel: cancel)
        #expect(await eventually { clock.sleeperCount == 2 })
        cancel.cancel()
        let outcome = await run
        #expect(outcome.status == 130)
        #expect(outcome.printed == [])
    }

    @Test(arguments: [
        ("wait-until { (1 == 1) }", ["C004"]), ("wait-until --timeout 1s { 5 }", ["C026"]),
        ("wait-until --timeout 1s { print 'x' }", ["C026"]),
        ("wait-until --timeout 1s { agent add a; (1 == 1) }", ["C081"]),
        ("wait-until --timeout 1s { [1] | write ./x.csv; (1 == 1) }", ["C081"]),
        ("def f [] { search fake | first | purchase }\nwait-until --timeout 1s { ((f).label == 'x') }", ["C081"]),
        ("wait-until --timeout 1s { transaction { agent add a; (1 == 1) } }", ["C081"]),
        ("wait-until --timeout 5 { (1 == 1) }", ["C020"]),
        ("wait-until --timeout 1s { ((get +14155550100).label == 'x') }", []),
        ("{a: 1} | wait-until --timeout 1s { (.a == 1) }", []),
    ])
    func whatIsNoQuestionIsRefused(_ script: String, _ codes: [String]) throws {
        let registry = try Registry(plugins: [Plugin(provider: FakeProvider.self)], commands: BuiltIns.commands)
        let faults = registry.check(SourceText(name: "t", text: script)).diagnostics
        #expect(faults.map(\.code) == codes, "\(script) \(faults.map(\.message))")
    }

    @Test(arguments: ["--timeout 0s", "--timeout 1s --every 0s"])
    func timesAreLongerThanNothing(_ flags: String) async throws {
        let (outcome, _, _) = try await run("wait-until \(flags) { (1 == 2) }")
        #expect(outcome.error?.code == .invalidArgument)
    }
}
