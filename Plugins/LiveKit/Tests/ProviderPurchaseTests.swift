import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

@Suite struct ProviderPurchaseTests {
    /// The sparse answer of the contract.
    private static let sparse = """
        {"phone_numbers":[{"id":"PN_PPN_7hJk2mNpQrSt","e164_format":"+14155550142","country_code":"","area_code":"",
        "number_type":"PHONE_NUMBER_TYPE_UNKNOWN","locality":"","region":"","spam_score":0,"created_at":null,
        "updated_at":null,"capabilities":[],"status":"PHONE_NUMBER_STATUS_OFFLINE","assigned_at":null,
        "released_at":null,"sip_dispatch_rule_id":"","sip_dispatch_rule_ids":[]}]}
        """

    @Test func buysOneNumberUnderItsKeyAndReadsItAgain() async throws {
        let transport = ScriptedTransport([
            answer(purchasePath, Self.sparse),
            answer(getPath, #"{"phone_number":\#(wireNumber("+14155550142"))}"#),
        ])
        let provider = try LiveKitProvider(context: context(transport))
        let bought = try await provider.purchase(e164("+14155550142"), key: "run_1/7")
        #expect(bought.providerID == numberID)
        #expect(bought.locality == "SAN FRANCISCO")
        #expect(bought.numberType == .local)
        let request = transport.sent[0]
        #expect(try json(request.body) == json(#"{"phone_numbers":["+14155550142"]}"#))
        #expect(request.header("X-Livekit-Request-Id") == "run_1/7")
        #expect(request.deadline == .seconds(30))
        #expect(transport.sent[1].header("X-Livekit-Request-Id") == nil)
        #expect(transport.complaints.isEmpty)
    }

    @Test(arguments: [500, 404, 401, 200])
    func keepsAPurchaseThatCannotBeReadAgain(status: Int) async throws {
        let transport = ScriptedTransport([
            answer(purchasePath, Self.sparse),
            ScriptedExchange(
                "POST", getPath, .success(.json(status, #"{"code":"not_found","msg":"later"}"#)), times: 1...4),
        ])
        let log = LogLines()
        let provider = try LiveKitProvider(context: context(transport, log: log))
        let bought = try await provider.purchase(e164("+14155550142"), key: "k")
        #expect(
            bought
                == OwnedNumber(
                    provider: "livekit", providerID: numberID, e164: try e164("+14155550142"), status: .offline,
                    countryCode: "US", areaCode: "415", numberType: .local, locality: "San Francisco", region: "CA"))
        #expect(transport.complaints.isEmpty)
    }

    @Test func tellsTakenAndOwnedFromOtherRefusals() async throws {
        for (status, code, expected) in [
            (404, "not_found", ErrorCode.taken), (409, "already_exists", .alreadyOwned), (409, "aborted", .conflict),
            (429, "resource_exhausted", .rateLimited), (400, "invalid_argument", .invalidArgument),
        ] {
            let transport = ScriptedTransport([refusal(purchasePath, status, code)])
            let provider = try LiveKitProvider(context: context(transport))
            let number = try e164("+14155550142")
            let error = try await failure { _ = try await provider.purchase(number, key: "k") }
            #expect(error.code == expected)
            #expect(error.provider == "livekit")
            #expect(error.status == status)
            if status != 429 { #expect(!error.mayHaveHappened) }
        }
    }

    @Test func saysThatAnUnclearPurchaseMayHaveHappened() async throws {
        let number = try e164("+14155550142")
        for body in [
            #"{"phone_numbers":[]}"#, #"{}"#, "garbage", #"{"phone_numbers":[\#(wireNumber("+14155550143"))]}"#,
        ] {
            let provider = try LiveKitProvider(context: context(ScriptedTransport([answer(purchasePath, body)])))
            let error = try await failure { _ = try await provider.purchase(number, key: "k") }
            #expect(error.code == .badAnswer)
            #expect(error.mayHaveHappened)
            #expect(!error.isRetryable)
        }
        for result: Result<HTTPAnswer, TransportFailure> in [
            .success(.text(503, "later")), .failure(TransportFailure(.maybeSent, timedOut: true, "no answer in time")),
        ] {
            let owned = answer(getPath, #"{"phone_number":\#(wireNumber("+14155550142"))}"#, times: 0...4)
            let transport = ScriptedTransport([ScriptedExchange("POST", purchasePath, result), owned])
            let provider = try LiveKitProvider(context: context(transport))
            let error = try await failure { _ = try await provider.purchase(number, key: "k") }
            #expect(error.code == .unreachable)
            #expect(error.mayHaveHappened)
        }
    }

    @Test func aNumberWithoutAnIDIsLookedUpOrOpen() async throws {
        let noID = #"{"phone_numbers":[{"e164_format":"+14155550142"}]}"#
        let found = ScriptedTransport([
            answer(purchasePath, noID), answer(getPath, #"{"phone_number":\#(wireNumber("+14155550142"))}"#),
        ])
        let number = try e164("+14155550142")
        #expect(try await LiveKitProvider(context: context(found)).purchase(number, key: "k").providerID == numberID)
        let lost = ScriptedTransport([answer(purchasePath, noID), refusal(getPath, 404, "not_found")])
        let provider = try LiveKitProvider(context: context(lost))
        let error = try await failure { _ = try await provider.purchase(number, key: "k") }
        #expect(error.code == .badAnswer)
        #expect(error.mayHaveHappened)
    }

    @Test func releasesByID() async throws {
        let owned = OwnedNumber(
            provider: "livekit", providerID: numberID, e164: try e164("+14155550142"), status: .active,
            countryCode: "US")
        let transport = ScriptedTransport([answer(releasePath, "{}")])
        try await LiveKitProvider(context: context(transport)).release(owned, key: "k9")
        #expect(try json(transport.sent[0].body) == json(#"{"ids":["PN_PPN_7hJk2mNpQrSt"]}"#))
        #expect(transport.sent[0].header("X-Livekit-Request-Id") == "k9")

        let unknown = try LiveKitProvider(
            context: context(ScriptedTransport([refusal(releasePath, 404, "not_found")])))
        let error = try await failure { try await unknown.release(owned, key: "k9") }
        #expect(error.code == .notFound)
        #expect(error.message.contains("+14155550142"))
    }
}
