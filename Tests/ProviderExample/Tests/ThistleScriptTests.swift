import Switchboard
import SwitchboardSandbox
import Synchronization
import Testing
import ThistleProvider
import ThistleSandbox

/// Thistle in an engine: registering it takes one line, and every command knows it.
@Suite struct ThistleScriptTests {
    private let context: EmulatorContext
    private let listener: SandboxListener
    private let engine: Engine

    init() throws {
        context = try EmulatorContext(emulator: ThistleEmulator.name)
        listener = try SandboxListener(emulator: ThistleEmulator(context: context), context: context)
        engine = try Engine(plugins: [Plugin(provider: ThistleProvider.self)])
    }

    /// The lines that a script prints.
    private func run(_ script: String) async -> [String] {
        let printed = Mutex<[String]>([])
        let profile = Profile(name: "demo", origin: .given(["thistle": listener.connection.settings]))
        let report = await engine.run(Engine.Request(text: script, profile: profile)) { event in
            if case .print(let line) = event { printed.withLock { $0.append(line) } }
        }
        #expect(report.exitStatus == 0, "\(report.diagnostics)")
        return printed.withLock(\.self)
    }

    @Test func aScriptSearchesBuysAndReleases() async throws {
        _ = try context.faults.add(Fault(json: ["fault": "lost_answer", "method": "BuyNumber", "times": 4]))
        let printed = await run(
            """
            let n = search thistle --area-code 415 | first | purchase
            print "$n.e164 $n.source $n.monthly_cost"
            print ($n | release).status
            """)
        #expect(printed == ["+14155550100 thistle 1.50USD", "released"])
        let events = listener.emulator.state()["history"]?.elements?.map { $0["event"] }
        #expect(events == ["purchase", "release"])
    }

    /// An account that knows the changes of the first check by their keys is no obstacle to the second one.
    @Test func aScriptChecksIt() async throws {
        let script = """
            let results = provider check thistle --ability purchase
            print ($results | where .result == 'failed' | count) (($results | where .result == 'passed' | count) > 10)
            """
        for _ in 0..<2 { #expect(await run(script) == ["0 true"]) }
    }
}
