/// What the messages of trunks, dispatch rules and participants have in common (contract section 4.1).
enum SIPSchemas {
    static let encryption = ProtoEnum(prefix: "SIP_MEDIA_ENCRYPT_", "DISABLE", "ALLOW", "REQUIRE")
    static let headerOptions = ProtoEnum("SIP_NO_HEADERS", "SIP_X_HEADERS", "SIP_ALL_HEADERS")
    static let transport = ProtoEnum(prefix: "SIP_TRANSPORT_", "AUTO", "UDP", "TCP", "TLS")

    static let pagination = ProtoSchema("Pagination", [ProtoField("after_id", 1), ProtoField("limit", 2, .int32)])

    static let listUpdate = ProtoSchema(
        "ListUpdate",
        [
            ProtoField("set", 1, .string, .repeated), ProtoField("add", 2, .string, .repeated),
            ProtoField("remove", 3, .string, .repeated), ProtoField("clear", 4, .bool),
        ])

    static let codec = ProtoSchema("SIPCodec", [ProtoField("name", 1), ProtoField("rate", 2, .uint32)])
    static let media = ProtoSchema(
        "SIPMediaConfig",
        [
            ProtoField("only_listed_codecs", 1, .bool), ProtoField("codecs", 2, .message(codec), .repeated),
            ProtoField("encryption", 3, .enumeration(encryption), .optional),
            ProtoField("media_timeout", 4, .duration, .optional),
        ])
}
