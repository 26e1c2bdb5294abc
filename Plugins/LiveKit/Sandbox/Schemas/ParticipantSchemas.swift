/// The messages of the participant methods of `SIP` (contract section 4.1).
enum ParticipantSchemas {
    static let transferStatus = ProtoEnum(prefix: "STS_TRANSFER_", "ONGOING", "FAILED", "SUCCESSFUL")
    static let transferReason = ProtoEnum(
        prefix: "STR_", "UNSPECIFIED", "COMPLETED", "CALL_ENDED", "REJECTED", "RINGING_TIMEOUT",
        "SUBSCRIPTION_TERMINATED", "CANCELED")

    static let outboundConfig = ProtoSchema(
        "SIPOutboundConfig",
        [
            ProtoField("hostname", 1), ProtoField("destination_country", 7),
            ProtoField("transport", 2, .enumeration(SIPSchemas.transport)), ProtoField("auth_username", 3),
            ProtoField("auth_password", 4), ProtoField("headers_to_attributes", 5, .map),
            ProtoField("attributes_to_headers", 6, .map), ProtoField("from_host", 8),
        ])

    /// A subset: fields that change nothing here are skipped like unknown ones.
    static let createRequest = ProtoSchema(
        "CreateSIPParticipantRequest",
        [
            ProtoField("sip_trunk_id", 1), ProtoField("trunk", 20, .message(outboundConfig)),
            ProtoField("sip_call_to", 2), ProtoField("sip_number", 15), ProtoField("room_name", 3),
            ProtoField("participant_identity", 4), ProtoField("participant_name", 7),
            ProtoField("participant_metadata", 8), ProtoField("participant_attributes", 9, .map),
            ProtoField("dtmf", 5), ProtoField("play_dialtone", 13, .bool), ProtoField("hide_phone_number", 10, .bool),
            ProtoField("headers", 16, .map), ProtoField("ringing_timeout", 11, .duration),
            ProtoField("max_call_duration", 12, .duration), ProtoField("krisp_enabled", 14, .bool),
            ProtoField("wait_until_answered", 19, .bool), ProtoField("display_name", 21, .string, .optional),
        ])

    static let info = ProtoSchema(
        "SIPParticipantInfo",
        [
            ProtoField("participant_id", 1), ProtoField("participant_identity", 2), ProtoField("room_name", 3),
            ProtoField("sip_call_id", 4),
        ])

    static let transferRequest = ProtoSchema(
        "TransferSIPParticipantRequest",
        [
            ProtoField("participant_identity", 1), ProtoField("room_name", 2), ProtoField("transfer_to", 3),
            ProtoField("play_dialtone", 4, .bool), ProtoField("headers", 5, .map),
            ProtoField("ringing_timeout", 6, .duration),
        ])

    /// `sip_status` stays unset: it repeats what a SIP server answered, and there is none.
    static let transferResponse = ProtoSchema(
        "TransferSIPParticipantResponse",
        [
            ProtoField("transfer_id", 1), ProtoField("status", 2, .enumeration(transferStatus)),
            ProtoField("reason", 3, .enumeration(transferReason)), ProtoField("sip_status", 4, .anyMessage),
        ])
}
