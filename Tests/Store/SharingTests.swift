import FoundationEssentials
import Glibc
import SwitchboardCore
import Testing

@testable import SwitchboardStore

/// Two processes on one store.
///
/// One test after the other, and no such test in another suite: reading from a child keeps a thread of the parent busy,
/// and with two tests at once the second child of both might never be started.
@Suite(.serialized) struct SharingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func twoProcessesNeverClaimOneNumber() async throws {
        async let first: Void = claimInChild("first")
        async let second: Void = claimInChild("second")
        _ = await (first, second)
        let claims = (try lines(folder.path + "/first.out"), try lines(folder.path + "/second.out"))
        #expect(claims.0.count + claims.1.count == 100)
        #expect(Set(claims.0).isDisjoint(with: claims.1))
        #expect(!claims.0.isEmpty && !claims.1.isEmpty, "both take part")
    }

    /// Claims the first three free ones of 100 candidates until there are no more.
    func claimInChild(_ name: String) async {
        await #expect(processExitsWith: .success) { [path = folder.path as String, name = name as String] in
            let store = try SQLiteStore.open(directory: path)
            let candidates = try (0..<100).map(e164)
            try await meet(name, all: ["first", "second"], in: path)
            while true {
                let holder = "\(name)-\(Int.random(in: 0 ... .max))"
                let claimed = try store.claim(
                    candidates, count: 3, provider: "livekit", profile: "p", holder: holder, until: start + 600,
                    now: start)
                if claimed.isEmpty { return }
                try append(claimed.map { $0.text + "\n" }.joined(), to: "\(path)/\(name).out")
                // Neither is through before the other has claimed some.
                try await meet("\(name)-1", all: ["first-1", "second-1"], in: path)
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    @Test func twoProcessesShareADaysLimit() async throws {
        try folder.open().close()
        async let first: Void = spendInChild("first", 100)
        async let second: Void = spendInChild("second", 200)
        _ = await (first, second)
        let store = try folder.open()
        #expect(try store.spent(in: .day(of: start), profile: "sandbox").purchases == 25)
        #expect(try folder.connection().integer("SELECT count(*) FROM intents WHERE state <> 'failed'") == 25)
        let bought = try ["first", "second"].map {
            try store.spent(in: .run("run_\($0)"), profile: "sandbox").purchases
        }
        #expect(bought.reduce(0, +) == 25 && bought.allSatisfy { $0 > 0 }, "\(bought)")
    }

    /// Buys as long as it may, a third of it in vain, beside another process that does the same.
    func spendInChild(_ name: String, _ first: Int) async {
        await #expect(processExitsWith: .success) {
            [path = folder.path as String, name = name as String, first = first as Int] in
            let store = try SQLiteStore.open(directory: path)
            let caps = Caps(day: SpendingLimits(purchases: 25))
            try await meet(name, all: ["first", "second"], in: path)
            for index in first..<first + 60 {
                do { try store.begin(purchase(index, run: "run_\(name)"), caps: caps) } catch { continue }
                if index % 3 == 0 {
                    try store.settle("intent_\(index)", .failed(SwitchboardError(.taken, "gone")), changes: [])
                }
                // Neither is through before the other has bought one.
                if index == first { try await meet("\(name)-1", all: ["first-1", "second-1"], in: path) }
            }
        }
    }

    @Test func onlyOneProcessAdoptsWhatAKilledOneLeft() async throws {
        let alive = try folder.open()
        try alive.begin(intent("intent_alive", "alive"), caps: Caps())
        for owner in 0..<3 { await beginAndDie(owner) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/sessions").count == 4)
        async let first: Void = adoptInChild("first")
        async let second: Void = adoptInChild("second")
        _ = await (first, second)
        let adopted = try lines(folder.path + "/first.out") + lines(folder.path + "/second.out")
        let expected = (0..<3).flatMap { owner in (0..<20).map { "intent_\(owner)_\($0)" } }
        #expect(adopted.filter { $0 != "-" } == expected, "each once and oldest first, by whichever came first")
        #expect(try alive.openIntents().first?.session == alive.session)
    }

    func beginAndDie(_ owner: Int) async {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String, owner = owner as Int] in
            let store = try SQLiteStore.open(directory: path)
            for index in 0..<20 {
                let id = "intent_\(owner)_\(index)"
                try store.begin(intent(id, id), caps: Caps())
            }
            _ = withExtendedLifetime(store) { kill(getpid(), SIGKILL) }
        }
    }

    /// Adopts at the same moment as the other child, and stays alive until both have.
    func adoptInChild(_ name: String) async {
        await #expect(processExitsWith: .success) { [path = folder.path as String, name = name as String] in
            let store = try SQLiteStore.open(directory: path)
            try await meet(name, all: ["first", "second"], in: path)
            let adopted = try store.adoptAbandonedIntents().map { $0.id + "\n" }.joined()
            try append(adopted.isEmpty ? "-\n" : adopted, to: "\(path)/\(name).out")
            try await awaitFile(path + "/first.out")
            try await awaitFile(path + "/second.out")
        }
    }

    @Test func aChangeWaitsForAnotherProcess() async throws {
        try folder.open().close()
        async let holder: Void = holdLock(until: "asking", andLonger: 300)
        async let asker = #expect(processExitsWith: .success) { [path = folder.path as String] in
            let store = try SQLiteStore.open(directory: path)
            try await awaitFile(path + "/held")
            try touch(path + "/asking")
            try store.begin(intent("intent_1", "a"), caps: Caps())
            #expect(access(path + "/freeing", F_OK) == 0, "the change came before the lock was given up")
        }
        _ = await (holder, asker)
    }

    @Test func aChangeThatWaitsTooLongIsRefusedAndMayBeRepeated() async throws {
        try folder.open().close()
        async let holder: Void = holdLock(until: "refused", andLonger: 0)
        async let asker = #expect(processExitsWith: .success) { [path = folder.path as String] in
            let store = try SQLiteStore.open(directory: path, busyMilliseconds: 50)
            try await awaitFile(path + "/held")
            let error = try failure { try store.begin(intent("intent_1", "a"), caps: Caps()) }
            #expect(error.code == .storeUnavailable && error.isRetryable)
            #expect(error.message == "another process keeps the store \(path)/switchboard.db locked")
            let open = try store.openIntents()
            #expect(open.isEmpty, "reading does not wait")
            try touch(path + "/refused")
            try await awaitFile(path + "/freed")
            try store.begin(intent("intent_1", "a"), caps: Caps())
        }
        _ = await (holder, asker)
    }

    /// Holds the write lock in a child until the file is there.
    func holdLock(until file: String, andLonger milliseconds: Int) async {
        await #expect(processExitsWith: .success) {
            [path = folder.path as String, file = file as String, milliseconds = milliseconds as Int] in
            let connection = try SQLiteConnection(
                path: path + "/switchboard.db", access: .readWrite, busyMilliseconds: 1_000)
            try connection.execute("BEGIN IMMEDIATE")
            try touch(path + "/held")
            try await awaitFile("\(path)/\(file)")
            try await Task.sleep(for: .milliseconds(milliseconds))
            try touch(path + "/freeing")
            try connection.execute("COMMIT")
            try touch(path + "/freed")
        }
    }
}
