import FoundationEssentials
import Glibc
import SwitchboardCore
import SwitchboardTestKit
import Synchronization
import Testing

@testable import SwitchboardStore

/// Secrets that are locked with a passphrase.
@Suite struct PassphraseTests {
    let folder: TemporaryFolder
    let plain = "Correct-Horse-7"

    init() throws { folder = try TemporaryFolder() }

    /// Stores a secret and locks it; the store is closed afterwards.
    func lock(_ passphrase: String) throws {
        let store = try folder.open()
        _ = try store.setNamedSecret("a", to: Secret(plain), profile: "p")
        #expect(try store.rotateKey(to: .passphrase(Secret(passphrase))) == 1)
        // Whoever has just given it is not asked for it.
        #expect(try store.namedSecret("a", profile: "p")?.reveal() == plain)
        store.close()
    }

    func open(_ passphrase: String?) throws -> SQLiteStore {
        try SQLiteStore.open(directory: folder.path, passphrase: { passphrase.map { Secret($0) } })
    }

    @Test(arguments: [
        "correct horse battery staple", " a ", "Zürich ☃ 密码", "a\nb\u{0}c", String(repeating: "long ", count: 1000),
    ])
    func itOpensWhatAnotherOneDoesNot(_ passphrase: String) throws {
        try lock(passphrase)
        #expect(access(folder.path + "/key", F_OK) != 0)
        #expect(try open(passphrase).namedSecret("a", profile: "p")?.reveal() == plain)
        for wrong in ["", passphrase + " ", String(passphrase.dropLast()), passphrase.uppercased()]
        where wrong != passphrase {
            #expect(try failure { try open(wrong).unlock() }.code == .unauthorized)
        }
    }

    @Test func aWrongOneChangesNothing() throws {
        try lock("open sesame")
        let store = try open("open says me")
        for body in [
            { _ = try store.namedSecret("a", profile: "p") }, { try store.unlock() },
            { _ = try store.setNamedSecret("a", to: Secret("x"), profile: "p") },
            { _ = try store.rotateKey(to: .keyFile) },
        ] {
            let error = try failure(body)
            #expect(error.code == .unauthorized)
            #expect(error.message == "the passphrase does not open the secrets in \(folder.path)")
        }
        #expect(try open("open sesame").namedSecret("a", profile: "p")?.reveal() == plain)
    }

    @Test func whereNobodyGivesItNothingIsTouched() throws {
        try lock("open sesame")
        let store = try open(nil)
        for body in [
            { _ = try store.namedSecret("a", profile: "p") }, { try store.unlock() },
            { _ = try store.setNamedSecret("a", to: Secret("x"), profile: "p") },
            { try store.begin(intent("intent_1", "x"), caps: Caps(), keeping: ["pin": Secret("x")]) },
        ] {
            let error = try failure(body)
            #expect(error.code == .unauthorized)
            #expect(
                error.message == "the secrets in \(folder.path) are locked with a passphrase, and nobody gave it")
        }
        #expect(try store.openIntents().isEmpty)
        #expect(try open("open sesame").namedSecret("a", profile: "p")?.reveal() == plain)
    }

    @Test func itIsAskedForOnceAndOnlyForASecret() throws {
        try lock("open sesame")
        let asked = Mutex(0)
        let store = try SQLiteStore.open(
            directory: folder.path,
            passphrase: {
                asked.withLock { $0 += 1 }
                return Secret("open sesame")
            })
        _ = try store.namedSecrets(profile: "p")
        _ = try store.profiles()
        try store.apply([.putNumber(number(1))], profile: "p")
        try store.begin(intent("intent_1", "x"), caps: Caps())
        try store.settle("intent_1", .done([]), changes: [])
        try store.removeNamedSecret("none", profile: "p")
        _ = try store.save(ProfileRecord(name: "p", createdAt: start), removingSecretsOf: "livekit")
        #expect(asked.withLock { $0 } == 0)
        onThreads(4) { _ in #expect((try? store.namedSecret("a", profile: "p"))??.reveal() == "Correct-Horse-7") }
        _ = try store.setNamedSecret("b", to: Secret("x"), profile: "p")
        try store.unlock()
        #expect(asked.withLock { $0 } == 1)
    }

    @Test func aKeyFileAsksNobody() throws {
        let store = try SQLiteStore.open(
            directory: folder.path,
            passphrase: {
                Issue.record("asked for a passphrase that there is not")
                return nil
            })
        try store.unlock()
        _ = try store.setNamedSecret("a", to: Secret(plain), profile: "p")
        #expect(try store.namedSecret("a", profile: "p")?.reveal() == plain)
    }

    @Test(arguments: ["", "a\u{FFFD}"]) func whatIsNoneIsRefused(_ passphrase: String) throws {
        let store = try folder.open()
        #expect(try failure { _ = try store.rotateKey(to: .passphrase(Secret(passphrase))) }.code == .invalidArgument)
    }

    /// Whoever can write the file must not have it take all of the machine's memory, nor a weaker key.
    @Test(arguments: [
        "file = '../../etc/machine-id', salt = NULL", "file = 'switchboard.db', salt = NULL", "memory = 1 << 40",
        "memory = 8192", "passes = 100000000", "salt = x'00'", "proof = x'00'",
    ])
    func aChangedRowIsRefused(_ change: String) throws {
        try lock("open sesame")
        try folder.connection().execute("UPDATE secret_key SET \(change)")
        let time = try ThreadTime.of {
            let error = try failure { _ = try open("open sesame").namedSecret("a", profile: "p") }
            #expect([.storeUnavailable, .unauthorized].contains(error.code))
        }
        #expect(time < .seconds(10))
    }

    @Test func noFileHoldsIt() throws {
        try lock("open-sesame-and-so-on")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            guard let content = try? bytes("\(folder.path)/\(name)") else { continue }
            for text in ["open-sesame-and-so-on", plain] { #expect(!content.contains(Array(text.utf8)), "\(name)") }
        }
    }
}
