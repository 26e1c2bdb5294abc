import SwitchboardCore
import SwitchboardHTTP
import SwitchboardSandbox
import SwitchboardTestKit
import Testing
import TwilioProvider
import TwilioSandbox

@Suite(.serialized) struct ContractTests {
    private static let account = "ACa0000000000000000000000000000001"
    /// More than Twilio shows on a page.
    private static let holds = (1000...2050).compactMap { E164("+1415555\($0)") }

    @Test(arguments: ContractSuite.cases) func keepsTheContract(_ demand: ContractCase) async throws {
        let context = try EmulatorContext(emulator: "twilio")
        let emulator = try TwilioEmulator(context: context)
        let holds = demand.cost == .nothing ? Self.holds : []
        _ = try emulator.seed(["numbers": .strings(holds.map(\.text))])
        let listener = try SandboxListener(emulator: emulator, context: context)
        let settings = ProviderSettings(
            plain: ["url": listener.url, "account_sid": Self.account], secrets: ["auth_token": Secret("master-token")])
        let result = await demand.run(
            on: ContractSubject(TwilioProvider.self, settings: settings, transport: CurlTransport(), holds: holds))
        #expect(result.outcome != .failed, "\(result)")
    }
}
