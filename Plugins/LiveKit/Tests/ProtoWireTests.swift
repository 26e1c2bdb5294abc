import SwitchboardCore
import Testing

@testable import LiveKitSandbox

/// The binary form of messages, byte by byte (contract section 1.5).
@Suite struct ProtoWireTests {
    /// What the JSON form says of the message in the bytes; nil when they are malformed.
    private static func json(_ hex: String, _ schema: ProtoSchema) throws -> JSON? {
        let bytes = try Hex.bytes(hex)
        return try? ProtoWire.read(bytes, as: schema).json
    }

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
                #"{"rule":{"dispatchRuleIndividual":{"roomPrefix":"call-"}},"trunkIds":["ST_4fGh7JkLmNpQ"],"#
                    + #""name":"flat"}"#
            ),
        ] as [(ProtoSchema, String, String)])
    func writesAndReadsTheContractsBytes(_ schema: ProtoSchema, _ hex: String, _ json: String) throws {
        let message = try ProtoReader.read(JSON(reading: json), as: schema)
        #expect(Hex.text(ProtoWire.write(message)) == hex)
        #expect(try ProtoWire.read(Hex.bytes(hex), as: schema) == message)
    }

    private static let eight = "0000000000000000"

    /// `ListPhoneNumbersRequest`: `limit` 1, `statuses` 2, `page_token` 3, `sip_dispatch_rule_id` 4.
    @Test(
        arguments: [
            ("", [:]),
            // An optional field keeps a default that was sent; the tenth byte of a varint has one bit.
            ("0800", ["limit": 0]), ("0805", ["limit": 5]), ("08010802", ["limit": 2]),
            ("08ffffffffffffffffff01", ["limit": -1]), ("08ffffffff0f", ["limit": -1]),
            ("0880808080808080808001", ["limit": 0]), ("08ffffffffffffffffff02", nil),
            ("08ffffffffffffffffffff01", nil), ("08", nil), ("0880", nil), ("80", nil),
            // Repeated numbers packed, unpacked and both; unknown values stay.
            ("1001", ["statuses": ["PHONE_NUMBER_STATUS_ACTIVE"]]), ("1200", [:]),
            (
                "1001120204031004",
                [
                    "statuses": .strings(
                        ["ACTIVE", "OFFLINE", "RELEASED", "OFFLINE"].map { "PHONE_NUMBER_STATUS_" + $0 })
                ]
            ),
            ("1063", ["statuses": [99]]), ("12020180", nil), ("120201", nil),
            // Messages merge, texts are replaced.
            ("1a030a01611a00", ["page_token": ["token": "a"]]),
            ("1a00", ["page_token": ["token": ""]]), ("1a030a01611a030a0162", ["page_token": ["token": "b"]]),
            ("2201612200", ["sip_dispatch_rule_id": ""]), ("1a020a01", nil), ("1a030a0261", nil), ("2205", nil),
            ("22ffffffffffffffffff01", nil),
            // Text is UTF-8: no stray byte, no surrogate, nothing longer than it must be.
            ("2202c3a4", ["sip_dispatch_rule_id": "ä"]), ("2201ff", nil), ("2203eda080", nil), ("2202c080", nil),
            // Unknown fields of every wire type are skipped, known ones of another type as well.
            ("78010805", ["limit": 5]), ("79\(eight)0805", ["limit": 5]), ("7a02ffff0805", ["limit": 5]),
            ("7d000000000805", ["limit": 5]), ("0a0161", [:]), ("0d00000000", [:]), ("2001", [:]), ("1500000000", [:]),
            ("78", nil), ("79\(eight.dropLast(2))", nil), ("7d000000", nil), ("7a02ff", nil),
            // Groups are skipped up to their own end.
            ("7b08017c0805", ["limit": 5]), ("7b83010801840108027c0805", ["limit": 5]), ("7b", nil), ("7b8401", nil),
            ("7c", nil), ("7b83017c8401", nil), ("7b0801", nil), ("7b08", nil),
            // No such field number, no such wire type.
            ("0001", nil), ("0e", nil), ("0f", nil), ("808080801001", nil), ("f8ffffff0f010805", ["limit": 5]),
        ] as [(String, JSON?)])
    func readsNumbersTextsAndWhatItDoesNotKnow(_ hex: String, _ expected: JSON?) throws {
        let json = try Self.json(hex, PhoneNumberSchemas.listRequest)
        #expect((json == nil) == (expected == nil), "\(hex) reads as \(json?.compact ?? "malformed")")
        #expect(json?["limit"] == expected?["limit"])
        #expect(json?["statuses"] == expected.map { $0["statuses"] ?? [] })
        #expect(json?["page_token"] == expected?["page_token"])
        #expect(json?["sip_dispatch_rule_id"] == expected?["sip_dispatch_rule_id"])
    }

    @Test func aGroupMayNotNestForEver() throws {
        func nested(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: 0x7b, count: depth) + [UInt8](repeating: 0x7c, count: depth)
        }
        #expect(throws: Never.self) { try ProtoWire.read(nested(100), as: PhoneNumberSchemas.listRequest) }
        #expect(throws: ProtoReader.Malformed.self) {
            try ProtoWire.read(nested(200_000), as: PhoneNumberSchemas.listRequest)
        }
    }

    /// `SIPDispatchRule`, whose three members are one oneof.
    @Test(
        arguments: [
            ("0a030a0161", ["dispatch_rule_direct": ["room_name": "a", "pin": ""]]),
            ("0a030a01610a03120137", ["dispatch_rule_direct": ["room_name": "a", "pin": "7"]]),
            (
                "0a030a01611203120137",
                ["dispatch_rule_individual": ["room_prefix": "", "pin": "7", "no_randomness": false]]
            ),
            ("12000a030a01611a02180c", ["dispatch_rule_callee": ["room_prefix": "", "pin": "", "randomize": true]]),
            ("0a00", ["dispatch_rule_direct": ["room_name": "", "pin": ""]]),
        ] as [(String, JSON)])
    func theLastMemberOfAOneofCounts(_ hex: String, _ expected: JSON) throws {
        #expect(try Self.json(hex, DispatchRuleSchemas.kinds) == expected)
    }

    /// `RoomAgentDispatch.attributes` is a map with the number 5.
    @Test(
        arguments: [
            ("2a060a0161120131", ["a": "1"]), ("2a060a01611201312a060a0161120132", ["a": "2"]),
            ("2a060a01621201312a060a0161120132", ["a": "2", "b": "1"]), ("2a00", ["": ""]),
            ("2a06120131 0a0161", ["a": "1"]), ("2a030a0161", ["a": ""]), ("2a0b0a0161 1201311803 220178", ["a": "1"]),
            ("2a020a01", nil), ("2a03 0a01ff", nil), ("2801", [:]),
        ] as [(String, JSON?)])
    func readsMaps(_ hex: String, _ expected: JSON?) throws {
        #expect(try Self.json(hex, DispatchRuleSchemas.agent)?["attributes"] == expected)
    }

    /// `SIPMediaConfig.media_timeout` is an optional `Duration` with the number 4.
    @Test(
        arguments: [
            ("2202081e", "30s"), ("2200", "0s"), ("220908901c1080cab5ee01", "3600.500s"),
            ("2206081e1080897a", "30.002s"),
            ("220408011001", "1.000000001s"), ("2202080122021001", "1.000000001s"),
            ("221608ffffffffffffffffff0110ffffffffffffffffff01", "-1.000000001s"),
            ("220e080110ffffffffffffffffff01", nil),
            ("22070881bcaece9709", nil), ("22070880bcaece9709", "315576000000s"), ("2206108094ebdc03", nil),
        ] as [(String, String?)])
    func readsDurations(_ hex: String, _ text: String?) throws {
        #expect(try Self.json(hex, SIPSchemas.media)?["media_timeout"] == text.map { .string($0) })
    }

    /// `PhoneNumber`: `spam_score` 8, `created_at` 9; `SIPCodec`: `rate` 2.
    @Test func readsMomentsAndNumbersOfOtherWidths() throws {
        let moment = try Self.json("4a0c08f4f8d5d50610a8d2b9e102 41 000000000000f83f", PhoneNumberSchemas.number)
        #expect(moment?["created_at"] == "2026-09-24T19:39:32.741239080Z")
        #expect(moment?["spam_score"] == .number("1.5"))
        #expect(try Self.json("4a0c08ffffffffffffffffff01", PhoneNumberSchemas.number) == nil)
        #expect(
            try Self.json("4a0b08ffffffffffffffffff01", PhoneNumberSchemas.number)?["created_at"]
                == "1969-12-31T23:59:59Z")
        #expect(
            try Self.json("4a021001 4a0408011002", PhoneNumberSchemas.number)?["created_at"]
                == "1970-01-01T00:00:01.000000002Z")
        #expect(try Self.json("4a0b10ffffffffffffffffff01", PhoneNumberSchemas.number) == nil)
        #expect(try Self.json("10ffffffff0f", SIPSchemas.codec)?["rate"] == .integer(UInt32.max))
        #expect(try Self.json("0802 1801", SIPSchemas.media)?["only_listed_codecs"] == true)
    }

    @Test func writesDefaultsOnlyWhereTheyWereSent() throws {
        func hex(_ json: JSON, _ schema: ProtoSchema) throws -> String {
            Hex.text(ProtoWire.write(try ProtoReader.read(json, as: schema)))
        }
        #expect(
            try hex(["limit": 0, "statuses": [], "sip_dispatch_rule_id": ""], PhoneNumberSchemas.listRequest)
                == "08002200")
        #expect(
            try hex(["limit": -1, "statuses": [0, 99]], PhoneNumberSchemas.listRequest)
                == "08ffffffffffffffffff0112020063")
        #expect(try hex(["room_name": "", "pin": ""], DispatchRuleSchemas.direct) == "")
        #expect(try hex(["dispatch_rule_direct": [:]], DispatchRuleSchemas.kinds) == "0a00")
        #expect(
            try hex(["spam_score": .number("1.5"), "e164_format": ""], PhoneNumberSchemas.number)
                == "41000000000000f83f")
        #expect(
            try hex(
                ["media_timeout": "-1.5s", "encryption": "SIP_MEDIA_ENCRYPT_DISABLE"], SIPSchemas.media)
                == "1800" + "221608ffffffffffffffffff011080b6ca91feffffffff01")
        var total = ProtoMessage(PhoneNumberSchemas.listResponse)
        total["total_count"] = .integer(0)
        #expect(ProtoWire.write(total) == [])
    }

    /// The declaration of `RoomConfiguration` puts 11 before 5; equal maps have equal bytes.
    @Test func writesFieldsByNumberAndMapsByKey() throws {
        let json: JSON = [
            "tags": ["b": "2", "a": "1", "": ""], "metadata": "m", "sync_streams": true, "name": "n",
            "egress": ["@protobuf": "CgA="],
        ]
        let room = try ProtoReader.read(json, as: DispatchRuleSchemas.roomConfiguration)
        #expect(
            Hex.text(ProtoWire.write(room))
                == "0a016e" + "2a020a00" + "4801" + "5a016d" + "62040a001200" + "62060a0161120131" + "62060a0162120132")
    }

    /// `RoomConfiguration.egress` has no schema here.
    @Test func keepsAMessageThatItDoesNotKnow() throws {
        let schema = DispatchRuleSchemas.roomConfiguration
        let twice = try ProtoWire.read(Hex.bytes("2a020a002a02100b"), as: schema)
        #expect(Hex.text(ProtoWire.write(twice)) == "2a040a00100b")
        #expect(twice.json["egress"] == ["@protobuf": "CgAQCw=="])
        #expect(try ProtoReader.read(twice.json, as: schema) == twice)
        let json: JSON = ["egress": ["room": ["room_name": "x"]]]
        let named = try ProtoReader.read(json, as: schema)
        #expect(named.json["egress"] == json["egress"])
        #expect(Hex.text(ProtoWire.write(named)) == "2a00")
    }
}

/// Bytes as hexadecimal digits.
enum Hex {
    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads digits, with spaces for the eye.
    static func bytes(_ text: String) throws -> [UInt8] {
        let digits = Array(text.filter { $0 != " " })
        return try stride(from: 0, to: digits.count, by: 2).map { place in
            try #require(UInt8(String(digits[place..<min(place + 2, digits.count)]), radix: 16))
        }
    }
}
