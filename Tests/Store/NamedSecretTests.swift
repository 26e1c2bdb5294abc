import FoundationEssentials
import SwitchboardCore
import Synchronization
import Testing

@testable import SwitchboardStore

@Suite struct NamedSecretTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func theyComeBackWithTheirTimesInOrderOfName() throws {
        let clock = Mutex(start)
        let store = try SQLiteStore.open(directory: folder.path, now: { clock.withLock { $0 } })
        for name in ["b", "a", "c"] {
            let made = try store.setNamedSecret(name, to: Secret("first \(name)"), profile: "sandbox")
            #expect(made == NamedSecret(name: name, createdAt: start, updatedAt: start))
        }
        let later = start.addingTimeInterval(60)
        clock.withLock { $0 = later }
        let changed = try store.setNamedSecret("a", to: Secret("second a"), profile: "sandbox")
        #expect(changed == NamedSecret(name: "a", createdAt: start, updatedAt: later))
        try store.removeNamedSecret("c", profile: "sandbox")
        try store.removeNamedSecret("c", profile: "sandbox")
        store.close()

        let again = try folder.open()
        #expect(try again.namedSecrets(profile: "sandbox").map(\.name) == ["a", "b"])
        #expect(try again.namedSecrets(profile: "sandbox").first == changed)
        #expect(try again.namedSecret("a", profile: "sandbox")?.reveal() == "second a")
        #expect(try again.namedSecret("b", profile: "sandbox")?.reveal() == "first b")
        #expect(try again.namedSecret("c", profile: "sandbox") == nil)
        #expect(try again.namedSecrets(profile: "live").isEmpty)
        #expect(try again.namedSecret("a", profile: "live") == nil)
    }

    @Test func aNameIsNoSettingAndASettingNoName() throws {
        let store = try folder.open()
        let key = SecretKey(provider: "livekit", setting: "api_secret")
        try store.save(ProfileRecord(name: "live", createdAt: start), secrets: [key: Secret("of the setting")])
        for name in ["api_secret", "livekit"] {
            #expect(try store.namedSecret(name, profile: "live") == nil)
            _ = try store.setNamedSecret(name, to: Secret("of the name"), profile: "live")
        }
        #expect(try store.secret(key, profile: "live")?.reveal() == "of the setting")
    }

    @Test func aMovedBoxOrALostKeyIsToldByTheName() throws {
        let store = try folder.open()
        for name in ["a", "b"] { _ = try store.setNamedSecret(name, to: Secret("of \(name)"), profile: "p") }
        try store.begin(intent("intent_1", "x", profile: "p"), caps: Caps(), keeping: ["pin": Secret("of the intent")])
        try folder.connection().execute(
            """
            UPDATE named_secrets SET box = (SELECT box FROM named_secrets WHERE name = 'b') WHERE name = 'a';
            UPDATE kept_secrets SET box = (SELECT box FROM named_secrets WHERE name = 'b')
            """)
        let moved = try failure { _ = try store.namedSecret("a", profile: "p") }
        #expect(moved.message == "the secret 'a' in the profile 'p' cannot be read from \(folder.path)")
        #expect(moved.help?.hasSuffix("or give it again with `secret set a`") == true)
        let kept = try failure { _ = try store.keptSecret("pin", intent: "intent_1") }
        #expect(kept.message == "the secret that was kept for intent_1 cannot be read from \(folder.path)")
        #expect(try store.namedSecret("b", profile: "p")?.reveal() == "of b")
        _ = try store.setNamedSecret("a", to: Secret("again"), profile: "p")
        #expect(try store.namedSecret("a", profile: "p")?.reveal() == "again")
    }

    @Test func whatAnIntentIsBegunWithIsThereUntilItIsSettled() throws {
        let store = try folder.open()
        let secrets = ["password": Secret("one"), "pin": Secret("two")]
        try store.begin(intent("intent_1", "a"), caps: Caps(), keeping: secrets)
        try store.begin(intent("intent_2", "b"), caps: Caps(), keeping: ["pin": Secret("three")])
        #expect(throws: SwitchboardError.self) {
            try store.begin(intent("intent_3", "a"), caps: Caps(), keeping: ["pin": Secret("four")])
        }
        #expect(throws: SwitchboardError.self) {
            try store.settle("intent_1", .done([]), changes: [.putAgent(agent("1", "x")), .putAgent(agent("2", "x"))])
        }
        store.close()

        let next = try folder.open()
        #expect(try next.adoptAbandonedIntents().map(\.id) == ["intent_1", "intent_2"])
        #expect(try next.keptSecret("password", intent: "intent_1")?.reveal() == "one")
        #expect(try next.keptSecret("pin", intent: "intent_1")?.reveal() == "two")
        #expect(try next.keptSecret("pin", intent: "intent_3") == nil)
        try next.settle("intent_1", .failed(SwitchboardError(.cancelled, "no")), changes: [])
        #expect(try next.keptSecret("pin", intent: "intent_1") == nil)
        #expect(try next.keptSecret("pin", intent: "intent_2")?.reveal() == "three")
        try next.settle("intent_2", .done([]), changes: [])
        #expect(try folder.connection().integer("SELECT count(*) FROM kept_secrets") == 0)
    }

    @Test func whatAnOlderStoreHasKeptForAnIntentGoesWithItsOutcome() throws {
        let old = try folder.open()
        try old.begin(intent("intent_1", "a"), caps: Caps(), keeping: ["pin": Secret("one")])
        old.close()
        try folder.takeBack(to: 8)
        let store = try folder.open()
        #expect(try store.keptSecret("pin", intent: "intent_1")?.reveal() == "one")
        try store.settle("intent_1", .done([]), changes: [])
        #expect(try folder.connection().integer("SELECT count(*) FROM kept_secrets") == 0)
    }

    @Test func aStoreOfTheFirstVersionGetsTheirTablesAndKeepsTheRest() throws {
        let old = try folder.open()
        let key = SecretKey(provider: "livekit", setting: "api_secret")
        try old.save(ProfileRecord(name: "live", createdAt: start), secrets: [key: Secret("kept")])
        old.close()
        try folder.takeBack(to: 1)

        let path = folder.path
        onThreads(4) { thread in
            guard let store = try? SQLiteStore.open(directory: path) else { return }
            _ = try? store.setNamedSecret("of-\(thread)", to: Secret("x"), profile: "p")
        }
        let store = try folder.open()
        #expect(try store.namedSecrets(profile: "p").map(\.name) == (0..<4).map { "of-\($0)" })
        #expect(try store.secret(key, profile: "live")?.reveal() == "kept")
        store.close()
        try folder.connection().execute("DROP TABLE named_secrets")
        #expect(try failure { _ = try folder.open() }.cause == "tables are missing")
    }
}
