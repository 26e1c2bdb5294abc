/// The messages of the dispatch-rule methods of `SIP` (contract section 4.1).
enum DispatchRuleSchemas {
    static let restartPolicy = ProtoEnum("JRP_ON_FAILURE", "JRP_NEVER")

    static let kinds = ProtoSchema(
        "SIPDispatchRule",
        [
            ProtoField("dispatch_rule_direct", 1, .message(direct), .oneof("rule")),
            ProtoField("dispatch_rule_individual", 2, .message(individual), .oneof("rule")),
            ProtoField("dispatch_rule_callee", 3, .message(callee), .oneof("rule")),
        ])
    static let direct = ProtoSchema("SIPDispatchRuleDirect", [ProtoField("room_name", 1), ProtoField("pin", 2)])
    static let individual = ProtoSchema(
        "SIPDispatchRuleIndividual",
        [ProtoField("room_prefix", 1), ProtoField("pin", 2), ProtoField("no_randomness", 3, .bool)])
    static let callee = ProtoSchema(
        "SIPDispatchRuleCallee",
        [ProtoField("room_prefix", 1), ProtoField("pin", 2), ProtoField("randomize", 3, .bool)])

    static let agent = ProtoSchema(
        "RoomAgentDispatch",
        [
            ProtoField("agent_name", 1), ProtoField("metadata", 2),
            ProtoField("restart_policy", 3, .enumeration(restartPolicy)), ProtoField("deployment", 4),
            ProtoField("attributes", 5, .map),
        ])
    static let roomConfiguration = ProtoSchema(
        "RoomConfiguration",
        [
            ProtoField("name", 1), ProtoField("empty_timeout", 2, .uint32), ProtoField("departure_timeout", 3, .uint32),
            ProtoField("max_participants", 4, .uint32), ProtoField("metadata", 11),
            ProtoField("egress", 5, .anyMessage),
            ProtoField("min_playout_delay", 7, .uint32), ProtoField("max_playout_delay", 8, .uint32),
            ProtoField("sync_streams", 9, .bool), ProtoField("agents", 10, .message(agent), .repeated),
            ProtoField("tags", 12, .map),
        ])

    static let info = ProtoSchema(
        "SIPDispatchRuleInfo",
        [
            ProtoField("sip_dispatch_rule_id", 1), ProtoField("rule", 2, .message(kinds)),
            ProtoField("trunk_ids", 3, .string, .repeated), ProtoField("hide_phone_number", 4, .bool),
            ProtoField("inbound_numbers", 7, .string, .repeated), ProtoField("numbers", 13, .string, .repeated),
            ProtoField("name", 5), ProtoField("metadata", 6), ProtoField("attributes", 8, .map),
            ProtoField("room_preset", 9), ProtoField("room_config", 10, .message(roomConfiguration)),
            ProtoField("media", 16, .message(SIPSchemas.media)), ProtoField("krisp_enabled", 11, .bool),
            ProtoField("media_encryption", 12, .enumeration(SIPSchemas.encryption)),
            ProtoField("created_at", 14, .timestamp),
            ProtoField("updated_at", 15, .timestamp),
        ])

    static let createRequest = ProtoSchema(
        "CreateSIPDispatchRuleRequest",
        [
            ProtoField("dispatch_rule", 10, .message(info)), ProtoField("rule", 1, .message(kinds)),
            ProtoField("trunk_ids", 2, .string, .repeated), ProtoField("hide_phone_number", 3, .bool),
            ProtoField("inbound_numbers", 6, .string, .repeated), ProtoField("name", 4), ProtoField("metadata", 5),
            ProtoField("attributes", 7, .map), ProtoField("room_preset", 8),
            ProtoField("room_config", 9, .message(roomConfiguration)),
        ])

    static let update = ProtoSchema(
        "SIPDispatchRuleUpdate",
        [
            ProtoField("trunk_ids", 1, .message(SIPSchemas.listUpdate)), ProtoField("rule", 2, .message(kinds)),
            ProtoField("name", 3, .string, .optional), ProtoField("metadata", 4, .string, .optional),
            ProtoField("attributes", 5, .map),
            ProtoField("media_encryption", 6, .enumeration(SIPSchemas.encryption), .optional),
            ProtoField("media", 7, .message(SIPSchemas.media)),
        ])
    static let updateRequest = ProtoSchema(
        "UpdateSIPDispatchRuleRequest",
        [
            ProtoField("sip_dispatch_rule_id", 1), ProtoField("replace", 2, .message(info), .oneof("action")),
            ProtoField("update", 3, .message(update), .oneof("action")),
        ])

    static let listRequest = ProtoSchema(
        "ListSIPDispatchRuleRequest",
        [
            ProtoField("page", 3, .message(SIPSchemas.pagination)),
            ProtoField("dispatch_rule_ids", 1, .string, .repeated), ProtoField("trunk_ids", 2, .string, .repeated),
        ])
    static let listResponse = ProtoSchema(
        "ListSIPDispatchRuleResponse", [ProtoField("items", 1, .message(info), .repeated)])

    static let deleteRequest = ProtoSchema("DeleteSIPDispatchRuleRequest", [ProtoField("sip_dispatch_rule_id", 1)])
}
