import LiveKitProvider
import LiveKitSandbox
import SwitchboardCore
import SwitchboardHTTP
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@Suite(.serialized) struct ContractTests {
    /// More than LiveKit shows on a page.
    private static let holds = (1000...1550).compactMap { E164("+1415555\($0)") }

    @Test(arguments: ContractSuite.cases) func keepsTheContract(_ demand: ContractCase) async throws {
        let context = try EmulatorContext(emulator: "livekit")
        let emulator = try LiveKitEmulator(context: context)
        let holds = demand.cost == .nothing ? Self.holds : []
        _ = try emulator.seed(["numbers": .strings(holds.map(\.text))])
        let listener = try SandboxListener(emulator: emulator, context: context)
        let settings = ProviderSettings(
            plain: ["url": listener.url, "api_key": "devkey"], secrets: ["api_secret": Secret("secret")])
        let result = await demand.run(
            on: ContractSubject(LiveKitProvider.self, settings: settings, transport: CurlTransport(), holds: holds)
        )
        #expect(result.outcome != .failed, "\(result)")
    }
}
