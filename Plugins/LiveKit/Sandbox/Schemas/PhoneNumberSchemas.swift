/// The messages of `PhoneNumberService` (contract section 3.1).
enum PhoneNumberSchemas {
    static let status = ProtoEnum(
        prefix: "PHONE_NUMBER_STATUS_", "UNSPECIFIED", "ACTIVE", "PENDING", "RELEASED", "OFFLINE")
    static let type = ProtoEnum(prefix: "PHONE_NUMBER_TYPE_", "UNKNOWN", "MOBILE", "LOCAL", "TOLL_FREE")
    static let inboundStatus = ProtoEnum(
        prefix: "PHONE_NUMBER_IN_STATUS_", "UNSPECIFIED", "ACTIVE", "UNAVAILABLE", "DETACHED")
    static let outboundStatus = ProtoEnum(prefix: "PHONE_NUMBER_OUT_STATUS_", "UNSPECIFIED", "ACTIVE", "UNAVAILABLE")

    static let token = ProtoSchema("TokenPagination", [ProtoField("token", 1)])

    static let number = ProtoSchema(
        "PhoneNumber",
        [
            ProtoField("id", 1), ProtoField("e164_format", 2), ProtoField("country_code", 3),
            ProtoField("area_code", 4), ProtoField("number_type", 5, .enumeration(type)), ProtoField("locality", 6),
            ProtoField("region", 7), ProtoField("spam_score", 8, .double), ProtoField("created_at", 9, .timestamp),
            ProtoField("updated_at", 10, .timestamp), ProtoField("capabilities", 11, .string, .repeated),
            ProtoField("status", 12, .enumeration(status)), ProtoField("assigned_at", 13, .timestamp),
            ProtoField("released_at", 14, .timestamp), ProtoField("sip_dispatch_rule_id", 15),
            ProtoField("sip_dispatch_rule_ids", 16, .string, .repeated),
            // Newer than the published messages (contract section 3.4).
            ProtoField("name", 0, .string, .optional),
            ProtoField("inbound_status", 0, .enumeration(inboundStatus), .optional),
            ProtoField("outbound_status", 0, .enumeration(outboundStatus), .optional),
        ])

    static let searchRequest = ProtoSchema(
        "SearchPhoneNumbersRequest",
        [
            ProtoField("country_code", 1), ProtoField("area_code", 2, .string, .optional),
            ProtoField("limit", 3, .int32, .optional), ProtoField("page_token", 4, .message(token), .optional),
        ])
    static let searchResponse = ProtoSchema(
        "SearchPhoneNumbersResponse",
        [ProtoField("items", 1, .message(number), .repeated), ProtoField("next_page_token", 2, .message(token))])

    static let purchaseRequest = ProtoSchema(
        "PurchasePhoneNumberRequest",
        [
            ProtoField("phone_numbers", 1, .string, .repeated),
            ProtoField("sip_dispatch_rule_id", 2, .string, .optional),
        ])
    static let purchaseResponse = ProtoSchema(
        "PurchasePhoneNumberResponse", [ProtoField("phone_numbers", 1, .message(number), .repeated)])

    static let listRequest = ProtoSchema(
        "ListPhoneNumbersRequest",
        [
            ProtoField("limit", 1, .int32, .optional), ProtoField("statuses", 2, .enumeration(status), .repeated),
            ProtoField("page_token", 3, .message(token), .optional),
            ProtoField("sip_dispatch_rule_id", 4, .string, .optional),
        ])
    static let listResponse = ProtoSchema(
        "ListPhoneNumbersResponse",
        [
            ProtoField("items", 1, .message(number), .repeated), ProtoField("next_page_token", 2, .message(token)),
            ProtoField("total_count", 3, .int32), ProtoField("offline_count", 4, .int32),
        ])

    static let getRequest = ProtoSchema(
        "GetPhoneNumberRequest",
        [ProtoField("id", 1, .string, .optional), ProtoField("phone_number", 2, .string, .optional)])
    static let getResponse = ProtoSchema(
        "GetPhoneNumberResponse", [ProtoField("phone_number", 1, .message(number))])

    static let updateRequest = ProtoSchema(
        "UpdatePhoneNumberRequest",
        [
            ProtoField("id", 1, .string, .optional), ProtoField("phone_number", 2, .string, .optional),
            ProtoField("sip_dispatch_rule_id", 3, .string, .optional),
        ])
    static let updateResponse = ProtoSchema(
        "UpdatePhoneNumberResponse", [ProtoField("phone_number", 1, .message(number))])

    static let releaseRequest = ProtoSchema(
        "ReleasePhoneNumbersRequest",
        [ProtoField("ids", 1, .string, .repeated), ProtoField("phone_numbers", 2, .string, .repeated)])
    static let releaseResponse = ProtoSchema("ReleasePhoneNumbersResponse", [])
}
