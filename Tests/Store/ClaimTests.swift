import FoundationEssentials
import SwitchboardCore
import SwitchboardStore
import Testing

@Suite struct ClaimTests {
    let folder: TemporaryFolder
    let store: SQLiteStore
    let later = start + 600

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.open()
    }

    func claim(_ numbers: [Int], _ count: Int, by holder: String, profile: String = "p", at now: Date = start) throws
        -> [E164]
    {
        try store.claim(
            numbers.map(e164), count: count, provider: "livekit", profile: profile, holder: holder, until: now + 600,
            now: now)
    }

    @Test func eachHolderGetsOthers() throws {
        #expect(try claim([3, 1, 2, 4], 2, by: "a") == [e164(3), e164(1)])
        #expect(try claim([3, 1, 2, 4], 2, by: "b") == [e164(2), e164(4)])
        #expect(try claim([3, 1, 2, 4], 2, by: "c").isEmpty)
        #expect(try claim([3, 5], 2, by: "a", profile: "q") == [e164(5)])
    }

    @Test func theSameHolderKeepsItsClaimAndCandidatesCountOnce() throws {
        #expect(try claim([1, 1, 1], 3, by: "a") == [e164(1)])
        #expect(try claim([1, 2], 1, by: "a", at: start + 500) == [e164(1)])
        #expect(try claim([1], 1, by: "b", at: start + 700).isEmpty, "the renewed claim lasts to 1100")
    }

    @Test func aClaimEndsByTimeOrByHand() throws {
        _ = try claim([1, 2], 2, by: "a")
        try store.unclaim([e164(2)], provider: "livekit", profile: "p", holder: "b")
        #expect(try claim([1, 2], 2, by: "b").isEmpty)
        try store.unclaim([e164(2)], provider: "livekit", profile: "p", holder: "a")
        #expect(try claim([1, 2], 2, by: "b") == [e164(2)])
        #expect(try claim([1], 1, by: "b", at: later - 0.001).isEmpty)
        #expect(try claim([1], 1, by: "b", at: later) == [e164(1)])
    }

    @Test func numbersOfOpenWorkAndOfTheLedgerAreNotGiven() throws {
        try store.begin(intent("intent_1", "livekit +14155550001"), caps: Caps())
        try store.begin(intent("intent_2", "twilio +14155550002"), caps: Caps())
        try store.apply([.putNumber(number(3))], profile: "p")
        #expect(try claim([1, 2, 3], 3, by: "a") == [e164(2)])
        try store.settle("intent_1", .failed(SwitchboardError(.taken, "gone")), changes: [])
        #expect(try claim([1, 3], 3, by: "a", profile: "q") == [e164(1), e164(3)])
    }
}
