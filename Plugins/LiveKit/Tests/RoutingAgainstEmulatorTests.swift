import LiveKitSandbox
import SwitchboardCore
import SwitchboardHTTP
import SwitchboardSandbox
import Testing

@testable import LiveKitProvider

/// Trunks and rules from the client to the emulator and back, over a real connection.
@Suite(.serialized) struct RoutingAgainstEmulatorTests {
    private func withPlatform(
        seed: JSON = [:], _ body: (LiveKitAgentPlatform, _ fault: (String) throws -> Void) async throws -> Void
    ) async throws {
        let emulator = try EmulatorContext(emulator: "livekit")
        let livekit = try LiveKitEmulator(context: emulator)
        _ = try livekit.seed(seed)
        let listener = try SandboxListener(emulator: livekit, context: emulator)
        let settings = ProviderSettings(
            plain: ["url": listener.url, "api_key": "devkey"], secrets: ["api_secret": Secret("secret")])
        let context = ProviderContext(profile: "sandbox", settings: settings, transport: CurlTransport())
        try await body(LiveKitAgentPlatform(context: context)) { json in
            _ = try emulator.faults.add(Fault(json: JSON(reading: json)))
        }
    }

    private func document(_ schema: RoutingSchema, _ text: String) throws -> RoutingDocument {
        try RoutingDocument(reading: JSON(reading: text), as: schema, strangers: .refused)
    }

    private static let inbound = """
        {"name":"main","metadata":"m","numbers":["+15105550100"],"allowed_addresses":["192.0.2.0/24"],
         "auth_username":"swb","auth_password":"s3cret","auth_realm":"sip.example","headers":{"X-Desk":"7"},
         "headers_to_attributes":{"X-Caller":"caller"},"attributes_to_headers":{"desk":"X-Desk"},
         "include_headers":"SIP_X_HEADERS","ringing_timeout":"30s","max_call_duration":"3600s","krisp_enabled":true,
         "media":{"only_listed_codecs":true,"codecs":[{"name":"PCMU","rate":8000}],
         "encryption":"SIP_MEDIA_ENCRYPT_ALLOW","media_timeout":"45s"}}
        """
    private static let outbound = """
        {"name":"out","address":"acme.pstn.twilio.com","destination_country":"US","transport":"SIP_TRANSPORT_TLS",
         "numbers":["+15105550100"],"auth_username":"swb","auth_password":"s3cret","headers":{"X-Desk":"7"},
         "from_host":"acme.example"}
        """
    private static let rule = """
        {"name":"desk","metadata":"m","trunk_ids":["ST_x"],"hide_phone_number":true,"inbound_numbers":["+13105550100"],"numbers":["+15105550100"],
         "attributes":{"a":"1","b":"2"},"room_preset":"quiet","krisp_enabled":true,
         "rule":{"dispatch_rule_callee":{"room_prefix":"call-","pin":"4711","randomize":true}},
         "room_config":{"empty_timeout":60,"max_participants":4,"agents":[{"agent_name":"desk","metadata":"{}"}],
         "tags":{"t":"1"}}}
        """

    @Test(arguments: [SIPTrunk.Direction.inbound, .outbound])
    func aTrunkComesBackAsItWasSent(direction: SIPTrunk.Direction) async throws {
        try await withPlatform { platform, _ in
            let text = direction == .inbound ? Self.inbound : Self.outbound
            let wanted = SIPTrunk(try document(direction.schema, text))
            let made = try await platform.create(wanted, key: "c")
            #expect(made.document.means(wanted.document, comparingSecrets: true))
            #expect(try await platform.trunk(id: made.id) == made)
            #expect(try await platform.trunks() == [made])

            // By fields, and a field that only a replacement changes: nothing else moves.
            var target = made
            target.name = "other"
            target.numbers = ["+15105550101", "+15105550102"]
            try target.document.set("headers", ["X-Desk": "8"])
            var fields = made
            fields.name = target.name
            fields.numbers = target.numbers
            let byFields = RoutingChange(from: made.document, to: fields.document)
            #expect(byFields.isFieldUpdate)
            let renamed = try await platform.update(made, by: byFields, key: "u")
            #expect(renamed.document.means(fields.document, comparingSecrets: true))
            let whole = RoutingChange(from: renamed.document, to: target.document)
            #expect(!whole.isFieldUpdate)
            let changed = try await platform.update(renamed, by: whole, key: "w")
            #expect(changed.document.means(target.document, comparingSecrets: true))
            #expect(changed.id == made.id)

            // A replacement leaves nothing behind.
            var bare = wanted
            bare.id = made.id
            try bare.document.set("headers", nil)
            let replaced = try await platform.replace(bare, key: "r")
            #expect(replaced.document.means(bare.document, comparingSecrets: true))

            try await platform.deleteTrunk(id: made.id, key: "d")
            #expect(try await platform.trunk(id: made.id) == nil)
            #expect(try await platform.trunks().isEmpty)
            let gone = try await failure { _ = try await platform.update(changed, by: whole, key: "v") }
            #expect(gone.code == .notFound)
        }
    }

