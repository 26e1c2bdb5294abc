import FoundationEssentials
import SwitchboardCore
import Synchronization
import Testing

@testable import SwitchboardStore

@Suite struct JournalTests {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.open()
    }

    @Test func anIntentIsOpenUntilItIsSettledTogetherWithTheLedger() throws {
        try store.begin(intent("intent_1", "livekit +14155550101"), caps: Caps())
        var expected = intent("intent_1", "livekit +14155550101", session: store.session)
        #expect(try store.openIntents() == [expected])
        let trace = RequestTrace.Record(attempts: 2, requestIDs: ["RQ1", "RQ 2"])
        try store.settle("intent_1", .done(Array("{}".utf8)), changes: [.putNumber(number(101))], trace: trace)
        #expect(try store.openIntents().isEmpty)
        #expect(try store.numbers(profile: "sandbox") == [number(101)])
        let kept = try #require(try store.intents(run: "run_1").first)
        #expect(kept.0.settledAt != nil)
        (expected.settledAt, expected.trace) = (kept.0.settledAt, trace)
        #expect(kept.0 == expected)
        #expect(kept.1 == .done(Array("{}".utf8)))
        expected.run = "run_2"
        #expect(try store.intents(run: "run_2").isEmpty)
    }

    @Test func aFailureComesBackWhole() throws {
        let error = SwitchboardError(
            .taken, "no longer free", help: "search again", provider: "livekit", status: 404, attempts: 1,
            fields: ["e164": "taken"], cause: "not_found", requestID: "rq1")
        try store.begin(intent("intent_1", "a"), caps: Caps())
        try store.settle("intent_1", .failed(error), changes: [])
        #expect(try store.intents(run: "run_1").first?.1 == .failed(error))
    }

    @Test func aRunsIntentsAreInTheOrderTheyBegan() throws {
        for id in ["intent_9", "intent_1", "intent_5"] { try store.begin(intent(id, id), caps: Caps()) }
        try store.settle("intent_1", .done([]), changes: [])
        #expect(try store.intents(run: "run_1").map(\.0.id) == ["intent_9", "intent_1", "intent_5"])
        #expect(try store.openIntents().map(\.id) == ["intent_9", "intent_5"])
    }

    @Test func settlingTwiceOrTheUnknownIsAConflictAndChangesNothing() throws {
        try store.begin(intent("intent_1", "a"), caps: Caps())
        try store.settle("intent_1", .done([]), changes: [])
        let twice = try failure { try store.settle("intent_1", .done([]), changes: [.putNumber(number(1))]) }
        let unknown = try failure { try store.settle("intent_2", .done([]), changes: [.putNumber(number(1))]) }
        #expect(twice.code == .conflict && twice.message == "the intent intent_1 is settled already (done)")
        #expect(unknown.code == .conflict && unknown.message == "there is no intent intent_2 to settle")
        #expect(try store.numbers(profile: "sandbox").isEmpty)
    }

    @Test func aLedgerChangeThatFailsLeavesTheIntentOpen() throws {
        try store.apply([.putAgent(agent("agent_1", "front"))], profile: "sandbox")
        try store.begin(intent("intent_1", "a"), caps: Caps())
        let error = try failure {
            try store.settle("intent_1", .done([]), changes: [.putAgent(agent("agent_2", "front"))])
        }
        #expect(error.code == .conflict)
        #expect(try store.openIntents().count == 1)
    }

    @Test func twoOpenIntentsNeverHaveOneSubject() throws {
        try store.begin(intent("intent_1", "livekit +14155550101"), caps: Caps())
        let error = try failure {
            try store.begin(intent("intent_2", "livekit +14155550101", run: "run_2", profile: "other"), caps: Caps())
        }
        #expect(error.code == .conflict)
        #expect(
            error.message == "other work on livekit +14155550101 is under way (intent_1 of run_1)")
        try store.settle("intent_1", .failed(SwitchboardError(.taken, "gone")), changes: [])
        try store.begin(intent("intent_2", "livekit +14155550101"), caps: Caps())
        #expect(try failure { try store.begin(intent("intent_1", "b"), caps: Caps()) }.code == .conflict)
    }

    @Test func capsCountTheLedgerAndWhatOpenIntentsReserve() throws {
        try store.apply([.putNumber(number(1)), .putNumber(number(2))], profile: "sandbox")
        try store.apply((10..<30).map { .putNumber(try number($0)) }, profile: "other")
        let caps = Caps(numbers: 4, trunks: 1)
        try store.begin(intent("intent_1", "a"), caps: caps)
        try store.begin(intent("intent_2", "b", slots: .init(numbers: 1, trunks: 1)), caps: caps)
        let error = try failure { try store.begin(intent("intent_3", "c"), caps: caps) }
        #expect(error.code == .paymentRequired)
        #expect(
            error.message == "the workspace may hold 4 numbers: it holds 2, work under way has reserved 2, "
                + "and 1 more would be needed")
        let trunks = try failure { try store.begin(intent("intent_3", "c", slots: .init(trunks: 1)), caps: caps) }
        #expect(trunks.code == .paymentRequired && trunks.message.hasPrefix("the workspace may hold 1 trunks:"))
        // What needs no slot is never refused, and a failure gives its slot back.
        try store.begin(intent("intent_4", "d", slots: .init()), caps: Caps(numbers: 0, trunks: 0))
        try store.settle("intent_1", .failed(SwitchboardError(.taken, "gone")), changes: [])
        try store.begin(intent("intent_3", "c"), caps: caps)
        try store.settle("intent_3", .done([]), changes: [.putNumber(number(3))])
        #expect(try failure { try store.begin(intent("intent_5", "e"), caps: caps) }.code == .paymentRequired)
    }

    @Test func manyThreadsAndConnectionsNeverCrossACap() throws {
        let other = try folder.open()
        let begun = Mutex<[String]>([])
        let refusals = Mutex<[ErrorCode]>([])
        let stores = [store, other]
        onThreads(8) { thread in
            for index in 0..<10 {
                let id = "intent_\(thread)_\(index)"
                do {
                    try stores[thread % 2].begin(intent(id, id), caps: Caps(numbers: 25))
                    begun.withLock { $0.append(id) }
                    guard index % 2 == 0 else { continue }
                    let bought: LedgerChange = .putNumber(try number(thread * 100 + index))
                    try stores[thread % 2].settle(id, .done([]), changes: [bought])
                } catch {
                    refusals.withLock { $0.append(SwitchboardError(wrapping: error).code) }
                }
            }
        }
        #expect(begun.withLock { $0.count } == 25)
        #expect(refusals.withLock { Set($0) } == [.paymentRequired])
        #expect(try store.numbers(profile: "sandbox").count + store.openIntents().count == 25)
    }
}
