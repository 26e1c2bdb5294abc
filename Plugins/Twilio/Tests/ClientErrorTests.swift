import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioProvider

@Suite struct ClientErrorTests {
    private static let requestID = "RQ0123456789abcdef0123456789abcdef"

    private static func answer(_ status: Int, _ body: String) -> HTTPAnswer {
        HTTPAnswer(
            status: status, headers: [HTTPField("Twilio-Request-Id", requestID)], body: Array(body.utf8))
    }

    private func reading(_ answer: HTTPAnswer) async throws -> SwitchboardError {
        let transport = ScriptedTransport { _ in answer }
        return try await failure { _ = try await provider(transport).ownedNumbers(OwnedNumberFilter()) }
    }

    /// A purchase of a number that the account does not hold.
    private func buying(_ answer: HTTPAnswer, of number: String = "+14155550123") async throws -> SwitchboardError {
        let transport = ScriptedTransport { request in
            request.method == "POST" ? answer : .json(200, page("incoming_phone_numbers", []))
        }
        return try await failure { _ = try await provider(transport).purchase(e164(number), key: "k") }
    }

    /// Every row of the contract's dictionaries: sections 1.3, 3.4, 4 and 5.4.
    static let rows: [(codes: [Int], status: Int, expected: ErrorCode)] = [
        ([20003], 401, .unauthorized), ([20005, 20006, 10001, 22300], 403, .forbidden),
        ([10002, 21404], 400, .paymentRequired), ([21422], 400, .taken), ([21452], 400, .noMatch),
        (
            [21421, 21401, 21451, 21457, 21458, 21402, 21403, 21405, 21420, 20001, 20002, 20007, 21481], 400,
            .invalidArgument
        ),
        ([21613, 21615, 21631, 21649, 21650, 21651], 400, .conflict), ([21409], 400, .unsupported),
        ([21470, 21471, 21472, 21473, 21474], 400, .conflict), ([20404], 404, .notFound), ([20004], 405, .unsupported),
        ([20429], 429, .rateLimited), ([20500], 500, .unreachable), ([20503], 503, .unreachable),
        ([21449, 21450], 400, .alreadyOwned), ([21453], 400, .conflict), ([21454], 400, .invalidArgument),
        ([21244, 21249, 21237, 21239, 21242, 21255], 400, .paymentRequired),
        ([21245, 21252, 21235, 21240, 21243], 400, .invalidArgument),
        ([21247, 21248, 21634, 21236, 21241], 400, .conflict),
    ]

    @Test(arguments: rows.flatMap { row in row.codes.map { ($0, row.status, row.expected) } })
    func mapsEachCode(code: Int, status: Int, expected: ErrorCode) async throws {
        let error = try await reading(Self.answer(status, refusal(code, status, "the reason")))
        #expect(error.code == expected)
        #expect(error.provider == "twilio")
        #expect(error.status == status)
        #expect(error.cause == "\(code): the reason")
        #expect(error.requestID == Self.requestID)
        #expect(!error.mayHaveHappened)
        #expect(error.isRetryable == [.unreachable, .rateLimited].contains(expected))
        #expect(!error.message.hasSuffix(".") && !error.message.contains("\n"))
        #expect(!(error.help ?? "").contains("\n"))
    }

