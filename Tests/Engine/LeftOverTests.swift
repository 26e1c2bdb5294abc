import FoundationEssentials
import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Synchronization
import Testing

/// What other profiles and other versions of the program leave behind in the journal.
@Suite struct LeftOverTests {
    /// An intent of a provider or command that this program lacks is spoken of, and stops nothing.
    @Test(arguments: [("teleport", "{}"), ("purchase", "not json")])
    func anIntentThatCannotBeReadIsReported(kind: String, arguments: String) async throws {
        let place = try Place()
        try place.leave(
            Intent(
                id: "intent_1", run: "run_1", session: "", profile: "env", kind: kind, subject: "counter +14155550100",
                arguments: Array(arguments.utf8), startedAt: Date()))
        let notes = Mutex<[String]>([])
        let report = await place.run(
            try place.engine(ScriptedTransport([])), "list",
            events: { event in
                if case .note(let text) = event { notes.withLock { $0.append(text) } }
            })
        #expect(report.status == .succeeded)
        #expect(notes.withLock { $0.contains { $0.contains("still unknown: \(kind) of counter +14155550100") } })
        #expect(try place.store.openIntents().count == 1)
        #expect(report.exitStatus == 6)
        let failed = await place.run(try place.engine(ScriptedTransport([])), "list; fail 'no'")
        #expect(failed.status == .failed && failed.exitStatus == 6)
    }

    /// The other account does not hold the number, which says nothing about the one that was asked to sell it.
    @Test func anotherAccountBehindTheProfileSettlesNothing() async throws {
        let place = try Place()
        let engine = try place.engine(ScriptedTransport([]))
        func live(_ url: String) -> Profile {
            Profile(name: "env", origin: .environment(["COUNTER_URL": url]))
        }
        let statement = "purchase +14155550100 --provider counter"
        let bought = await place.run(engine, statement, live("https://one.example"))
        #expect(bought.exitStatus == 6)
        place.store.close()

        let later = try place.reopened().engine(ScriptedTransport([]))
        _ = await place.run(later, "list", live("https://two.example"))
        #expect(try later.store.openIntents().count == 1)
        _ = await place.run(later, "list", live("https://one.example"))
        #expect(try later.store.openIntents().isEmpty)
    }

    /// A prompt of one profile that stays open leaves another profile's interrupted purchase to that profile.
    @Test func anotherProfilesIntentStaysFree() async throws {
        let place = try Place()
        try place.leave(
            Intent(
                id: "intent_1", run: "run_1", session: "", profile: "live", kind: "purchase",
                subject: "counter +14155550100", arguments: [], startedAt: Date()))
        _ = await place.run(try place.engine(ScriptedTransport([])), "list")
        let other = try SQLiteStore.open(directory: place.folder)
        #expect(try other.adoptAbandonedIntents(profile: "live").map(\.id) == ["intent_1"])
    }
}

private struct Place {
    let folder: String
    let store: SQLiteStore

    init(folder: String = FileManager.default.temporaryDirectory.appending(path: "place-\(UUID())").path()) throws {
        self.folder = folder
        store = try SQLiteStore.open(directory: folder)
    }

    /// The same folder, opened by the next process.
    func reopened() throws -> Place { try Place(folder: folder) }

    func engine(_ transport: ScriptedTransport) throws -> Engine {
        let clock = ManualClock(skipsWaits: true)
        return Engine(
            registry: try Registry(plugins: [Plugin(provider: CounterProvider.self)], commands: BuiltIns.commands),
            store: store, host: Host(transport: transport, time: clock.time, sandbox: { throw CancellationError() }))
    }

    func run(
        _ engine: Engine, _ text: String, _ profile: Profile = Profile(name: "env", origin: .environment([:])),
        events: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async -> RunReport {
        let request = Engine.Request(source: SourceText(name: "-c", text: text), profile: profile)
        return await onOwnThread { engine.run(request, events: events) }
    }

    /// Leaves an intent behind as a process that died does.
    func leave(_ intent: Intent) throws {
        let other = try SQLiteStore.open(directory: folder)
        try other.begin(intent, caps: Caps())
        other.close()
    }
}

/// A provider whose first account loses the answer to a purchase and is not reached again until the next process asks.
private struct CounterProvider: NumberPurchasing {
    static let manifest = ProviderManifest(
        name: "counter", displayName: "Counter", summary: "sells",
        settings: [
            ProviderSetting("url", help: "where", isRequired: false, isAccount: true, environment: "COUNTER_URL")
        ],
        capabilities: [.purchase: .yes("one"), .release: .yes("one")], idKinds: [], countries: ["US"],
        limits: RequestLimits(), idempotency: .none, settleTime: .seconds(30))

    private static let lookUps = Mutex<[String: Int]>([:])
    let context: ProviderContext

    init(context: ProviderContext) { self.context = context }

    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }

    /// Nil before the purchase, then no answer, then nil again.
    func lookUp(_ number: E164) async throws -> OwnedNumber? {
        let url = context.settings["url"] ?? ""
        let count = Self.lookUps.withLock { counts in
            counts[url, default: 0] += 1
            return counts[url] ?? 0
        }
        if count == 2 { throw SwitchboardError(.unreachable, "no answer") }
        return nil
    }

    func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        throw SwitchboardError(.unreachable, "no answer", mayHaveHappened: true, attempts: 1)
    }

    func release(_ number: OwnedNumber, key: String) async throws {}
}
