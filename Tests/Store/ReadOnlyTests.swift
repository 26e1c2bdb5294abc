import FoundationEssentials
import Glibc
import SwitchboardCore
import Testing

@testable import SwitchboardStore

/// Folders that cannot be written; children give up root's rights, since root may write everywhere.
@Suite struct ReadOnlyTests {
    let folder: TemporaryFolder
    let nobody: UInt32 = 65_534

    init() throws { folder = try TemporaryFolder() }

    /// Hands all files to a user without rights and takes the right to write from the folder.
    func seal(files: UInt32 = 0o600) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            chmod("\(folder.path)/\(name)", files)
            if geteuid() == 0 { chown("\(folder.path)/\(name)", nobody, nobody) }
        }
        chmod(folder.path, 0o500)
        if geteuid() == 0 { chown(folder.path, nobody, nobody) }
    }

    @Test func aReadOnlyFolderIsReadAndRefusesEveryChange() async throws {
        let store = try folder.open()
        try store.apply([.putNumber(number(1))], profile: "p")
        store.close()
        try seal()
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            if geteuid() == 0 { setuid(65_534) }
            let store = try SQLiteStore.open(directory: path)
            #expect(try store.numbers(profile: "p") == [number(1)])
            let error = try failure { try store.begin(intent("intent_1", "a"), caps: Caps()) }
            #expect(error.code == .storeUnavailable)
            #expect(error.message == "the store \(path)/switchboard.db cannot be written")
        }
        chmod(folder.path, 0o700)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["switchboard.db"])
    }

    @Test func aReadOnlyFolderShowsAlsoWhatOnlyTheLogHas() async throws {
        let store = try folder.open()
        try store.apply([.putNumber(number(1))], profile: "p")
        try seal()
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            if geteuid() == 0 { setuid(65_534) }
            let numbers = try SQLiteStore.open(directory: path).numbers(profile: "p")
            #expect(try numbers == [number(1)])
        }
        withExtendedLifetime(store) {}
        chmod(folder.path, 0o700)
    }

    @Test func aLogThatCannotBeReadWithoutWritingIsRefusedAndNotLeftOut() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
            let store = try SQLiteStore.open(directory: path)
            try store.apply([.putNumber(number(1))], profile: "p")
            _ = withExtendedLifetime(store) { kill(getpid(), SIGKILL) }
        }
        unlink(folder.database + "-shm")
        try seal()
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            if geteuid() == 0 { setuid(65_534) }
            let error = try failure { _ = try SQLiteStore.open(directory: path) }
            #expect(error.code == .storeUnavailable)
            #expect(error.cause?.contains("switchboard.db-wal") == true)
        }
        chmod(folder.path, 0o700)
    }

    @Test func aStoreCannotBeMadeInAReadOnlyFolder() async throws {
        try seal()
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            if geteuid() == 0 { setuid(65_534) }
            for place in [path, path + "/deeper"] {
                let error = try failure { _ = try SQLiteStore.open(directory: place) }
                #expect(error.code == .storeUnavailable)
                #expect(error.message == "the store \(place)/switchboard.db cannot be written")
            }
        }
        chmod(folder.path, 0o700)
    }
}
