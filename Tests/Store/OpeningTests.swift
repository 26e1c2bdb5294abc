import FoundationEssentials
import Glibc
import SwitchboardCore
import Testing

@testable import SwitchboardStore

@Suite struct OpeningTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func onlyTheUserCanReadWhatIsMade() throws {
        let inner = folder.path + "/a/b"
        let store = try SQLiteStore.open(directory: inner)
        try store.begin(intent("intent_1", "a"), caps: Caps())
        try store.save(
            ProfileRecord(name: "p", createdAt: start),
            secrets: [SecretKey(provider: "livekit", setting: "api_secret"): Secret("hush")])
        for made in [folder.path + "/a", inner, inner + "/sessions"] { #expect(mode(made) == 0o700) }
        for made in [
            "switchboard.db", "switchboard.db-wal", "switchboard.db-shm", "key", "sessions/\(store.session).lock",
        ] {
            #expect(mode("\(inner)/\(made)") == 0o600, "\(made)")
        }
    }

    @Test func aWiderFolderIsUsedAsItIs() throws {
        chmod(folder.path, 0o755)
        let store = try folder.open()
        try store.apply([.putNumber(number(1))], profile: "p")
        #expect(mode(folder.path) == 0o755)
        #expect(mode(folder.database) == 0o600 && mode(folder.database + "-wal") == 0o600)
    }

    @Test func theFolderComesFromTheEnvironment() throws {
        #expect(try StateFolder.defaultPath(environment: ["HOME": "/home/ann"]) == "/home/ann/.local/state/switchboard")
        let both = ["HOME": "/home/ann", "XDG_STATE_HOME": "/var/state"]
        #expect(try StateFolder.defaultPath(environment: both) == "/var/state/switchboard")
        let relative = ["HOME": "/home/ann", "XDG_STATE_HOME": "state"]
        #expect(try StateFolder.defaultPath(environment: relative) == "/home/ann/.local/state/switchboard")
        #expect(try failure { _ = try StateFolder.defaultPath(environment: [:]) }.code == .storeUnavailable)
    }

    @Test func manyProcessesMakeOneStore() async throws {
        let path = folder.path + "/new"
        await withTaskGroup(of: Void.self) { group in
            for child in 0..<4 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String, child = child as Int] in
                        let store = try SQLiteStore.open(directory: path)
                        try store.begin(intent("intent_\(child)", "\(child)"), caps: Caps())
                    }
                }
            }
        }
        #expect(try SQLiteStore.open(directory: path).openIntents().count == 4)
        let left = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.contains(".new") }
        #expect(left.isEmpty)
    }

    /// What may lie in a store's place, and a word of the reason that is given.
    enum Intruder: String, CaseIterable {
        case empty = "mark"
        case text = "26"
        case truncated = "malformed"
        case schema = "SQLite 11"
        case foreign = "mark of"
        case tables = "missing"
    }

    @Test(arguments: Intruder.allCases) func whatIsNotASoundStoreIsRefusedAndLeftAlone(_ intruder: Intruder) throws {
        try place(intruder)
        let before = try bytes(folder.database)
        let error = try failure { _ = try folder.open() }
        #expect(error.code == .storeUnavailable && !error.isRetryable)
        #expect(error.message == "the store \(folder.database) is damaged or is not a Switchboard store")
        #expect(error.help?.contains("nothing was changed") == true)
        #expect(error.cause?.contains(intruder.rawValue) == true, "\(error.cause ?? "")")
        #expect(try bytes(folder.database) == before)
    }

    func place(_ intruder: Intruder) throws {
        if intruder != .foreign, intruder != .text {
            let store = try folder.open()
            try store.apply((0..<200).map { .putNumber(try number($0)) }, profile: "p")
            store.close()
        }
        switch intruder {
        case .empty: truncate(folder.database, 0)
        case .truncated: truncate(folder.database, off_t(try bytes(folder.database).count - 8_192))
        case .text: try append(String(repeating: "Dear diary,\n", count: 900), to: folder.database)
        case .schema: try overwrite(at: 100, with: [UInt8](repeating: 0xA5, count: 500))
        case .foreign:
            try touch(folder.database)
            try folder.connection().execute("CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1")
        case .tables: try folder.connection().execute("DROP TABLE claims")
        }
    }

    func overwrite(at offset: Int, with bytes: [UInt8]) throws {
        let file = open(folder.database, O_WRONLY | O_CLOEXEC)
        #expect(pwrite(file, bytes, bytes.count, off_t(offset)) == bytes.count)
        close(file)
    }

    @Test func aNewerStoreIsRefusedAndLeftAlone() throws {
        try folder.open().close()
        try folder.connection().execute("PRAGMA user_version = 99")
        let before = try bytes(folder.database)
        let error = try failure { _ = try folder.open() }
        #expect(error.code == .storeUnavailable)
        #expect(
            error.message
                == "the store \(folder.database) was written by a newer Switchboard (version 99 of the store, "
                + "this program knows \(Schema.version))")
        #expect(try bytes(folder.database) == before)
    }

    @Test func damageInTheMiddleIsToldWhenItIsMetAndNeverWrittenOver() throws {
        let store = try folder.open()
        try store.apply((0..<500).map { .putNumber(try number($0)) }, profile: "p")
        store.close()
        let size = try bytes(folder.database).count
        try overwrite(at: size / 2 & ~4_095, with: [UInt8](repeating: 0xA5, count: 4_096))
        let before = try bytes(folder.database)
        let damaged = try folder.open()
        let error = try failure { _ = try damaged.numbers(profile: "p") }
        damaged.close()
        #expect(error.code == .storeUnavailable && error.message.contains(folder.database))
        #expect(try bytes(folder.database) == before)
    }

    @Test func aLogWithoutItsFileIsNotStartedOver() throws {
        let store = try folder.open()
        try store.apply([.putNumber(number(1))], profile: "p")
        let log = try bytes(folder.database + "-wal")
        unlink(folder.database)
        let error = try failure { _ = try folder.open() }
        #expect(error.code == .storeUnavailable && error.cause?.contains("is missing") == true)
        #expect(try bytes(folder.database + "-wal") == log)
        #expect(mode(folder.database) == 0, "nothing was made")
    }

    @Test func aFileInTheFoldersPlaceIsToldApart() throws {
        try touch(folder.path + "/file")
        let error = try failure { _ = try SQLiteStore.open(directory: folder.path + "/file/state") }
        #expect(error.code == .storeUnavailable && error.cause?.hasSuffix("Not a directory") == true)
    }
}
