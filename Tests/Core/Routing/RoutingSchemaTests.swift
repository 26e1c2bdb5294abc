import SwitchboardCore
import Testing

/// Holds the tables against the field lists of contract section 4.1, typed here once more.
@Suite struct RoutingSchemaTests {
    private static let inbound = """
        sip_trunk_id name metadata numbers allowed_addresses allowed_numbers auth_username auth_password auth_realm \
        headers headers_to_attributes attributes_to_headers include_headers ringing_timeout max_call_duration \
        krisp_enabled media_encryption media created_at updated_at
        """
    private static let outbound = """
        sip_trunk_id name metadata address destination_country transport numbers auth_username auth_password headers \
        headers_to_attributes attributes_to_headers include_headers media_encryption media from_host created_at \
        updated_at
        """
    private static let rule = """
        sip_dispatch_rule_id rule trunk_ids hide_phone_number inbound_numbers numbers name metadata attributes \
        room_preset room_config media krisp_enabled media_encryption created_at updated_at
        """
    private static let nested = [
        "media": "only_listed_codecs codecs encryption media_timeout", "media.codecs": "name rate",
        "rule": "dispatch_rule_direct dispatch_rule_individual dispatch_rule_callee",
        "rule.dispatch_rule_direct": "room_name pin",
        "rule.dispatch_rule_individual": "room_prefix pin no_randomness",
        "rule.dispatch_rule_callee": "room_prefix pin randomize",
        "room_config": """
        name empty_timeout departure_timeout max_participants metadata egress min_playout_delay max_playout_delay \
        sync_streams agents tags
        """,
        "room_config.agents": "agent_name metadata restart_policy deployment attributes",
    ]

    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    @Test func everyFieldIsThereInLiveKitsOrder() {
        #expect(RoutingSchema.inboundTrunk.fields.map(\.name) == Self.words(Self.inbound))
        #expect(RoutingSchema.outboundTrunk.fields.map(\.name) == Self.words(Self.outbound))
        #expect(RoutingSchema.dispatchRule.fields.map(\.name) == Self.words(Self.rule))
        for (path, names) in Self.nested {
            #expect(RoutingSchema.dispatchRule.field(path)?.fields.map(\.name) == Self.words(names), "\(path)")
        }
        for trunk in [RoutingSchema.inboundTrunk, .outboundTrunk] {
            #expect(trunk.field("media") == RoutingSchema.dispatchRule.field("media"))
        }
    }

    /// What `SIPInboundTrunkUpdate`, `SIPOutboundTrunkUpdate` and `SIPDispatchRuleUpdate` hold, by how it changes.
    @Test(
        arguments: [
            (
                .inboundTrunk, .field,
                "name metadata auth_username auth_password auth_realm media_encryption media"
            ),
            (.inboundTrunk, .list, "numbers allowed_addresses allowed_numbers"),
            (.inboundTrunk, .merge, ""),
            (
                .outboundTrunk, .field,
                """
                name metadata address destination_country transport auth_username auth_password media_encryption media \
                from_host
                """
            ),
            (.outboundTrunk, .list, "numbers"), (.outboundTrunk, .merge, ""),
            (.dispatchRule, .field, "rule name metadata media media_encryption"), (.dispatchRule, .list, "trunk_ids"),
            (.dispatchRule, .merge, "attributes"),
            (.inboundTrunk, .readOnly, "sip_trunk_id created_at updated_at"),
            (.outboundTrunk, .readOnly, "sip_trunk_id created_at updated_at"),
            (.dispatchRule, .readOnly, "sip_dispatch_rule_id created_at updated_at"),
        ] as [(RoutingSchema, RoutingField.Change, String)])
    func changesAsTheUpdateMessagesAllow(schema: RoutingSchema, change: RoutingField.Change, names: String) {
        #expect(schema.fields.filter { $0.change == change }.map(\.name) == Self.words(names))
    }

    @Test func onlyPasswordsAndPinsAreSecret() {
        func secrets(_ fields: [RoutingField], _ path: String) -> [String] {
            fields.flatMap { field in
                (field.kind == .secret ? [path + field.name] : []) + secrets(field.fields, path + field.name + ".")
            }
        }
        #expect(secrets(RoutingSchema.inboundTrunk.fields, "") == ["auth_password"])
        #expect(secrets(RoutingSchema.outboundTrunk.fields, "") == ["auth_password"])
        #expect(
            secrets(RoutingSchema.dispatchRule.fields, "")
                == ["direct", "individual", "callee"].map { "rule.dispatch_rule_\($0).pin" })
    }

    @Test func enumsHaveTheirWireNames() {
        func wires(_ schema: RoutingSchema, _ name: String) -> [String] {
            schema.field(name)?.choices.map { "\($0.word)=\($0.wire)" } ?? []
        }
        #expect(
            wires(.outboundTrunk, "transport")
                == [
                    "auto=SIP_TRANSPORT_AUTO", "udp=SIP_TRANSPORT_UDP", "tcp=SIP_TRANSPORT_TCP",
                    "tls=SIP_TRANSPORT_TLS",
                ])
        let encryption = [
            "disable=SIP_MEDIA_ENCRYPT_DISABLE", "allow=SIP_MEDIA_ENCRYPT_ALLOW", "require=SIP_MEDIA_ENCRYPT_REQUIRE",
        ]
        #expect(wires(.inboundTrunk, "media_encryption") == encryption)
        #expect(wires(.dispatchRule, "media.encryption") == encryption)
        #expect(
            wires(.inboundTrunk, "include_headers") == [
                "none=SIP_NO_HEADERS", "x=SIP_X_HEADERS", "all=SIP_ALL_HEADERS",
            ])
        #expect(
            RoutingSchema.dispatchRule.field("room_config.agents")?.fields.first { $0.name == "restart_policy" }?
                .choices
                .map(\.wire) == ["JRP_ON_FAILURE", "JRP_NEVER"])
    }

    @Test(arguments: RoutingSchema.allCases) func everyFieldHasOneLineOfHelp(schema: RoutingSchema) {
        func walk(_ fields: [RoutingField]) {
            for field in fields {
                #expect(!field.help.isEmpty && !field.help.contains("\n") && field.help.count <= 90, "\(field.name)")
                #expect(field.help.last != ".", "\(field.name)")
                walk(field.fields)
            }
        }
        walk(schema.fields)
    }

    @Test func fieldsAreFoundInEitherNaming() {
        #expect(RoutingSchema.inboundTrunk.field("allowedAddresses")?.name == "allowed_addresses")
        #expect(RoutingSchema.dispatchRule.field("roomConfig.emptyTimeout")?.name == "empty_timeout")
        #expect(RoutingSchema.dispatchRule.field("rule.dispatchRuleDirect.pin")?.kind == .secret)
        #expect(RoutingSchema.inboundTrunk.field("address") == nil)
        #expect(RoutingSchema.inboundTrunk.field("media.codecs.name") == nil)
        #expect(RoutingSchema.inboundTrunk.field("") == nil)
    }
}