    /// Codes are split into finer ones from time to time, and some answers have none.
    @Test(arguments: [
        (400, ErrorCode.invalidArgument), (401, .unauthorized), (403, .forbidden), (404, .notFound),
        (405, .unsupported), (409, .conflict), (422, .invalidArgument), (429, .rateLimited), (500, .unreachable),
        (503, .unreachable), (520, .unreachable),
    ])
    func fallsBackOnTheStatus(status: Int, expected: ErrorCode) async throws {
        #expect(try await reading(Self.answer(status, refusal(99_999, status))).code == expected)
        let nameless = Self.answer(status, #"{"message":"no","status":\#(status)}"#)
        #expect(try await reading(nameless).code == expected)
    }

    /// A 404 of a proxy does not mean that a number is gone.
    @Test(arguments: [
        (404, ErrorCode.badAnswer), (400, .badAnswer), (302, .badAnswer), (401, .unauthorized), (403, .forbidden),
        (429, .rateLimited), (502, .unreachable),
    ])
    func takesPlainAnswersForAProxys(status: Int, expected: ErrorCode) async throws {
        #expect(try await reading(.text(status, "<html>proxy</html>")).code == expected)
        #expect(try await reading(.json(status, #"{"status":\#(status),"error":"proxy"}"#)).code == expected)
        guard status == 404 else { return }
        let owned = OwnedNumber(
            provider: "twilio", providerID: numberSID, e164: try e164("+14155550123"), status: .active,
            countryCode: "US")
        let transport = ScriptedTransport { _ in .text(404, "<html>proxy</html>") }
        let error = try await failure { try await provider(transport).release(owned, key: "k") }
        #expect(error.code == .badAnswer)
    }

    @Test func readsTheNewerShapeToo() async throws {
        let error = try await reading(
            Self.answer(400, #"{"type":"t","title":"Bad","status":400,"code":21422,"detail":"gone"}"#))
        #expect(error.code == .taken)
        #expect(error.cause == "21422: gone")
    }

    @Test func decidesNothingByWords() async throws {
        let error = try await reading(Self.answer(400, refusal(21245, 400, "Authenticate 20003 not found 429")))
        #expect(error.code == .invalidArgument)
    }

    // MARK: What users read

    @Test func namesThePapersThatACountryAsksFor() async throws {
        let error = try await buying(
            Self.answer(400, refusal(21649, 400, "BundleSid is required")), of: "+447700900123")
        #expect(error.code == .conflict)
        #expect(error.message == "twilio refused to sell +447700900123: the number asks for a regulatory bundle")
        #expect(error.fields == ["BundleSid": "the number asks for a regulatory bundle"])
        #expect(error.help?.contains("Regulatory Compliance") == true)
        let address = try await buying(Self.answer(400, refusal(21631, 400)), of: "+447700900123")
        #expect(address.message == "twilio refused to sell +447700900123: the number asks for an address")
    }

    @Test func tellsATrialAccountSo() async throws {
        let error = try await buying(Self.answer(400, refusal(21404, 400)))
        #expect(error.code == .paymentRequired)
        #expect(error.message.contains("trial account"))
        #expect(error.help == "upgrade the account in Twilio's console")
    }

    @Test func tellsThatANumberIsGone() async throws {
        let error = try await buying(Self.answer(400, refusal(21422, 400)), of: "+15005550000")
        #expect(error.message == "+15005550000 is no longer for sale at twilio")
        #expect(!error.mayHaveHappened)
    }

    /// With them one may buy Twilio's magic numbers; all that one holds is nothing.
    @Test func testCredentialsHoldNothing() async throws {
        let transport = ScriptedTransport { request in
            request.method == "POST" ? .json(201, incoming("+15005550006")) : .json(403, refusal(20008, 403))
        }
        let provider = try provider(transport)
        try await provider.tryCredentials()
        #expect(try await provider.purchase(e164("+15005550006"), key: "k").e164.text == "+15005550006")
        #expect(try await provider.lookUp(e164("+15005550006")) == nil)
        let error = try await failure { _ = try await provider.search(NumberQuery(countryCode: "US")) }
        #expect(error.code == .forbidden)
        #expect(error.message.contains("test credentials"))
    }

    @Test func namesTheSettingsWhenCredentialsAreRefused() async throws {
        for answer in [Self.answer(401, refusal(20003, 401)), .text(401, "no")] {
            #expect(
                try await reading(answer).message
                    == "twilio refused the credentials of profile 'work' (setting account_sid or auth_token)")
        }
    }

    // MARK: Secrets

    @Test func repeatsNoSecret() async throws {
        let password = "Zq7+harbour Lamp2"
        for echo in [authToken, "Basic " + basicWord, basicWord, password, "Zq7%2Bharbour%20Lamp2"] {
            for answer in [
                Self.answer(400, refusal(21240, 400, "odd: \(echo)!")), .text(500, echo), .json(201, echo),
                .text(401, echo),
            ] {
                let log = LogLines()
                let transport = ScriptedTransport { request in
                    request.method == "POST" ? answer : .json(200, page("credentials", []))
                }
                let subject = try provider(transport, log: log)
                let error = try await failure {
                    try await subject.setCredential("sb-lk", password: Secret(password), inList: listSID, key: "k")
                }
                var shown = ""
                dump(error, to: &shown)
                dump(subject, to: &shown)
                shown += log.lines.joined()
                for secret in [authToken, basicWord, password, "harbour"] {
                    #expect(!shown.contains(secret), "\(echo)")
                }
            }
        }
    }

    @Test func repeatsNoSecretOfALostAnswer() async throws {
        let transport = ScriptedTransport { _ in
            throw TransportFailure(.maybeSent, isPermanent: true, "sent \(basicWord) and \(authToken)")
        }
        let error = try await failure { _ = try await provider(transport).ownedNumbers(OwnedNumberFilter()) }
        #expect(error.cause == "sent •••••• and ••••••")
    }

    // MARK: 429

    /// Twilio's 429 caps the requests under way; it has not looked at what it refuses so.
    @Test func waitsOutTooManyRequestsAlsoForAPurchase() async throws {
        let clock = ManualClock(skipsWaits: true)
        let busy = HTTPAnswer(
            status: 429, headers: [HTTPField("Retry-After", "1")], body: Array(refusal(20429, 429).utf8))
        let transport = ScriptedTransport([
            get("PageSize=20", page("incoming_phone_numbers", [])),
            ScriptedExchange("POST", "/IncomingPhoneNumbers.json", .success(busy), times: 2...2),
            post("/IncomingPhoneNumbers.json", incoming("+14155550123")),
        ])
        let provider = try TwilioProvider(context: context(transport, clock: clock))
        #expect(try await provider.purchase(e164("+14155550123"), key: "k").providerID == numberSID)
        #expect(clock.waits == [.seconds(1), .seconds(1)])
        #expect(transport.complaints == [])
    }

    @Test func givesUpOnTooManyRequestsWithNothingBought() async throws {
        let error = try await buying(Self.answer(429, refusal(20429, 429)))
        #expect(error.code == .rateLimited)
        #expect(error.attempts == 4)
        #expect(error.isRetryable)
        #expect(!error.mayHaveHappened)
    }
}
