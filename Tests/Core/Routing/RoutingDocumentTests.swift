import SwitchboardCore
import Testing

@Suite struct RoutingDocumentTests {
    /// An inbound trunk as LiveKit writes it, G12 with more of everything, and with names that no table has.
    private static let inbound = """
        {"sip_trunk_id":"ST_4fGh7JkLmNpQ","name":"main","metadata":"","numbers":["+15105550100"],
        "allowed_addresses":["192.0.2.0/24"],"allowed_numbers":[],"auth_username":"swb","auth_password":"s3cret",
        "auth_realm":"","headers":{"X-B":"2","X-A":""},"headers_to_attributes":{},"attributes_to_headers":{},
        "include_headers":"SIP_X_HEADERS","ringing_timeout":"30s","ringing_timeout_status":"SIP_STATUS_UNKNOWN",
        "max_call_duration":null,"krisp_enabled":true,"media_encryption":"SIP_MEDIA_ENCRYPT_ALLOW",
        "media":{"only_listed_codecs":false,"codecs":[{"name":"PCMU","rate":8000},{"name":"G722","rate":0}],
        "encryption":"SIP_MEDIA_ENCRYPT_ALLOW","media_timeout":"1.500s"},"created_at":"2026-09-24T19:39:32.739773Z",
        "updated_at":null}
        """

    /// The rule of golden exchange G3, complete.
    private static let rule = """
        {"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm","rule":{"dispatch_rule_individual":{"room_prefix":"call-","pin":"",
        "no_randomness":false}},"trunk_ids":["PN_PPN_7hJk2mNpQrSt"],"hide_phone_number":false,"inbound_numbers":[],
        "numbers":[],"name":"front-desk","metadata":"","attributes":{},"room_preset":"","room_config":{"name":"",
        "empty_timeout":0,"departure_timeout":0,"max_participants":0,"metadata":"","egress":null,"min_playout_delay":0,
        "max_playout_delay":0,"sync_streams":false,"agents":[{"agent_name":"front-desk-agent",
        "metadata":"{\\"tenant\\":\\"acme\\"}","restart_policy":"JRP_ON_FAILURE","deployment":"","attributes":{}}],
        "tags":{}},"media":{"only_listed_codecs":false,"codecs":[]},"krisp_enabled":false,
        "media_encryption":"SIP_MEDIA_ENCRYPT_DISABLE","created_at":null,"updated_at":null}
        """

    private static func inboundTrunk() throws -> RoutingDocument {
        try RoutingDocument(reading: json(inbound), as: .inboundTrunk, strangers: .kept)
    }

    private static func frontDesk() throws -> RoutingDocument {
        try RoutingDocument(reading: json(rule), as: .dispatchRule, strangers: .kept)
    }

    // MARK: Canonical form

