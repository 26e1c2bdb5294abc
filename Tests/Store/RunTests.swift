import FoundationEssentials
import SwitchboardCore
import SwitchboardStore
import Testing

@Suite struct RunTests {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.open()
    }

    func record(_ id: String, at time: Date = start) -> RunRecord {
        RunRecord(id: id, session: store.session, profile: "p", script: "buy.swb", startedAt: time)
    }

    @Test func theNewestComeFirst() throws {
        try store.begin(record("run_1"))
        try store.begin(record("run_3", at: start + 20))
        try store.begin(record("run_2", at: start + 10))
        try store.end(run: "run_2", status: .failed, at: start + 30)
        #expect(try store.runs(limit: 10).map(\.id) == ["run_3", "run_2", "run_1"])
        #expect(try store.runs(limit: 1) == [record("run_3", at: start + 20)])
        let ended = try store.runs(limit: 10)[1]
        #expect(ended.status == .failed && ended.endedAt == start + 30)
    }

    @Test func aRunBeginsAgainWhenItIsResumed() throws {
        try store.begin(record("run_1"))
        try store.end(run: "run_1", status: .cancelled, at: start + 5)
        try store.begin(record("run_1", at: start + 60))
        #expect(try store.runs(limit: 10) == [record("run_1")])
    }

    @Test func aRunningRunCannotBeTakenByAnotherSession() throws {
        try store.begin(record("run_1"))
        let error = try failure { try folder.open().begin(record("run_1")) }
        #expect(error.code == .conflict && error.message == "another process is running run_1")
    }

    @Test func endingAnUnknownRunIsNotFound() throws {
        #expect(try failure { try store.end(run: "run_9", status: .succeeded, at: start) }.code == .notFound)
    }
}
