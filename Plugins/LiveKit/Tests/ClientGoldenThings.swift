import SwitchboardCore

@testable import LiveKitProvider

/// Trunks and rules with the bytes of the contract's golden exchanges.
enum Golden {
    /// The trunk of G12 and G16.
    static func trunk(numbers: [String] = ["+15105550100"], password: String = "s3cret", media: String = "null")
        -> String
    {
        """
        {"sip_trunk_id":"ST_4fGh7JkLmNpQ","name":"twilio-main","metadata":"","numbers":\(JSON.strings(numbers).compact),\
        "allowed_addresses":[],"allowed_numbers":[],"auth_username":"swb","auth_password":"\(password)",\
        "auth_realm":"","headers":{},"headers_to_attributes":{},"attributes_to_headers":{},\
        "include_headers":"SIP_NO_HEADERS","ringing_timeout":null,"max_call_duration":null,"krisp_enabled":false,\
        "media_encryption":"SIP_MEDIA_ENCRYPT_DISABLE","media":\(media),"created_at":null,"updated_at":null}
        """
    }

    /// An outbound trunk as LiveKit would write it.
    static func outboundTrunk(_ id: String = "ST_9pQr7JkLmNpQ") -> String {
        """
        {"sip_trunk_id":"\(id)","name":"out","metadata":"","address":"acme.pstn.twilio.com","destination_country":"",\
        "transport":"SIP_TRANSPORT_TLS","numbers":["+15105550100"],"auth_username":"swb","auth_password":"s3cret",\
        "headers":{"X-Desk":"7"},"headers_to_attributes":{},"attributes_to_headers":{},\
        "include_headers":"SIP_NO_HEADERS","media_encryption":"SIP_MEDIA_ENCRYPT_DISABLE","media":null,\
        "from_host":"","created_at":"2026-09-24T19:39:32.739773Z","updated_at":null}
        """
    }

    /// The rule of G3 and G21.
    static func rule(agent: String = "front-desk-agent", metadata: String = #"{\"tenant\":\"acme\"}"#) -> String {
        """
        {"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm","rule":{"dispatch_rule_individual":{"room_prefix":"call-","pin":"",\
        "no_randomness":false}},"trunk_ids":["PN_PPN_7hJk2mNpQrSt"],"hide_phone_number":false,"inbound_numbers":[],\
        "numbers":[],"name":"front-desk","metadata":"","attributes":{},"room_preset":"","room_config":{"name":"",\
        "empty_timeout":0,"departure_timeout":0,"max_participants":0,"metadata":"","egress":null,\
        "min_playout_delay":0,"max_playout_delay":0,"sync_streams":false,"agents":[{"agent_name":"\(agent)",\
        "metadata":"\(metadata)","restart_policy":"JRP_ON_FAILURE","deployment":"","attributes":{}}],"tags":{}},\
        "media":{"only_listed_codecs":false,"codecs":[]},"krisp_enabled":false,\
        "media_encryption":"SIP_MEDIA_ENCRYPT_DISABLE","created_at":null,"updated_at":null}
        """
    }

    /// What G12 asks for.
    static var newTrunk: SIPTrunk {
        var trunk = SIPTrunk(.inbound)
        trunk.name = "twilio-main"
        trunk.numbers = ["+15105550100"]
        trunk.authUsername = "swb"
        trunk.password = Secret("s3cret")
        return trunk
    }

    /// What G3 asks for.
    static var newRule: DispatchRule {
        var rule = DispatchRule()
        rule.name = "front-desk"
        rule.setKind(.individual, room: "call-")
        rule.trunkIDs = ["PN_PPN_7hJk2mNpQrSt"]
        rule.agents = [AgentTarget(dispatchName: "front-desk-agent", metadata: #"{"tenant":"acme"}"#)]
        return rule
    }

    static func document(_ text: String, _ schema: RoutingSchema) throws -> RoutingDocument {
        try RoutingDocument(reading: JSON(reading: text), as: schema, strangers: .kept)
    }

    /// A trunk that LiveKit does not take, and how it says so.
    struct RefusedTrunk: Sendable {
        var direction: SIPTrunk.Direction
        var trunk: String
        var message: String
        var code: ErrorCode
        var fields: [String] = []
    }

    static let refusedTrunks = [
        RefusedTrunk(direction: .inbound, trunk: "{}", message: "missing trunk", code: .invalidArgument),
        RefusedTrunk(
            direction: .inbound, trunk: #"{"name":"open"}"#,
            message:
                "for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers",
            code: .invalidArgument),
        RefusedTrunk(
            direction: .inbound, trunk: #"{"name":"dup","numbers":["1 (510) 555-0100"]}"#,
            message: """
                Conflicting inbound SIP Trunks: "<new>" and "ST_4fGh7JkLmNpQ", using the same number(s) \
                ["1 (510) 555-0100"] without AllowedNumbers set
                """, code: .conflict),
        RefusedTrunk(
            direction: .outbound,
            trunk: #"{"name":"o","address":"sip:acme.pstn.twilio.com","numbers":["+15105550100"]}"#,
            message: "trunk address should be a hostname or IP, not SIP URI", code: .invalidArgument,
            fields: ["address"]),
    ]
}
