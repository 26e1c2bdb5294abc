import FoundationEssentials
import Glibc
import SwitchboardCore
import Testing

@testable import SwitchboardStore

@Suite struct SecretTests {
    let folder: TemporaryFolder
    let store: SQLiteStore
    let key = SecretKey(provider: "livekit", setting: "api_secret")
    let other = SecretKey(provider: "twilio", setting: "auth_token")
    let plain = "correct-horse-battery-staple-Zürich"

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.open()
    }

    func profile(_ name: String = "live", url: String = "https://example.com") -> ProfileRecord {
        ProfileRecord(name: name, settings: ["livekit": ["url": url]], createdAt: start)
    }

    @Test func profilesAndSecretsComeBack() throws {
        try store.save(profile("b"), secrets: [key: Secret(plain), other: Secret("")])
        try store.save(profile("a"), secrets: [:])
        try store.save(profile("b", url: "https://new.example.com"), secrets: [:])
        store.close()
        let again = try folder.open()
        #expect(try again.profiles() == [profile("a"), profile("b", url: "https://new.example.com")])
        #expect(try again.secret(key, profile: "b")?.reveal() == plain)
        #expect(try again.secret(other, profile: "b")?.reveal() == "")
        #expect(try again.secret(key, profile: "a") == nil)
        #expect(try again.secret(key, profile: "none") == nil)
    }

    @Test func removingAProfileRemovesItsSecretsAndNotItsLedger() throws {
        try store.save(profile(), secrets: [key: Secret(plain)])
        _ = try store.setNamedSecret("trunk", to: Secret(plain), profile: "live")
        try store.apply([.putNumber(number(1))], profile: "live")
        try store.removeProfile("live")
        try store.removeProfile("live")
        try store.save(profile(), secrets: [:])
        #expect(try store.secret(key, profile: "live") == nil)
        #expect(try store.namedSecret("trunk", profile: "live") == nil)
        #expect(try store.numbers(profile: "live").count == 1)
    }

    @Test func noFileHoldsTheSecret() throws {
        for (index, text) in [plain, "another-\(plain)"].enumerated() {
            try store.save(profile(), secrets: [key: Secret(text)])
            _ = try store.setNamedSecret("trunk", to: Secret(text), profile: "sandbox")
            try store.begin(intent("intent_\(index)", "\(index)"), caps: Caps(), keeping: ["pin": Secret(text)])
        }
        try expectNowhere(plain)
        try store.removeNamedSecret("trunk", profile: "sandbox")
        try store.settle("intent_0", .done([]), changes: [])
        try expectNowhere(plain)
        store.close()
        try expectNowhere(plain)
    }

    func expectNowhere(_ text: String) throws {
        var files = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            guard let content = try? bytes("\(folder.path)/\(name)") else { continue }
            files += content.isEmpty ? 0 : 1
            #expect(!content.contains(Array(text.utf8)), "\(name)")
        }
        #expect(files >= 2)
    }

    @Test func aChangedOrMovedBoxIsRefusedByName() throws {
        try store.save(profile("a"), secrets: [key: Secret(plain), other: Secret("x")])
        try store.save(profile("b"), secrets: [key: Secret("of b")])
        try folder.connection().execute(
            """
            UPDATE secrets SET box = (SELECT box FROM secrets WHERE profile = 'a' AND provider = 'livekit')
                WHERE profile = 'b';
            UPDATE secrets SET box = x'00' WHERE provider = 'twilio'
            """)
        let moved = try failure { _ = try store.secret(key, profile: "b") }
        #expect(
            moved.message == "the secret api_secret of livekit in the profile 'b' cannot be read from \(folder.path)")
        #expect(moved.code == .storeUnavailable && moved.cause == "it was changed, or sealed with another key")
        #expect(try failure { _ = try store.secret(other, profile: "a") }.message.contains("auth_token of twilio"))
        #expect(try store.secret(key, profile: "a")?.reveal() == plain)
    }

    @Test func aLostKeyIsToldByTheSettingAndTheSecretCanBeGivenAgain() throws {
        try store.save(profile(), secrets: [key: Secret(plain), other: Secret("x")])
        unlink(folder.path + "/key")
        let error = try failure { _ = try store.secret(key, profile: "live") }
        #expect(error.message.hasPrefix("the secret api_secret of livekit in the profile 'live' cannot be read"))
        #expect(error.cause == "cannot open \(folder.path)/key: No such file or directory")
        #expect(!"\(error)\(error.help ?? "")\(error.cause ?? "")".contains(plain))
        try store.save(profile(), secrets: [key: Secret("new")])
        #expect(try store.secret(key, profile: "live")?.reveal() == "new")
        #expect(try failure { _ = try store.secret(other, profile: "live") }.cause?.contains("another key") == true)
    }

    @Test func aDamagedKeyIsNotReplaced() throws {
        try append("short", to: folder.path + "/key")
        #expect(try failure { try store.save(profile(), secrets: [key: Secret("x")]) }.code == .storeUnavailable)
        #expect(try bytes(folder.path + "/key") == Array("short".utf8))
        #expect(try store.profiles().isEmpty)
    }

    @Test func manyThatMakeTheKeyAgreeOnOne() throws {
        let path = folder.path
        onThreads(8) { thread in
            for round in 0..<20 {
                let place = "\(path)/race-\(round)"
                mkdir(place, 0o700)
                guard let key = try? MasterKey.readOrMake(in: place) else { continue }
                try? append("\(key.bytes)\n", to: place + "/seen-\(thread)")
            }
        }
        for round in 0..<20 {
            let seen = try (0..<8).flatMap { try lines("\(path)/race-\(round)/seen-\($0)") }
            #expect(seen.count == 8 && Set(seen).count == 1)
            #expect(mode("\(path)/race-\(round)/key") == 0o600)
        }
    }
}
