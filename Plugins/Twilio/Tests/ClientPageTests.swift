import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioProvider

/// Both ways in which Twilio leads from page to page.
@Suite struct ClientPageTests {
    @Test func followsThePathsOfTheCoreAPIAsTheyAre() async throws {
        let next = "\(accountPath)/IncomingPhoneNumbers.json?PageSize=2&Page=1&PageToken=PAPN2b%2B3"
        let transport = ScriptedTransport([
            get(
                "/IncomingPhoneNumbers.json?PageSize=1000",
                page(
                    "incoming_phone_numbers",
                    [incoming("+14155550141", sid: "PN2"), incoming("+14155550123", sid: "PN1")], next: next)),
            get(next, page("incoming_phone_numbers", [incoming("+14155550141", sid: "PN2")])),
        ])
        let numbers = try await provider(transport).ownedNumbers(OwnedNumberFilter())
        #expect(numbers.map(\.providerID) == ["PN1", "PN2"])
        #expect(transport.sent[1].url == sandboxURL + next)
        #expect(transport.sent[1].header("Authorization") == "Basic " + basicWord)
        #expect(transport.complaints == [])
    }

    @Test func followsTheURLsOfTheTrunkingAPIAsTheyAre() async throws {
        let next = "\(sandboxURL)/v1/Trunks?PageSize=1&Page=1&PageToken=PATK7c"
        let transport = ScriptedTransport([
            get("/v1/Trunks?PageSize=100", meta("trunks", [trunk("other.pstn.twilio.com", sid: "TK1")], next: next)),
            get("PageToken=PATK7c", meta("trunks", [trunk(trunkDomain)])),
        ])
        #expect(try await provider(transport).sharedTrunk(to: sipHost)?.id == trunkSID)
        #expect(transport.sent[1].url == next)
    }

    /// The credentials would go wherever an answer says.
    @Test(arguments: [
        "http://127.0.0.1:8182/v1/Trunks?Page=1", "https://127.0.0.1:8181/v1/Trunks?Page=1",
        "http://evil.example/v1/Trunks?Page=1", "http://evil.example:8181/v1/Trunks?Page=1",
        "http://127.0.0.1:8181@evil.example/", "/v1/Trunks?Page=1", "evil",
    ])
    func leadsTheCredentialsNowhereElse(link: String) async throws {
        let transport = ScriptedTransport([get("PageSize=100", meta("trunks", [], next: link))])
        let error = try await failure { _ = try await provider(transport).sharedTrunk(to: sipHost) }
        #expect(error.code == .badAnswer)
        #expect(transport.sent.count == 1)
    }

    @Test(arguments: ["http://evil.example/x", "evil.example/x", "@evil.example/x", ":80@evil.example/"])
    func takesNothingButAPathFromTheCoreAPI(link: String) async throws {
        let transport = ScriptedTransport([get("PageSize=1000", page("incoming_phone_numbers", [], next: link))])
        let error = try await failure { _ = try await provider(transport).ownedNumbers(OwnedNumberFilter()) }
        #expect(error.code == .badAnswer)
        #expect(transport.sent.count == 1)
    }

    @Test func endsACircleOfPages() async throws {
        let next = "\(accountPath)/IncomingPhoneNumbers.json?Page=1"
        let transport = ScriptedTransport { _ in .json(200, page("incoming_phone_numbers", [], next: next)) }
        let error = try await failure { _ = try await provider(transport).ownedNumbers(OwnedNumberFilter()) }
        #expect(error.code == .badAnswer)
        #expect(transport.sent.count == 2)
    }

    @Test func endsAListWithoutEnd() async throws {
        let transport = ScriptedTransport { request in
            let number = request.url.split(separator: "=").last.flatMap { Int($0) } ?? 0
            return .json(200, page("incoming_phone_numbers", [], next: "\(accountPath)/x.json?Page=\(number + 1)"))
        }
        let error = try await failure { _ = try await provider(transport).ownedNumbers(OwnedNumberFilter()) }
        #expect(error.code == .badAnswer)
        #expect(transport.sent.count == 1000)
    }

    @Test(arguments: [
        #"{}"#, #"[]"#, "garbage", #"{"incoming_phone_numbers":"none"}"#, #"{"incoming_phone_numbers":[1]}"#,
    ])
    func takesNoAnswerWithoutTheRows(body: String) async throws {
        let transport = ScriptedTransport([get("PageSize=1000", body)])
        let error = try await failure { _ = try await provider(transport).ownedNumbers(OwnedNumberFilter()) }
        #expect(error.code == .badAnswer)
        #expect(!error.mayHaveHappened)
    }

    @Test func aPageThatFailsFailsTheWhole() async throws {
        let next = "\(accountPath)/IncomingPhoneNumbers.json?Page=1&PageToken=bad"
        let transport = ScriptedTransport([
            get("PageSize=1000", page("incoming_phone_numbers", [incoming("+14155550123")], next: next)),
            ScriptedExchange("GET", next, .success(.json(400, refusal(21481, 400, "bad token")))),
        ])
        let error = try await failure { _ = try await provider(transport).ownedNumbers(OwnedNumberFilter()) }
        #expect(error.code == .invalidArgument)
    }
}
