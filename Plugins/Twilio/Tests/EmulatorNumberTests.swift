import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import TwilioSandbox

/// Buying, changing and releasing numbers.
@Suite struct EmulatorNumberTests {
    private static let list = "~/IncomingPhoneNumbers.json"
    private static let one = "~/IncomingPhoneNumbers/\(EmulatorSeeds.number).json"

    /// Twilio takes the second purchase for a change, which costs nothing.
    @Test func buyingTwiceIsOnePurchase() async throws {
        let server = try EmulatorHarness()
        let first = await server.call("POST", Self.list, "PhoneNumber=%2B14155550150&VoiceUrl=https://a.example.com")
        server.setClock(60)
        let second = await server.call("POST", Self.list, "PhoneNumber=%2B14155550150&FriendlyName=Lobby")
        #expect(first?.status == 201 && second?.status == 201)
        #expect(second?.json["sid"] == first?.json["sid"])
        #expect(second?.json["date_created"] == first?.json["date_created"])
        #expect(second?.json["date_updated"]?.text == "Wed, 18 Nov 2026 09:16:02 +0000")
        #expect(second?.json["voice_url"] == "https://a.example.com")
        #expect(server.purchases == ["+14155550150"])
    }

    /// Which form texts are which number and name.
    @Test(arguments: [
        ("&FriendlyName=a+b", "a b"), ("&FriendlyName=a%20b", "a b"), ("&FriendlyName=a%2Bb%26c%3Dd", "a+b&c=d"),
        ("", "(415) 555-0150"), ("&FriendlyName=caf%C3%A9", "café"), ("&FriendlyName=a&FriendlyName=b", "b"),
    ])
    func readsForms(_ rest: String, _ name: String) async throws {
        let answer = await (try EmulatorHarness()).call("POST", Self.list, "PhoneNumber=%2B14155550150" + rest)
        #expect(answer?.json["friendly_name"]?.text == name, "\(answer?.text ?? "")")
    }

    @Test func anAreaCodeBuysTheNextFreeNumber() async throws {
        let server = try EmulatorHarness(["numbers": .strings((150..<199).map { "+14155550\($0)" })])
        #expect(await server.call("POST", Self.list, "AreaCode=415")?.json["phone_number"] == "+14155550199")
        #expect(await server.call("POST", Self.list, "AreaCode=415")?.code == 21452)
    }

