import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import TwilioSandbox

/// What searches find.
@Suite struct EmulatorSearchTests {
    private func found(_ server: EmulatorHarness, _ path: String) async -> [String] {
        let answer = await server.call("GET", "~/AvailablePhoneNumbers/" + path)
        return answer?.json.texts("available_phone_numbers", "phone_number") ?? []
    }

    /// A search, and the first and last number that it finds, with their count.
    @Test(arguments: [
        ("US/Local.json?AreaCode=415", "+14155550150", "+14155550179", 30),
        ("US/Local.json?AreaCode=415&PageSize=3", "+14155550150", "+14155550152", 3),
        ("US/Local.json?AreaCode=415&PageSize=1000", "+14155550150", "+14155550179", 30),
        ("US/Local.json?AreaCode=415&Contains=%2B1415555019*", "+14155550190", "+14155550199", 10),
        ("US/Local.json?AreaCode=415&Contains=99%24", "+14155550199", "+14155550199", 1),
        ("US/Local.json?AreaCode=415&Contains=99", "+14155550199", "+14155550199", 1),
        ("US/Local.json?AreaCode=415&Contains=%25199", "+14155550199", "+14155550199", 1),
        ("US/Local.json?Contains=%2B1415", "+14155550150", "+14155550179", 30),
        ("US/Local.json?AreaCode=415&Contains=JKL", "+14155550150", "+14155550179", 30),
        ("US/Local.json?AreaCode=999", "", "", 0),
        ("US/Local.json?InRegion=HI", "+18085550150", "+18085550179", 30),
        ("US/Local.json?InLocality=san+francisco", "+14155550150", "+14155550179", 30),
        ("US/Local.json?InPostalCode=94105", "+14155550150", "+14155550179", 30),
        ("US/Local.json?InLata=722&InRateCenter=SNFC+CNTRL", "+14155550150", "+14155550179", 30),
        ("US/Local.json?NearLatLong=37.79,-122.39&Distance=1", "+14155550150", "+14155550179", 30),
        ("US/Local.json?NearNumber=%2B18085551234", "+18085550150", "+18085550179", 30),
        ("US/Local.json?NearLatLong=0,0", "", "", 0),
        ("US/Local.json?AreaCode=415&VoiceEnabled=TRUE&SmsEnabled=true", "+14155550150", "+14155550179", 30),
        ("US/Local.json?AreaCode=415&MmsEnabled=true&FaxEnabled=true", "+14155550150", "+14155550179", 30),
        ("US/Local.json?VoiceEnabled=false", "", "", 0),
        ("US/Local.json?AreaCode=415&Beta=false&Colour=red", "+14155550150", "+14155550179", 30),
        ("US/TollFree.json?AreaCode=888", "+18885550150", "+18885550179", 30),
        ("US/TollFree.json?PageSize=1", "+18005550150", "+18005550150", 1),
        ("GB/Local.json?ExcludeAllAddressRequired=true", "", "", 0),
        ("GB/Local.json?ExcludeLocalAddressRequired=true&AreaCode=415", "+442079460150", "+442079460179", 30),
        ("GB/Mobile.json?MmsEnabled=true", "", "", 0),
        ("GB/Mobile.json?PageSize=50", "+447700900150", "+447700900179", 30),
    ])
    func finds(_ path: String, _ first: String, _ last: String, _ count: Int) async throws {
        let numbers = await found(try EmulatorHarness(), path)
        #expect(numbers.first ?? "" == first)
        #expect(numbers.last ?? "" == last)
        #expect(numbers.count == count)
        #expect(numbers == numbers.sorted())
    }

    /// What anybody has is not on offer, and is again when it is released; nothing of LiveKit's lines ever is.
    @Test func offersWhatNobodyHas() async throws {
        let server = try EmulatorHarness(["numbers": ["+14155550150"]], others: [EmulatorSeeds.acme])
        let path = "US/Local.json?AreaCode=415&Contains=%2B141555501"
        #expect(
            await found(server, path).prefix(10).map { $0.suffix(3) } == [
                "151", "152", "153", "154", "155", "156", "157", "158", "159", "161",
            ])
        let owned = await server.call("GET", "~/IncomingPhoneNumbers.json")
        let sid = try #require(owned?.json["incoming_phone_numbers"]?.elements?.first?["sid"]?.text)
        #expect(await server.call("DELETE", "~/IncomingPhoneNumbers/\(sid).json")?.text == "")
        #expect(await found(server, path).first == "+14155550150")
    }

    @Test func theWideInventoryHasMoreOfTheSameLines() async throws {
        let server = try EmulatorHarness(inventory: .wide)
        #expect(await found(server, "US/Local.json?AreaCode=415").first == "+14155500150")
        let last = await found(server, "US/Local.json?AreaCode=415&Contains=%2B14155990199")
        #expect(last == ["+14155990199"])
        #expect(await found(server, "US/Local.json?AreaCode=415&Contains=%2B14155990149") == [])
    }

    @Test func showsCountries() async throws {
        let server = try EmulatorHarness()
        let all = await server.call("GET", "~/AvailablePhoneNumbers.json")
        #expect(all?.json.texts("countries", "country_code") == ["US", "GB"])
        let one = await server.call("GET", "~/AvailablePhoneNumbers/US.json")
        let place = "/2010-04-01/Accounts/\(EmulatorHarness.sid)/AvailablePhoneNumbers/US"
        #expect(
            one?.json["subresource_uris"] == [
                "local": .string(place + "/Local.json"), "toll_free": .string(place + "/TollFree.json"),
            ])
    }

    @Test func whatIsNotKnownOfAPlaceIsNull() async throws {
        let server = try EmulatorHarness()
        for path in ["US/Local.json?AreaCode=628", "US/TollFree.json?AreaCode=800", "GB/Mobile.json?Beta=true"] {
            let answer = await server.call("GET", "~/AvailablePhoneNumbers/\(path)&PageSize=1")
            let row = answer?.json["available_phone_numbers"]?.elements?.first
            for field in ["lata", "rate_center", "postal_code", "latitude", "longitude"] {
                #expect(row?[field] == .null, "\(path) \(field)")
            }
        }
    }
}
