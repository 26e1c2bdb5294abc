import LiveKitProvider
import LiveKitSandbox
import SwitchboardCore
import SwitchboardHTTP
import SwitchboardSandbox
import SwitchboardTestKit
import Testing
import TwilioSandbox

/// A suite that nothing fails shows nothing: every ability has faults planted in it, each caught by the case that is
/// about it.
@Suite(.serialized) struct MutationTests {
    /// More than LiveKit shows on a page.
    private static let holds = (1000...1550).compactMap { E164("+1415555\($0)") }

    @Test(arguments: PlantedFault<Graft>.declarations + PlantedFault<Graft>.reads + PlantedFault<Graft>.writes)
    func isCaught(_ fault: PlantedFault<Graft>) async throws {
        let context = try EmulatorContext(emulator: "livekit")
        let emulator = try LiveKitEmulator(context: context)
        let holds = fault.caughtBy.hasPrefix("list") ? Self.holds : []
        _ = try emulator.seed(["numbers": .strings(holds.map(\.text))])
        let listener = try SandboxListener(emulator: emulator, context: context)
        let settings = ProviderSettings(
            plain: ["url": listener.url, "api_key": "devkey"], secrets: ["api_secret": Secret("secret")])
        try await fault.expectCaught(
            Self.subject(Graft(), settings, holds), Self.subject(fault.graft, settings, holds))
    }

    @Test(arguments: PlantedFault<CarrierGraft>.all)
    func isCaughtAtACarrier(_ fault: PlantedFault<CarrierGraft>) async throws {
        let context = try EmulatorContext(emulator: "twilio")
        let emulator = try TwilioEmulator(context: context)
        _ = try emulator.seed(["numbers": ["+14155551234", "+14155551235"], "caller_ids": ["+12025550142"]])
        let listener = try SandboxListener(emulator: emulator, context: context)
        let settings = ProviderSettings(
            plain: ["url": listener.url, "account_sid": "ACa0000000000000000000000000000001"],
            secrets: ["auth_token": Secret("master-token")])
        func subject(_ graft: CarrierGraft) -> ContractSubject {
            ContractSubject(GraftedCarrier.self, settings: settings, transport: CurlTransport()) {
                try GraftedCarrier($0, graft)
            }
        }
        try await fault.expectCaught(subject(CarrierGraft()), subject(fault.graft))
    }

    private static func subject(_ graft: Graft, _ settings: ProviderSettings, _ holds: [E164]) -> ContractSubject {
        var manifest = LiveKitProvider.manifest
        graft.manifest(&manifest)
        return ContractSubject(
            GraftedProvider.self, manifest: manifest, settings: settings, transport: CurlTransport(), holds: holds
        ) { try GraftedProvider($0, graft) }
    }

    @Test func everyCaseHasANameOfItsOwn() {
        let names = ContractSuite.cases.map(\.name)
        #expect(Set(names).count == names.count)
    }

    /// Each group of cases has a fault that it catches.
    @Test func everyGroupHasAFault() {
        func groups(_ names: [String]) -> Set<String> { Set(names.map { String($0.prefix { $0 != "-" }) }) }
        let planted = PlantedFault<Graft>.declarations + PlantedFault<Graft>.reads + PlantedFault<Graft>.writes
        let caught = planted.map(\.caughtBy) + PlantedFault<CarrierGraft>.all.map(\.caughtBy)
        #expect(groups(ContractSuite.cases.map(\.name)).subtracting(groups(caught)) == [])
    }
}
