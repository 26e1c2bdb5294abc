import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import TwilioSandbox

/// Every code that the emulator refuses with, in an account with one thing of each kind.
@Suite struct EmulatorRefusalTests {
    private typealias Row = (method: String, path: String, body: String, code: Int)

    private static let numbers = "~/IncomingPhoneNumbers.json"
    private static let number = "~/IncomingPhoneNumbers/\(EmulatorSeeds.number).json"
    private static let trunk = "/v1/Trunks/\(EmulatorSeeds.trunk)"
    private static let urls = "\(trunk)/OriginationUrls"
    private static let lists = "~/SIP/CredentialLists.json"
    private static let list = "~/SIP/CredentialLists/\(EmulatorSeeds.list)"
    private static let acls = "~/SIP/IpAccessControlLists.json"
    private static let acl = "~/SIP/IpAccessControlLists/\(EmulatorSeeds.addresses)"
    private static let callers = "~/OutgoingCallerIds.json"
    private static let people = "~/Conferences/\(EmulatorSeeds.conference)/Participants.json"
    private static let url = "FriendlyName=a&Weight=1&Priority=1&Enabled=true&SipUrl=sip:a.example.com"

    private static let rows: [Row] = [
        // Numbers
        ("POST", numbers, "PhoneNumber=%2B14155550149", 21422),
        ("POST", numbers, "PhoneNumber=%2B14155550160", 21422),
        ("POST", numbers, "PhoneNumber=%2B15005550007", 21422),
        ("POST", numbers, "PhoneNumber=4155550150", 21421),
        ("POST", numbers, "PhoneNumber=+14155550150", 21421),
        ("POST", numbers, "", 21421),
        ("POST", numbers, "PhoneNumber=%2B14155550150&AreaCode=415", 21421),
        ("POST", numbers, "AreaCode=000", 21451),
        ("POST", numbers, "AreaCode=41", 21451),
        ("POST", "~/IncomingPhoneNumbers/Local.json", "AreaCode=415", 21457),
        ("POST", "~/IncomingPhoneNumbers/TollFree.json", "PhoneNumber=%2B14155550150", 21458),
        ("POST", "~/IncomingPhoneNumbers/Local.json", "PhoneNumber=%2B18005550150", 21458),
        ("POST", numbers, "PhoneNumber=%2B447700900150", 21649),
        ("POST", numbers, "PhoneNumber=%2B442079460150", 21631),
        ("POST", numbers, "PhoneNumber=%2B14155550150&FriendlyName=\(String(repeating: "x", count: 65))", 20002),
        ("POST", numbers, "PhoneNumber=%2B14155550150&FriendlyName=", 20002),
        ("POST", numbers, "PhoneNumber=%2B14155550150&VoiceUrl=ftp://a", 21402),
        ("POST", numbers, "PhoneNumber=%2B14155550150&VoiceUrl=https:///a", 21402),
        ("POST", numbers, "PhoneNumber=%2B14155550150&VoiceMethod=PUT", 21403),
        ("POST", numbers, "PhoneNumber=%2B14155550150&VoiceFallbackUrl=https://a.example.com", 21405),
        ("POST", number, "SmsFallbackUrl=https://a.example.com", 21405),
        ("POST", number, "VoiceApplicationSid=AP1", 21420),
        ("POST", number, "TrunkSid=TK00000000000000000000000000000000", 21245),
        ("POST", number, "TrunkSid=nonsense", 21245),
        ("POST", number, "AccountSid=AC00000000000000000000000000000000", 21473),
        ("POST", number, "VoiceCallerIdLookup=perhaps", 20001),
        ("GET", "~/IncomingPhoneNumbers/\(EmulatorSeeds.missing).json", "", 20404),
        ("DELETE", "~/IncomingPhoneNumbers/\(EmulatorSeeds.caller).json", "", 20404),
        ("POST", "~/IncomingPhoneNumbers/\(EmulatorSeeds.missing).json", "", 20404),
        // Searches
        ("GET", "~/AvailablePhoneNumbers/US/Mobile.json", "", 20404),
        ("GET", "~/AvailablePhoneNumbers/XX/Local.json", "", 20404),
        ("GET", "~/AvailablePhoneNumbers/XX.json", "", 20404),
        ("GET", "~/AvailablePhoneNumbers/US/Local.json?Contains=4", "", 20001),
        ("GET", "~/AvailablePhoneNumbers/US/Local.json?Contains=41*5", "", 20001),
        ("GET", "~/AvailablePhoneNumbers/US/Local.json?Contains=**4", "", 20001),
        ("GET", "~/AvailablePhoneNumbers/US/Local.json?InRateCenter=SNFC", "", 20001),
        ("GET", "~/AvailablePhoneNumbers/US/Local.json?NearLatLong=north", "", 20001),
        ("GET", "~/AvailablePhoneNumbers/US/Local.json?NearLatLong=37,-122&Distance=501", "", 20001),
        ("GET", "~/AvailablePhoneNumbers/US/Local.json?NearNumber=%2B442079460150", "", 21401),
        // Caller ids
        ("POST", callers, "", 20001),
        ("POST", callers, "PhoneNumber=12025550143", 21421),
        ("POST", callers, "PhoneNumber=%2B12025550142", 21450),
        ("POST", callers, "PhoneNumber=%2B14155550153", 21449),
        ("POST", callers, "PhoneNumber=%2B12025550143&CallDelay=61", 21454),
        ("POST", "~/OutgoingCallerIds/\(EmulatorSeeds.caller).json", "FriendlyName=", 20002),
        ("GET", "~/OutgoingCallerIds/\(EmulatorSeeds.number).json", "", 20404),
        // Trunks
        ("POST", "/v1/Trunks", "DomainName=acme.pstn.twilio.com", 21248),
        ("POST", "/v1/Trunks", "DomainName=sb-main.pstn.twilio.com", 21245),
        ("POST", "/v1/Trunks", "DomainName=acacacacacacacacacacacacacacacacac.pstn.twilio.com", 21245),
        ("POST", "/v1/Trunks", "DomainName=Upper.pstn.twilio.com", 21245),
        ("POST", "/v1/Trunks", "DomainName=sb.sip.twilio.com", 21245),
        ("POST", "/v1/Trunks", "FriendlyName=\(String(repeating: "x", count: 65))", 21245),
        ("POST", "/v1/Trunks", "TransferMode=all", 21245),
        ("POST", trunk, "DomainName=acme.pstn.twilio.com", 21248),
        ("POST", "\(trunk)/Recording", "Mode=always", 21245),
        ("GET", "/v1/Trunks/\(EmulatorSeeds.missing)", "", 20404),
        ("DELETE", "/v1/Trunks/\(EmulatorSeeds.missing)", "", 20404),
        // Origination URLs
        ("POST", urls, "FriendlyName=a&Weight=1&Priority=1&Enabled=true", 20001),
        ("POST", urls, "FriendlyName=a&Weight=1&Priority=1&SipUrl=sip:a.example.com", 20001),
        ("POST", urls, url.replacing("sip:", with: "sips:"), 21245),
        ("POST", urls, url.replacing("sip:a", with: "sip:"), 21245),
        ("POST", urls, url.replacing("Weight=1", with: "Weight=0"), 21245),
        ("POST", urls, url.replacing("Priority=1", with: "Priority=65536"), 21245),
        ("POST", urls.replacing(EmulatorSeeds.trunk, with: EmulatorSeeds.missing), url, 20404),
        ("GET", "\(urls)/\(EmulatorSeeds.missing)", "", 20404),
        // What a trunk refers to
        ("POST", "\(trunk)/CredentialLists", "", 20001),
        ("POST", "\(trunk)/CredentialLists", "CredentialListSid=\(EmulatorSeeds.missing)", 20404),
        ("DELETE", "\(trunk)/CredentialLists/\(EmulatorSeeds.list)", "", 20404),
        ("POST", "\(trunk)/IpAccessControlLists", "IpAccessControlListSid=\(EmulatorSeeds.missing)", 20404),
        ("POST", "\(trunk)/PhoneNumbers", "PhoneNumberSid=\(EmulatorSeeds.caller)", 20404),
        ("POST", "\(trunk)/PhoneNumbers", "", 20001),
        ("DELETE", "\(trunk)/PhoneNumbers/\(EmulatorSeeds.number)", "", 20404),
        // Lists
        ("POST", lists, "", 20001),
        ("POST", lists, "FriendlyName=switchboard-lk", 21240),
        ("POST", "\(list)/Credentials.json", "Username=sb-lk&Password=Zq7harbourLamp2", 21240),
        ("POST", "\(list)/Credentials.json", "Username=b&Password=zq7harbourlamp2", 21240),
        ("POST", "\(list)/Credentials.json", "Username=b&Password=ZqSharbourLampS", 21240),
        (
            "POST", "\(list)/Credentials.json",
            "Password=Zq7harbourLamp2&Username=\(String(repeating: "x", count: 33))", 21240
        ),
        (
            "POST", "\(list.replacing(EmulatorSeeds.list, with: EmulatorSeeds.missing))/Credentials.json", "Username=b",
            20404
        ),
        ("POST", acls, "FriendlyName=office", 21235),
        ("POST", "\(acl)/IpAddresses.json", "FriendlyName=a&IpAddress=10.0.0.256", 21235),
        ("POST", "\(acl)/IpAddresses.json", "FriendlyName=a&IpAddress=10.0.0.1&CidrPrefixLength=33", 21235),
        // Conferences
        ("POST", people, "From=%2B14155550153", 21201),
        ("POST", people, "To=sip:a@b.example.com", 21213),
        ("POST", people, "From=%2B14155550153&To=415", 21211),
        ("POST", people, "From=%2B14155550153&To=sip:b.example.com", 21211),
        ("POST", people, "From=415&To=%2B14155550199", 21212),
        ("POST", people, "From=%2B14155550199&To=%2B14155550198", 21210),
        ("POST", people, "From=a&To=sip:a@b.example.com&SipAuthUsername=x", 21222),
        ("POST", people, "From=a&To=sip:a@b.example.com&Timeout=4", 20001),
        ("POST", "~/Conferences/CF00000000000000000000000000000000/Participants.json", "From=a&To=sip:a@b.c", 20404),
        ("GET", "~/Conferences/CF00000000000000000000000000000000.json", "", 20404),
        // Pages and paths
        ("GET", "\(numbers)?PageSize=1001", "", 20007),
        ("GET", "\(numbers)?PageSize=0", "", 20007),
        ("GET", "/v1/Trunks?PageToken=nonsense", "", 21481),
        ("GET", "\(numbers)?PageToken=PA\(EmulatorSeeds.missing)", "", 21481),
        ("GET", "/v1/Nothing", "", 20404),
        ("GET", "~/IncomingPhoneNumbers", "", 20404),
        ("GET", "~/incomingphonenumbers.json", "", 20404),
        ("PUT", number, "", 20004),
        ("DELETE", "/v1/Trunks", "", 20004),
    ]

