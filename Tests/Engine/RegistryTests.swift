import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// What hosts register, and what every built-in command says of itself.
@Suite struct RegistryTests {
    private static func registry() throws -> Registry {
        try Registry(plugins: [Plugin(provider: Livekit.self)], commands: BuiltIns.commands)
    }

    @Test func nothingIsRegisteredTwice() throws {
        let fake = Plugin(provider: FakeProvider.self)
        func message(_ plugins: [Plugin], _ commands: [any Command.Type]) -> String? {
            do {
                _ = try Registry(plugins: plugins, commands: commands)
                return nil
            } catch { return SwitchboardError(wrapping: error).message }
        }
        #expect(message([fake, fake], []) == "the provider 'fake' is registered twice")
        #expect(message([fake], [Count.self, Count.self]) == "the command 'count' is registered twice")
        let withCommand = Plugin(provider: FakeProvider.self, commands: [Count.self])
        #expect(message([withCommand], [Count.self]) == "the command 'count' is registered twice")
        #expect(message([fake], BuiltIns.commands) == nil)
    }

    @Test func everyCommandDeclaresItself() throws {
        for command in BuiltIns.commands {
            let signature = command.signature(with: [Plugin(provider: FakeProvider.self)])
            let names = signature.parameters.flatMap { [$0.name] + $0.aliases }
            #expect(Set(names).count == names.count, "\(signature.name) has a parameter twice")
            for parameter in signature.parameters {
                #expect(!parameter.help.isEmpty, "\(signature.name) --\(parameter.name) has no help")
                #expect(!parameter.help.hasSuffix("."), "\(signature.name) --\(parameter.name)")
            }
            #expect(!signature.summary.isEmpty && !signature.summary.hasSuffix("."), "\(signature.name)")
            #expect(!signature.examples.isEmpty, "\(signature.name) has no example")
            #expect(signature.parameters.filter(\.isMain).count <= 1, "\(signature.name)")
            let optional = signature.parameters.filter { $0.form == .positional }.firstIndex { !$0.isRequired }
            let required = signature.parameters.filter { $0.form == .positional }.lastIndex { $0.isRequired }
            if let optional, let required { #expect(required < optional, "\(signature.name)") }
            let isChanging = command is any ChangingCommand.Type
            #expect((signature.effect >= .changes) == isChanging, "\(signature.name)")
            if [.changes, .spends].contains(signature.effect), !["write", "report"].contains(signature.name) {
                #expect(signature.inverse != nil, "\(signature.name) does not say what takes it back")
            }
        }
    }

    @Test func everyExampleIsFreeOfFaults() throws {
        let registry = try Self.registry()
        for command in BuiltIns.commands {
            for example in command.signature.examples {
                let text = [example.setUp, example.text].compactMap { $0 }.joined(separator: "\n")
                let faults = registry.check(SourceText(name: "example", text: text)).diagnostics
                #expect(faults.isEmpty, "\(text): \(faults.map(\.message))")
            }
        }
    }

    @Test func theManifestAnswersWhatTheTypeOffers() {
        let answers = FakeProvider.manifest.capabilities
        #expect(Set(answers.keys) == Set(Capability.all))
        let type: any NumberProvider.Type = FakeProvider.self
        #expect(answers[.search]?.isYes == (type is any NumberSearching.Type))
        #expect(answers[.purchase]?.isYes == (type is any NumberPurchasing.Type))
        #expect(answers[.release]?.isYes == (type is any NumberPurchasing.Type))
        #expect(answers[.assignDispatchRule]?.isYes == (type is any DispatchRuleAssigning.Type))
        #expect(answers.values.allSatisfy { !$0.remark.isEmpty })
    }

    @Test func idsAreToldByTheirForm() throws {
        let read = try Registry(plugins: [Plugin(provider: FakeProvider.self)], commands: []).vocabulary.readID
        #expect(read("agent_01J8Z3K9QW8R4V2M6T0XBYCDEF") == .id(kind: "agent"))
        #expect(read("FK_12") == .id(kind: "fake-number"))
        #expect(read("support") == .noID)
        for broken in ["agent_1", "agent_01J8Z3K9QW8R4V2M6T0XBYCDEI", "phone_", "FK_x"] {
            guard case .broken = read(broken) else {
                Issue.record("\(broken) is taken for something")
                continue
            }
        }
    }
}

/// The fake shop under the name that the examples use.
struct Livekit: NumberSearching, NumberPurchasing, DispatchRuleAssigning {
    static let manifest: ProviderManifest = {
        var manifest = FakeProvider.manifest
        manifest.name = "livekit"
        manifest.purchaseSource = .livekit
        manifest.settings = ["url", "api_key"].map { ProviderSetting($0, help: $0) }
        manifest.settings.append(ProviderSetting("api_secret", help: "its secret", isSecret: true))
        return manifest
    }()

    private let shop: FakeProvider

    init(context: ProviderContext) throws { shop = try FakeProvider(context: context) }
    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { try await shop.ownedNumbers(filter) }
    func lookUp(_ number: E164) async throws -> OwnedNumber? { try await shop.lookUp(number) }
    func search(_ query: NumberQuery) async throws -> [AvailableNumber] { try await shop.search(query) }
    func purchase(_ number: E164, key: String) async throws -> OwnedNumber { try await shop.purchase(number, key: key) }
    func release(_ number: OwnedNumber, key: String) async throws { try await shop.release(number, key: key) }
    func assign(_ number: OwnedNumber, toDispatchRule ruleID: String, key: String) async throws -> OwnedNumber {
        try await shop.assign(number, toDispatchRule: ruleID, key: key)
    }
}
