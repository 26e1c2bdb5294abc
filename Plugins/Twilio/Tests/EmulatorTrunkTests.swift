import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import TwilioSandbox

/// Trunks and what hangs on them.
@Suite struct EmulatorTrunkTests {
    private static let trunk = "/v1/Trunks/\(EmulatorSeeds.trunk)"
    private static let number = "~/IncomingPhoneNumbers/\(EmulatorSeeds.number).json"
    private static let attach = "PhoneNumberSid=\(EmulatorSeeds.number)"

    /// Attaching a number, or setting its trunk, is the same fact seen from two sides.
    @Test func oneFactTwoViews() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one)
        #expect(await server.call("POST", Self.trunk + "/PhoneNumbers", Self.attach)?.status == 201)
        #expect(await server.call("GET", Self.number)?.json["trunk_sid"]?.text == EmulatorSeeds.trunk)
        let seen = await server.call("GET", "\(Self.trunk)/PhoneNumbers/\(EmulatorSeeds.number)")
        #expect(seen?.json["date_created"]?.text == "2026-11-18T09:15:02Z")
        #expect(seen?.json["capabilities"] == ["voice": true, "sms": true, "mms": true])
        #expect(await server.call("POST", Self.number, "TrunkSid=")?.status == 200)
        #expect(await server.call("GET", Self.trunk + "/PhoneNumbers")?.json["phone_numbers"] == [])
        #expect(await server.call("POST", Self.number, "TrunkSid=\(EmulatorSeeds.trunk)")?.status == 200)
        #expect(await server.call("DELETE", "\(Self.trunk)/PhoneNumbers/\(EmulatorSeeds.number)")?.status == 204)
        #expect(await server.call("GET", Self.number)?.json["trunk_sid"] == .null)
    }

    /// Attaching again answers the same and moves no date; another trunk takes the number over.
    @Test func attachingAgainAndElsewhere() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one)
        let first = await server.call("POST", Self.trunk + "/PhoneNumbers", Self.attach)
        server.setClock(60)
        let second = await server.call("POST", Self.trunk + "/PhoneNumbers", Self.attach)
        #expect(first?.text == second?.text && second?.status == 201)
        let other = try #require(await server.call("POST", "/v1/Trunks")?.json["sid"]?.text)
        #expect(await server.call("POST", "/v1/Trunks/\(other)/PhoneNumbers", Self.attach)?.status == 201)
        #expect(await server.call("GET", Self.trunk + "/PhoneNumbers")?.json["phone_numbers"] == [])
        #expect(await server.call("GET", Self.number)?.json["trunk_sid"]?.text == other)
    }

    /// What hangs on a trunk goes with it; lists and numbers stay, and the domain is not to be had for 30 days.
    @Test func deletingATrunkLetsItsNumbersGo() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one)
        _ = await server.call("POST", Self.trunk + "/PhoneNumbers", Self.attach)
        _ = await server.call("POST", Self.trunk + "/CredentialLists", "CredentialListSid=\(EmulatorSeeds.list)")
        _ = await server.call(
            "POST", Self.trunk + "/OriginationUrls",
            "FriendlyName=a&Weight=1&Priority=1&Enabled=true&SipUrl=sip%3Aa.example.com")
        #expect(await server.call("DELETE", Self.trunk)?.status == 204)
        #expect(await server.call("DELETE", Self.trunk)?.code == 20404)
        #expect(await server.call("GET", Self.trunk + "/OriginationUrls")?.code == 20404)
        #expect(await server.call("GET", Self.number)?.json["trunk_sid"] == .null)
        let again = "DomainName=sb-main.pstn.twilio.com"
        #expect(await server.call("POST", "/v1/Trunks", again)?.code == 21248)
        server.setClock(30 * 86_400)
        #expect(await server.call("POST", "/v1/Trunks", again)?.status == 201)
        #expect(await server.call("DELETE", "~/SIP/CredentialLists/\(EmulatorSeeds.list).json")?.status == 204)
    }

    /// Attached lists, and how the trunk tells of them; a list in use cannot be deleted.
    @Test func tellsHowItKnowsItsCallers() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one)
        let lists = [
            ("CredentialLists", "CredentialListSid", EmulatorSeeds.list, 21241, ["CREDENTIAL_LIST"]),
            (
                "IpAccessControlLists", "IpAccessControlListSid", EmulatorSeeds.addresses, 21236,
                ["IP_ACL", "CREDENTIAL_LIST"]
            ),
        ]
        for (path, parameter, sid, code, types) in lists {
            let made = await server.call("POST", "\(Self.trunk)/\(path)", "\(parameter)=\(sid)")
            #expect(made?.json["sid"]?.text == sid)
            #expect(await server.call("POST", "\(Self.trunk)/\(path)", "\(parameter)=\(sid)")?.code == 21245)
            #expect(await server.call("DELETE", "~/SIP/\(path)/\(sid).json")?.code == code)
            let trunk = await server.call("GET", Self.trunk)
            #expect(trunk?.json["auth_type_set"] == .strings(types))
            #expect(trunk?.json["auth_type"]?.text == types.joined(separator: ","))
        }
        #expect(
            await server.call("POST", "~/SIP/CredentialLists/\(EmulatorSeeds.list).json", "FriendlyName=new")?.status
                == 200)
        let seen = await server.call("GET", "\(Self.trunk)/CredentialLists/\(EmulatorSeeds.list)")
        #expect(seen?.json["friendly_name"] == "new")
        for (path, _, sid, _, _) in lists {
            #expect(await server.call("DELETE", "\(Self.trunk)/\(path)/\(sid)")?.status == 204)
            #expect(await server.call("DELETE", "~/SIP/\(path)/\(sid).json")?.status == 204)
        }
    }

    /// No answer tells a password; the truth that tests see does.
    @Test func keepsPasswordsToItself() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one)
        let list = "~/SIP/CredentialLists/\(EmulatorSeeds.list)"
        let made = await server.call("POST", list + "/Credentials.json", "Username=b&Password=Secret5Harbour")
        let sid = try #require(made?.json["sid"]?.text)
        let read = await server.call("GET", list + "/Credentials/\(sid).json")
        let changed = await server.call(
            "POST", list + "/Credentials/\(sid).json", "Password=Another5Harbour&Username=c")
        for answer in [made, read, changed] {
            #expect(answer?.text.lowercased().contains("harbour") == false)
            #expect(answer?.json["username"] == "b")
        }
        let kept = server.truth["credential_lists"]?.elements?.first?.texts("credentials", "password")
        #expect(kept == ["Zq7+harbour Lamp2", "Another5Harbour"])
    }

    @Test func recordingIsOneSettingOfTheTrunk() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one)
        let path = Self.trunk + "/Recording"
        #expect(await server.call("GET", path)?.text == #"{"mode":"do-not-record","trim":"do-not-trim"}"#)
        #expect(await server.call("POST", path, "Trim=trim-silence")?.status == 200)
        #expect(await server.call("POST", path, "Mode=record-from-ringing-dual")?.status == 200)
        #expect(
            await server.call("GET", Self.trunk)?.json["recording"] == [
                "mode": "record-from-ringing-dual", "trim": "trim-silence",
            ])
    }
}
