import SwitchboardCore
import Testing

@testable import LiveKitSandbox

/// The contract's golden exchanges that concern trunks and dispatch rules: whole answers, byte by byte.
///
/// The emulator sets `created_at` and `updated_at`, where the contract's answers have null; the moment of the tests'
/// clock is compared as null. A new id is compared as the contract's.
@Suite struct EmulatorSIPGoldenTests {
    private static let json = "application/json"
    private static let protobuf = "application/protobuf"

    /// What is there before: nothing, a trunk for +15105550100, or rules.
    enum Before: String, Sendable {
        case nothing, trunk, frontDesk, catchAll, threeRules

        var seed: JSON {
            switch self {
            case .nothing: [:]
            case .trunk: ["inbound_trunks": [EmulatorSeeds.trunk]]
            case .frontDesk: EmulatorSeeds.frontDesk(trunk: "PN_PPN_7hJk2mNpQrSt")
            case .catchAll: ["dispatch_rules": [EmulatorSeeds.rule("SDR_8mNpQrStUvWx", "a", trunks: [])]]
            case .threeRules:
                [
                    "dispatch_rules": .array(
                        ["SDR_9aBcDeFgHjKm", "SDR_3xYzWvUtSrQp", "SDR_8mNpQrStUvWx"].map {
                            EmulatorSeeds.rule($0, "", trunks: ["ST_" + $0])
                        })
                ]
            }
        }
    }

    /// One exchange of the contract.
    struct Exchange: Sendable, CustomTestStringConvertible {
        let name: String
        let before: Before
        let method: String
        let body: String
        let status: Int
        /// The contract's id for the new thing, if one is made.
        var id: String?
        let answer: String

        var testDescription: String { name }
    }

    private static func sent(_ server: EmulatorHarness, _ exchange: Exchange) async throws -> (
        EmulatorHarness.Answer, String
    ) {
        let answer = try #require(await server.call("SIP/" + exchange.method, exchange.body))
        var text = answer.text.replacing("\"2026-09-24T19:39:32.739773Z\"", with: "null")
        if let id = exchange.id {
            let made = try #require(text.firstMatch(of: /(ST|SDR)_[2-9A-HJ-NP-Za-km-z]{12}/)).output.0
            text = text.replacing(made, with: id)
        }
        return (answer, text)
    }

    @Test(arguments: exchanges) func wholeAnswers(_ exchange: Exchange) async throws {
        let server = try EmulatorHarness(seed: exchange.before.seed)
        let (answer, text) = try await Self.sent(server, exchange)
        #expect(answer.status == exchange.status)
        #expect(text == exchange.answer)
        #expect(answer.type == Self.json)
    }

    /// The requests that the contract gives in protobuf, and their answers in it.
    @Test(arguments: [
        (
            "G4", Before.nothing, "CreateSIPDispatchRule", "SDR_3xYzWvUtSrQp",
            "0a0912070a0563616c6c2d120f53545f34664768374a6b4c6d4e70512204666c6174",
            "0a105344525f3378597a5776557453725170120912070a0563616c6c2d1a0f53545f34664768374a6b4c6d4e70512a04666c6174"
                + "720c08f4f8d5d50610c894e0e0027a0c08f4f8d5d50610c894e0e002"
        ),
        (
            "G12", Before.nothing, "CreateSIPInboundTrunk", "ST_4fGh7JkLmNpQ",
            "0a28120b7477696c696f2d6d61696e220c2b31353130353535303130303a037377624206733363726574",
            "0a0f53545f34664768374a6b4c6d4e7051120b7477696c696f2d6d61696e220c2b31353130353535303130303a03737762420673"
                + "33637265748a010c08f4f8d5d50610c894e0e00292010c08f4f8d5d50610c894e0e002"
        ),
        (
            "G16", Before.trunk, "UpdateSIPInboundTrunk", "",
            "0a0f53545f34664768374a6b4c6d4e70511a100a0e120c2b3135313035353530313031",
            "0a0f53545f34664768374a6b4c6d4e7051120b7477696c696f2d6d61696e220c2b3135313035353530313030220c2b3135313035"
                + "3535303130313a03737762420673336372657492010c08f4f8d5d50610c894e0e002a20100"
        ),
    ])
    func wholeAnswersInProtobuf(
        _ name: String, _ before: Before, _ method: String, _ id: String, _ body: String, _ answer: String
    ) async throws {
        let server = try EmulatorHarness(seed: before.seed)
        let reply = try #require(await server.call("SIP/" + method, protobuf: Hex.bytes(body)))
        #expect(reply.status == 200)
        #expect(reply.type == Self.protobuf)
        var bytes = reply.bytes
        if !id.isEmpty { bytes.replaceSubrange(2..<2 + id.utf8.count, with: id.utf8) }
        #expect(Hex.text(bytes) == answer)
    }

