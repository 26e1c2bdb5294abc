import FoundationEssentials
import Glibc
import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Synchronization

/// A workspace over a real store in a folder of its own, with a vendor in memory and a clock that jumps over waits.
final class Workspace: Sendable {
    let folder: String
    let clock: ManualClock
    let carrier: FakeCarrier
    let store: any Store
    let engine: Engine
    private let ownsFolder: Bool

    /// Opens the store of the folder; a second workspace over one folder is a second process to the store.
    init(
        folder: String? = nil, clock: ManualClock = ManualClock(skipsWaits: true), carrier: FakeCarrier? = nil,
        transport: (any HTTPTransport)? = nil, plugins: [Plugin] = [], wrap: (any Store) -> any Store = { $0 },
        confirm: (@Sendable (String) -> Bool)? = { _ in true }, files: ScriptFiles = ScriptFiles(),
        observe: @escaping @Sendable (DoorStep) -> Void = { _ in }
    ) throws {
        let carrier = carrier ?? FakeCarrier(time: clock.time)
        self.folder = try folder ?? Self.newFolder()
        ownsFolder = folder == nil
        self.clock = clock
        self.carrier = carrier
        store = wrap(try SQLiteStore.open(directory: self.folder + "/state", now: { clock.now }))
        let fake = Plugin(provider: FakeProvider.self)
        let registry = try Registry(plugins: [fake] + plugins, commands: BuiltIns.commands)
        let listeners = registry.providerNames.map {
            #"{"provider":"\#($0)","url":"http://127.0.0.1:1","settings":{},"secrets":{}}"#
        }
        let endpoint = try decode(
            SandboxEndpoint.self, #"{"pid":1,"listeners":[\#(listeners.joined(separator: ","))]}"#)
        var host = Host(
            transport: transport ?? carrier, time: clock.time, sandbox: { endpoint }, confirm: confirm, observe: observe
        )
        host.files = files
        engine = Engine(registry: registry, store: store, host: host)
    }

    deinit {
        if ownsFolder { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static func newFolder() throws -> String {
        let folder = "/tmp/switchboard-engine-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Runs a script on a thread of its own, as hosts do.
    func run(
        _ text: String, parameters: ScriptArguments = [:], caps: Caps = Caps(), limits: Limits = Limits(),
        cancel: CancelToken = CancelToken(), names: [Engine.Binding] = [], definitions: [String] = [],
        origin: Profile.Origin = .sandbox
    ) async -> Outcome {
        let log = EventLog()
        let profile = Profile(name: Profile.sandboxName, origin: origin, limits: caps.given)
        let request = Engine.Request(
            source: SourceText(name: "t.swb", text: text), profile: profile, parameters: parameters, names: names,
            definitions: definitions, limits: limits, cancel: cancel)
        let engine = engine
        let report = await onThread { engine.run(request) { log.add($0) } }
        return Outcome(report: report, events: log.events)
    }

    /// Runs a script on this thread.
    func blockingRun(_ text: String) -> RunReport {
        engine.run(
            Engine.Request(text: text, named: "t.swb", profile: Profile(name: Profile.sandboxName, origin: .sandbox))
        ) { _ in }
    }

    /// Writes a file beside the store and returns its path.
    func file(_ name: String, _ content: String) throws -> String { try file(name, Array(content.utf8)) }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// Puts numbers up for sale: +1 415 555 01nn of these nn.
    func offer(_ lastDigits: ClosedRange<Int>) {
        carrier.offer(lastDigits.map { available($0) })
    }

    var numbers: [String] { (try? store.numbers(profile: Profile.sandboxName).map(\.e164.text)) ?? ["unreadable"] }

    func number(_ e164: E164) throws -> WorkspaceNumber? { try store.number(e164, profile: Profile.sandboxName) }

    /// How the intents of all runs stand: `purchase done`, `purchase open` and so on, in order.
    var journal: [String] {
        get throws {
            let runs = try store.runs(limit: 1000).reversed()
            return try runs.flatMap { try store.intents(run: $0.id) }.map { intent, outcome in
                switch outcome {
                case nil: "\(intent.kind) open"
                case .done?: "\(intent.kind) done"
                case .failed?: "\(intent.kind) failed"
                }
            }
        }
    }
}

extension Caps {
    /// What differs from the usual ones, as a host gives it.
    var given: [Limit: LimitValue] {
        Limit.allCases.reduce(into: [:]) { if self[$1] != Caps()[$1] { $0[$1] = self[$1] } }
    }
}

/// What a run led to.
struct Outcome: Sendable {
    var report: RunReport
    var events: [RunEvent]

    var status: Int32 { report.exitStatus }
    var error: SwitchboardError? { report.error }
    /// What is printed, tables in literal form.
    var printed: [String] {
        events.compactMap { event in
            switch event {
            case .print(let line): line
            case .printTable(let table): table.literalText
            default: nil
            }
        }
    }
    var notes: [String] { events.compactMap { if case .note(let line) = $0 { line } else { nil } } }
    var shown: [Value] { events.compactMap { if case .show(let value) = $0 { value } else { nil } } }
    /// The faults as `code: message`.
    var faults: [String] { report.diagnostics.map { "\($0.code): \($0.message)" } }
}

final class EventLog: Sendable {
    private let state = Mutex<[RunEvent]>([])
    func add(_ event: RunEvent) { state.withLock { $0.append(event) } }
    var events: [RunEvent] { state.withLock { $0 } }
}

/// A number of the fictional exchange.
func e164(_ lastDigits: Int) -> E164 {
    guard let number = E164("+141555501" + (lastDigits < 10 ? "0" : "") + String(lastDigits)) else {
        preconditionFailure("00 to 99 make a number")
    }
    return number
}

func available(_ lastDigits: Int, provider: String = "fake") -> AvailableNumber {
    AvailableNumber(
        provider: provider, e164: e164(lastDigits), countryCode: "US", areaCode: "415", numberType: .local,
        locality: "SAN FRANCISCO", region: "CA", capabilities: ["voice"], monthlyCost: Money("1.00USD"))
}

/// Runs a blocking body on a thread, as the evaluator has to be.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        BlockingThread.start { continuation.resume(returning: body()) }
    }
}

private final class BlockingThread: Sendable {
    private let body: @Sendable () -> Void

    private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(BlockingThread(body)).toOpaque()
        let status = pthread_create(&thread, nil, entry, context)
        precondition(status == 0, "the system gives out threads")
        pthread_detach(thread)
    }

    private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        Unmanaged<BlockingThread>.fromOpaque(context).takeRetainedValue().body()
        return nil
    }
}

/// Waits until a condition holds; gives up after five seconds.
func eventually(_ condition: @Sendable () -> Bool) async -> Bool {
    for _ in 0..<5000 {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(1))
    }
    return condition()
}

func decode<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
}
