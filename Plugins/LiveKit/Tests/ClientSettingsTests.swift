import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

@Suite struct ClientSettingsTests {
    @Test(arguments: [
        ("wss://acme.example", "https://acme.example"),
        ("ws://127.0.0.1:7880/", "http://127.0.0.1:7880"),
        ("https://acme.example/livekit//", "https://acme.example/livekit"),
        ("WSS://Acme.example", "https://Acme.example"),
        ("http://[::1]:7880", "http://[::1]:7880"),
    ])
    func readsTheURLsThatLiveKitHandsOut(setting: String, base: String) throws {
        #expect(try BaseURL(setting, profile: "work").text == base)
    }

    @Test(arguments: [
        "acme.example", "ftp://acme.example", "https://", "https:///path", "https://:443", "https://a b",
        "https://user@acme.example", "https://acme.example?x=1", "https://acme.example#x", "://acme",
        "wss:/acme.example",
    ])
    func refusesAURLThatIsNoneAndNamesTheSetting(setting: String) throws {
        let error = #expect(throws: SwitchboardError.self) {
            try LiveKitProvider(context: context(ScriptedTransport([]), url: setting))
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.fields["url"] != nil)
        #expect(error?.message.contains("'url' of profile 'work'") == true)
    }

    @Test func missesEachRequiredSettingByName() {
        for (settings, name) in [
            (ProviderSettings(), "url"),
            (ProviderSettings(plain: ["url": "wss://acme.example"]), "api_key"),
            (ProviderSettings(plain: ["url": "wss://acme.example", "api_key": "k"]), "api_secret"),
            (
                ProviderSettings(
                    plain: ["url": "wss://acme.example", "api_key": "k"], secrets: ["api_secret": Secret("")]),
                "api_secret"
            ),
        ] {
            let error = #expect(throws: SwitchboardError.self) {
                try LiveKitProvider(
                    context: ProviderContext(profile: "work", settings: settings, transport: ScriptedTransport([])))
            }
            #expect(error?.code == .unauthorized)
            #expect(error?.fields.keys.first == name)
        }
    }

    @Test func answersEveryCapabilityAsItsConformancesDo() {
        let manifest = LiveKitProvider.manifest
        for capability in Capability.all { #expect(manifest.capabilities[capability]?.remark.isEmpty == false) }
        let type: any NumberProvider.Type = LiveKitProvider.self
        #expect(manifest.capabilities[.search]?.isYes == (type is any NumberSearching.Type))
        #expect(manifest.capabilities[.purchase]?.isYes == (type is any NumberPurchasing.Type))
        #expect(manifest.capabilities[.release]?.isYes == (type is any NumberPurchasing.Type))
        #expect(manifest.capabilities[.assignDispatchRule]?.isYes == (type is any DispatchRuleAssigning.Type))
        #expect(manifest.capabilities[.outboundCalls]?.isYes == false)
        #expect(manifest.capabilities[.importNumbers]?.isYes == false)
        #expect(manifest.capabilities[.prices]?.isYes == false)
    }

    @Test func knowsItsIDsAndItsSettings() {
        let kinds = LiveKitProvider.manifest.idKinds
        #expect(kinds.contains { $0.matches(numberID) })
        #expect(kinds.contains { $0.matches("ST_4fGh7JkLmNpQ") })
        #expect(kinds.contains { $0.matches("SDR_9aBcDeFgHjKm") })
        #expect(!kinds.contains { $0.matches("SDR_9aBcDeFgHjK0") })
        let settings = LiveKitProvider.manifest.settings
        #expect(settings.filter(\.isURL).map(\.name) == ["url"])
        #expect(settings.filter(\.isSecret).map(\.environment) == ["LIVEKIT_API_SECRET"])
        #expect(settings.filter { !$0.isRequired }.map(\.name) == ["sip_host"])
    }
}