    @Test func g16RepeatedChangesNothing() async throws {
        let server = try EmulatorHarness(seed: Before.trunk.seed)
        let exchange = try #require(Self.exchanges.first { $0.name == "G16" })
        for _ in 0..<2 { #expect(try await Self.sent(server, exchange).1 == exchange.answer) }
    }

    /// The method that LiveKit once had and that Node's SDK still calls.
    @Test func makesNoTrunkWithoutADirection() async throws {
        let answer = await (try EmulatorHarness()).call("SIP/CreateSIPTrunk", "{}")
        #expect(answer?.status == 404)
        #expect(answer?.json["msg"] == #"no handler for path "/twirp/livekit.SIP/CreateSIPTrunk""#)
    }

    @Test func g23ForgetsAKnownTrunk() async throws {
        let server = try EmulatorHarness(seed: Before.trunk.seed)
        let exchange = try #require(Self.exchanges.first { $0.name == "G23" })
        for _ in 0..<2 { #expect(try await Self.sent(server, exchange).1 == exchange.answer) }
        #expect(await server.call("SIP/ListSIPInboundTrunk", "{}")?.text == #"{"items":[]}"#)
    }

    private static func refusal(_ code: String, _ message: String) -> String {
        "{\"code\":\"\(code)\",\"msg\":\"\(message)\"}"
    }

    private static func trunk(numbers: String, media: String) -> String {
        #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ","name":"twilio-main","metadata":"","numbers":"# + numbers
            + #","allowed_addresses":[],"allowed_numbers":[],"auth_username":"swb","auth_password":"s3cret","#
            + #""auth_realm":"","headers":{},"headers_to_attributes":{},"attributes_to_headers":{},"#
            + #""include_headers":"SIP_NO_HEADERS","ringing_timeout":null,"max_call_duration":null,"#
            + #""krisp_enabled":false,"media_encryption":"SIP_MEDIA_ENCRYPT_DISABLE","media":"# + media
            + #","created_at":null,"updated_at":null}"#
    }

    private static func rule(
        _ id: String, name: String, trunk: String, room: String = "null", media: String = "null"
    ) -> String {
        "{\"sip_dispatch_rule_id\":\"\(id)\","
            + #""rule":{"dispatch_rule_individual":{"room_prefix":"call-","pin":"","no_randomness":false}},"#
            + "\"trunk_ids\":[\"\(trunk)\"],"
            + #""hide_phone_number":false,"inbound_numbers":[],"numbers":[],"# + "\"name\":\"\(name)\","
            + #""metadata":"","attributes":{},"room_preset":"","# + "\"room_config\":\(room),\"media\":\(media),"
            + #""krisp_enabled":false,"media_encryption":"SIP_MEDIA_ENCRYPT_DISABLE","created_at":null,"#
            + #""updated_at":null}"#
    }

    private static func room(agent: String, metadata: String) -> String {
        #"{"name":"","empty_timeout":0,"departure_timeout":0,"max_participants":0,"metadata":"","egress":null,"#
            + #""min_playout_delay":0,"max_playout_delay":0,"sync_streams":false,"agents":[{"agent_name":""# + agent
            + #"","metadata":""# + metadata
            + #"","restart_policy":"JRP_ON_FAILURE","deployment":"","attributes":{}}],"tags":{}}"#
    }

    private static let noMedia = #"{"only_listed_codecs":false,"codecs":[]}"#

    static let exchanges: [Exchange] = [
        Exchange(
            name: "G3", before: .nothing, method: "CreateSIPDispatchRule",
            body: #"{"dispatch_rule":{"name":"front-desk","rule":{"dispatch_rule_individual":{"room_prefix":"call-"}},"#
                + #""trunk_ids":["PN_PPN_7hJk2mNpQrSt"],"room_config":{"agents":[{"agent_name":"front-desk-agent","#
                + #""metadata":"{\"tenant\":\"acme\"}"}]}}}"#,
            status: 200, id: "SDR_9aBcDeFgHjKm",
            answer: rule(
                "SDR_9aBcDeFgHjKm", name: "front-desk", trunk: "PN_PPN_7hJk2mNpQrSt",
                room: room(agent: "front-desk-agent", metadata: #"{\"tenant\":\"acme\"}"#), media: noMedia)),
        Exchange(
            name: "G4", before: .nothing, method: "CreateSIPDispatchRule",
            body:
                #"{"rule":{"dispatchRuleIndividual":{"roomPrefix":"call-"}},"trunkIds":["ST_4fGh7JkLmNpQ"],"name":"flat"}"#,
            status: 200, id: "SDR_3xYzWvUtSrQp",
            answer: rule("SDR_3xYzWvUtSrQp", name: "flat", trunk: "ST_4fGh7JkLmNpQ")),
        Exchange(
            name: "G12", before: .nothing, method: "CreateSIPInboundTrunk",
            body: #"{"trunk":{"name":"twilio-main","numbers":["+15105550100"],"#
                + #""auth_username":"swb","auth_password":"s3cret"}}"#,
            status: 200, id: "ST_4fGh7JkLmNpQ", answer: trunk(numbers: #"["+15105550100"]"#, media: "null")),
        Exchange(
            name: "G13", before: .nothing, method: "CreateSIPInboundTrunk",
            body: #"{"name":"twilio-main","numbers":["+15105550100"]}"#, status: 400,
            answer: refusal("invalid_argument", "missing trunk")),
        Exchange(
            name: "G14", before: .nothing, method: "CreateSIPInboundTrunk", body: #"{"trunk":{"name":"open"}}"#,
            status: 400,
            answer: refusal(
                "invalid_argument",
                "for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers")),
        Exchange(
            name: "G15", before: .trunk, method: "CreateSIPInboundTrunk",
            body: #"{"trunk":{"name":"dup","numbers":["1 (510) 555-0100"]}}"#, status: 400,
            answer: refusal(
                "invalid_argument",
                #"Conflicting inbound SIP Trunks: \"\u003cnew\u003e\" and \"ST_4fGh7JkLmNpQ\", using the same number(s) "#
                    + #"[\"1 (510) 555-0100\"] without AllowedNumbers set"#)),
        Exchange(
            name: "G16", before: .trunk, method: "UpdateSIPInboundTrunk",
            body: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ","update":{"numbers":{"add":["+15105550101"]}}}"#, status: 200,
            answer: trunk(numbers: #"["+15105550100","+15105550101"]"#, media: noMedia)),
        Exchange(
            name: "G17", before: .trunk, method: "UpdateSIPInboundTrunk",
            body: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ","update":{"numbers":{}}}"#, status: 400,
            answer: refusal("invalid_argument", "unsupported list update operation")),
        Exchange(
            name: "G18", before: .trunk, method: "UpdateSIPInboundTrunk",
            body: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ","update":{},"replace":{}}"#, status: 400,
            answer: refusal("malformed", "the json request could not be decoded")),
        Exchange(
            name: "G19", before: .catchAll, method: "CreateSIPDispatchRule",
            body: #"{"dispatch_rule":{"name":"b","rule":{"dispatch_rule_direct":{"room_name":"lobby"}}}}"#, status: 400,
            answer: refusal(
                "invalid_argument",
                "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in "
                    + #"dispatch rule \"SDR_8mNpQrStUvWx\" \"a\""#)),
        Exchange(
            name: "G20", before: .nothing, method: "CreateSIPDispatchRule",
            body: #"{"dispatch_rule":{},"rule":{"dispatchRuleIndividual":{"roomPrefix":"call-"}}}"#, status: 400,
            answer: refusal("invalid_argument", "missing rule")),
        Exchange(
            name: "G21", before: .frontDesk, method: "UpdateSIPDispatchRule",
            body: #"{"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm","replace":{"name":"front-desk","rule":"#
                + #"{"dispatch_rule_individual":{"room_prefix":"call-"}},"trunk_ids":["PN_PPN_7hJk2mNpQrSt"],"#
                + #""room_config":{"agents":[{"agent_name":"night-agent"}]}}}"#,
            status: 200,
            answer: rule(
                "SDR_9aBcDeFgHjKm", name: "front-desk", trunk: "PN_PPN_7hJk2mNpQrSt",
                room: room(agent: "night-agent", metadata: ""))),
        Exchange(
            name: "G22", before: .threeRules, method: "ListSIPDispatchRule",
            body: #"{"page":{"after_id":"SDR_3xYzWvUtSrQp","limit":100}}"#, status: 200,
            answer: "{\"items\":["
                + ["SDR_8mNpQrStUvWx", "SDR_9aBcDeFgHjKm"].map { rule($0, name: "", trunk: "ST_" + $0) }
                .joined(separator: ",") + "]}"),
        Exchange(
            name: "G23", before: .nothing, method: "DeleteSIPTrunk", body: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ"}"#,
            status: 200,
            answer: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ","kind":"TRUNK_LEGACY","inbound_addresses":[],"#
                + #""outbound_address":"","outbound_number":"","transport":"SIP_TRANSPORT_AUTO","#
                + #""inbound_numbers_regex":[],"inbound_numbers":[],"inbound_username":"","inbound_password":"","#
                + #""outbound_username":"","outbound_password":"","name":"","metadata":""}"#),
        Exchange(
            name: "G24", before: .frontDesk, method: "DeleteSIPDispatchRule",
            body: #"{"sip_dispatch_rule_id":"SDR_3xYzWvUtSrQp"}"#, status: 404,
            answer: refusal("not_found", "requested sip dispatch rule does not exist")),
        Exchange(
            name: "G29", before: .nothing, method: "CreateSIPOutboundTrunk",
            body: #"{"trunk":{"name":"o","address":"sip:acme.pstn.twilio.com","numbers":["+15105550100"]}}"#,
            status: 400,
            answer: refusal("invalid_argument", "trunk address should be a hostname or IP, not SIP URI")),
    ]
}
