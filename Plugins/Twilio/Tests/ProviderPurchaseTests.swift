import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioProvider

@Suite struct ProviderPurchaseTests {
    private static let look = get("PageSize=20", page("incoming_phone_numbers", []))

    @Test func tellsWhatWasBought() async throws {
        let transport = ScriptedTransport([
            Self.look, post("/IncomingPhoneNumbers.json", incoming("+14155550123", voiceURL: "https://demo.example")),
        ])
        let bought = try await provider(transport).purchase(e164("+14155550123"), key: "k")
        #expect(
            bought
                == OwnedNumber(
                    provider: "twilio", providerID: numberSID, e164: try e164("+14155550123"), status: .active,
                    countryCode: "US", areaCode: "415", numberType: .local, locality: "San Francisco", region: "CA",
                    capabilities: ["voice", "sms", "mms"]))
    }

    /// The second purchase of a number succeeds at Twilio and is none.
    @Test func looksBeforeItBuys() async throws {
        let transport = ScriptedTransport([
            get("PageSize=20", page("incoming_phone_numbers", [incoming("+14155550123")]))
        ])
        let number = try e164("+14155550123")
        let error = try await failure { _ = try await provider(transport).purchase(number, key: "k") }
        #expect(error.code == .alreadyOwned)
        #expect(!error.mayHaveHappened)
        #expect(transport.sent.map(\.method) == ["GET"])
    }

    /// Twilio's filter finds every number that has the digits in it.
    @Test func anotherNumberWithTheseDigitsIsAnother() async throws {
        let transport = ScriptedTransport([
            get("PageSize=20", page("incoming_phone_numbers", [incoming("+141555501234")])),
            post("/IncomingPhoneNumbers.json", incoming("+14155550123")),
        ])
        #expect(try await provider(transport).purchase(e164("+14155550123"), key: "k").providerID == numberSID)
    }

    @Test func anUpdateInDisguiseIsNoPurchase() async throws {
        let old = incoming("+14155550123", updated: "Wed, 18 Nov 2026 09:30:41 +0000")
        let transport = ScriptedTransport([Self.look, post("/IncomingPhoneNumbers.json", old)])
        let number = try e164("+14155550123")
        let error = try await failure { _ = try await provider(transport).purchase(number, key: "k") }
        #expect(error.code == .alreadyOwned)
    }

    /// The first attempt bought it, its answer was lost, the account did not show it yet, and the second updated it.
    @Test func aRepetitionOfOursStaysAPurchase() async throws {
        let again = incoming("+14155550123", updated: "Wed, 18 Nov 2026 09:16:41 +0000")
        let transport = ScriptedTransport([
            Self.look, post("/IncomingPhoneNumbers.json", "{}", status: 503), Self.look,
            post("/IncomingPhoneNumbers.json", again),
        ])
        #expect(try await provider(transport).purchase(e164("+14155550123"), key: "k").providerID == numberSID)
        #expect(transport.complaints == [])
    }

    /// What the first attempt began may have come to its end by the second, or may yet.
    @Test func aRefusalBehindALostAnswerLeavesItOpen() async throws {
        let transport = ScriptedTransport([
            Self.look, post("/IncomingPhoneNumbers.json", "{}", status: 503), Self.look,
            post("/IncomingPhoneNumbers.json", refusal(21422, 400), status: 400),
        ])
        let number = try e164("+14155550123")
        let error = try await failure { _ = try await provider(transport).purchase(number, key: "k") }
        #expect(error.code == .taken)
        #expect(error.attempts == 2)
        #expect(error.mayHaveHappened)
    }

    @Test func asksBeforeItRepeats() async throws {
        let transport = ScriptedTransport([
            Self.look, ScriptedExchange("POST", "Numbers.json", .failure(TransportFailure(.maybeSent, "lost"))),
            get("PageSize=20", page("incoming_phone_numbers", [incoming("+14155550123")])),
        ])
        let number = try e164("+14155550123")
        let error = try await failure { _ = try await provider(transport).purchase(number, key: "k") }
        #expect(error.code == .unreachable)
        #expect(error.mayHaveHappened)
        #expect(transport.complaints == [])
    }

    @Test(arguments: [
        #"{}"#, "garbage", #"{"sid":"PN1","phone_number":"+14155550199"}"#, #"{"phone_number":"+14155550123"}"#,
    ])
    func saysThatAnUnclearPurchaseMayHaveHappened(body: String) async throws {
        let transport = ScriptedTransport([Self.look, post("/IncomingPhoneNumbers.json", body)])
        let number = try e164("+14155550123")
        let error = try await failure { _ = try await provider(transport).purchase(number, key: "k") }
        #expect(error.code == .badAnswer)
        #expect(error.mayHaveHappened)
    }

    // MARK: Release

    private static func owned(_ sid: String) throws -> OwnedNumber {
        OwnedNumber(
            provider: "twilio", providerID: sid, e164: try e164("+14155550123"), status: .active, countryCode: "US")
    }

    @Test func anUnknownNumberIsNotReleased() async throws {
        let transport = ScriptedTransport([delete("\(numberSID).json", status: 404, refusal(20404, 404))])
        let error = try await failure { try await provider(transport).release(Self.owned(numberSID), key: "k") }
        #expect(error.code == .notFound)
        #expect(error.message == "the account holds no number +14155550123")
    }

    @Test func aReleaseWhoseAnswerWasLostIsDone() async throws {
        let transport = ScriptedTransport([
            ScriptedExchange("DELETE", "\(numberSID).json", .failure(TransportFailure(.maybeSent, "lost"))),
            delete("\(numberSID).json", status: 404, refusal(20404, 404)),
        ])
        try await provider(transport).release(Self.owned(numberSID), key: "k")
        #expect(transport.complaints == [])
    }

    /// Twilio may not know yet what it has just sold, and a number that is taken for gone would be billed for ever.
    @Test(arguments: [1, 3, 4]) func aNumberThatWasJustBoughtIsReleasedAllTheSame(misses: Int) async throws {
        let missing = delete("\(numberSID).json", status: 404, refusal(20404, 404))
        let transport = ScriptedTransport(
            [Self.look, post("/IncomingPhoneNumbers.json", incoming("+14155550123"))]
                + Array(repeating: missing, count: misses) + [delete("\(numberSID).json")])
        let provider = try provider(transport)
        let bought = try await provider.purchase(e164("+14155550123"), key: "k")
        do {
            try await provider.release(bought, key: "k")
            #expect(misses < 4)
        } catch let error as SwitchboardError { #expect(misses == 4 && error.code == .notFound) }
        #expect(transport.sent.count == 2 + min(misses + 1, 4))
    }

    @Test func findsTheIDThatTheLedgerLacks() async throws {
        let transport = ScriptedTransport([
            get("PageSize=20", page("incoming_phone_numbers", [incoming("+14155550123")])),
            delete("\(numberSID).json"),
        ])
        try await provider(transport).release(Self.owned(""), key: "k")
        #expect(transport.complaints == [])
        let none = ScriptedTransport([Self.look])
        let error = try await failure { try await provider(none).release(Self.owned(""), key: "k") }
        #expect(error.code == .notFound)
        #expect(none.sent.map(\.method) == ["GET"])
    }

    // MARK: What the account holds

    @Test func tellsHowNumbersStand() async throws {
        let rows = [
            incoming("+14155550125", sid: "PN3", trunk: trunkSID), incoming("+14155550124", sid: "PN2"),
            incoming("+14155550123", sid: "PN1", voiceURL: "https://pbx.example.com/in"), #"{"sid":"PN9"}"#,
        ]
        let transport = ScriptedTransport { _ in .json(200, page("incoming_phone_numbers", rows)) }
        let all = try await provider(transport).ownedNumbers(OwnedNumberFilter())
        #expect(all.map(\.providerID) == ["PN1", "PN2", "PN3"])
        #expect(all.map(\.status) == [.active, .offline, .active])
        let offline = try await provider(transport).ownedNumbers(OwnedNumberFilter(statuses: [.offline, .released]))
        #expect(offline.map(\.providerID) == ["PN2"])
    }

    @Test func asksNothingThatTwilioDoesNotTell() async throws {
        let transport = ScriptedTransport([])
        let provider = try provider(transport)
        #expect(try await provider.ownedNumbers(OwnedNumberFilter(statuses: [.released])) == [])
        #expect(try await provider.ownedNumbers(OwnedNumberFilter(dispatchRuleID: "SDR_1")) == [])
        #expect(transport.sent.isEmpty)
    }
}
