import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// What updates of trunks and rules change and keep (contract section 4.3).
@Suite struct EmulatorTrunkUpdateTests {
    private static let inbound: JSON = [
        "sip_trunk_id": "ST_in", "name": "in", "metadata": "m", "numbers": ["+15105550100", "+15105550101"],
        "allowed_addresses": ["10.0.0.1"], "allowed_numbers": ["+15105550109"], "auth_username": "u",
        "auth_password": "p", "auth_realm": "r", "headers": ["X-A": "a"], "headers_to_attributes": ["X-B": "b"],
        "attributes_to_headers": ["c": "X-C"], "include_headers": "SIP_X_HEADERS", "ringing_timeout": "30s",
        "max_call_duration": "3600.500s", "krisp_enabled": true, "created_at": "2026-01-01T00:00:00Z",
    ]
    private static let outbound: JSON = [
        "sip_trunk_id": "ST_out", "name": "out", "metadata": "m", "address": "sip.example.com",
        "destination_country": "US", "transport": "SIP_TRANSPORT_TLS", "numbers": ["+15105550100"],
        "auth_username": "u", "auth_password": "p", "headers": ["X-A": "a"], "headers_to_attributes": ["X-B": "b"],
        "attributes_to_headers": ["c": "X-C"], "include_headers": "SIP_ALL_HEADERS", "from_host": "example.com",
        "created_at": "2026-01-01T00:00:00Z",
    ]
    private static let rule: JSON = [
        "sip_dispatch_rule_id": "SDR_a", "name": "a", "metadata": "m", "trunk_ids": ["ST_in"],
        "rule": ["dispatch_rule_direct": ["room_name": "lobby", "pin": "7"]], "hide_phone_number": true,
        "inbound_numbers": ["+15105550109"], "numbers": ["+15105550100"], "attributes": ["x": "1", "y": "2"],
        "room_preset": "p", "room_config": ["agents": [["agent_name": "night", "restart_policy": "JRP_NEVER"]]],
        "krisp_enabled": true, "created_at": "2026-01-01T00:00:00Z",
    ]

    private func server() throws -> EmulatorHarness {
        try EmulatorHarness(seed: [
            "inbound_trunks": [Self.inbound], "outbound_trunks": [Self.outbound], "dispatch_rules": [Self.rule],
        ])
    }

    /// Updates the thing of that name, and returns the whole answer.
    private func update(_ server: EmulatorHarness, _ thing: String, _ action: JSON) async throws
        -> EmulatorHarness.Answer
    {
        let ids: JSON = [
            "SIPInboundTrunk": "ST_in", "SIPOutboundTrunk": "ST_out", "SIPDispatchRule": "SDR_a",
        ]
        let field = thing == "SIPDispatchRule" ? "sip_dispatch_rule_id" : "sip_trunk_id"
        let body = action.merging(.object([.init(field, ids[thing] ?? .null)]))
        return try #require(await server.call("SIP/Update" + thing, body.compact))
    }

