import Glibc
import SwitchboardCore
import Synchronization
import Testing

@testable import SwitchboardStore

/// Changes without a sync of their own.
@Suite struct LazyTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func lazyChangesAreNotSyncedAndTheNextDurableOneIs() async throws {
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            try LogSyncs.watch()
            let store = try SQLiteStore.open(directory: path)
            try store.begin(intent("intent_0", "0"), caps: Caps())
            var before = LogSyncs.count
            for index in 0..<10 { try putLazily(index, in: store) }
            #expect(LogSyncs.count == before)
            try store.begin(intent("intent_1", "1"), caps: Caps())
            #expect(LogSyncs.count == before + 1)
            before = LogSyncs.count
            store.together(9) { index in
                if index == 4 { try? store.apply([.putNumber(number(50))], profile: "sandbox") }
                if index != 4 { try? putLazily(10 + index, in: store) }
            }
            #expect(LogSyncs.count == before + 1, "one of them is durable, and so are all")
            before = LogSyncs.count
            store.together(9) { try? putLazily(20 + $0, in: store) }
            #expect(LogSyncs.count == before)
        }
        #expect(try folder.open().numbers(profile: "sandbox").count == 28)
    }

    /// Lost with the power, it is asked for again; and no later intent is on the disk without it.
    @Test func anOutcomeGoesToTheDiskWithTheNextIntent() async throws {
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            try LogSyncs.watch()
            let store = try SQLiteStore.open(directory: path)
            try store.begin(intent("intent_0", "0"), caps: Caps())
            let before = LogSyncs.count
            try store.settle("intent_0", .done([]), changes: [.putNumber(number(0))])
            #expect(LogSyncs.count == before)
            try store.begin(intent("intent_1", "1"), caps: Caps())
            #expect(LogSyncs.count == before + 1)
        }
        #expect(try folder.open().openIntents().map(\.id) == ["intent_1"])
    }

    /// What is told of a run is not worth a transaction of its own.
    @Test func whatIsNotedIsCommittedWithTheNextChange() throws {
        let store = try folder.open()
        let other = try folder.open()
        for index in 0..<5 { try store.note(step("step_\(index)"), run: "run_1") }
        #expect(store.group.waitingCount == 5)
        try store.begin(intent("intent_0", "0"), caps: Caps())
        #expect(store.group.waitingCount == 0)
        #expect(try other.steps(run: "run_1").count == 5, "in another process, too")
    }

    @Test func whatIsNotedIsFoundAtOnceAndKeptSoonWhereNothingFollows() async throws {
        let store = try folder.open()
        let other = try folder.open()
        try store.note(step("step_0"), run: "run_1")
        #expect(try store.step("step_0", run: "run_1") != nil)
        #expect(try other.step("step_0", run: "run_1") != nil)
        try store.tell(RunLine(at: start, kind: .noted, text: "hello"), run: "run_1")
        for _ in 0..<500 where try other.lines(run: "run_1").isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try other.lines(run: "run_1").map(\.text) == ["hello"])
        try store.note(step("step_1"), run: "run_1")
        store.close()
        #expect(try other.step("step_1", run: "run_1") != nil)
    }

    /// Whoever changes something next hears it: nothing goes on behind a step that was lost.
    @Test func aNoteThatCannotBeKeptFailsTheNextChange() throws {
        let store = try SQLiteStore.open(directory: folder.path, busyMilliseconds: 50)
        try store.begin(intent("intent_9", "9"), caps: Caps())
        let other = try folder.connection()
        try other.execute("BEGIN IMMEDIATE")
        try store.note(step("step_0"), run: "run_1")
        store.commitLeft()
        try other.execute("ROLLBACK")
        try store.settle("intent_9", .done([]), changes: [])
        #expect(try failure { try store.begin(intent("intent_0", "0"), caps: Caps()) }.code == .storeUnavailable)
        #expect(try store.openIntents().isEmpty)
        try store.begin(intent("intent_0", "0"), caps: Caps())
        #expect(try store.openIntents().count == 1, "it is heard once")
    }

    /// What the system could not write it may forget, so that a later sync says nothing of it.
    @Test func onceASyncHasFailedNothingIsBegunAnyMore() async throws {
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            try LogSyncs.watch()
            let store = try SQLiteStore.open(directory: path)
            for index in 0..<2 { try store.begin(intent("intent_\(index)", "\(index)"), caps: Caps()) }
            LogSyncs.isFailing.store(true, ordering: .sequentiallyConsistent)
            #expect(try failure { try store.begin(intent("intent_2", "2"), caps: Caps()) }.code == .storeUnavailable)
            LogSyncs.isFailing.store(false, ordering: .sequentiallyConsistent)
            #expect(try failure { try store.begin(intent("intent_3", "3"), caps: Caps()) }.code == .storeUnavailable)
            try store.settle("intent_0", .done([]), changes: [])
            store.close()
            let other = try SQLiteStore.open(directory: path)
            #expect(try other.openIntents().map(\.id) == ["intent_1", "intent_2"], "the provider is asked for both")
            try other.begin(intent("intent_3", "3"), caps: Caps())
        }
    }

    @Test func aSIGKILLTakesNoLazyChangeBack() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
            let store = try SQLiteStore.open(directory: path)
            for index in 0..<20 { try putLazily(index, in: store) }
            _ = withExtendedLifetime(store) { kill(getpid(), SIGKILL) }
        }
        #expect(try folder.open().numbers(profile: "sandbox") == (0..<20).map { try number($0) })
    }

    /// What a machine without power keeps is some first part of the log.
    @Test func whatIsLeftOfTheLogIsAFirstPartOfWhatCame() throws {
        let store = try folder.open()
        for index in 0..<30 {
            if index % 3 == 0 { try store.apply([.putNumber(number(index))], profile: "sandbox") }
            if index % 3 != 0 { try putLazily(index, in: store) }
        }
        let log = try bytes(folder.database + "-wal")
        var found: Set<Int> = []
        for part in 0...10 {
            let copy = try TemporaryFolder()
            try append(bytes(folder.database), to: copy.database)
            try append(Array(log.prefix(log.count * part / 10)), to: copy.database + "-wal")
            let kept = try copy.open().numbers(profile: "sandbox")
            #expect(try kept == (0..<kept.count).map { try number($0) })
            found.insert(kept.count)
        }
        #expect(found.count > 5 && found.contains(30))
        withExtendedLifetime(store) {}
    }
}

func step(_ key: String) -> StepRecord {
    StepRecord(key: key, title: "step", state: .done, result: Array("{}".utf8), startedAt: start, endedAt: start)
}

private func putLazily(_ index: Int, in store: SQLiteStore) throws {
    let change = LedgerChange.putNumber(try number(index))
    try store.write(.lazy) { try SQLiteStore.apply([change], profile: "sandbox", to: $0) }
}
