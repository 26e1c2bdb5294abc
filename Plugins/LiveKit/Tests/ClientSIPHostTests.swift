import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

/// The addresses that a project has for calls.
@Suite struct ClientSIPHostTests {
    private func endpoints(_ host: String?) -> [String: String?] {
        let settings = ProviderSettings(plain: host.map { ["sip_host": $0] } ?? [:])
        let all = LiveKitProvider.manifest.endpoints(settings)
        #expect(all.allSatisfy { !$0.remark.isEmpty && !$0.remark.hasSuffix(".") })
        return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.value) })
    }

    @Test func aProjectsHostIsToldAndPinned() {
        let endpoints = endpoints("acme01.sip.livekit.cloud")
        #expect(endpoints["sip_host"] == "acme01.sip.livekit.cloud")
        #expect(endpoints["sip_uri"] == "sip:acme01.sip.livekit.cloud")
        for region in ["eu", "india", "sa", "us", "japan", "aus", "uk", "canada"] {
            #expect(endpoints["sip_host_\(region)"] == "acme01.\(region).sip.livekit.cloud")
        }
        #expect(endpoints.count == 10)
    }

    @Test(arguments: ["sip.example.com", "acme01.eu.sip.livekit.cloud", "127.0.0.1:5060", "[::1]"])
    func aHostOfAnotherFormIsNotPinned(_ host: String) {
        #expect(endpoints(host) == ["sip_host": host, "sip_uri": "sip:\(host)"])
    }

    @Test func aHostThatIsNotSetIsSaidHowToFind() {
        let unset = LiveKitProvider.manifest.endpoints(ProviderSettings())
        #expect(unset.map(\.name) == ["sip_host"])
        #expect(unset.first?.value == nil)
        #expect(unset.first?.remark.contains("lk project list --json") == true)
    }

    @Test(arguments: [
        ("p_vjnxecm0tjk", "vjnxecm0tjk.sip.livekit.cloud"), ("p_1", "1.sip.livekit.cloud"), ("p_", nil),
        ("vjnxecm0tjk", nil), ("p_a.b", nil), ("p_a/b", nil), ("P_abc", nil), ("", nil),
    ])
    func theHostFollowsFromTheProjectID(_ id: String, _ host: String?) {
        #expect(SIPHost(projectID: id)?.text == host)
    }

    @Test(arguments: [
        "sip:acme01.sip.livekit.cloud", "acme01.sip.livekit.cloud;transport=tls", "user@acme01.sip.livekit.cloud",
        "acme01.sip.livekit.cloud/", "a b", "", "host:port",
    ])
    func aSettingThatIsNoHostIsRefused(_ host: String) {
        var settings = context(ScriptedTransport([]))
        settings.settings = ProviderSettings(
            plain: ["url": "wss://acme.example", "api_key": "k", "sip_host": host], secrets: ["api_secret": Secret("s")]
        )
        let error = #expect(throws: SwitchboardError.self) { try LiveKitProvider(context: settings) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.fields["sip_host"] != nil)
    }
}
