import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioProvider

@Suite struct ClientSettingsTests {
    private func account(_ plain: [String: String], token: String? = authToken) throws -> TwilioAccount {
        try TwilioAccount(context(ScriptedTransport([]), plain: plain, token: token).settings, profile: "work")
    }

    @Test func leadsToTwilioWhereNothingElseIsSaid() throws {
        let account = try account([:])
        #expect(account.api == "https://api.twilio.com")
        #expect(account.trunking == "https://trunking.twilio.com")
        #expect(account.credentials.reveal() == basicWord)
    }

    @Test(arguments: [
        ("https://api.dublin.ie1.twilio.com", "https://trunking.dublin.ie1.twilio.com"),
        ("https://api.ie1.twilio.com/", "https://trunking.ie1.twilio.com"),
        ("http://127.0.0.1:8181", "http://127.0.0.1:8181"), ("http://[::1]:8181/", "http://[::1]:8181"),
        ("https://API.Twilio.com", "https://trunking.twilio.com"),
        ("https://api.twilio.com.evil.example", "https://api.twilio.com.evil.example"),
    ])
    func derivesTheTrunkingHost(url: String, expected: String) throws {
        #expect(try account(["url": url]).trunking == expected)
    }

    @Test func takesATrunkingHostOfItsOwn() throws {
        let account = try account(["url": "http://127.0.0.1:1", "trunking_url": "http://127.0.0.1:2"])
        #expect(account.api == "http://127.0.0.1:1")
        #expect(account.trunking == "http://127.0.0.1:2")
    }

    @Test(arguments: [
        "", "api.twilio.com", "ftp://api.twilio.com", "https://a:b@api.twilio.com", "https://x/prefix", "https://",
    ])
    func refusesWhatIsNoBase(url: String) throws {
        for name in ["url", "trunking_url"] {
            let error = #expect(throws: SwitchboardError.self) { try self.account([name: url]) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.fields.keys.first == name)
        }
    }

    @Test func namesWhatIsMissing() throws {
        for (plain, token, field) in [
            (["account_sid": ""], authToken, "account_sid"), ([:], nil, "auth_token"), ([:], "", "auth_token"),
        ] as [([String: String], String?, String)] {
            let error = #expect(throws: SwitchboardError.self) { try self.account(plain, token: token) }
            #expect(error?.code == .unauthorized)
            #expect(error?.fields.keys.first == field)
        }
    }

    /// The path keeps the account's SID, and only the user is the key's.
    @Test func asksWithAnAPIKey() async throws {
        let transport = ScriptedTransport([get("PageSize=20", page("incoming_phone_numbers", []))])
        let key = "SK00000000000000000000000000000001"
        let provider = try TwilioProvider(
            context: context(transport, plain: ["url": sandboxURL, "api_key_sid": key]))
        _ = try await provider.lookUp(e164("+14155550123"))
        #expect(transport.sent[0].url.hasPrefix(accountURL + "/"))
        #expect(
            transport.sent[0].header("Authorization")
                == "Basic U0swMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTpmMGUxZDJjM2I0YTU5Njg3Nzg2OTVhNGIzYzJkMWUwZg==")
    }

    @Test func probesNumbersAndTrunks() async throws {
        let transport = ScriptedTransport([
            get("/IncomingPhoneNumbers.json?PageSize=1", page("incoming_phone_numbers", [])),
            get("/v1/Trunks?PageSize=1", meta("trunks", [trunk(trunkDomain)])),
        ])
        try await provider(transport).tryCredentials()
        #expect(transport.complaints == [])
    }

    /// The credentials of a parent account are good for a subaccount's numbers, and make their trunks at the parent.
    @Test func seesThatTheTrunksAreAnotherAccounts() async throws {
        let other = "AC0000000000000000000000000000000f"
        let transport = ScriptedTransport([
            get("/IncomingPhoneNumbers.json?PageSize=1", page("incoming_phone_numbers", [])),
            get("/v1/Trunks?PageSize=1", meta("trunks", [trunk(trunkDomain, account: other)])),
        ])
        let error = try await failure { try await provider(transport).tryCredentials() }
        #expect(error.code == .unauthorized)
        #expect(error.message.contains(other))
        #expect(!error.mayHaveHappened)

    }

    /// A trunk that came out in the parent account is deleted there; where it cannot be, it is not said to be gone.
    @Test(arguments: [204, 403]) func leavesNoTrunkInAnotherAccount(status: Int) async throws {
        let body = status == 204 ? "" : refusal(20006, status)
        let transport = ScriptedTransport([
            post("/v1/Trunks", trunk(trunkDomain, account: "AC0000000000000000000000000000000f")),
            delete("/v1/Trunks/\(trunkSID)", status: status, body),
        ])
        let error = try await failure { _ = try await provider(transport).makeSharedTrunk(to: sipHost, key: "k") }
        #expect(error.code == (status == 204 ? .unauthorized : .forbidden))
        #expect(error.mayHaveHappened == (status != 204))
        #expect(transport.complaints == [])
    }

    @Test func saysWhatItIs() throws {
        let manifest = TwilioProvider.manifest
        for capability in Capability.all { #expect(manifest.capabilities[capability] != nil, "\(capability)") }
        #expect(manifest.purchaseSource == .twilioPurchased)
        #expect(manifest.limits == RequestLimits(concurrency: 4))
        #expect(manifest.idKinds.contains { $0.matches(numberSID) })
        #expect(!manifest.idKinds.contains { $0.matches("PN_PPN_7hJk2mNpQrSt") })
        let url = try #require(manifest.settings.first { $0.name == "url" })
        #expect(url.defaultValue == "https://api.twilio.com")
    }
}
