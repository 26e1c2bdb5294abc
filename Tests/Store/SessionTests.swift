import FoundationEssentials
import SwitchboardCore
import SwitchboardStore
import Testing

@Suite struct SessionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    var lockFiles: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/sessions")) ?? []
    }

    @Test func aSessionHasAnIDOfItsOwnAndReadingLeavesNoFile() throws {
        let (one, two) = (try folder.open(), try folder.open())
        #expect(one.session != two.session)
        let kind = IDKind(name: "session", prefix: "session_", alphabet: IDKind.crockford, length: 26...26)
        #expect(kind.matches(one.session))
        _ = try one.numbers(profile: "p")
        #expect(lockFiles.isEmpty)
        try one.begin(intent("intent_1", "a"), caps: Caps())
        #expect(lockFiles == [one.session + ".lock"])
        one.close()
        #expect(lockFiles.isEmpty)
    }

    @Test func aLivingSessionKeepsItsWorkAndAClosedOneGivesItUp() throws {
        let (one, two) = (try folder.open(), try folder.open())
        try one.begin(intent("intent_1", "a"), caps: Caps())
        try one.begin(RunRecord(id: "run_1", session: one.session, profile: "p", script: "-c", startedAt: start))
        #expect(try two.adoptAbandonedIntents().isEmpty)
        #expect(try one.adoptAbandonedIntents().map(\.id) == ["intent_1"], "what it left open itself is returned")
        #expect(try two.runs(limit: 1).map(\.status) == [.running])
        one.close()
        let adopted = try two.adoptAbandonedIntents()
        #expect(adopted == [intent("intent_1", "a", session: two.session)])
        #expect(try two.adoptAbandonedIntents() == adopted)
        #expect(try two.runs(limit: 1).map(\.status) == [.interrupted])
        #expect(lockFiles == [two.session + ".lock"])
    }
}
