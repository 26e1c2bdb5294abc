import FoundationEssentials
import Glibc
import SwitchboardCore
import Synchronization
import Testing

@testable import SwitchboardStore

@Suite(.serialized) struct FullDiskTests {
    /// A disk of 4 MiB in memory; making it needs root's rights.
    final class SmallDisk: Sendable {
        let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
            try #require(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.path) == 0)
        }

        deinit { _ = run("umount", "-l", folder.path) }

        /// Uses up every block that is left.
        func fill() throws {
            let file = open(folder.path + "/ballast", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            defer { close(file) }
            let block = [UInt8](repeating: 1, count: 4_096)
            while write(file, block, block.count) > 0 {}
            try #require(errno == ENOSPC)
        }

        /// Truncates first: a child of another test may hold the file open for a moment.
        func clear() {
            truncate(folder.path + "/ballast", 0)
            unlink(folder.path + "/ballast")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting needs root")) func whatWasBegunCanBeSettledOnAFullDisk() throws {
        let disk = try SmallDisk()
        let store = try disk.folder.open()
        let secrets = ["password": Secret(String(repeating: "x", count: 16_384))]
        for index in 0..<5 {
            try store.begin(intent("intent_\(index)", "\(index)"), caps: Caps(), keeping: secrets)
        }
        try disk.fill()
        var refused = false
        for index in 5..<200 where !refused {
            do { try store.begin(intent("intent_\(index)", "\(index)"), caps: Caps(numbers: 999)) } catch {
                refused = true
                let error = SwitchboardError(wrapping: error)
                #expect(error.code == .storeUnavailable && error.isRetryable)
                #expect(error.message == "the disk has no room for the store \(disk.folder.database)")
            }
        }
        #expect(refused)
        let open = try store.openIntents()
        #expect(open.count >= 5)
        for (index, intent) in open.enumerated() {
            let result = [UInt8](repeating: UInt8(ascii: "1"), count: 16_000)
            try store.settle(intent.id, .done(result), changes: [.putNumber(number(index))])
        }
        store.close()
        disk.clear()
        let again = try disk.folder.open()
        #expect(try again.openIntents().isEmpty)
        #expect(try again.numbers(profile: "sandbox").count == open.count)
        #expect(try disk.folder.integrity() == "ok")
    }

    /// What is begun while the disk is full is refused, and what was begun before it is settled in the same groups.
    @Test(.enabled(if: geteuid() == 0, "mounting needs root")) func groupsOnAFullDiskSettleWhatWasBegun() throws {
        let disk = try SmallDisk()
        let store = try disk.folder.open()
        store.together(20) { try? store.begin(intent("intent_\($0)", "\($0)"), caps: Caps(numbers: 999)) }
        try #require(store.openIntents().count == 20)
        try disk.fill()
        let answers = Mutex<[String: Int]>([:])
        let result = [UInt8](repeating: UInt8(ascii: "1"), count: 16_000)
        for round in 0..<20 {
            store.together(10) { index in
                let id = "intent_\(round)_\(index)"
                var answer = index == 5 ? "settled" : "begun"
                do {
                    if index == 5 { try store.settle("intent_\(round)", .done(result), changes: []) }
                    if index != 5 { try store.begin(intent(id, id), caps: Caps(numbers: 999)) }
                } catch { answer = SwitchboardError(wrapping: error).message }
                answers.withLock { $0[answer, default: 0] += 1 }
            }
        }
        let counts = answers.withLock { $0 }
        #expect(counts["settled"] == 20)
        #expect(counts["the disk has no room for the store \(disk.folder.database)", default: 0] > 0)
        #expect(counts.count <= 3)
        for intent in try store.openIntents() { try store.settle(intent.id, .done(result), changes: []) }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting needs root")) func aFullDiskKeepsTheSecretsThatThereAre() throws {
        let disk = try SmallDisk()
        let store = try disk.folder.open()
        _ = try store.setNamedSecret("a", to: Secret("first"), profile: "p")
        try disk.fill()
        let large = Secret(String(repeating: "x", count: 16_384))
        var refusals = 0
        for index in 0..<200 where refusals == 0 {
            do { _ = try store.setNamedSecret("b\(index)", to: large, profile: "p") } catch {
                refusals += 1
                #expect(SwitchboardError(wrapping: error).message.hasPrefix("the disk has no room"))
            }
        }
        #expect(refusals == 1)
        #expect(throws: SwitchboardError.self) { try store.rotateKey(to: .keyFile) }
        #expect(try store.namedSecret("a", profile: "p")?.reveal() == "first")
        disk.clear()
        _ = try store.rotateKey(to: .keyFile)
        #expect(try store.namedSecret("a", profile: "p")?.reveal() == "first")
    }

    @Test(.enabled(if: geteuid() == 0, "mounting needs root")) func aFullDiskCannotMakeAStoreAndLeavesNoHalfOne() throws
    {
        let disk = try SmallDisk()
        try disk.fill()
        let error = try failure { _ = try disk.folder.open() }
        #expect(error.code == .storeUnavailable && error.message.hasPrefix("the disk has no room"))
        disk.clear()
        #expect(try disk.folder.open().openIntents().isEmpty)
    }

    /// The same refusal where no disk can be made: a child that may not write large files.
    @Test func whatCannotBeWrittenIsNotBegun() async throws {
        let folder = try TemporaryFolder()
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            let store = try SQLiteStore.open(directory: path)
            try store.begin(intent("intent_1", "a"), caps: Caps())
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 8_192, rlim_max: 8_192)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let error = try failure { try store.begin(intent("intent_2", "b"), caps: Caps()) }
            #expect(error.code == .storeUnavailable)
            #expect(try store.openIntents().map(\.id) == ["intent_1"])
        }
        #expect(try folder.open().openIntents().map(\.id) == ["intent_1"])
    }
}
