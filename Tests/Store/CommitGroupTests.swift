import Dispatch
import Glibc
import SwitchboardCore
import Synchronization
import Testing

@testable import SwitchboardStore

/// Changes of many threads that share transactions.
@Suite struct CommitGroupTests {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.open()
    }

    @Test func changesThatComeMeanwhileShareOneSync() async throws {
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            try LogSyncs.watch()
            let store = try SQLiteStore.open(directory: path)
            try store.begin(intent("intent_0", "0"), caps: Caps(numbers: 99))
            let before = LogSyncs.count
            store.together(40) { index in
                try? store.begin(intent("intent_\(index + 1)", "\(index + 1)"), caps: Caps(numbers: 99))
            }
            #expect(try store.openIntents().count == 41)
            #expect(LogSyncs.count - before == 1)
        }
    }

    @Test func whoComesFirstIsWrittenFirst() throws {
        store.together(30) { index in
            try? store.begin(intent("intent_\(index)", "\(index)"), caps: Caps(numbers: 99))
        }
        #expect(try store.openIntents().map(\.id) == (0..<30).map { "intent_\($0)" })
    }

    @Test func oneThatIsRefusedIsRefusedAlone() throws {
        try store.apply([.putAgent(agent("agent_1", "front"))], profile: "sandbox")
        for index in 0..<9 { try store.begin(intent("intent_\(index)", "\(index)"), caps: Caps()) }
        let refusals = Mutex<[Int: ErrorCode]>([:])
        store.together(11) { index in
            let changes: [LedgerChange] =
                index == 4
                ? [.putTrunk(trunk("ST_4")), .putAgent(agent("agent_4", "front"))] : [.putTrunk(trunk("ST_\(index)"))]
            do {
                if index < 9 { return try store.settle("intent_\(index)", .done([]), changes: changes) }
                try store.begin(intent("intent_\(index)", "same"), caps: Caps())
            } catch { refusals.withLock { $0[index] = SwitchboardError(wrapping: error).code } }
        }
        #expect(refusals.withLock { $0 } == [4: .conflict, 10: .conflict])
        #expect(try store.trunks(profile: "sandbox").map(\.id) == (0..<9).filter { $0 != 4 }.map { "ST_\($0)" })
        #expect(try store.openIntents().map(\.id) == ["intent_4", "intent_9"])
    }

    @Test func aCapHoldsWithinAGroup() throws {
        let refusals = Mutex<[Int: ErrorCode]>([:])
        store.together(10) { index in
            do { try store.begin(intent("intent_\(index)", "\(index)"), caps: Caps(numbers: 6)) } catch {
                refusals.withLock { $0[index] = SwitchboardError(wrapping: error).code }
            }
        }
        #expect(refusals.withLock { $0.keys.sorted() } == [6, 7, 8, 9])
        #expect(refusals.withLock { Set($0.values) } == [.paymentRequired])
    }

    /// A file must not go because of what is not committed, such as a new key.
    @Test func whatMustSeeOnlyWhatIsCommittedHasATransactionOfItsOwn() {
        let group = CommitGroup()
        let batches = Mutex<[[SQLiteStore.Need]]>([])
        let (isUnderWay, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let submit: @Sendable (SQLiteStore.Need) -> Void = { need in
            let commit: ([any GroupedChange]) -> Void = { batch in batches.withLock { $0.append(batch.map(\.need)) } }
            _ = try? group.submit(Change(need) { _ in }, commit: commit, sync: {})
        }
        let needs: [SQLiteStore.Need] = [.room, .outcome, .alone, .lazy, .room, .alone, .alone, .room]
        let threads = Threads()
        threads.start {
            let commit: ([any GroupedChange]) -> Void = { _ in
                isUnderWay.signal()
                mayEnd.wait()
            }
            _ = try? group.submit(Change(.room) { _ in }, commit: commit, sync: {})
        }
        isUnderWay.wait()
        for (index, need) in needs.enumerated() {
            threads.start { submit(need) }
            while group.waitingCount <= index { usleep(100) }
        }
        mayEnd.signal()
        threads.join()
        #expect(
            batches.withLock { $0 } == [[.room, .outcome], [.alone], [.lazy, .room], [.alone], [.alone], [.room]])
    }

    @Test func readingGoesOnBesideAChange() throws {
        try store.apply([.putNumber(number(1))], profile: "sandbox")
        let (isUnderWay, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let threads = Threads()
        threads.start { [store] in
            try? store.write { connection in
                try connection.run("DELETE FROM numbers")
                isUnderWay.signal()
                mayEnd.wait()
            }
        }
        isUnderWay.wait()
        #expect(try store.numbers(profile: "sandbox") == [number(1)], "what is committed")
        mayEnd.signal()
        threads.join()
        #expect(try store.numbers(profile: "sandbox").isEmpty)
    }

    /// Tasks wait on the few threads that all tasks share.
    @Test func manyTasksSettleAtOnce() async throws {
        for index in 0..<50 { try store.begin(intent("intent_\(index)", "\(index)"), caps: Caps(numbers: 99)) }
        try await withThrowingTaskGroup { [store] group in
            for index in 0..<50 {
                group.addTask {
                    await Task.yield()
                    try store.settle("intent_\(index)", .done([]), changes: [.putNumber(number(index))])
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.numbers(profile: "sandbox").count == 50)
    }

    @Test func whoIsLockedOutTogetherIsRefusedTogether() throws {
        let store = try SQLiteStore.open(directory: folder.path, busyMilliseconds: 300)
        let other = try folder.connection()
        try other.execute("BEGIN IMMEDIATE")
        let refusals = Mutex(0)
        func wait(_ count: Int) -> Duration {
            ContinuousClock().measure {
                onThreads(count) { index in
                    do { try store.begin(intent("intent_\(index)", "\(index)"), caps: Caps(numbers: 99)) } catch {
                        if SwitchboardError(wrapping: error).isRetryable { refusals.withLock { $0 += 1 } }
                    }
                }
            }
        }
        let (one, all) = (wait(1), wait(30))
        #expect(refusals.withLock { $0 } == 31)
        #expect(all < one * 15, "each in turn would wait thirty times as long as one")
        try other.execute("ROLLBACK")
        try store.begin(intent("intent_0", "0"), caps: Caps())
    }
}
