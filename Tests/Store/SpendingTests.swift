import FoundationEssentials
import Glibc
import SwitchboardCore
import Synchronization
import Testing

@testable import SwitchboardStore

/// What a run and a day may spend, counted where the intent is written; the same in memory and on the disk.
@Suite struct SpendingTests {
    static let kinds = ["memory", "disk"]

    private func with(_ kind: String, _ body: (any Store) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try body(kind == "memory" ? MemoryStore() : folder.open())
        withExtendedLifetime(folder) {}
    }

    private static let day = SpendingPeriod.day(of: start)

    @Test(arguments: kinds) func aRunBuysNoMoreThanItMay(_ kind: String) throws {
        try with(kind) { store in
            let caps = Caps(run: SpendingLimits(purchases: 2))
            for index in 1...2 { try store.begin(purchase(index), caps: caps) }
            let error = try failure { try store.begin(purchase(3), caps: caps) }
            #expect(error.code == .limitReached)
            #expect(
                error.message == "the run may buy 2 numbers, 2 are bought or on order, and this would be one more")
            #expect(error.help?.contains("--max-purchases N allows more to one run") == true)
            #expect(try store.openIntents().count == 2)
            // Done counts, what has surely failed does not.
            try store.settle("intent_1", .done([]), changes: [])
            #expect(throws: SwitchboardError.self) { try store.begin(purchase(3), caps: caps) }
            try store.settle("intent_2", .failed(SwitchboardError(.taken, "gone")), changes: [])
            try store.begin(purchase(3), caps: caps)
            #expect(try store.spent(in: .run("run_1"), profile: "sandbox").purchases == 2)
            // Another run, and what buys nothing, are not held up.
            try store.begin(purchase(4, run: "run_2"), caps: caps)
            try store.begin(intent("intent_5", "binding +14155550005"), caps: caps)
        }
    }

    @Test(arguments: kinds) func amountsAreAddedExactly(_ kind: String) throws {
        try with(kind) { store in
            let caps = Caps(run: SpendingLimits(monthlyCost: Money("0.30USD")))
            for index in 1...3 { try store.begin(purchase(index, "0.10USD"), caps: caps) }
            let error = try failure { try store.begin(purchase(4, "0.000001USD"), caps: caps) }
            #expect(
                error.message
                    == "the run's numbers may cost 0.30USD a month, those so far cost 0.30USD, and this one costs 0.000001USD"
            )
            try store.begin(purchase(5, "0.00USD"), caps: caps)
            try store.settle("intent_2", .failed(SwitchboardError(.taken, "gone")), changes: [])
            try store.begin(purchase(6, "0.10USD"), caps: caps)
            #expect(try store.spent(in: .run("run_1"), profile: "sandbox").monthlyCosts == [Money("0.30USD")])
            let kept = try store.intents(run: "run_1").map(\.0.spending?.monthlyCost)
            #expect(kept == ["0.10USD", "0.10USD", "0.10USD", "0.00USD", "0.10USD"].map { Money($0) })
        }
    }

    /// A price that nobody knows is never taken for none, and what is in two currencies is never added.
    @Test(arguments: kinds) func whatCannotBeComparedIsRefused(_ kind: String) throws {
        try with(kind) { store in
            let caps = Caps(run: SpendingLimits(monthlyCost: Money("9.00USD")))
            let beginning = "the run's numbers may cost 9.00USD a month, and "
            func refusal(_ price: String?, _ run: String = "run_1") throws -> String {
                try failure { try store.begin(purchase(9, price, run: run), caps: caps) }.message
            }
            #expect(try refusal(nil) == beginning + "the price of this one is not known")
            #expect(try refusal("1.00EUR") == beginning + "this one costs 1.00EUR, in another currency")
            // A number out of all proportion is no price.
            #expect(try refusal("10000000000.00USD") == beginning + "the price of this one is not known")
            // Bought before there was a limit.
            try store.begin(purchase(1, nil), caps: Caps())
            try store.begin(purchase(2, "1.00EUR", run: "run_2"), caps: Caps())
            #expect(try refusal("1.00USD") == beginning + "the price of 1 of them is not known")
            #expect(try refusal("1.00USD", "run_2") == beginning + "some of them cost 1.00EUR, in another currency")
            try store.settle("intent_2", .failed(SwitchboardError(.taken, "gone")), changes: [])
            try store.begin(purchase(3, "1.00USD", run: "run_2"), caps: caps)
        }
    }

    @Test(arguments: kinds) func aDayIsOneOfAProfileInUTC(_ kind: String) throws {
        try with(kind) { store in
            let caps = Caps(day: SpendingLimits(purchases: 2, monthlyCost: Money("1.50USD")))
            let midnight = try #require(Timestamp.parse("2026-11-22T00:00:00Z"))
            try store.begin(purchase(1, "1.00USD", at: midnight - 86_400), caps: caps)
            try store.begin(purchase(2, "0.50USD", run: "run_2", at: midnight - 0.01), caps: caps)
            let error = try failure {
                try store.begin(purchase(3, "0.00USD", run: "run_3", at: midnight - 0.01), caps: caps)
            }
            #expect(
                error.message
                    == "all runs of 2026-11-21 (UTC) together may buy 2 numbers, 2 are bought or on order, and this would "
                    + "be one more")
            #expect(error.help?.hasSuffix("the day ends at 00:00 UTC") == true)
            try store.begin(purchase(3, "1.50USD", run: "run_3", profile: "other", at: midnight - 0.01), caps: caps)
            try store.begin(purchase(4, "1.00USD", run: "run_3", at: midnight), caps: caps)
            let cost = try failure { try store.begin(purchase(5, "1.00USD", at: midnight + 86_399), caps: caps) }
            #expect(
                cost.message.hasPrefix("the numbers bought on 2026-11-22 (UTC) may cost 1.50USD a month, those so far"))
            // What fails on the next day is given back to its own.
            try store.settle("intent_1", .failed(SwitchboardError(.taken, "gone")), changes: [])
            #expect(try store.spent(in: .day("2026-11-21"), profile: "sandbox").monthlyCosts == [Money("0.50USD")])
            #expect(try store.spent(in: .day("2026-11-22"), profile: "sandbox").purchases == 1)
        }
    }

    // MARK: At one time

    @Test(arguments: kinds) func sixtyFourThreadsNeverCrossALimit(_ kind: String) throws {
        try with(kind) { store in
            let caps = Caps(run: SpendingLimits(purchases: 40, monthlyCost: Money("40.00USD")))
            let most = Mutex(0)
            let refused = Mutex<Set<String>>([])
            onThreads(64) { thread in
                for index in 0..<4 {
                    let id = thread * 10 + index
                    do {
                        try store.begin(purchase(id, "1.00USD"), caps: caps)
                        let spent = try store.spent(in: .run("run_1"), profile: "sandbox")
                        most.withLock { $0 = max($0, spent.purchases) }
                        // Every other one is not for sale any more.
                        let outcome =
                            index % 2 == 0 ? IntentOutcome.done([]) : .failed(SwitchboardError(.taken, "gone"))
                        try store.settle("intent_\(id)", outcome, changes: [])
                    } catch { refused.withLock { _ = $0.insert(SwitchboardError(wrapping: error).code.rawValue) } }
                }
            }
            #expect(refused.withLock { $0 } == ["limit_reached"])
            #expect(most.withLock { $0 } <= 40)
            // What failures have given back is there to the last one.
            for index in 1000..<1100 { try? store.begin(purchase(index, "1.00USD"), caps: caps) }
            let left = try store.intents(run: "run_1").filter { if case .failed? = $0.1 { false } else { true } }
            #expect(left.count == 40)
            #expect(try store.spent(in: .run("run_1"), profile: "sandbox").monthlyCosts == [Money("40.00USD")])
        }
    }

    /// A run that begins again, in another process, goes on with what it has spent before it was killed.
    @Test func aResumedRunCountsWhatItHasSpentBefore() async throws {
        let folder = try TemporaryFolder()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
            let store = try SQLiteStore.open(directory: path)
            try store.begin(RunRecord(id: "run_1", session: "", profile: "sandbox", script: "s", startedAt: start))
            for index in 1...3 { try store.begin(purchase(index, "1.00USD"), caps: Caps()) }
            try store.settle("intent_1", .done([]), changes: [])
            _ = withExtendedLifetime(store) { kill(getpid(), SIGKILL) }
        }
        let store = try folder.open()
        #expect(try store.adoptAbandonedIntents().map(\.spending?.monthlyCost) == [Money("1.00USD"), Money("1.00USD")])
        try store.begin(RunRecord(id: "run_1", session: "", profile: "sandbox", script: "s", startedAt: start))
        let caps = Caps(run: SpendingLimits(purchases: 4, monthlyCost: Money("3.00USD")))
        #expect(try failure { try store.begin(purchase(4, "0.01USD"), caps: caps) }.code == .limitReached)
        // The provider says that one did not happen.
        try store.settle("intent_2", .failed(SwitchboardError(.cancelled, "not done")), changes: [])
        try store.begin(purchase(4, "1.00USD"), caps: caps)
        #expect(
            try failure { try store.begin(purchase(5, "0.00USD", at: start + 9), caps: Caps(run: .init(purchases: 3))) }
                .code == .limitReached)
    }

    // MARK: Limits that are set

    @Test(arguments: kinds) func aProfileHasLimitsAlsoWithoutARecord(_ kind: String) throws {
        try with(kind) { store in
            #expect(try store.limits(profile: "sandbox").isEmpty)
            let cost = LimitValue.cost(try #require(Money("99.50EUR")))
            try store.set([.purchases: .count(5), .monthlyCost: cost, .trunks: LimitValue.none], profile: "sandbox")
            try store.set([.purchases: nil, .numbers: .count(7)], profile: "sandbox")
            #expect(try store.limits(profile: "sandbox") == [.monthlyCost: cost, .trunks: .none, .numbers: .count(7)])
            #expect(try store.limits(profile: "other").isEmpty)
            try store.save(ProfileRecord(name: "acme", createdAt: start), secrets: [:])
            try store.set([.purchases: .count(5)], profile: "acme")
            try store.removeProfile("acme")
            #expect(try store.limits(profile: "acme").isEmpty)
        }
    }

    @Test func aLimitThatCannotBeReadIsNotTakenForNone() throws {
        let folder = try TemporaryFolder()
        let store = try folder.open()
        try store.set([.purchases: .count(5)], profile: "p")
        try folder.connection().execute("UPDATE limits SET value = '5.5'")
        let error = try failure { _ = try store.limits(profile: "p") }
        #expect(error.code == .storeUnavailable && error.cause == "the limit max-purchases of profile 'p' is '5.5'")
    }

    @Test(arguments: [
        (Limit.purchases, "50", "50"), (.numbers, "0", "0"), (.monthlyCost, "100USD", "100.00USD"),
        (.monthlyCostPerDay, "99.5 EUR", "99.50EUR"), (.trunks, "none", "none"),
    ])
    func aLimitIsReadAsItIsWritten(_ limit: Limit, _ text: String, _ shown: String) throws {
        let value = try limit.value(text)
        #expect(value.description == shown)
        #expect(try limit.value(shown) == value)
    }

    @Test(arguments: [
        (Limit.purchases, "-1"), (.purchases, "5.0"), (.purchases, ""), (.numbers, "100USD"), (.monthlyCost, "100"),
        (.monthlyCost, "100  USD"), (.monthlyCost, "-1USD"), (.monthlyCost, "10000000000USD"),
        (.monthlyCostPerDay, "1 0 USD"),
    ])
    func whatIsNoLimitIsRefused(_ limit: Limit, _ text: String) throws {
        let error = try failure { _ = try limit.value(text) }
        #expect(error.code == .invalidArgument && error.message.hasPrefix("--\(limit.rawValue) takes"))
    }
}

/// A purchase of one number.
func purchase(
    _ index: Int, _ price: String? = "1.00USD", run: String = "run_1", profile: String = "sandbox",
    at time: Date = start
) -> Intent {
    var purchase = intent("intent_\(index)", "livekit \(index)", run: run, profile: profile, slots: Intent.Slots())
    purchase.spending = Spending(purchases: 1, monthlyCost: price.flatMap { Money($0) })
    purchase.startedAt = time
    return purchase
}
