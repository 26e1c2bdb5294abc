import Glibc
import SwitchboardCore
import Testing

@testable import SwitchboardStore

/// The key file, and boxes that somebody has had in hand.
@Suite struct KeyTests {
    let folder: TemporaryFolder
    let store: SQLiteStore
    let plain = "Correct-Horse-7"

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.open()
        _ = try store.setNamedSecret("a", to: Secret(plain), profile: "p")
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o666] as [mode_t])
    func aKeyThatOthersMayReadIsRefusedUntilItIsPrivate(_ rights: mode_t) throws {
        chmod(folder.path + "/key", rights)
        for body in [
            { _ = try store.namedSecret("a", profile: "p") },
            { _ = try store.setNamedSecret("b", to: Secret("x"), profile: "p") },
        ] {
            let error = try failure(body)
            #expect(error.code == .storeUnavailable)
            #expect(
                error.message == "the key of the secrets is not private: \(folder.path)/key has mode "
                    + "0\(String(rights, radix: 8)), so others than you may read or change it")
            #expect(error.help?.hasPrefix("type: chmod 600 \(folder.path)/key; if somebody may have read it") == true)
        }
        #expect(try store.namedSecrets(profile: "p").map(\.name) == ["a"])
        chmod(folder.path + "/key", 0o600)
        #expect(try store.namedSecret("a", profile: "p")?.reveal() == plain)
    }

    /// Each byte of a box is changed once, and each end is cut off.
    @Test func noBoxOpensThatDiffersInOneByte() throws {
        let connection = try folder.connection()
        let box = try #require(connection.query("SELECT box FROM named_secrets") { $0.bytes(0) }.first)
        let changed = box.indices.map { index in
            var box = box
            box[index] ^= 1
            return box
        }
        for wrong in changed + box.indices.map({ Array(box[..<$0]) }) + [box + [0]] {
            try connection.run("UPDATE named_secrets SET box = ?", .blob(wrong))
            let error = try failure { _ = try store.namedSecret("a", profile: "p") }
            #expect(error.message == "the secret 'a' in the profile 'p' cannot be read from \(folder.path)")
            #expect(error.cause == "it was changed, or sealed with another key")
        }
        try connection.run("UPDATE named_secrets SET box = ?", .blob(box))
        #expect(try store.namedSecret("a", profile: "p")?.reveal() == plain)
    }

    @Test func aStoreOfTheVersionBeforeIsReadAsItIs() throws {
        store.close()
        try folder.takeBack(to: 2)
        let reader = try #require(try SQLiteStore.openForReading(directory: folder.path))
        #expect(try reader.namedSecret("a", profile: "p")?.reveal() == plain)
        reader.close()
        #expect(try folder.open().namedSecret("a", profile: "p")?.reveal() == plain)
    }
}
