import Glibc
import SwitchboardCore
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

private func putLazily(_ index: Int, in store: SQLiteStore) throws {
    let change = LedgerChange.putNumber(try number(index))
    try store.write(.lazy) { try SQLiteStore.apply([change], profile: "sandbox", to: $0) }
}
