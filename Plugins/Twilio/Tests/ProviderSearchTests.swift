import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioProvider

@Suite struct ProviderSearchTests {
    private static func row(_ number: String, _ more: String = "") -> String {
        """
        {"phone_number":"\(number)","friendly_name":"x","locality":"San Francisco","region":"CA","iso_country":"US",\
        "address_requirements":"none","beta":false,"latitude":"37.789400","longitude":-122.3942,\
        "capabilities":{"voice":true,"SMS":true,"MMS":false}\(more)}
        """
    }

    private static func rows(_ rows: String...) -> String {
        #"{"available_phone_numbers":[\#(rows.joined(separator: ","))],"uri":"x"}"#
    }

    @Test func readsTheRows() async throws {
        let transport = ScriptedTransport([
            get(
                "/AvailablePhoneNumbers/US/Local.json?AreaCode=415&VoiceEnabled=true&PageSize=30",
                Self.rows(Self.row("+14155550123"), Self.row("+14155550123"), #"{"phone_number":"none"}"#, "{}"))
        ])
        let found = try await provider(transport).search(NumberQuery(countryCode: "US", areaCode: "415"))
        #expect(
            found == [
                AvailableNumber(
                    provider: "twilio", e164: try e164("+14155550123"), countryCode: "US", areaCode: "415",
                    numberType: .local, locality: "San Francisco", region: "CA", capabilities: ["voice", "sms"])
            ])
        #expect(transport.complaints == [])
    }

    @Test func looksForTollFreeNumbersByTheirAreaCode() async throws {
        let transport = ScriptedTransport([
            get("/US/TollFree.json?AreaCode=833&VoiceEnabled=true&PageSize=30", Self.rows(Self.row("+18335550123")))
        ])
        let found = try await provider(transport).search(NumberQuery(countryCode: "US", areaCode: "833"))
        #expect(found.map(\.numberType) == [.tollFree])
    }

    @Test func looksForWhatTheCountryHas() async throws {
        let transport = ScriptedTransport([
            ScriptedExchange(
                "GET", "/DK/Local.json?VoiceEnabled=true&PageSize=3", .success(.json(404, refusal(20404, 404)))),
            get(
                "/DK/Mobile.json?VoiceEnabled=true&PageSize=3",
                Self.rows(#"{"phone_number":"+4552512345","locality":null,"iso_country":"DK"}"#)),
        ])
        let found = try await provider(transport).search(NumberQuery(countryCode: "DK", limit: 3))
        #expect(found.map(\.e164.text) == ["+4552512345"])
        #expect(found.first?.numberType == .mobile)
        #expect(found.first?.locality == nil)
    }

    @Test func aCountryWithoutNumbersHasNone() async throws {
        let transport = ScriptedTransport { _ in .json(404, refusal(20404, 404)) }
        #expect(try await provider(transport).search(NumberQuery(countryCode: "XX")) == [])
        #expect(transport.sent.count == 3)
    }

    @Test func asksForNoMoreThanTwilioShows() async throws {
        let transport = ScriptedTransport { _ in .json(200, Self.rows()) }
        _ = try await provider(transport).search(NumberQuery(countryCode: "US", limit: 1000))
        #expect(transport.sent[0].url.hasSuffix("PageSize=30"))
    }

    /// A stock of 80 numbers, of which Twilio shows 30 that begin as asked.
    @Test(arguments: [(31, 31), (80, 80), (1000, 80)])
    func looksForMoreByTheirBeginnings(limit: Int, expected: Int) async throws {
        let stock = (100...179).map { "+14155550\($0)" }
        let transport = ScriptedTransport { request in
            let items = request.url.split(separator: "?")[1].split(separator: "&")
            let beginning = items.first { $0.hasPrefix("Contains=%2B") }?.dropFirst("Contains=%2B".count) ?? ""
            let shown = stock.filter { $0.dropFirst().hasPrefix(beginning) }.prefix(30).map { Self.row($0) }
            return .json(200, #"{"available_phone_numbers":[\#(shown.joined(separator: ","))]}"#)
        }
        let query = NumberQuery(countryCode: "US", areaCode: "415", limit: limit)
        let found = try await provider(transport).search(query)
        #expect(found.count == expected)
        #expect(Set(found.map(\.e164)).count == expected)
        #expect(transport.sent.allSatisfy { $0.url.contains("AreaCode=415&") })
        #expect(transport.sent.count <= (limit > 80 ? 51 : 12))
    }

    /// What Twilio shows first has more in common than all that there is: an exchange of the area, an area of the country.
    @Test(arguments: ["415", nil]) func looksBeyondWhatTheFirstHaveInCommon(areaCode: String?) async throws {
        let places = areaCode == nil ? ["201555", "303555", "415555", "602555"] : ["415550", "415551", "415557"]
        let stock = places.flatMap { place in (100...179).map { "+1\(place)0\($0)" } }
        let transport = ScriptedTransport { request in
            let items = request.url.split(separator: "?")[1].split(separator: "&")
            let beginning = items.first { $0.hasPrefix("Contains=%2B") }?.dropFirst("Contains=%2B".count) ?? ""
            let rows = stock.filter { $0.dropFirst().hasPrefix(beginning) }.prefix(30).map { Self.row($0) }
            return .json(200, #"{"available_phone_numbers":[\#(rows.joined(separator: ","))]}"#)
        }
        let query = NumberQuery(countryCode: "US", areaCode: areaCode, limit: 140)
        let found = try await provider(transport).search(query)
        #expect(found.count == 140 && Set(found.map(\.e164)).count == 140)
    }

    /// A stock without end is not asked for without end.
    @Test func givesUpLookingForMore() async throws {
        let rows = (100...129).map { Self.row("+14155550\($0)") }.joined(separator: ",")
        let transport = ScriptedTransport { _ in .json(200, #"{"available_phone_numbers":[\#(rows)]}"#) }
        #expect(try await provider(transport).search(NumberQuery(countryCode: "US", limit: 900)).count == 30)
        #expect(transport.sent.count == 51)
    }

    @Test func refusesWhatItCannotLookFor() async throws {
        let transport = ScriptedTransport([])
        for query in [NumberQuery(countryCode: "GB", areaCode: "020"), NumberQuery(countryCode: "US", limit: 0)] {
            let error = try await failure { _ = try await provider(transport).search(query) }
            #expect(error.code == .invalidArgument)
        }
        #expect(transport.sent.isEmpty)
    }
}