    /// What is listed afterwards is what was answered, and everything not spoken of is as it was.
    @Test(
        arguments: [
            ("SIPInboundTrunk", [:], [:]),
            (
                "SIPInboundTrunk",
                [
                    "name": "n", "metadata": "", "auth_username": "", "auth_password": "q", "auth_realm": "z",
                    "numbers": ["remove": ["+15105550100"], "add": ["+15105550102"]],
                    "allowed_addresses": ["clear": true],
                    "allowed_numbers": ["set": ["b", "b"]],
                ],
                [
                    "name": "n", "metadata": "", "auth_username": "", "auth_password": "q", "auth_realm": "z",
                    "numbers": ["+15105550101", "+15105550102"], "allowed_addresses": [],
                    "allowed_numbers": ["b", "b"],
                ]
            ),
            (
                "SIPOutboundTrunk",
                [
                    "address": "a.example.com", "transport": "SIP_TRANSPORT_AUTO", "destination_country": "",
                    "numbers": ["set": ["*"]], "auth_username": "v", "auth_password": "", "name": "", "metadata": "k",
                    "from_host": "b.example.com",
                ],
                [
                    "address": "a.example.com", "transport": "SIP_TRANSPORT_AUTO", "destination_country": "",
                    "numbers": ["*"], "auth_username": "v", "auth_password": "", "name": "", "metadata": "k",
                    "from_host": "b.example.com",
                ]
            ),
            (
                "SIPDispatchRule",
                [
                    "trunk_ids": ["add": ["ST_b"]], "rule": ["dispatch_rule_callee": ["randomize": true]], "name": "",
                    "metadata": "k", "attributes": ["x": "", "z": "3", "gone": ""],
                ],
                [
                    "trunk_ids": ["ST_in", "ST_b"], "name": "", "metadata": "k", "attributes": ["y": "2", "z": "3"],
                    "rule": ["dispatch_rule_callee": ["room_prefix": "", "pin": "", "randomize": true]],
                ]
            ),
            ("SIPDispatchRule", ["attributes": [:]], [:]),
        ] as [(String, JSON, JSON)])
    func changesWhatIsNamedAndNothingElse(_ thing: String, _ change: JSON, _ after: JSON) async throws {
        let server = try server()
        let old = await server.call("SIP/List" + thing, "{}")?.json["items"]?.elements?.first
        server.advance(seconds: 60)
        let answer = try await update(server, thing, ["update": change])
        let expected = try #require(old).replacing(after).replacing([
            "media": ["only_listed_codecs": false, "codecs": []], "updated_at": "2026-09-24T19:40:32.739773Z",
        ])
        #expect(answer.json == expected)
        #expect(await server.call("SIP/List" + thing, "{}")?.json == ["items": [expected]])
    }

    @Test(
        arguments: [
            ("SIPInboundTrunk", inbound, ["name": "n", "auth_password": "q"]),
            ("SIPOutboundTrunk", outbound, ["numbers": ["+15105550107"], "address": "x.example.com"]),
            (
                "SIPDispatchRule", rule,
                ["rule": ["dispatch_rule_individual": ["room_prefix": "c"]], "trunk_ids": ["ST_z"]]
            ),
        ] as [(String, JSON, JSON)])
    func replacingKeepsNothingButTheId(_ thing: String, _ before: JSON, _ replacement: JSON) async throws {
        let server = try server()
        let answer = try await update(server, thing, ["replace": replacement])
        let field = thing == "SIPDispatchRule" ? "sip_dispatch_rule_id" : "sip_trunk_id"
        let method = try #require(LiveKitMethod.all["/twirp/livekit.SIP/Update" + thing])
        let kept: [JSON.Member] = [
            .init(field, before[field] ?? .null), .init("created_at", "2026-01-01T00:00:00Z"),
            .init("updated_at", "2026-09-24T19:39:32.739773Z"),
        ]
        let expected = try ProtoReader.read(replacement.merging(.object(kept)), as: method.response).json
        #expect(answer.text == expected.compact)
        #expect(await server.call("SIP/List" + thing, "{}")?.json == ["items": [expected]])
    }

    /// `media` is replaced whole; it and `media_encryption` then say the same.
    @Test(
        arguments: [
            (["media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"], "REQUIRE", ["encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"]),
            (["media": ["encryption": "SIP_MEDIA_ENCRYPT_ALLOW"]], "ALLOW", ["encryption": "SIP_MEDIA_ENCRYPT_ALLOW"]),
            (
                ["media": ["codecs": [["name": "opus", "rate": 48000]], "media_timeout": "30s"]], "DISABLE",
                ["codecs": [["name": "opus", "rate": 48000]], "media_timeout": "30s"]
            ),
            (
                ["media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE", "media": ["only_listed_codecs": true]], "REQUIRE",
                ["only_listed_codecs": true, "encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"]
            ),
            (
                ["media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE", "media": ["encryption": "SIP_MEDIA_ENCRYPT_ALLOW"]],
                "ALLOW", ["encryption": "SIP_MEDIA_ENCRYPT_ALLOW"]
            ),
        ] as [(JSON, String, JSON)])
    func mirrorsTheEncryption(_ change: JSON, _ encryption: String, _ media: JSON) async throws {
        let server = try server()
        let blank: JSON = ["only_listed_codecs": false, "codecs": []]
        for thing in ["SIPInboundTrunk", "SIPOutboundTrunk", "SIPDispatchRule"] {
            let answer = try await update(server, thing, ["update": change])
            #expect(answer.json["media_encryption"] == .string("SIP_MEDIA_ENCRYPT_" + encryption))
            #expect(answer.json["media"] == blank.replacing(media))
        }
    }

    /// A second change of the encryption reaches `media`, and media without an encryption takes over the one there is.
    @Test func changesTheEncryptionAgain() async throws {
        let server = try server()
        for thing in ["SIPInboundTrunk", "SIPOutboundTrunk", "SIPDispatchRule"] {
            _ = try await update(server, thing, ["update": ["media": ["encryption": "SIP_MEDIA_ENCRYPT_ALLOW"]]])
            let again = try await update(
                server, thing, ["update": ["media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"]])
            #expect(again.json["media"]?["encryption"] == "SIP_MEDIA_ENCRYPT_REQUIRE")
            let kept = try await update(server, thing, ["update": ["media": ["only_listed_codecs": true]]])
            #expect(kept.json["media"]?["encryption"] == "SIP_MEDIA_ENCRYPT_REQUIRE")
            let off = try await update(server, thing, ["update": ["media_encryption": 0]])
            #expect(off.json["media"] == ["only_listed_codecs": true, "codecs": []])
            #expect(off.json["media_encryption"] == "SIP_MEDIA_ENCRYPT_DISABLE")
        }
    }

    /// Faults that only the result has: one refusal of LiveKit's, and errors of no known kind.
    @Test(
        arguments: [
            (
                "SIPInboundTrunk",
                [
                    "numbers": ["clear": true], "allowed_addresses": ["clear": true], "auth_username": "",
                    "auth_password": "",
                ], 400, "invalid_argument",
                "twirp error unknown: for security, one of the fields must be set: AuthUsername+AuthPassword, "
                    + "AllowedAddresses or Numbers"
            ),
            ("SIPInboundTrunk", ["media": ["codecs": [[:]]]], 500, "unknown", "missing codec name"),
            (
                "SIPInboundTrunk", ["media": ["media_timeout": "601s"]], 500, "unknown",
                "media_timeout must not exceed 10m0s"
            ),
            ("SIPOutboundTrunk", ["numbers": ["clear": true]], 500, "unknown", "no trunk numbers specified"),
            ("SIPOutboundTrunk", ["address": ""], 500, "unknown", "no outbound address specified"),
            (
                "SIPOutboundTrunk", ["address": "sip:a"], 500, "unknown",
                "trunk address should be a hostname or IP, not SIP URI"
            ),
            (
                "SIPOutboundTrunk", ["from_host": "a;transport=tls"], 500, "unknown",
                "from_host should not contain transport parameter"
            ),
            (
                "SIPOutboundTrunk", ["media": ["codecs": [["name": "a/b"]]]], 500, "unknown",
                "codec name must not contain '/'"
            ),
            (
                "SIPDispatchRule", ["rule": [:]], 400, "invalid_argument",
                "twirp error unknown: unsupported SIP Dispatch Rule: <nil>"
            ),
        ] as [(String, JSON, Int, String, String)])
    func refusesAFaultyResult(
        _ thing: String, _ change: JSON, _ status: Int, _ code: String, _ message: String
    ) async throws {
        let server = try server()
        let before = await server.call("SIP/List" + thing, "{}")?.text
        let answer = try await update(server, thing, ["update": change])
        #expect(answer.status == status)
        #expect(answer.json == ["code": .string(code), "msg": .string(message)])
        #expect(await server.call("SIP/List" + thing, "{}")?.text == before)
    }

    /// An id of nothing, and for trunks one of the other direction.
    @Test(arguments: [
        ("Inbound", "ST_out"), ("Inbound", "ST_none"), ("Outbound", "ST_in"), ("Outbound", "ST_none"),
    ])
    func doesNotFindATrunkOfTheOtherDirection(_ direction: String, _ id: String) async throws {
        let server = try server()
        let content: JSON = ["numbers": ["+15105550107"], "address": "x.example.com"]
        let expected: JSON = ["code": "not_found", "msg": "requested sip trunk does not exist"]
        for action in [["update": ["name": "n"]], ["update": [:]], ["replace": content]] as [JSON] {
            let answer = await server.call(
                "SIP/UpdateSIP\(direction)Trunk", action.merging(["sip_trunk_id": .string(id)]).compact)
            #expect(answer?.status == 404)
            #expect(answer?.json == expected)
        }
        let get = await server.call("SIP/GetSIP\(direction)Trunk", "{\"sip_trunk_id\":\"\(id)\"}")
        #expect(get?.status == 404)
        #expect(get?.json == expected)
    }

    /// The list of updates that only the lookup stops, so that it comes before the look at the result.
    @Test func doesNotFindARule() async throws {
        let server = try server()
        for action in [["update": ["rule": [:]]], ["replace": ["rule": [:]]]] as [JSON] {
            let answer = await server.call(
                "SIP/UpdateSIPDispatchRule", action.merging(["sip_dispatch_rule_id": "SDR_none"]).compact)
            #expect(answer?.status == 404)
            #expect(answer?.json == ["code": "not_found", "msg": "requested sip dispatch rule does not exist"])
        }
    }

    /// Every row of the contract's table that changes a list.
    @Test(
        arguments: [
            (["clear": true], []), (["set": ["c", "c"]], ["c", "c"]),
            (["add": ["b", "c", "c"]], ["a", "b", "a", "c"]),
            (["remove": ["a"]], ["b", "a"]), (["remove": ["a", "a", "a"]], ["b"]),
            (["remove": ["A", "z"]], ["a", "b", "a"]),
            (["remove": ["b"], "add": ["b"]], ["a", "a", "b"]), (["remove": ["a"], "add": ["a"]], ["b", "a"]),
        ] as [(JSON, JSON)])
    func changesLists(_ change: JSON, _ list: JSON) async throws {
        for (thing, field, seeds) in [
            ("SIPInboundTrunk", "numbers", Self.inbound), ("SIPInboundTrunk", "allowed_addresses", Self.inbound),
            ("SIPInboundTrunk", "allowed_numbers", Self.inbound), ("SIPDispatchRule", "trunk_ids", Self.rule),
        ] {
            let seed = seeds.replacing(.object([.init(field, ["a", "b", "a"])]))
            let kind = thing == "SIPDispatchRule" ? "dispatch_rules" : "inbound_trunks"
            let server = try EmulatorHarness(seed: .object([.init(kind, [seed])]))
            let answer = try await update(server, thing, ["update": .object([.init(field, change)])])
            #expect(answer.json[field] == list, "\(thing) \(field)")
        }
    }
}

extension JSON {
    /// The object with the other's members in the places of its own of the same names, and behind them the rest.
    func replacing(_ other: JSON) -> JSON {
        let own = (members ?? []).map { member in JSON.Member(member.name, other[member.name] ?? member.value) }
        return .object(own + (other.members ?? []).filter { self[$0.name] == nil })
    }
}