    @Test func aRuleComesBackAsItWasSent() async throws {
        try await withPlatform { platform, _ in
            let wanted = DispatchRule(try document(.dispatchRule, Self.rule))
            let made = try await platform.create(wanted, key: "c")
            #expect(made.document.means(wanted.document, comparingSecrets: true))
            var target = made
            target.agents = [AgentTarget(dispatchName: "night")]
            target.trunkIDs = ["ST_x", "ST_y"]
            try target.document.set("attributes", ["b": "3", "c": "4"])
            let change = RoutingChange(from: made.document, to: target.document)
            let changed = try await platform.update(made, by: change, key: "u")
            #expect(changed.document.means(target.document, comparingSecrets: true))
            var back = changed
            back.trunkIDs = ["ST_y"]
            try back.document.set("attributes", ["c": "4"])
            let fields = RoutingChange(from: changed.document, to: back.document)
            #expect(fields.isFieldUpdate)
            #expect(
                try await platform.update(changed, by: fields, key: "f").document
                    .means(back.document, comparingSecrets: true))
            #expect(try await platform.dispatchRules().map(\.id) == [made.id])
            try await platform.deleteDispatchRule(id: made.id, key: "d")
            let gone = try await failure { try await platform.deleteDispatchRule(id: made.id, key: "e") }
            #expect(gone.code == .notFound)
        }
    }

    @Test(arguments: [false, true]) func listsAllOfManyTrunks(honorsLimit: Bool) async throws {
        func trunk(_ index: Int) -> JSON {
            [
                "sip_trunk_id": .string("ST_\(1000 + index)"), "numbers": [.string("+1510555\(1000 + index)")],
                "address": index.isMultiple(of: 2) ? "" : "sip.example",
            ]
        }
        let (even, odd) = (stride(from: 0, to: 450, by: 2), stride(from: 1, to: 450, by: 2))
        let seed: JSON = [
            "inbound_trunks": .array(even.map { index in trunk(index) }),
            "outbound_trunks": .array(odd.map { index in trunk(index) }),
        ]
        try await withPlatform(seed: seed) { platform, fault in
            if honorsLimit { try fault(#"{"fault":"honor_limit"}"#) }
            #expect(try await platform.trunks().map(\.id) == (0..<450).map { "ST_\(1000 + $0)" })
        }
    }

    @Test func refusesWhatLiveKitRefuses() async throws {
        try await withPlatform { platform, _ in
            let first = SIPTrunk(try document(.inboundTrunk, #"{"numbers":["+15105550100"]}"#))
            _ = try await platform.create(first, key: "a")
            let refusals: [(RoutingSchema, String, ErrorCode, [String])] = [
                (.inboundTrunk, #"{"numbers":["1 (510) 555-0100"]}"#, .conflict, []),
                (.inboundTrunk, #"{"name":"open"}"#, .invalidArgument, []),
                (.inboundTrunk, #"{"numbers":["1"],"headers":{"contact":"x"}}"#, .invalidArgument, ["headers"]),
                (
                    .inboundTrunk, #"{"numbers":["1"],"media":{"codecs":[{"rate":1}]}}"#, .invalidArgument,
                    ["media.codecs"]
                ),
                (.outboundTrunk, #"{"numbers":["1"]}"#, .invalidArgument, ["address"]),
                (.outboundTrunk, #"{"address":"sip.example"}"#, .invalidArgument, ["numbers"]),
                (
                    .outboundTrunk, #"{"address":"h","numbers":["1"],"from_host":"a@b"}"#, .invalidArgument,
                    ["from_host"]
                ),
                (
                    .outboundTrunk, #"{"sip_trunk_id":"ST_x","address":"h","numbers":["1"]}"#, .invalidArgument,
                    ["sip_trunk_id"]
                ),
            ]
            for (schema, text, code, fields) in refusals {
                let trunk = SIPTrunk(try document(schema, text))
                let error = try await failure { _ = try await platform.create(trunk, key: text) }
                #expect(error.code == code, "\(text)")
                #expect(Array(error.fields.keys) == fields, "\(text)")
                #expect(!error.mayHaveHappened)
            }
            let rule = DispatchRule(
                try document(.dispatchRule, #"{"rule":{"dispatch_rule_direct":{"room_name":"r"}}}"#))
            _ = try await platform.create(rule, key: "r1")
            let second = try await failure { _ = try await platform.create(rule, key: "r2") }
            #expect(second.code == .conflict)
            let none = try await failure { _ = try await platform.create(DispatchRule(), key: "r3") }
            #expect(Array(none.fields.keys) == ["rule"])
            #expect(try await platform.trunks().count == 1)
        }
    }

    @Test func emptiedNumbersOfAnOutboundTrunkAreRefused() async throws {
        try await withPlatform { platform, _ in
            let trunk = try await platform.create(SIPTrunk(document(.outboundTrunk, Self.outbound)), key: "c")
            var change = RoutingChange(.outboundTrunk)
            change.lists["numbers"] = .init(set: [])
            let asked = change
            let error = try await failure { _ = try await platform.update(trunk, by: asked, key: "u") }
            #expect(error.code == .invalidArgument)
            #expect(Array(error.fields.keys) == ["numbers"])
            #expect(!error.mayHaveHappened)
        }
    }

    @Test(arguments: ["CreateSIPInboundTrunk", "UpdateSIPInboundTrunk", "DeleteSIPTrunk"])
    func aLostAnswerIsReadBack(method: String) async throws {
        try await withPlatform { platform, fault in
            try fault(#"{"fault":"lost_answer","method":"\#(method)","times":1}"#)
            let made = try await platform.create(SIPTrunk(document(.inboundTrunk, Self.inbound)), key: "c")
            var change = RoutingChange(.inboundTrunk)
            change.lists["numbers"] = .init(add: ["+15105550101"])
            let changed = try await platform.update(made, by: change, key: "u")
            #expect(changed.numbers == ["+15105550100", "+15105550101"])
            #expect(try await platform.trunks() == [changed])
            try await platform.deleteTrunk(id: made.id, key: "d")
            #expect(try await platform.trunks().isEmpty)
        }
    }
}
