import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// What a host allows one run.
@Suite struct LimitTests {
    // MARK: Money

    @Test(arguments: [1, 8])
    func aRunBuysNoMoreThanItMay(_ parallel: Int) async throws {
        let workspace = try Workspace()
        workspace.offer(0...11)
        let outcome = await workspace.run(
            "search fake --limit 12 | purchase --parallel \(parallel) --on-error collect",
            limits: Limits(purchases: 5))
        #expect(outcome.status == 3)
        #expect(workspace.carrier.purchases.count == 5)
        #expect(workspace.numbers.count == 5)
        // What is refused is refused before its intent.
        #expect(try workspace.journal == Array(repeating: "purchase done", count: 5))
    }

    @Test func theCallThatWouldCrossItIsRefused() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        let outcome = await workspace.run(
            "search fake | purchase", limits: Limits(purchases: 2, monthlyCost: Money("5.00USD")))
        #expect(outcome.status == 1)
        #expect(
            outcome.faults == ["R211: the run may buy 2 numbers, 2 are bought or on order, and this would be one more"])
        #expect(outcome.notes.filter { $0.hasPrefix("done before") }.count == 2)
        #expect(workspace.carrier.purchases == [e164(0), e164(1)])
    }

    @Test(arguments: [1, 8])
    func aRunCostsNoMoreThanItMay(_ parallel: Int) async throws {
        let workspace = try Workspace()
        workspace.offer(0...11)
        let outcome = await workspace.run(
            "search fake --limit 12 | purchase --parallel \(parallel) --on-error collect | where .result == 'failed'"
                + " | each row { print $row.error }", limits: Limits(monthlyCost: Money("3.50USD")))
        #expect(workspace.carrier.purchases.count == 3)
        #expect(outcome.printed.count == 9)
        let refusal =
            "the run's numbers may cost 3.50USD a month, those so far cost 3.00USD, and this one costs 1.00USD"
        #expect(Set(outcome.printed) == [refusal], "\(outcome.printed) \(outcome.faults)")
    }

    @Test(arguments: [1, 8])
    func aPurchaseThatFailsGivesItsShareBack(_ parallel: Int) async throws {
        let workspace = try Workspace()
        workspace.offer(0...5)
        workspace.carrier.script(.purchase, .taken, .refused(402), .notSent)
        let outcome = await workspace.run(
            "search fake --limit 6 | purchase --parallel 1 --on-error collect; search fake | purchase --parallel \(parallel) --on-error collect",
            limits: Limits(purchases: 5, monthlyCost: Money("5.00USD")))
        #expect(workspace.carrier.purchases.count == 5, "\(outcome.faults)")
    }

    @Test func whatNobodyKnowsTheOutcomeOfStaysCounted() async throws {
        let workspace = try Workspace()
        workspace.offer(0...3)
        workspace.carrier.script(.purchase, .lost(hasHappened: true))
        workspace.carrier.script(.lookUp, .ok, .refused(500))
        let outcome = await workspace.run(
            "try { purchase +14155550100 --provider fake } catch e { print $e.code }\npurchase +14155550101 --provider fake",
            limits: Limits(purchases: 1))
        #expect(outcome.printed == ["unknown_outcome"])
        #expect(
            outcome.faults == ["R211: the run may buy 1 number, 1 is bought or on order, and this would be one more"])
        #expect(workspace.carrier.purchases == [e164(0)])
    }

    /// Nobody can tell whether it stays within the limit, so nothing is bought; without one it is.
    @Test func aPriceThatIsNotKnownIsNoPriceOfNothing() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        let buy = "purchase +14155550100 --provider fake | select .status"
        let refused = await workspace.run(buy, limits: Limits(monthlyCost: Money("0.50USD")))
        #expect(
            refused.faults == [
                "R211: the run's numbers may cost 0.50USD a month, and the price of this one is not known"
            ])
        #expect(refused.error?.help?.contains("--max-monthly-cost") == true)
        #expect(workspace.carrier.purchases.isEmpty && workspace.carrier.count(.purchase) == 0)
        #expect(await workspace.run(buy, limits: Limits(purchases: 1)).status == 0)
    }

    @Test func currenciesAreNotMixed() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        let outcome = await workspace.run(
            "search fake | first | purchase", limits: Limits(monthlyCost: Money("9.00EUR")))
        #expect(outcome.status == 1)
        #expect(outcome.error?.code == .limitReached)
        #expect(outcome.error?.message.hasSuffix("this one costs 1.00USD, in another currency") == true)
        #expect(workspace.carrier.purchases.isEmpty)
    }

    // MARK: Limits of the profile

    @Test func theProfilesLimitsHoldUnlessTheHostSaysOtherwise() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let buy = "search fake --limit 4 | purchase --on-error collect | count"
        try workspace.store.set([.purchases: .count(2)], profile: "sandbox")
        _ = await workspace.run(buy)
        #expect(workspace.carrier.purchases.count == 2)
        _ = await workspace.run(buy, limits: Limits(purchases: 3))
        #expect(workspace.carrier.purchases.count == 5)
        _ = await workspace.run(buy, caps: Caps(run: SpendingLimits(purchases: 1)))
        #expect(workspace.carrier.purchases.count == 6)
    }

    @Test func aLiveProfileBuysTenNumbersARunUnlessItIsSetOtherwise() async throws {
        let workspace = try Workspace(plugins: [Plugin(provider: FarProvider.self)])
        workspace.offer(0...30)
        func buy() async -> Int {
            let before = workspace.carrier.purchases.count
            _ = await workspace.run(
                "search fake --limit 12 | purchase --on-error collect | count", origin: FarProvider.origin)
            return workspace.carrier.purchases.count - before
        }
        #expect(await buy() == 10)
        try workspace.store.set([.purchases: LimitValue.none], profile: "sandbox")
        #expect(await buy() == 12)
        try workspace.store.set([.purchases: nil], profile: "sandbox")
        #expect(await buy() == 9, "no more are for sale")
    }

    @Test func aDaysLimitHoldsUntilMidnightInUTC() async throws {
        let clock = ManualClock(skipsWaits: true)
        let workspace = try Workspace(clock: clock)
        workspace.offer(0...9)
        try workspace.store.set([.purchasesPerDay: .count(3)], profile: "sandbox")
        let buy = "search fake --limit 2 | purchase --on-error collect | count"
        let second = clock.now.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400)
        clock.advance(by: .seconds(86_400 - second - 60))
        for _ in 1...3 { _ = await workspace.run(buy) }
        #expect(workspace.carrier.purchases.count == 3)
        clock.advance(by: .seconds(61))
        for _ in 1...3 { _ = await workspace.run(buy) }
        #expect(workspace.carrier.purchases.count == 6)
    }

    // MARK: Rows

    @Test(arguments: [
        "range 1 11", "[[1 2 3 4 5 6] [7 8 9 10 11]] | flatten | count", "for i in (range 1 11) { }",
        "let all = [1 2 3 4 5 6 7 8 9 10 11]\nfor i in $all { }",
        "for i in (range -9223372036854775808 9223372036854775807) { }",
        "range 1 11 | each i { print $i }", "[1 2 3 4 5 6 7 8 9 10 11] | each i { print $i }",
    ])
    func aListHasNoMoreRowsThanItMay(_ text: String) async throws {
        let outcome = try await Workspace().run(text, limits: Limits(rows: 10))
        #expect(outcome.status == 1, "\(outcome.faults)")
        #expect(outcome.error?.code == .limitReached)
        #expect(outcome.printed.isEmpty)
    }

    @Test func asManyRowsAsItMayAreFine() async throws {
        let outcome = try await Workspace().run(
            "range 1 10 | each i { print $i }; for i in (range 1 10) { print $i }", limits: Limits(rows: 10))
        #expect(outcome.status == 0 && outcome.printed.count == 20)
    }

    // MARK: Time

    @Test func aRunEndsWhenItsTimeIsOver() async throws {
        let clock = ManualClock()
        let workspace = try Workspace(clock: clock)
        async let run = workspace.run("agent add support; wait 1h; agent add late", limits: Limits(time: .seconds(90)))
        #expect(await eventually { clock.sleeperCount == 2 })
        clock.advance(by: .seconds(90))
        let outcome = await run
        #expect(outcome.status == 1)
        #expect(outcome.faults == ["R211: the run took longer than the 1m30s that it may take"])
        #expect(try workspace.store.agents(profile: "sandbox").map(\.name) == ["support"])
        #expect(clock.sleeperCount == 0)
    }

    @Test func aChangeThatIsUnderWayThenIsFinished() async throws {
        let clock = ManualClock()
        let workspace = try Workspace(clock: clock)
        workspace.offer(0...3)
        workspace.carrier.keepBack(.purchase)
        async let run = workspace.run(
            "search fake | each n --parallel 2 --on-error collect { $n | purchase; wait 1h }",
            limits: Limits(time: .seconds(9)))
        #expect(await eventually { workspace.carrier.count(.purchase) == 2 && clock.sleeperCount == 1 })
        clock.advance(by: .seconds(9))
        workspace.carrier.letGo(.purchase)
        let outcome = await run
        #expect(outcome.status == 1 && outcome.error?.code == .limitReached)
        #expect(outcome.notes.filter { $0.hasPrefix("done before: buy") }.count == 2)
        #expect(workspace.carrier.purchases.count == 2 && workspace.numbers.count == 2)
    }

    @Test func aParamThatAsksIsHeldToItToo() async throws {
        let clock = ManualClock()
        let workspace = try Workspace(clock: clock)
        workspace.carrier.keepBack(.search)
        async let run = workspace.run(
            "param --n: int = (search fake | count)\nprint $n", limits: Limits(time: .seconds(9)))
        #expect(await eventually { workspace.carrier.count(.search) == 1 && clock.sleeperCount == 1 })
        clock.advance(by: .seconds(9))
        let outcome = await run
        #expect(outcome.status == 1 && outcome.error?.code == .limitReached && outcome.printed.isEmpty)
    }

    @Test func aLoopThatOnlyComputesEndsToo() async throws {
        let workspace = try Workspace(clock: ManualClock(skipsWaits: true))
        let outcome = await workspace.run(
            "for i in (range 1 9000000000000) { let x = $i }", limits: Limits(time: .seconds(1)))
        #expect(outcome.error?.code == .limitReached)
    }

    @Test func noTryHoldsItUp() async throws {
        let workspace = try Workspace(clock: ManualClock(skipsWaits: true))
        let outcome = await workspace.run(
            "try { for i in (range 1 9000000000000) { let x = $i } } catch e { print 'held' }",
            limits: Limits(time: .seconds(1)))
        #expect(outcome.error?.code == .limitReached && outcome.printed.isEmpty)
    }
}