    @Test func onlyWhatDiffersFromTheDefaultsRemains() throws {
        #expect(
            try Self.frontDesk().wire
                == json(
                    """
                    {"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm",
                    "rule":{"dispatch_rule_individual":{"room_prefix":"call-"}},"trunk_ids":["PN_PPN_7hJk2mNpQrSt"],
                    "name":"front-desk","room_config":{"agents":[{"agent_name":"front-desk-agent",
                    "metadata":"{\\"tenant\\":\\"acme\\"}"}]}}
                    """))
    }

    @Test func theWireFormReadsAsTheDocument() throws {
        for document in [try Self.inboundTrunk(), try Self.frontDesk()] {
            let again = try RoutingDocument(reading: document.wire, as: document.schema, strangers: .kept)
            #expect(again == document)
        }
    }

    /// Writes every name that the table knows in the other naming.
    private func camel(_ json: JSON, _ fields: [RoutingField]) -> JSON {
        switch json {
        case .array(let elements): .array(elements.map { camel($0, fields) })
        case .object(let members):
            .object(
                members.map { member in
                    guard let field = fields.first(where: { $0.name == member.name }) else { return member }
                    return .init(field.camelName, camel(member.value, field.fields))
                })
        default: json
        }
    }

    @Test func bothNamingsSayTheSame() throws {
        for document in [try Self.inboundTrunk(), try Self.frontDesk()] {
            let other = camel(document.wire, document.schema.fields)
            #expect(other != document.wire)
            #expect(try RoutingDocument(reading: other, as: document.schema, strangers: .kept) == document)
        }
    }

    @Test(
        arguments: [
            (.inboundTrunk, #"{"media":null}"#, #"{"media":{"only_listed_codecs":false,"codecs":[]}}"#),
            (.inboundTrunk, "{}", #"{"name":"","numbers":[],"headers":{},"krisp_enabled":false,"media":{}}"#),
            (.inboundTrunk, #"{"media_encryption":"SIP_MEDIA_ENCRYPT_ALLOW"}"#, #"{"media":{"encryption":"allow"}}"#),
            (
                .inboundTrunk, #"{"media_encryption":1}"#,
                #"{"media_encryption":"ALLOW","media":{"encryption":"allow"}}"#
            ),
            (.outboundTrunk, #"{"transport":"SIP_TRANSPORT_TLS"}"#, #"{"transport":3}"#),
            (.outboundTrunk, #"{"transport":"SIP_TRANSPORT_AUTO"}"#, "{}"),
            (.inboundTrunk, #"{"headers":{"b":"1","a":"2"}}"#, #"{"headers":{"a":"2","b":"1"}}"#),
            (.inboundTrunk, #"{"ringing_timeout":"90s"}"#, #"{"ringing_timeout":"1m30s"}"#),
            (.inboundTrunk, #"{"ringing_timeout":"0.500s"}"#, #"{"ringing_timeout":"500ms"}"#),
            (.inboundTrunk, #"{"max_call_duration":"3600.5s"}"#, #"{"max_call_duration":"3600.500s"}"#),
            (.dispatchRule, #"{"room_config":{"empty_timeout":300}}"#, #"{"room_config":{"empty_timeout":"300"}}"#),
            (.dispatchRule, #"{"room_config":{"empty_timeout":300}}"#, #"{"room_config":{"empty_timeout":300.0}}"#),
            (.dispatchRule, "{}", #"{"room_config":{"agents":[],"egress":null,"tags":{}},"attributes":null}"#),
        ] as [(RoutingSchema, String, String)])
    func readsAsOne(schema: RoutingSchema, one: String, other: String) throws {
        // The enum's value without its prefix is no name of LiveKit's and none of ours.
        let other = other.replacing(#""ALLOW""#, with: #""SIP_MEDIA_ENCRYPT_ALLOW""#)
        let documents = try [one, other].map { text in
            try RoutingDocument(reading: json(text), as: schema, strangers: .refused)
        }
        #expect(documents[0] == documents[1])
        #expect(documents[0].hashValue == documents[1].hashValue)
    }

    @Test(
        arguments: [
            (#"{"rule":{"dispatch_rule_direct":{}}}"#, "{}"),
            (#"{"rule":{"dispatch_rule_direct":{}}}"#, #"{"rule":{"dispatch_rule_callee":{}}}"#),
            (#"{"room_config":{"agents":[{}]}}"#, #"{"room_config":{"agents":[]}}"#),
            (#"{"media":{"media_timeout":"0s"}}"#, #"{"media":{"media_timeout":null}}"#),
            (#"{"attributes":{"a":""}}"#, #"{"attributes":{}}"#),
        ])
    func presenceThatSaysSomethingStays(one: String, other: String) throws {
        let documents = try [one, other].map { text in
            try RoutingDocument(reading: json(text), as: .dispatchRule, strangers: .kept)
        }
        #expect(documents[0] != documents[1])
        #expect(!documents[0].means(documents[1], comparingSecrets: false))
    }

    @Test func encryptionIsSentUnderBothItsNames() throws {
        var document = RoutingDocument(.inboundTrunk)
        try document.set("media_encryption", "require")
        #expect(
            try document.wire
                == json(
                    #"{"media":{"encryption":"SIP_MEDIA_ENCRYPT_REQUIRE"},"media_encryption":"SIP_MEDIA_ENCRYPT_REQUIRE"}"#
                ))
        #expect(document["media_encryption"] == document["media.encryption"])
        #expect(document.word("media_encryption") == "require")
        try document.set("mediaEncryption", nil)
        #expect(document == RoutingDocument(.inboundTrunk))
    }

    // MARK: Names that the table does not know

    private static let newer = """
        {"name":"a","inbound_status":"NEW","rule":{"dispatch_rule_direct":{"room_name":"r","region":"eu"}},
        "room_config":{"agents":[{"agent_name":"x","priority":3}],"e2ee":{"mode":"on","list":[1,null]}},"zero":null}
        """

    @Test func strangersInAnswersAreSentBack() throws {
        let document = try RoutingDocument(reading: json(Self.newer), as: .dispatchRule, strangers: .kept)
        #expect(
            try document.wire
                == json(
                    """
                    {"rule":{"dispatch_rule_direct":{"room_name":"r","region":"eu"}},"name":"a",
                    "room_config":{"agents":[{"agent_name":"x","priority":3}],"e2ee":{"list":[1,null],"mode":"on"}},
                    "inbound_status":"NEW"}
                    """))
        #expect(try journaled(document) == document)
    }

    @Test func enumsFromTheFutureAreKept() throws {
        let text = #"{"transport":"SIP_TRANSPORT_QUIC","media":{"encryption":9}}"#
        let document = try RoutingDocument(reading: json(text), as: .outboundTrunk, strangers: .kept)
        #expect(document["transport"] == "SIP_TRANSPORT_QUIC" && document["media.encryption"] == 9)
        #expect(document.word("transport") == "SIP_TRANSPORT_QUIC")
        #expect(
            fault { try RoutingDocument(reading: json(text), as: .outboundTrunk, strangers: .refused) }
                == RoutingFault(
                    field: "transport", "transport is none of auto, udp, tcp, tls", unknown: "SIP_TRANSPORT_QUIC",
                    known: ["auto", "udp", "tcp", "tls"]))
    }

    @Test(
        arguments: [
            (#"{"nmae":"a"}"#, "nmae", "nmae"), (#"{"media":{"codec":[]}}"#, "media.codec", "codec"),
            (#"{"media":{"codecs":[{"Name":"a"}]}}"#, "media.codecs.0.Name", "Name"),
            (#"{"allowed-numbers":[]}"#, "allowed-numbers", "allowed-numbers"), (#"{"":1}"#, "", ""),
        ])
    func strangersInFilesAreRefused(text: String, path: String, word: String) throws {
        let fault = try #require(
            fault { try RoutingDocument(reading: json(text), as: .inboundTrunk, strangers: .refused) })
        #expect(fault.field == path && fault.message == "there is no field '\(path)'" && fault.unknown == word)
        #expect(
            fault.known.contains(path.hasPrefix("media.codecs") ? "rate" : path.hasPrefix("media") ? "codecs" : "name"))
        #expect(fault.error.code == .invalidArgument && fault.error.fields == [path: fault.message])
    }

    // MARK: Values that do not fit

    @Test(
        arguments: [
            (.inboundTrunk, "[]", nil, "this is not an object"),
            (.inboundTrunk, #"{"name":5}"#, "name", "name is not a text"),
            (.inboundTrunk, #"{"numbers":"+1"}"#, "numbers", "numbers is not a list of texts"),
            (.inboundTrunk, #"{"numbers":[null]}"#, "numbers", "numbers is not a list of texts"),
            (.inboundTrunk, #"{"krispEnabled":"true"}"#, "krisp_enabled", "krisp_enabled is not true or false"),
            (.inboundTrunk, #"{"ringing_timeout":30}"#, "ringing_timeout", "ringing_timeout is not a length of time"),
            (.inboundTrunk, #"{"ringing_timeout":"30"}"#, "ringing_timeout", "ringing_timeout is not a length of time"),
            (
                .inboundTrunk, #"{"ringing_timeout":".5s"}"#, "ringing_timeout",
                "ringing_timeout is not a length of time"
            ),
            (.inboundTrunk, #"{"headers":{"a":1}}"#, "headers", "headers is not an object of texts"),
            (.inboundTrunk, #"{"headers":{"a":"1","a":"2"}}"#, "headers.a", "headers.a is given twice"),
            (
                .inboundTrunk, #"{"authPassword":"a","auth_password":"a"}"#, "auth_password",
                "auth_password is given twice"
            ),
            (.inboundTrunk, #"{"auth_password":["hunter2"]}"#, "auth_password", "auth_password is not a text"),
            (.inboundTrunk, #"{"media":[]}"#, "media", "media is not an object"),
            (.inboundTrunk, #"{"media":{"codecs":{}}}"#, "media.codecs", "media.codecs is not a list of objects"),
            (
                .inboundTrunk, #"{"media":{"codecs":[{"rate":8000.5}]}}"#, "media.codecs.0.rate",
                "media.codecs.0.rate is not a whole number from 0 to 4294967295"
            ),
            (
                .inboundTrunk, #"{"media":{"codecs":[{"rate":4294967296}]}}"#, "media.codecs.0.rate",
                "media.codecs.0.rate is not a whole number from 0 to 4294967295"
            ),
            (
                .inboundTrunk, #"{"media":{"encryption":"allow"},"media_encryption":"require"}"#, "media.encryption",
                "media_encryption and media.encryption are one thing and differ here"
            ),
            (
                .dispatchRule, #"{"rule":{"dispatch_rule_direct":{},"dispatchRuleCallee":{}}}"#, "rule",
                "rule holds dispatch_rule_direct and dispatch_rule_callee, and can hold only one of them"
            ),
            (
                .dispatchRule, #"{"room_config":{"agents":["x"]}}"#, "room_config.agents.0",
                "room_config.agents.0 is not an object"
            ),
        ] as [(RoutingSchema, String, String?, String)])
    func saysWhatDoesNotFit(schema: RoutingSchema, text: String, field: String?, message: String) throws {
        let fault = try #require(fault { try RoutingDocument(reading: json(text), as: schema, strangers: .refused) })
        #expect(fault.field == field && fault.message == message)
        #expect(!"\(fault)".contains("hunter2"))
    }

    // MARK: Setting

    @Test func setsClearsAndReadsFields() throws {
        var document = RoutingDocument(.outboundTrunk)
        try document.set("transport", "tls")
        try document.set("destinationCountry", "US")
        try document.set("media.codecs", [["name": "PCMU", "rate": 8000]])
        try document.set("media.media_timeout", "1m")
        #expect(
            try document.wire
                == json(
                    """
                    {"destination_country":"US","transport":"SIP_TRANSPORT_TLS",
                    "media":{"codecs":[{"name":"PCMU","rate":8000}],"media_timeout":"60s"}}
                    """))
        #expect(document.text("transport") == "SIP_TRANSPORT_TLS" && document.word("transport") == "tls")
        try document.set("transport", nil)
        try document.set("media.codecs", [])
        try document.set("media.media_timeout", .null)
        try document.set("destination_country", "")
        #expect(document == RoutingDocument(.outboundTrunk))
        #expect(fault { try document.set("allowed_numbers", []) }?.unknown == "allowed_numbers")
        #expect(fault { try document.set("media.codecs.name", "x") }?.unknown == "name")
    }

    @Test func oneKindOfRuleTakesThePlaceOfAnother() throws {
        var document = RoutingDocument(.dispatchRule)
        try document.set("rule.dispatch_rule_direct.room_name", "lobby")
        try document.set("rule.dispatch_rule_callee.room_prefix", "in")
        #expect(document["rule"] == ["dispatch_rule_callee": ["room_prefix": "in"]])
        try document.set("rule.dispatch_rule_callee.room_prefix", nil)
        #expect(document["rule"] == ["dispatch_rule_callee": [:]])
        try document.set("rule", nil)
        #expect(document == RoutingDocument(.dispatchRule))
    }

    // MARK: Meaning

    @Test(
        arguments: [
            (#"{"sip_dispatch_rule_id":"SDR_a","created_at":"2026-01-01T00:00:00Z"}"#, "{}", true),
            (#"{"trunk_ids":["a","b"]}"#, #"{"trunk_ids":["b","a"]}"#, true),
            (#"{"trunk_ids":["a","b"]}"#, #"{"trunk_ids":["a"]}"#, false),
            (#"{"new_field":"SIP_NEW"}"#, "{}", true), (#"{"new_field":1}"#, #"{"new_field":2}"#, false),
            (#"{"room_config":{"new":1,"tags":{"a":"b"}}}"#, #"{"room_config":{"tags":{"a":"b"}}}"#, true),
            (
                #"{"room_config":{"agents":[{"agent_name":"a","new":1}]}}"#,
                #"{"room_config":{"agents":[{"agent_name":"a"}]}}"#, true
            ),
            (
                #"{"room_config":{"agents":[{"agent_name":"a"}]}}"#,
                #"{"room_config":{"agents":[{"agent_name":"b"}]}}"#, false
            ),
            (
                #"{"room_config":{"agents":[{"agent_name":"a"},{"agent_name":"b"}]}}"#,
                #"{"room_config":{"agents":[{"agent_name":"a"}]}}"#, false
            ),
            (
                #"{"room_config":{"egress":{"room":{"fileOutputs":[{"filepath":"a.mp4"}],"audioOnly":true}}}}"#,
                """
                {"room_config":{"egress":{"participant":null,"room":{"room_name":"","layout":"","audio_only":true,
                "file_outputs":[{"file_type":"DEFAULT_FILETYPE","filepath":"a.mp4","disable_manifest":false}]},"tracks":null}}}
                """, true
            ),
            (
                #"{"room_config":{"egress":{"room":{"layout":"grid"}}}}"#,
                #"{"room_config":{"egress":{"room":{"layout":"speaker"}}}}"#, false
            ),
            (#"{"room_config":{"egress":{"room":{"layout":"grid"}}}}"#, "{}", false),
            (#"{"room_config":{"egress":{}}}"#, "{}", true),
        ] as [(String, String, Bool)])
    func meansTheSame(one: String, other: String, same: Bool) throws {
        let (one, other) = (try makeRule(one).document, try makeRule(other).document)
        #expect(one.means(other, comparingSecrets: true) == same)
        #expect(other.means(one, comparingSecrets: true) == same)
        #expect(one.means(one, comparingSecrets: true))
    }

    @Test func trunksOfTwoDirectionsMeanDifferentThings() {
        #expect(!RoutingDocument(.inboundTrunk).means(RoutingDocument(.outboundTrunk), comparingSecrets: false))
    }
}
