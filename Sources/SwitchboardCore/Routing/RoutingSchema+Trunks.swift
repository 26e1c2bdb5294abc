/// The fields of `SIPInboundTrunkInfo` and `SIPOutboundTrunkInfo`, in LiveKit's order.
extension RoutingSchema {
    static let inboundTrunkFields =
        identity + [
            RoutingField("numbers", .texts, .list, "the called numbers that it takes, in E.164; none for every number"),
            RoutingField(
                "allowed_addresses", .texts, .list, "the only places calls may come from: IP addresses, CIDRs, hosts"),
            RoutingField(
                "allowed_numbers", .texts, .list, "the only callers it takes, in E.164; none for every caller"),
            RoutingField("auth_username", .text, .field, "the user name that the carrier has to give"),
            RoutingField("auth_password", .secret, .field, "the password that the carrier has to give"),
            RoutingField("auth_realm", .text, .field, "the realm of the authentication"),
        ] + headers("SIP headers that the answer to a call carries") + [
            RoutingField(
                "ringing_timeout", .duration, .replaceOnly, "how long a call may ring before it is given up, as 30s"),
            RoutingField("max_call_duration", .duration, .replaceOnly, "how long a call may last, as 3600s"),
            RoutingField("krisp_enabled", .flag, .replaceOnly, "take the noise out of the caller's sound"),
            mediaEncryption, media, createdAt, updatedAt,
        ]

    static let outboundTrunkFields =
        identity + [
            RoutingField("address", .text, .field, "the carrier's host name or IP address, with a port if need be"),
            RoutingField(
                "destination_country", .text, .field, "the country most calls go to, two letters: calls leave near it"),
            RoutingField("transport", transport, .field, "how the carrier is reached: auto, udp, tcp or tls"),
            RoutingField("numbers", .texts, .list, "the numbers calls are made from, in E.164; * for any caller id"),
            RoutingField("auth_username", .text, .field, "the user name that the carrier asks for"),
            RoutingField("auth_password", .secret, .field, "the password that the carrier asks for"),
        ] + headers("SIP headers that every call carries") + [
            mediaEncryption, media,
            RoutingField(
                "from_host", .text, .field, "the host name in the From header, where the carrier wants its own"),
            createdAt, updatedAt,
        ]

    private static let identity = [
        RoutingField("sip_trunk_id", .text, .readOnly, "the trunk's id, ST_ and 12 characters"),
        RoutingField("name", .text, .field, "a name for people"),
        RoutingField("metadata", .text, .field, "any text, kept with the trunk"),
    ]

    private static func headers(_ help: String) -> [RoutingField] {
        [
            RoutingField("headers", .map, .replaceOnly, help),
            RoutingField(
                "headers_to_attributes", .map, .replaceOnly, "the SIP headers that become attributes, by header"),
            RoutingField(
                "attributes_to_headers", .map, .replaceOnly,
                "the attributes that become SIP headers when the call ends or is transferred, by attribute"),
            RoutingField(
                "include_headers", includeHeaders, .replaceOnly,
                "which other SIP headers become attributes: none, x, all"),
        ]
    }

    private static let transport = choices(
        "SIP_TRANSPORT_", ["auto": "AUTO", "udp": "UDP", "tcp": "TCP", "tls": "TLS"])

    private static let includeHeaders = choices(
        "SIP_", ["none": "NO_HEADERS", "x": "X_HEADERS", "all": "ALL_HEADERS"])
}
