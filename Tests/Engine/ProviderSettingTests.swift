import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// A provider that asks its vendor unless a profile says otherwise, and whose numbers its vendor does not answer.
@Suite struct ProviderSettingTests {
    private static func profile(_ origin: Profile.Origin) -> Profile {
        Profile(name: "p", origin: origin)
    }

    /// Real money is at stake as soon as the vendor's account is named, also where nobody names its URL.
    @Test(arguments: [
        (Profile.Origin.environment([:]), false), (.environment(["ELSEWHERE_ACCOUNT": "a1"]), true),
        (.environment(["ELSEWHERE_ACCOUNT": "a1", "ELSEWHERE_URL": "http://127.0.0.1:1"]), false),
        (.environment(["ELSEWHERE_URL": "https://elsewhere.example"]), true),
        (.stored(["elsewhere": ["account": "a1"]]), true), (.stored(["fake": [:]]), false), (.sandbox, false),
        (.stored(["elsewhere": ["account": "a1", "url": "http://localhost:1"]]), false),
    ])
    func aProfileIsLiveByDefault(origin: Profile.Origin, isLive: Bool) throws {
        let workspace = try Workspace(plugins: [Plugin(provider: ElsewhereProvider.self)])
        #expect(workspace.engine.isLive(Self.profile(origin)) == isLive)
    }

    @Test func theDefaultIsShown() async throws {
        let workspace = try Workspace(plugins: [Plugin(provider: ElsewhereProvider.self)])
        let outcome = await workspace.run(
            "print (provider show elsewhere | where .kind == 'setting' | select .name .value)")
        #expect(
            outcome.printed == [
                "[{name: 'account', value: 'not set'} {name: 'url', value: 'https://elsewhere.example'}]"
            ])
    }

    @Test func aSharedFlagSaysWhatItIsForEach() throws {
        let plugins = [Plugin(provider: Livekit.self), Plugin(provider: ElsewhereProvider.self)]
        let registry = try Registry(plugins: plugins, commands: BuiltIns.commands)
        let connect = try #require(registry.vocabulary.commands["connect"])
        let url = connect.parameters.filter { $0.name == "url" }
        #expect(url.map(\.help) == ["url; for elsewhere: where it is"])
    }

    /// A rule for it would name something that takes no calls.
    @Test func aNumberThatNoTrunkLeadsHereIsNotBound() async throws {
        let workspace = try Workspace(plugins: [Plugin(provider: ElsewhereProvider.self)])
        let outcome = await workspace.run(
            "agent add support\npurchase +14155550150 --provider elsewhere | bind-agent support")
        #expect(outcome.status == 1)
        let fault = try #require(outcome.faults.first)
        #expect(fault.hasSuffix("no trunk leads the calls of +14155550150 from elsewhere to fake"), "\(fault)")
        #expect(workspace.carrier.count(.bind) == 0)
    }
}

/// A vendor that sells every number.
private struct ElsewhereProvider: NumberPurchasing {
    static let manifest: ProviderManifest = {
        var manifest = FakeProvider.manifest
        manifest.name = "elsewhere"
        manifest.idKinds = []
        manifest.settings = [
            ProviderSetting("account", help: "whose it is", isAccount: true, environment: "ELSEWHERE_ACCOUNT"),
            ProviderSetting(
                "url", help: "where it is", isRequired: false, isURL: true, environment: "ELSEWHERE_URL",
                defaultValue: "https://elsewhere.example"),
        ]
        return manifest
    }()

    init(context: ProviderContext) {}

    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }
    func lookUp(_ number: E164) async throws -> OwnedNumber? { nil }
    func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        OwnedNumber(provider: "elsewhere", providerID: "E1", e164: number, status: .active, countryCode: "US")
    }
    func release(_ number: OwnedNumber, key: String) async throws {}
}
