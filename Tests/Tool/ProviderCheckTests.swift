import AllProviders
import Glibc
import Switchboard
import SwitchboardTestKit
import Synchronization
import Testing

/// `provider check` in the sandbox, and in a profile that is live as far as the engine can tell.
@Suite struct ProviderCheckTests {
    /// The host of an account whose requests end at the emulator all the same.
    private static let host = "https://acme.livekit.cloud"
    private static let chain = "provider check livekit --ability purchase --spend"

    /// Has requests to that host go to the emulator.
    private struct Detour: HTTPTransport {
        let url: String
        let next = CurlTransport()

        func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
            var request = request
            request.url = request.url.replacing(ProviderCheckTests.host, with: url)
            return try await next.send(request)
        }
    }

    /// An engine with such a profile over the state folder of the place.
    private struct Live {
        let engine: Engine
        let sandbox: SandboxAdmin

        init(
            _ place: Place, confirms: Bool = true, observe: @escaping @Sendable (DoorStep) -> Void = { _ in }
        ) async throws {
            sandbox = try await place.sandbox()
            var host = Host(transport: Detour(url: sandbox.url))
            host.confirm = { _ in confirms }
            host.observe = observe
            engine = try Engine(plugins: AllProviders.plugins, state: place.state, host: host)
        }

        func run(_ text: String, cancel: CancelToken = CancelToken()) async -> (report: RunReport, rows: [Row]) {
            let settings = ProviderSettings(
                plain: ["url": host, "api_key": "devkey"], secrets: ["api_secret": Secret("secret")])
            let profile = Profile(name: "acme", origin: .given(["livekit": settings]))
            let shown = Mutex<[Value]>([])
            let request = Engine.Request(
                source: SourceText(name: "check", text: text), profile: profile, cancel: cancel)
            let report = await engine.run(request) { event in
                if case .show(.list(let rows)) = event { shown.withLock { $0 += rows } }
            }
            return (report, shown.withLock { $0 }.compactMap(Row.init))
        }

        /// The numbers that the ledger has.
        func held() throws -> [WorkspaceNumber] { try engine.store.numbers(profile: "acme") }
    }

    /// A row of the matrix.
    private struct Row {
        var name: String
        var result: String

        init?(_ value: Value) {
            guard case .record(let record) = value, let name = record["case"]?.plainText,
                let result = record["result"]?.plainText
            else { return nil }
            (self.name, self.result) = (name, result)
        }
    }

    @Test func aLiveAccountIsReadAndNothingElse() async throws {
        try await Place.with { place in
            let live = try await Live(place)
            let (report, rows) = await live.run("provider check livekit")
            #expect(report.exitStatus == 0, "\(rows.filter { $0.result == "failed" })")
            #expect(rows.contains { $0.name == "reads-429-after" && $0.result == "passed" })
            #expect(rows.contains { $0.name == "purchase-and-release" && $0.result == "skipped" })
            #expect(try await live.sandbox.truth().history.isEmpty)
        }
    }

    @Test func oneNumberIsBoughtByTheDoorAndGivenUp() async throws {
        try await Place.with { place in
            let steps = Mutex<[String]>([])
            let live = try await Live(place) { step in
                if case .settled(let intent) = step { steps.withLock { $0.append(intent.kind) } }
            }
            let (report, rows) = await live.run(Self.chain)
            #expect(report.exitStatus == 0)
            #expect(rows.first { $0.name == "purchase-and-release" }?.result == "passed")
            #expect(rows.allSatisfy { $0.name == "purchase-and-release" || $0.result == "skipped" })
            #expect(steps.withLock { $0 } == ["purchase", "release"])
            #expect(try await live.sandbox.truth().purchases.count == 1)
            #expect(try await live.sandbox.truth().owned.isEmpty)
            #expect(try live.held().isEmpty)
        }
    }

    @Test func nothingIsBoughtUnlessSomebodySaysSo() async throws {
        try await Place.with { place in
            let live = try await Live(place, confirms: false)
            let (report, _) = await live.run(Self.chain)
            #expect(report.error?.code == .cancelled)
            #expect(try await live.sandbox.truth().history.isEmpty)
        }
    }

    @Test func aCancelledCheckGivesItsNumberUp() async throws {
        try await Place.with { place in
            let cancel = CancelToken()
            let live = try await Live(place) { step in
                if case .settled(let intent) = step, intent.kind == "purchase" { cancel.cancel() }
            }
            let (report, _) = await live.run(Self.chain, cancel: cancel)
            #expect(report.status == .cancelled)
            #expect(try await live.sandbox.truth().purchases.count == 1)
            #expect(try await live.sandbox.truth().owned.isEmpty)
            #expect(try live.held().isEmpty)
        }
    }

    /// Whatever the check dies at, its number is in the ledger, or at nobody's.
    @Test(arguments: ["purchase", "release"], ["begins", "intentWritten", "performed", "settled"])
    func aKilledCheckLosesNothing(kind: String, step: String) async throws {
        try await Place.with { place in
            _ = try await place.sandbox()
            let victim = try await place.run(
                program: [
                    Programs.doorVictim, place.state, Programs.sandbox, step, kind,
                    "provider check livekit --ability purchase",
                ])
            #expect(victim.status == 128 + SIGKILL, "\(victim.errorText)")
            _ = try await place.remarksOfAStart()
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
            let labels = try await place.list().map(\.label)
            #expect(labels.allSatisfy { $0 == "provider check" }, "\(labels)")
            #expect(labels.count == (try await place.sandbox().truth().owned.count))
        }
    }
}
