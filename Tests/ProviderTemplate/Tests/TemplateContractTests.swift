import SwitchboardCore
import SwitchboardHTTP
import SwitchboardSandbox
import SwitchboardTestKit
import Testing
import TemplateProvider
import TemplateSandbox

/// Template's provider and emulator, held to the contract one case after the other until one fails.
@Suite struct TemplateContractTests {
    @Test func theyHold() async throws {
        let context = try EmulatorContext(emulator: TemplateEmulator.name)
        let emulator = try TemplateEmulator(context: context)
        // More than a page of the vendor's list holds.
        let holds = (1000...1050).compactMap { E164("+1415555\($0)") }
        _ = try emulator.seed(["numbers": .strings(holds.map(\.text))])
        let listener = try SandboxListener(emulator: emulator, context: context)
        let subject = ContractSubject(
            TemplateProvider.self, settings: listener.connection.settings, transport: CurlTransport(), holds: holds)
        for demand in ContractSuite.cases {
            let result = await demand.run(on: subject)
            try #require(result.outcome != .failed, "\(result)")
        }
    }
}
