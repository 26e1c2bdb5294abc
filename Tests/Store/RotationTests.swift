import FoundationEssentials
import Glibc
import SwitchboardCore
import Testing

@testable import SwitchboardStore

/// A new key for all secrets: all or none, whatever ends the process meanwhile.
@Suite struct RotationTests {
    /// What the key is made of, as a value that a child process can be given.
    enum Kind: String, CaseIterable, Codable, Sendable {
        case keyFile, passphrase

        func source(_ passphrase: String) -> KeySource {
            self == .keyFile ? .keyFile : .passphrase(Secret(passphrase))
        }
    }

    static let pairs = Kind.allCases.flatMap { old in Kind.allCases.map { (old, $0) } }
    static let key = SecretKey(provider: "livekit", setting: "api_secret")

    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A store with one secret of each sort, of two profiles, whose key is of this kind.
    func fill(_ kind: Kind) throws {
        let store = try folder.open()
        try store.save(ProfileRecord(name: "live", createdAt: start), secrets: [Self.key: Secret("of the setting")])
        for profile in ["live", "sandbox"] {
            _ = try store.setNamedSecret("a", to: Secret("of \(profile)"), profile: profile)
        }
        try store.begin(intent("intent_1", "x"), caps: Caps(), keeping: ["pin": Secret("of the intent")])
        #expect(try store.rotateKey(to: kind.source("old")) == 4)
        store.close()
    }

    func open(_ passphrase: String) throws -> SQLiteStore { try Self.open(folder.path, passphrase) }

    static func open(_ path: String, _ passphrase: String) throws -> SQLiteStore {
        try SQLiteStore.open(directory: path, passphrase: { Secret(passphrase) })
    }

    func expectAllReadable(_ store: SQLiteStore) throws {
        #expect(try store.secret(Self.key, profile: "live")?.reveal() == "of the setting")
        #expect(try store.namedSecret("a", profile: "live")?.reveal() == "of live")
        #expect(try store.namedSecret("a", profile: "sandbox")?.reveal() == "of sandbox")
        #expect(try store.keptSecret("pin", intent: "intent_1")?.reveal() == "of the intent")
    }