    /// Steps of updates, and the trunk and the application that are left.
    @Test func aTrunkAndAnApplicationExcludeEachOther() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one)
        let (trunk, application) = (EmulatorSeeds.trunk, "AP" + String(repeating: "0", count: 32))
        let steps: [(String, String?, String)] = [
            ("VoiceApplicationSid=\(application)", nil, application), ("TrunkSid=\(trunk)", trunk, ""),
            ("VoiceUrl=https://a.example.com", trunk, ""), ("VoiceApplicationSid=\(application)", nil, application),
            ("VoiceApplicationSid=\(application)&TrunkSid=\(trunk)", trunk, ""),
            ("TrunkSid=\(trunk)&VoiceApplicationSid=\(application)", nil, application),
            ("VoiceApplicationSid=", nil, ""), ("TrunkSid=\(trunk)", trunk, ""), ("TrunkSid=", nil, ""),
        ]
        for (body, trunk, application) in steps {
            let answer = await server.call("POST", Self.one, body)
            #expect(answer?.json["trunk_sid"] == .optional(trunk), "\(body)")
            #expect(answer?.json["voice_application_sid"]?.text == application, "\(body)")
            let held = await server.call("GET", "/v1/Trunks/\(EmulatorSeeds.trunk)/PhoneNumbers")
            #expect(held?.json["phone_numbers"]?.elements?.count == (trunk == nil ? 0 : 1))
        }
    }

    @Test func anEmptyValueClearsAndAMissingOneDoesNot() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one)
        _ = await server.call(
            "POST", Self.one, "VoiceUrl=https://a.example.com&VoiceMethod=GET&SmsUrl=https://b.example.com")
        let cleared = await server.call("POST", Self.one, "VoiceUrl=&VoiceMethod=&SmsUrl=")
        #expect(cleared?.json.contains(["voice_url": nil, "voice_method": "POST", "sms_url": ""]) == true)
        let kept = await server.call("POST", Self.one, "FriendlyName=x&Colour=red")
        #expect(kept?.json["friendly_name"] == "x")
    }

    /// A part of a number finds all that have it; a star stands for a digit.
    @Test(arguments: [
        ("%2B14155550153", 1), ("%2B1415555", 2), ("4155550", 2), ("555015*", 2), ("*53", 1), ("%2B212", 0), ("", 3),
    ])
    func listsByAPartOfTheNumber(_ part: String, _ count: Int) async throws {
        let server = try EmulatorHarness(["numbers": ["+14155550153", "+14155550154", "+442071838750"]])
        let answer = await server.call("GET", Self.list + "?PhoneNumber=" + part)
        #expect(answer?.json["incoming_phone_numbers"]?.elements?.count == count)
    }

    /// Requirements are satisfied by the document that is asked for.
    @Test(arguments: [("%2B447700900150&BundleSid=BU", "bundle_sid"), ("%2B442079460150&AddressSid=AD", "address_sid")])
    func papersAreTaken(_ start: String, _ field: String) async throws {
        let sid = String(repeating: "1", count: 32)
        let answer = await (try EmulatorHarness()).call("POST", Self.list, "PhoneNumber=" + start + sid)
        #expect(answer?.status == 201)
        #expect(answer?.json[field]?.text?.hasSuffix(sid) == true)
    }

    /// A number in test mode, and what test credentials answer to it.
    @Test(arguments: [
        ("PhoneNumber=%2B15005550006", 201, nil), ("AreaCode=500", 201, nil),
        ("PhoneNumber=%2B15005550000", 400, 21422),
        ("PhoneNumber=%2B15005550001", 400, 21421), ("AreaCode=533", 400, 21452),
        ("PhoneNumber=%2B14155550150", 400, 21422),
        ("PhoneNumber=%2B15005550006&VoiceUrl=nonsense", 400, 21402), ("", 400, 21421),
    ])
    func testCredentialsKnowMagicNumbers(_ body: String, _ status: Int, _ code: Int?) async throws {
        let server = try EmulatorHarness()
        let test = "ACa0000000000000000000000000000003"
        let before = server.emulator.state()
        for _ in 0..<2 {
            let answer = await server.call(
                "POST", "/2010-04-01/Accounts/\(test)/IncomingPhoneNumbers.json", body, user: test,
                password: "test-token")
            #expect(answer?.status == status && answer?.code == code)
            if status == 201 { #expect(answer?.json["phone_number"] == "+15005550006") }
        }
        #expect(server.emulator.state() == before)
    }

    /// The same inputs mean the same with the credentials of any account, and nothing is kept there either.
    @Test(arguments: [
        ("PhoneNumber=%2B15005550006", 201, nil), ("AreaCode=500", 201, nil),
        ("PhoneNumber=%2B15005550000", 400, 21422), ("PhoneNumber=%2B15005550001", 400, 21421),
        ("AreaCode=533", 400, 21452), ("AreaCode=500&PhoneNumber=%2B15005550006", 400, 21421),
    ])
    func everyAccountKnowsMagicNumbers(_ body: String, _ status: Int, _ code: Int?) async throws {
        let server = try EmulatorHarness()
        let before = server.emulator.state()
        let answer = await server.call("POST", Self.list, body)
        #expect(answer?.status == status && answer?.code == code)
        if status == 201 { #expect(answer?.json["phone_number"] == "+15005550006") }
        #expect(server.emulator.state() == before)
    }

    @Test func ofTwentyBuyersOfOneNumberExactlyOneGetsIt() async throws {
        let accounts = (0..<20).map { "AC" + String(repeating: "0", count: 30) + String($0 + 10) }
        let server = try EmulatorHarness(others: accounts.map { ["sid": .string($0), "auth_token": "t"] })
        let codes = await withTaskGroup(of: Int.self) { group in
            for account in accounts {
                group.addTask {
                    let answer = await server.call(
                        "POST", "/2010-04-01/Accounts/\(account)/IncomingPhoneNumbers.json",
                        "PhoneNumber=%2B14155550150",
                        user: account, password: "t")
                    return answer?.code ?? answer?.status ?? 0
                }
            }
            return await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(codes.sorted() == [201] + Array(repeating: 21422, count: 19))
        #expect(server.purchases == ["+14155550150"])
    }

    @Test func aVerifiedCallerComesAfterTheCall() async throws {
        let server = try EmulatorHarness()
        let asked = await server.call("POST", "~/OutgoingCallerIds.json", "PhoneNumber=%2B12025550142&CallDelay=30")
        #expect(asked?.status == 200 && asked?.json["validation_code"]?.text?.count == 6)
        func count() async -> Int? {
            await server.call("GET", "~/OutgoingCallerIds.json")?.json["outgoing_caller_ids"]?.elements?.count
        }
        #expect(await count() == 0)
        server.setClock(31)
        #expect(await count() == 1)
    }
}
