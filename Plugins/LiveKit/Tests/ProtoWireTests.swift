import SwitchboardCore
import Testing

@testable import LiveKitSandbox

/// The binary form of messages, byte by byte.
@Suite struct ProtoWireTests {

    /// Requests whose bytes the contract gives.
    @Test(
        arguments: [
            (
                PhoneNumberSchemas.purchaseRequest, "0a0c2b313431353535353031343212105344525f3961426344654667486a4b6d",
                #"{"phone_numbers":["+14155550142"],"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm"}"#
            ),
            (
                PhoneNumberSchemas.listRequest,
                "120201041a220a2065794a765a6d5a7a5a5851694f6a4173496d787062576c30496a6f314d48303d",
                #"{"statuses":["PHONE_NUMBER_STATUS_ACTIVE","PHONE_NUMBER_STATUS_OFFLINE"],"#
                    + #""page_token":{"token":"eyJvZmZzZXQiOjAsImxpbWl0Ijo1MH0="}}"#
            ),
            (
                DispatchRuleSchemas.createRequest,
                "0a0912070a0563616c6c2d120f53545f34664768374a6b4c6d4e70512204666c6174",
                #"{"rule":{"dispatchRuleIndividual":{"roomPrefix":"call-"}},"trunkIds":["ST_4fGh7JkLmNpQ"],"name":"flat"}"#
            ),
        ] as [(ProtoSchema, String, String)])
    func writesAndReadsTheContractsBytes(_ schema: ProtoSchema, _ hex: String, _ json: String) throws {
        let message = try ProtoReader.read(JSON(reading: json), as: schema)
        #expect(Hex.text(ProtoWire.write(message)) == hex)
        #expect(try ProtoWire.read(Hex.bytes(hex), as: schema) == message)
    }
}

/// Bytes as hexadecimal digits.
enum Hex {
    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func bytes(_ text: String) throws -> [UInt8] {
        let digits = Array(text.filter { $0 != " " })
        return try stride(from: 0, to: digits.count, by: 2).map { place in
            try #require(UInt8(String(digits[place..<min(place + 2, digits.count)]), radix: 16))
        }
    }
}