    var keyFiles: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("key") }.sorted()
        }
    }

    @Test(arguments: pairs) func everySecretHasTheNewKeyAndTheOldOneIsGone(_ old: Kind, _ new: Kind) throws {
        try fill(old)
        let before = try keyFiles
        let saved = try before.map { try bytes("\(folder.path)/\($0)") }
        #expect(before.count == (old == .keyFile ? 1 : 0))
        #expect(try open("old").rotateKey(to: new.source("new")) == 4)
        try expectAllReadable(open("new"))
        #expect(try keyFiles.count == (new == .keyFile ? 1 : 0))
        for name in try keyFiles { #expect(!before.contains(name) && mode("\(folder.path)/\(name)") == 0o600) }
        for content in saved {
            for name in try keyFiles { #expect(try bytes("\(folder.path)/\(name)") != content) }
        }
        if new == .passphrase { #expect(throws: SwitchboardError.self) { try open("old").unlock() } }
        #expect(try folder.integrity() == "ok")
    }

    /// At each step, in each direction: the next start reads everything, with one of the two keys, and can rotate.
    @Test(arguments: pairs, RotationStep.allCases.indices)
    func aProcessThatDiesLeavesAllReadable(_ kinds: (Kind, Kind), _ step: Int) async throws {
        let (old, new) = kinds
        try fill(old)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = folder.path as String, new = new as Kind, step = step as Int] in
            let store = try Self.open(path, "old")
            _ = try store.rotateKey(to: new.source("new")) {
                if $0 == RotationStep.allCases[step] { kill(getpid(), SIGKILL) }
            }
        }
        let isCommitted = step >= 2
        let passphrase = isCommitted ? "new" : "old"
        try expectAllReadable(open(passphrase))
        #expect(try open(passphrase).rotateKey(to: .keyFile) == 4)
        try expectAllReadable(open("neither"))
        #expect(try keyFiles.count == 1)
    }

    @Test func oneThatCannotBeReadIsNamedAndNothingChanges() throws {
        try fill(.keyFile)
        let files = try keyFiles
        let connection = try folder.connection()
        let box = try #require(
            connection.query("SELECT box FROM named_secrets WHERE profile = 'live'") { $0.bytes(0) }.first)
        try connection.run("UPDATE named_secrets SET box = x'00' WHERE profile = 'live'")
        let store = try open("")
        for kind in Kind.allCases {
            let error = try failure { _ = try store.rotateKey(to: kind.source("new")) }
            #expect(error.message == "the secret 'a' in the profile 'live' cannot be read from \(folder.path)")
            #expect(error.help?.contains("or give it again with `secret set a`") == true)
        }
        try connection.run("UPDATE named_secrets SET box = ? WHERE profile = 'live'", .blob(box))
        try expectAllReadable(store)
        #expect(try Set(files).isSubset(of: keyFiles))
        #expect(try store.rotateKey(to: .keyFile) == 4)
        #expect(try keyFiles.count == 1)
    }

    @Test func aCopyOfAUsersStaysAndADraftGoes() throws {
        try fill(.keyFile)
        let draft = "key-0123456789abcdef.new-7-7"
        for name in ["key-old", "key.bak", "keys", "key-0123456789ABCDEF", draft, "key.new-1-1"] {
            try touch("\(folder.path)/\(name)")
        }
        #expect(try open("").rotateKey(to: .keyFile) == 4)
        #expect(try keyFiles.filter(KeyForm.isFile).count == 1)
        #expect(
            try keyFiles.filter { !KeyForm.isFile($0) } == ["key-0123456789ABCDEF", "key-old", "key.bak", "keys"])
    }

    @Test func aLostKeyMattersOnlyWhereThereIsASecret() throws {
        let store = try folder.open()
        #expect(try store.rotateKey(to: .passphrase(Secret("first"))) == 0)
        _ = try store.setNamedSecret("a", to: Secret("x"), profile: "p")
        #expect(try store.rotateKey(to: .keyFile) == 1)
        for name in try keyFiles { unlink("\(folder.path)/\(name)") }
        let error = try failure { _ = try store.rotateKey(to: .keyFile) }
        #expect(error.cause?.contains("No such file") == true)
        try store.removeNamedSecret("a", profile: "p")
        #expect(try store.rotateKey(to: .keyFile) == 0)
    }

    @Test func anotherProcessThatHasTheStoreOpenGoesOn() throws {
        try fill(.keyFile)
        let other = try open("new")
        try expectAllReadable(other)
        for kind in [Kind.passphrase, .keyFile, .passphrase] {
            _ = try open("new").rotateKey(to: kind.source("new"))
            try expectAllReadable(other)
            _ = try other.setNamedSecret("a", to: Secret("of live"), profile: "live")
            try expectAllReadable(open("new"))
        }
        let outdated = try open("new")
        try outdated.unlock()
        _ = try open("new").rotateKey(to: .passphrase(Secret("newer")))
        #expect(try failure { _ = try outdated.namedSecret("a", profile: "live") }.code == .unauthorized)
        #expect(throws: SwitchboardError.self) { try outdated.setNamedSecret("a", to: Secret("x"), profile: "live") }
        try expectAllReadable(open("newer"))
    }

    @Test func manyThatRotateAndStoreAtOnceLeaveOneKeyForAll() throws {
        try fill(.keyFile)
        let path = folder.path
        onThreads(6) { thread in
            guard let store = try? Self.open(path, "") else { return }
            for round in 0..<10 {
                do {
                    if thread < 2 {
                        _ = try store.rotateKey(to: .keyFile)
                    } else {
                        _ = try store.setNamedSecret("\(thread)-\(round)", to: Secret("\(round)"), profile: "p")
                        #expect(try store.namedSecret("\(thread)-\(round)", profile: "p")?.reveal() == "\(round)")
                    }
                } catch { Issue.record("\(thread) in round \(round): \(error)") }
            }
        }
        let store = try open("")
        try expectAllReadable(store)
        for thread in 2..<6 {
            for round in 0..<10 {
                #expect(try store.namedSecret("\(thread)-\(round)", profile: "p")?.reveal() == "\(round)")
            }
        }
        #expect(try keyFiles.count == 1)
    }
}
