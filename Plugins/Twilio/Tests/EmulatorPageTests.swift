import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import TwilioSandbox

/// Lists in pages, in the form of either API.
@Suite struct EmulatorPageTests {
    private static let five: JSON = [
        "numbers": .strings((150..<155).map { "+14155550\($0)" }),
        "trunks": .array((0..<5).map { ["friendly_name": .string("t\($0)")] }),
    ]

    @Test func followsTheOlderApisLinks() async throws {
        let server = try EmulatorHarness(Self.five)
        let path = "/2010-04-01/Accounts/\(EmulatorHarness.sid)/IncomingPhoneNumbers.json"
        var next: String? = path + "?Beta=false&PageSize=2"
        var pages: [[String]] = []
        var places: [JSON?] = []
        while let link = next {
            let page = try #require(await server.call("GET", link)).json
            pages.append(page.texts("incoming_phone_numbers", "phone_number").map { String($0.suffix(3)) })
            places.append(.array([page["page"] ?? .null, page["start"] ?? .null, page["end"] ?? .null]))
            #expect(page["page_size"] == 2 && page["first_page_uri"]?.text == path + "?Beta=false&PageSize=2&Page=0")
            next = page["next_page_uri"]?.text
        }
        #expect(pages == [["150", "151"], ["152", "153"], ["154"]])
        #expect(places == [[0, 0, 1], [1, 2, 3], [2, 4, 4]])
    }

    @Test func followsTheTrunkingApisLinksAndBack() async throws {
        let server = try EmulatorHarness(Self.five)
        let first = try #require(await server.call("GET", "/v1/Trunks?PageSize=3")).json["meta"]
        #expect(first?["key"] == "trunks" && first?["previous_page_url"] == .null)
        #expect(first?["url"] == "http://127.0.0.1/v1/Trunks?PageSize=3&Page=0")
        let next = try #require(first?["next_page_url"]?.text?.dropFirst("http://127.0.0.1".count))
        let second = try #require(await server.call("GET", String(next))).json
        #expect(second.texts("trunks", "friendly_name") == ["t3", "t4"])
        #expect(second["meta"]?["next_page_url"] == .null)
        let back = try #require(second["meta"]?["previous_page_url"]?.text?.dropFirst("http://127.0.0.1".count))
        let again = try #require(await server.call("GET", String(back))).json
        #expect(again.texts("trunks", "friendly_name") == ["t0", "t1", "t2"])
        #expect(again["meta"]?["page"] == 0)
    }

    /// Nothing is passed over when something is bought or released between two pages.
    @Test func walksOnWhileThingsChange() async throws {
        let server = try EmulatorHarness(Self.five)
        let page = await server.call("GET", "~/IncomingPhoneNumbers.json?PageSize=2")
        let first = try #require(page?.json["incoming_phone_numbers"]?.elements?.first?["sid"]?.text)
        #expect(await server.call("DELETE", "~/IncomingPhoneNumbers/\(first).json")?.status == 204)
        #expect(await server.call("POST", "~/IncomingPhoneNumbers.json", "PhoneNumber=%2B14155550170")?.status == 201)
        let next = try #require(page?.json["next_page_uri"]?.text)
        let rest = await server.call("GET", next.replacing("PageSize=2", with: "PageSize=10"))
        #expect(
            rest?.json.texts("incoming_phone_numbers", "phone_number").map { $0.suffix(3) } == [
                "152", "153", "154", "170",
            ])
    }

    @Test func anEmptyListHasOnePage() async throws {
        let server = try EmulatorHarness()
        let answer = await server.call("GET", "~/OutgoingCallerIds.json")
        let place = "/2010-04-01/Accounts/\(EmulatorHarness.sid)/OutgoingCallerIds.json?PageSize=50&Page=0"
        #expect(
            answer?.text == "{\"outgoing_caller_ids\":[],\"page\":0,\"page_size\":50,\"start\":0,\"end\":0,"
                + "\"uri\":\"\(place)\",\"first_page_uri\":\"\(place)\",\"next_page_uri\":null,\"previous_page_uri\":null}"
        )
        let trunks = await server.call("GET", "/v1/Trunks")
        #expect(trunks?.json["trunks"] == [])
    }

    @Test func anEndlessListNeverEnds() async throws {
        let server = try EmulatorHarness(Self.five)
        _ = await server.fault(#"{"fault":"endless","method":"ListTrunk"}"#)
        var link = "/v1/Trunks?PageSize=5"
        for _ in 0..<4 {
            let page = await server.call("GET", link)
            #expect(page?.json["trunks"]?.elements?.count == 5)
            link = String(try #require(page?.json["meta"]?["next_page_url"]?.text).dropFirst("http://127.0.0.1".count))
        }
    }
}