    @Test func refusesAndChangesNothing() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one, others: [EmulatorSeeds.acme])
        let before = server.emulator.state()
        for row in Self.rows {
            let answer = await server.call(row.method, row.path, row.body)
            let status = [20404: 404, 20004: 405][row.code] ?? 400
            let what = "\(row.method) \(row.path) \(row.body)"
            #expect(answer?.code == row.code, "\(what): \(answer?.text ?? "")")
            #expect(answer?.status == status && answer?.json["status"]?.integer == status, "\(what)")
            #expect(answer?.json["more_info"]?.text == "https://www.twilio.com/docs/errors/\(row.code)")
            #expect(answer?.headers["twilio-request-id"]?.wholeMatch(of: /RQ[0-9a-f]{32}/) != nil, "\(what)")
            #expect(answer?.headers["twilio-concurrent-requests"] == "1")
            #expect(answer?.headers["twilio-request-duration"]?.wholeMatch(of: /\d+\.\d{3}/) != nil)
        }
        #expect(server.emulator.state() == before)
    }

    /// The most that an account or a thing may have, and the code of one more.
    @Test func refusesOneTooMany() async throws {
        func named(_ count: Int) -> JSON { .array((0..<count).map { ["friendly_name": .string("list \($0)")] }) }
        let crowded: JSON = [
            "sid": .string(EmulatorSeeds.trunk), "origination_urls": .array((0..<10).map(Self.seededURL)),
        ]
        let full: [JSON] = [
            [
                "sid": .string(EmulatorSeeds.list), "friendly_name": "full",
                "credentials": .array(
                    (0..<1000).map { ["username": .string("u\($0)"), "password": "Zq7harbourLamp2"] }),
            ]
        ]
        let closed: [JSON] = [
            [
                "sid": .string(EmulatorSeeds.addresses), "friendly_name": "full",
                "ip_addresses": .array((0..<100).map { _ in ["friendly_name": "a", "ip_address": "10.0.0.1"] }),
            ]
        ]
        let server = try EmulatorHarness([
            "trunks": .array([crowded] + (1..<100).map { _ in [:] }),
            "credential_lists": .array(full + (named(99).elements ?? [])),
            "ip_access_control_lists": .array(closed + (named(999).elements ?? [])),
        ])
        let rows: [Row] = [
            ("POST", "\(Self.list)/Credentials.json", "Username=b&Password=Zq7harbourLamp2", 21242),
            ("POST", "\(Self.acl)/IpAddresses.json", "FriendlyName=a&IpAddress=10.0.0.1", 21237),
            ("POST", "/v1/Trunks", "", 21244), ("POST", Self.urls, Self.url, 21249),
            ("POST", Self.lists, "FriendlyName=more", 21239), ("POST", Self.acls, "FriendlyName=more", 21255),
        ]
        for row in rows {
            let answer = await server.call(row.method, row.path, row.body)
            #expect(answer?.code == row.code, "\(row.path): \(answer?.text ?? "")")
        }
        let trial = try EmulatorHarness(["type": "Trial", "trunks": [[:]]])
        #expect(await trial.call("POST", "/v1/Trunks")?.code == 21244)
    }

    private static func seededURL(_ number: Int) -> JSON {
        [
            "friendly_name": .string("u\(number)"), "sip_url": "sip:a.example.com", "weight": 1, "priority": 1,
            "enabled": true,
        ]
    }

    @Test func aCallerOfAnotherTrialAccountCannotBeVerifiedAgain() async throws {
        let other: JSON = [
            "sid": "ACacacacacacacacacacacacacacacacac", "auth_token": "x", "type": "Trial",
            "caller_ids": ["+12025550142"],
        ]
        let server = try EmulatorHarness(["type": "Trial"], others: [other])
        #expect(await server.call("POST", Self.callers, "PhoneNumber=%2B12025550142")?.code == 21453)
    }
}
