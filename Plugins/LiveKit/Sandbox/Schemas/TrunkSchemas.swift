/// The messages of the trunk methods of `SIP` (contract section 4.1), fields in the order of LiveKit's proto file.
enum TrunkSchemas {
    static let inboundInfo = ProtoSchema(
        "SIPInboundTrunkInfo",
        [
            ProtoField("sip_trunk_id", 1), ProtoField("name", 2), ProtoField("metadata", 3),
            ProtoField("numbers", 4, .string, .repeated), ProtoField("allowed_addresses", 5, .string, .repeated),
            ProtoField("allowed_numbers", 6, .string, .repeated), ProtoField("auth_username", 7),
            ProtoField("auth_password", 8), ProtoField("auth_realm", 19), ProtoField("headers", 9, .map),
            ProtoField("headers_to_attributes", 10, .map), ProtoField("attributes_to_headers", 14, .map),
            ProtoField("include_headers", 15, .enumeration(SIPSchemas.headerOptions)),
            ProtoField("ringing_timeout", 11, .duration), ProtoField("max_call_duration", 12, .duration),
            ProtoField("krisp_enabled", 13, .bool),
            ProtoField("media_encryption", 16, .enumeration(SIPSchemas.encryption)),
            ProtoField("media", 20, .message(SIPSchemas.media)), ProtoField("created_at", 17, .timestamp),
            ProtoField("updated_at", 18, .timestamp),
        ])

    static let inboundUpdate = ProtoSchema(
        "SIPInboundTrunkUpdate",
        [
            ProtoField("numbers", 1, .message(SIPSchemas.listUpdate)),
            ProtoField("allowed_addresses", 2, .message(SIPSchemas.listUpdate)),
            ProtoField("allowed_numbers", 3, .message(SIPSchemas.listUpdate)),
            ProtoField("auth_username", 4, .string, .optional), ProtoField("auth_password", 5, .string, .optional),
            ProtoField("auth_realm", 9, .string, .optional), ProtoField("name", 6, .string, .optional),
            ProtoField("metadata", 7, .string, .optional),
            ProtoField("media_encryption", 8, .enumeration(SIPSchemas.encryption), .optional),
            ProtoField("media", 10, .message(SIPSchemas.media)),
        ])

    static let outboundInfo = ProtoSchema(
        "SIPOutboundTrunkInfo",
        [
            ProtoField("sip_trunk_id", 1), ProtoField("name", 2), ProtoField("metadata", 3), ProtoField("address", 4),
            ProtoField("destination_country", 14),
            ProtoField("transport", 5, .enumeration(SIPSchemas.transport)),
            ProtoField("numbers", 6, .string, .repeated), ProtoField("auth_username", 7),
            ProtoField("auth_password", 8), ProtoField("headers", 9, .map),
            ProtoField("headers_to_attributes", 10, .map), ProtoField("attributes_to_headers", 11, .map),
            ProtoField("include_headers", 12, .enumeration(SIPSchemas.headerOptions)),
            ProtoField("media_encryption", 13, .enumeration(SIPSchemas.encryption)),
            ProtoField("media", 18, .message(SIPSchemas.media)), ProtoField("from_host", 15),
            ProtoField("created_at", 16, .timestamp), ProtoField("updated_at", 17, .timestamp),
        ])

    static let outboundUpdate = ProtoSchema(
        "SIPOutboundTrunkUpdate",
        [
            ProtoField("address", 1, .string, .optional),
            ProtoField("transport", 2, .enumeration(SIPSchemas.transport), .optional),
            ProtoField("destination_country", 9, .string, .optional),
            ProtoField("numbers", 3, .message(SIPSchemas.listUpdate)),
            ProtoField("auth_username", 4, .string, .optional), ProtoField("auth_password", 5, .string, .optional),
            ProtoField("name", 6, .string, .optional), ProtoField("metadata", 7, .string, .optional),
            ProtoField("media_encryption", 8, .enumeration(SIPSchemas.encryption), .optional),
            ProtoField("media", 11, .message(SIPSchemas.media)), ProtoField("from_host", 10, .string, .optional),
        ])
}

