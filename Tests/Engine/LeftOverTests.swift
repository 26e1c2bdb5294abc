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
        let report = await place.run(try place.engine(ScriptedTransport([])), "list") { event in
            if case .note(let text) = event { notes.withLock { $0.append(text) } }
        }
        #expect(report.status == .succeeded)
        #expect(notes.withLock { $0.contains { $0.contains("still unknown: \(kind) of counter +14155550100") } })
        #expect(try place.store.openIntents().count == 1)
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
    let folder = FileManager.default.temporaryDirectory.appending(path: "place-\(UUID())").path()
    let store: SQLiteStore

    init() throws { store = try SQLiteStore.open(directory: folder) }

    func engine(_ transport: ScriptedTransport) throws -> Engine {
        let clock = ManualClock(skipsWaits: true)
        return Engine(
            registry: try Registry(plugins: [Plugin(provider: CounterProvider.self)], commands: BuiltIns.commands),
            store: store, host: Host(transport: transport, time: clock.time, sandbox: { throw CancellationError() }))
    }

    func run(
        _ engine: Engine, _ text: String, _ events: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async -> RunReport {
        let profile = Profile(name: "env", origin: .environment([:]))
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

/// A provider that nobody reaches.
private struct CounterProvider: NumberProvider {
    static let manifest = ProviderManifest(
        name: "counter", displayName: "Counter", summary: "sells", settings: [], capabilities: [:], idKinds: [],
        countries: ["US"], limits: RequestLimits(), idempotency: .none, settleTime: .seconds(30))

    init(context: ProviderContext) {}

    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }
    func lookUp(_ number: E164) async throws -> OwnedNumber? { nil }
}
