import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@testable import TwilioSandbox

/// Faults on demand, in Twilio's words, and the cap on requests at once.
@Suite struct EmulatorFaultTests {
    private static let buy = "~/IncomingPhoneNumbers.json"
    private static let body = "PhoneNumber=%2B14155550150"

    /// A switch, the answer to a purchase and what was bought.
    @Test(
        arguments: [
            (#"{"fault":"rate_limited"}"#, 429, 20429, 0), (#"{"fault":"server_error"}"#, 500, 20500, 0),
            (#"{"fault":"server_error","code":"20503"}"#, 503, 20503, 0),
            (#"{"fault":"server_error","code":"21404"}"#, 400, 21404, 0),
            (#"{"fault":"server_error","when":"after"}"#, 500, 20500, 1),
            (#"{"fault":"revoked"}"#, 401, 20003, 0), (#"{"fault":"taken"}"#, 400, 21422, 0),
            (#"{"fault":"taken","number":"+14155550151"}"#, 201, nil, 1),
            (#"{"fault":"rate_limited","number":"+14155550150"}"#, 429, 20429, 0),
            (#"{"fault":"slow","delay_ms":1}"#, 201, nil, 1),
            (#"{"fault":"revoked","account":"ACa0000000000000000000000000000001"}"#, 201, nil, 1),
            (#"{"fault":"server_error","method":"CreateTrunk"}"#, 201, nil, 1),
        ] as [(String, Int, Int?, Int)])
    func strikes(_ fault: String, _ status: Int, _ code: Int?, _ bought: Int) async throws {
        let server = try EmulatorHarness()
        #expect(await server.fault(fault)?.status == 200)
        let answer = await server.call("POST", Self.buy, Self.body)
        #expect(answer?.status == status && answer?.code == code, "\(answer?.text ?? "")")
        #expect(answer?.headers["retry-after"] == nil)
        #expect(answer?.headers["twilio-request-id"] != nil)
        #expect(server.purchases.count == bought)
    }

    @Test func aLostAnswerAndGarbage() async throws {
        let server = try EmulatorHarness()
        _ = await server.fault(#"{"fault":"lost_answer","times":1}"#)
        #expect(await server.call("POST", Self.buy, Self.body) == nil)
        #expect(server.purchases == ["+14155550150"])
        _ = await server.fault(#"{"fault":"malformed","times":1,"method":"ListIncomingPhoneNumber"}"#)
        let garbage = await server.call("GET", Self.buy)
        #expect(garbage?.status == 200 && garbage?.json == .null)
        #expect(await server.call("GET", Self.buy)?.json["incoming_phone_numbers"]?.elements?.count == 1)
    }

    /// A switch by the number strikes the number's sid too, on either API.
    @Test func aNumberIsKnownByItsSid() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one)
        _ = await server.fault(#"{"fault":"server_error","number":"+14155550153"}"#)
        let number = "~/IncomingPhoneNumbers/\(EmulatorSeeds.number).json"
        let attach = "/v1/Trunks/\(EmulatorSeeds.trunk)/PhoneNumbers"
        for (method, path, body) in [
            ("GET", number, ""), ("DELETE", number, ""), ("POST", attach, "PhoneNumberSid=\(EmulatorSeeds.number)"),
        ] {
            #expect(await server.call(method, path, body)?.code == 20500, "\(method) \(path)")
        }
        #expect(await server.call("GET", "~/OutgoingCallerIds/\(EmulatorSeeds.caller).json")?.status == 200)
    }

    @Test(arguments: [
        (#"{"fault":"slow","method":"BuyNumber"}"#, "there is no method 'BuyNumber'"),
        (#"{"fault":"taken","method":"CreateTrunk"}"#, "'taken' means nothing in CreateTrunk"),
        (#"{"fault":"revoked","account":"AC1"}"#, "there is no account 'AC1'"),
    ])
    func refusesOneThatNeverStrikes(_ fault: String, _ refusal: String) async throws {
        let reply = await (try EmulatorHarness()).fault(fault)
        #expect(reply?.status == 400)
        #expect(try JSON(reading: reply?.body ?? [])["error"]?.text == refusal)
    }

    /// Every operation can fail: none is left out of the switches.
    @Test func everyOperationHasANameOfItsOwn() {
        #expect(TwilioEmulator.operations.count == TwilioOperation.all.count)
        #expect(Set(TwilioOperation.all.map { "\($0.verb) \($0.route.text)" }).count == TwilioOperation.all.count)
    }

    /// The cap counts what is in flight, for each account of its own, and what it refuses has not happened.
    @Test func capsWhatIsInFlight() async throws {
        let server = try EmulatorHarness(["concurrency": 2], others: [EmulatorSeeds.acme])
        _ = await server.fault(#"{"fault":"slow","delay_ms":400}"#)
        let answers = await withTaskGroup(of: Int?.self) { group in
            for line in 150..<156 {
                group.addTask { await server.call("POST", Self.buy, "PhoneNumber=%2B14155550\(line)")?.status }
            }
            return await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        #expect(answers.filter { $0 == 201 }.count == 2 && answers.filter { $0 == 429 }.count == 4, "\(answers)")
        #expect(server.purchases.count == 2)
        _ = await server.client.send("DELETE", "/_sandbox/faults")
        #expect(await server.call("POST", Self.buy, "PhoneNumber=%2B14155550170")?.status == 201)
    }
}
