import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

@Suite struct ProviderSearchTests {
    private static let token = "eyJvZmZzZXQiOjIsImxpbWl0IjoyfQ=="

    private func page(_ numbers: [String], next: String) -> String {
        let items = numbers.map { wireNumber($0, id: "", status: "PHONE_NUMBER_STATUS_UNSPECIFIED") }
        return #"{"items":[\#(items.joined(separator: ","))],"next_page_token":\#(next)}"#
    }

    @Test func sendsAndReadsTheGoldenFirstPage() async throws {
        let transport = ScriptedTransport([
            answer(
                "https://acme.example" + searchPath,
                page(["+14155550142", "+14155550143"], next: #"{"token":"\#(Self.token)"}"#))
        ])
        let provider = try LiveKitProvider(context: context(transport))
        let found = try await provider.search(NumberQuery(countryCode: "US", areaCode: "415", limit: 2))
        #expect(found.map(\.e164.text) == ["+14155550142", "+14155550143"])
        #expect(
            found.first
                == AvailableNumber(
                    provider: "livekit", e164: try e164("+14155550142"), countryCode: "US", areaCode: "415",
                    numberType: .local, locality: "SAN FRANCISCO", region: "CA", capabilities: ["voice"]))
        let request = try #require(transport.sent.first)
        #expect(try json(request.body) == json(#"{"country_code":"US","area_code":"415","limit":2}"#))
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.header("Authorization")?.hasPrefix("Bearer ey") == true)
        #expect(request.header("X-Livekit-Request-Id") == nil)
        #expect(request.deadline == .seconds(30))
        #expect(transport.complaints.isEmpty)
    }

    @Test func walksPagesUntilTheLimitAndDropsWhatIsTwice() async throws {
        let transport = ScriptedTransport([
            answer(searchPath, page(["+14155550142", "+14155550143"], next: #"{"token":"\#(Self.token)"}"#)),
            answer(searchPath, page(["+14155550143", "+14155550144"], next: "null")),
        ])
        let provider = try LiveKitProvider(context: context(transport))
        let found = try await provider.search(NumberQuery(countryCode: "US", areaCode: "415", limit: 3))
        #expect(found.map(\.e164.text) == ["+14155550142", "+14155550143", "+14155550144"])
        #expect(try json(transport.sent[1].body)["page_token"] == ["token": .string(Self.token)])
        #expect(transport.complaints.isEmpty)
    }

    @Test func findsNothingWithoutFault() async throws {
        let transport = ScriptedTransport([answer(searchPath, #"{"items":[],"next_page_token":{"token":""}}"#)])
        let provider = try LiveKitProvider(context: context(transport))
        #expect(try await provider.search(NumberQuery(countryCode: "DE")).isEmpty)
        #expect(transport.complaints.isEmpty)
    }

    @Test func refusesALimitOfNothing() async throws {
        let provider = try LiveKitProvider(context: context(ScriptedTransport([])))
        let error = try await failure { _ = try await provider.search(NumberQuery(countryCode: "US", limit: 0)) }
        #expect(error.code == .invalidArgument)
    }
}
