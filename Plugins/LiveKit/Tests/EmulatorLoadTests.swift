import FoundationEssentials
import Glibc
import SwitchboardCore
import SwitchboardHTTP
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider
@testable import LiveKitSandbox

/// Many clients at once.
@Suite(.serialized, .timeLimit(.minutes(5))) struct EmulatorLoadTests {
    @Test func ofTwentyBuyersOfOneNumberExactlyOneGetsIt() async throws {
        let context = try EmulatorContext(emulator: "livekit")
        let listener = try SandboxListener(emulator: LiveKitEmulator(context: context), context: context)
        let number = try #require(E164("+14155550142"))
        let outcomes = try await withThrowingTaskGroup { group in
            for buyer in 0..<20 {
                let provider = try LiveKitProvider(
                    context: ProviderContext(
                        profile: "buyer \(buyer)",
                        settings: ProviderSettings(
                            plain: ["url": listener.url, "api_key": "devkey"],
                            secrets: ["api_secret": Secret("secret")]),
                        transport: CurlTransport()))
                group.addTask { () -> String in
                    do {
                        return try await provider.purchase(number, key: "buyer/\(buyer)").e164.description
                    } catch let error as SwitchboardError { return error.code.rawValue }
                }
            }
            return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == ["+14155550142": 1, "already_owned": 19])
    }

    /// `SWITCHBOARD_SOAK_SECONDS` makes it longer than the 8 seconds that it takes otherwise.
    @Test func staysInShapeUnderTwoHundredConnectionsAndFaults() async throws {
        let environment = ProcessInfo.processInfo.environment
        let python = try #require(environment["SWITCHBOARD_TEST_PYTHON"], "scripts/test sets it")
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Interop/soak.py").path
        let folder = try ScratchDirectory()
        let program = try EmulatorProgram(["--on-demand", "--state", folder.path], in: folder)
        let client = try await program.client(of: folder)
        let seconds = environment["SWITCHBOARD_SOAK_SECONDS"] ?? "8"
        let result = try await Subprocess.run(
            python, ["-I", script, "\(client.port)", "\(program.pid)", seconds, EmulatorProgram.token],
            limit: .seconds(Double(seconds) ?? 8) + .seconds(60))
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        #expect(!program.hasEnded)
        program.signal(SIGTERM)
        #expect(try await program.wait() == 0)
    }
}
