import LiveKitSandbox
import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

/// Which fault switches LiveKit's emulator takes.
@Suite struct EmulatorFaultTests {
    @Test(arguments: [
        #"{"fault":"taken","method":"PurchasePhoneNumber"}"#, #"{"fault":"taken"}"#,
        #"{"fault":"slow","method":"DeleteSIPDispatchRule"}"#, #"{"fault":"endless","method":"ListSIPDispatchRule"}"#,
        #"{"fault":"honor_limit","method":"ListSIPInboundTrunk"}"#,
    ])
    func takesASwitchThatCanStrike(_ body: String) async throws {
        let server = try EmulatorHarness()
        let reply = await server.client.send("POST", "/_sandbox/faults", body: body)
        #expect(reply?.status == 200)
        #expect(await server.client.send("GET", "/_sandbox/faults")?.text == "[\(reply?.text ?? "")]")
    }

    @Test(arguments: [
        (#"{"fault":"slow","method":"PurchasePhoneNumbr"}"#, "there is no method 'PurchasePhoneNumbr'"),
        (#"{"fault":"slow","method":"CreateSIPTrunk"}"#, "there is no method 'CreateSIPTrunk'"),
        (#"{"fault":"taken","method":"GetPhoneNumber"}"#, "'taken' means nothing in GetPhoneNumber"),
    ])
    func refusesOneThatNeverStrikesAndSaysWhatWould(_ body: String, _ refusal: String) async throws {
        let server = try EmulatorHarness()
        let reply = await server.client.send("POST", "/_sandbox/faults", body: body)
        let json = try JSON(reading: reply?.body ?? [])
        #expect(reply?.status == 400)
        #expect(json["error"]?.text == refusal)
        #expect(json["expected"]?.elements?.contains("PurchasePhoneNumber") == true)
        #expect(await server.client.send("GET", "/_sandbox/faults")?.text == "[]")
    }

    @Test func aRevokedKeyIsNoKey() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"revoked","times":1}"#)
        let answer = await server.call("PhoneNumberService/ListPhoneNumbers", "{}")
        #expect(answer?.status == 401 && answer?.text == "invalid API key")
        #expect(await server.call("PhoneNumberService/ListPhoneNumbers", "{}")?.status == 200)
    }

    /// A kind that no operation knows could be switched on and would never be seen.
    @Test(arguments: FaultKind.allCases)
    func everyKindMeansSomethingSomewhere(_ kind: FaultKind) {
        #expect(
            Fault.Kind.general.contains(kind) || LiveKitEmulator.operations.values.contains { $0.contains(kind) })
    }

    @Test func aSeedSaysWhatIsThereNow() throws {
        let server = try EmulatorHarness()
        let trunks: JSON = ["outbound_trunks": [["sip_trunk_id": "ST_a"]], "inbound_trunks": [EmulatorSeeds.trunk]]
        let seeded = try server.emulator.seed(EmulatorSeeds.frontDesk().merging(trunks))
        #expect(
            seeded == [
                Seeded("number", id: "PN_PPN_7hJk2mNpQrSt", e164: "+14155550142"),
                Seeded("dispatch_rule", id: "SDR_9aBcDeFgHjKm"), Seeded("outbound_trunk", id: "ST_a"),
                Seeded("inbound_trunk", id: "ST_4fGh7JkLmNpQ"),
            ])
    }
}