/// The requests and responses of the trunk methods.
extension TrunkSchemas {
    static let createInboundRequest = ProtoSchema(
        "CreateSIPInboundTrunkRequest", [ProtoField("trunk", 1, .message(inboundInfo))])
    static let createOutboundRequest = ProtoSchema(
        "CreateSIPOutboundTrunkRequest", [ProtoField("trunk", 1, .message(outboundInfo))])

    static let updateInboundRequest = updateRequest("UpdateSIPInboundTrunkRequest", inboundInfo, inboundUpdate)
    static let updateOutboundRequest = updateRequest("UpdateSIPOutboundTrunkRequest", outboundInfo, outboundUpdate)

    static let getInboundRequest = ProtoSchema("GetSIPInboundTrunkRequest", [ProtoField("sip_trunk_id", 1)])
    static let getInboundResponse = ProtoSchema(
        "GetSIPInboundTrunkResponse", [ProtoField("trunk", 1, .message(inboundInfo))])
    static let getOutboundRequest = ProtoSchema("GetSIPOutboundTrunkRequest", [ProtoField("sip_trunk_id", 1)])
    static let getOutboundResponse = ProtoSchema(
        "GetSIPOutboundTrunkResponse", [ProtoField("trunk", 1, .message(outboundInfo))])

    static let listInboundRequest = listRequest("ListSIPInboundTrunkRequest")
    static let listInboundResponse = ProtoSchema(
        "ListSIPInboundTrunkResponse", [ProtoField("items", 1, .message(inboundInfo), .repeated)])
    static let listOutboundRequest = listRequest("ListSIPOutboundTrunkRequest")
    static let listOutboundResponse = ProtoSchema(
        "ListSIPOutboundTrunkResponse", [ProtoField("items", 1, .message(outboundInfo), .repeated)])

    static let deleteRequest = ProtoSchema("DeleteSIPTrunkRequest", [ProtoField("sip_trunk_id", 1)])

    private static func updateRequest(_ name: String, _ info: ProtoSchema, _ update: ProtoSchema) -> ProtoSchema {
        ProtoSchema(
            name,
            [
                ProtoField("sip_trunk_id", 1), ProtoField("replace", 2, .message(info), .oneof("action")),
                ProtoField("update", 3, .message(update), .oneof("action")),
            ])
    }

    private static func listRequest(_ name: String) -> ProtoSchema {
        ProtoSchema(
            name,
            [
                ProtoField("page", 3, .message(SIPSchemas.pagination)),
                ProtoField("trunk_ids", 1, .string, .repeated), ProtoField("numbers", 2, .string, .repeated),
            ])
    }
}

/// The older form in which a trunk of either direction is deleted and listed.
extension TrunkSchemas {
    static let kind = ProtoEnum(prefix: "TRUNK_", "LEGACY", "INBOUND", "OUTBOUND")

    static let legacyInfo = ProtoSchema(
        "SIPTrunkInfo",
        [
            ProtoField("sip_trunk_id", 1), ProtoField("kind", 14, .enumeration(kind)),
            ProtoField("inbound_addresses", 2, .string, .repeated), ProtoField("outbound_address", 3),
            ProtoField("outbound_number", 4), ProtoField("transport", 13, .enumeration(SIPSchemas.transport)),
            ProtoField("inbound_numbers_regex", 5, .string, .repeated),
            ProtoField("inbound_numbers", 10, .string, .repeated), ProtoField("inbound_username", 6),
            ProtoField("inbound_password", 7), ProtoField("outbound_username", 8),
            ProtoField("outbound_password", 9), ProtoField("name", 11), ProtoField("metadata", 12),
        ])

    static let legacyListRequest = ProtoSchema(
        "ListSIPTrunkRequest", [ProtoField("page", 1, .message(SIPSchemas.pagination))])
    static let legacyListResponse = ProtoSchema(
        "ListSIPTrunkResponse", [ProtoField("items", 1, .message(legacyInfo), .repeated)])
}
