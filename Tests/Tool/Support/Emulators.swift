import AllEmulators
import AllProviders
import FoundationEssentials
import Switchboard
import SwitchboardSandbox
import SwitchboardTestKit
import Synchronization

/// All emulators in this process, each on a port of its own, with one workspace and a clock that jumps over waits.
final class Emulators: Sendable {
    let store: any Store
    private let clock = ManualClock(skipsWaits: true)
    private let running: [String: (emulator: any Emulator, listener: SandboxListener)]
    private let endpoint: SandboxEndpoint

    init() throws {
        let clock = clock
        let time = clock.time
        store = MemoryStore(now: time.now)
        var running: [String: (emulator: any Emulator, listener: SandboxListener)] = [:]
        var listeners: [JSON] = []
        for type in AllEmulators.list {
            let context = try EmulatorContext(
                emulator: type.name,
                now: { SandboxTime(microseconds: Int64(clock.now.timeIntervalSince1970 * 1_000_000)) })
            let emulator = try type.init(context: context)
            let listener = try SandboxListener(emulator: emulator, context: context)
            running[type.name] = (emulator, listener)
            let connection = emulator.connection(url: listener.url)
            listeners.append([
                "provider": .string(type.name), "url": .string(listener.url),
                "settings": .object(connection.plain.map { .init($0.key, .string($0.value)) }),
                "secrets": .object(connection.secrets.map { .init($0.key, .string($0.value)) }),
            ])
        }
        self.running = running
        let json: JSON = ["pid": 1, "listeners": .array(listeners)]
        endpoint = try JSONDecoder().decode(SandboxEndpoint.self, from: Data(json.bytes()))
    }

    /// Stops them.
    func stop() async { for (_, listener) in running.values { await listener.stop() } }

    /// What one of them holds to be true.
    func state(of provider: String) -> JSON { running[provider]?.emulator.state() ?? .null }

    func seed(_ provider: String, _ things: JSON) throws { _ = try running[provider]?.emulator.seed(things) }

    /// What a run led to.
    struct Outcome: Sendable {
        var report: RunReport
        var notes: [String]
        var printed: [String]
        var shown: [Value]
    }

    /// Runs a script in a program that has just been started; requests go through the strike.
    func run(
        _ script: String, _ strike: Strike = Strike(), cancel: CancelToken = CancelToken()
    ) async throws -> Outcome {
        let endpoint = endpoint
        let registry = try Registry(plugins: AllProviders.plugins, commands: Switchboard.commands)
        let host = Host(transport: strike, time: clock.time, sandbox: { endpoint })
        let engine = Engine(registry: registry, store: store, host: host)
        let events = Mutex<[RunEvent]>([])
        let request = Engine.Request(
            source: SourceText(name: "t.swb", text: script), profile: try engine.profile(Profile.sandboxName),
            cancel: cancel)
        let report = await engine.run(request) { event in events.withLock { $0.append(event) } }
        let all = events.withLock { $0 }
        return Outcome(
            report: report, notes: all.compactMap { if case .note(let line) = $0 { line } else { nil } },
            printed: all.compactMap { if case .print(let line) = $0 { line } else { nil } },
            shown: all.compactMap { if case .show(let value) = $0 { value } else { nil } })
    }
}

/// A network in which one request goes wrong, by its turn.
final class Strike: HTTPTransport {
    /// What becomes of it.
    enum Kind: String, CaseIterable, Sendable {
        /// It never leaves.
        case notSent
        /// The answer is lost, in front of the effect or behind it.
        case lostBefore, lostAfter
        /// A server error, in front of the effect or behind it.
        case failedBefore, failedAfter
        /// The credentials are refused.
        case refused
        /// It takes effect, and the answer makes no sense.
        case garbage
    }

    private let kind: Kind?
    private let turn: Int
    /// Whether every later request of the same server goes wrong too.
    private let isLasting: Bool
    private let seen = Mutex<(count: Int, server: String?)>((0, nil))
    private let network = CurlTransport()
    /// What is done before a request of this turn is sent.
    private let stop: (turn: Int, do: @Sendable () -> Void)?

    init(
        _ kind: Kind? = nil, turn: Int = 0, isLasting: Bool = false,
        before stop: (turn: Int, do: @Sendable () -> Void)? = nil
    ) {
        (self.kind, self.turn, self.isLasting, self.stop) = (kind, turn, isLasting, stop)
    }

    /// How many requests there were.
    var count: Int { seen.withLock(\.count) }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        guard strikes(request), let kind else { return try await network.send(request) }
        switch kind {
        case .notSent: throw TransportFailure(.notSent, "not sent")
        case .lostBefore: throw TransportFailure(.maybeSent, "lost")
        case .failedBefore: return HTTPAnswer(status: 500, body: Array("{}".utf8))
        case .refused: return HTTPAnswer(status: 401, body: Array(#"{"code":20003,"status":401}"#.utf8))
        case .lostAfter, .failedAfter, .garbage:
            _ = try await network.send(request)
            if kind == .lostAfter { throw TransportFailure(.maybeSent, "lost") }
            return HTTPAnswer(status: kind == .garbage ? 200 : 500, body: Array("<html>".utf8))
        }
    }

    private func strikes(_ request: HTTPRequest) -> Bool {
        let server = String(request.url.split(separator: "/").dropFirst().first ?? "")
        return seen.withLock { seen in
            seen.count += 1
            if let stop, seen.count == stop.turn { stop.do() }
            if seen.count == turn { seen.server = server }
            return seen.count == turn || isLasting && seen.server == server
        }
    }
}
