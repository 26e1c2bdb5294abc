/// The fields of `SIPDispatchRuleInfo`, in LiveKit's order.
extension RoutingSchema {
    static let dispatchRuleFields = [
        RoutingField("sip_dispatch_rule_id", .text, .readOnly, "the rule's id, SDR_ and 12 characters"),
        RoutingField("rule", .alternatives(ruleKinds), .field, "the room a call gets: direct, individual or callee"),
        RoutingField(
            "trunk_ids", .texts, .list, "the trunks and phone numbers, by id, whose calls it takes; none for all"),
        RoutingField(
            "hide_phone_number", .flag, .replaceOnly, "keep the caller's number out of identity, name and attributes"),
        RoutingField(
            "inbound_numbers", .texts, .replaceOnly, "the only callers it takes, in E.164; none for every caller"),
        RoutingField(
            "numbers", .texts, .replaceOnly, "the only called numbers it takes, in E.164; none for every number"),
        RoutingField("name", .text, .field, "a name for people"),
        RoutingField("metadata", .text, .field, "any text; the participants of its calls carry it"),
        RoutingField("attributes", .map, .merge, "attributes that every participant of the rule gets"),
        RoutingField("room_preset", .text, .replaceOnly, "the name of a room configuration that the project has"),
        RoutingField(
            "room_config", .message(roomConfiguration), .replaceOnly, "what rooms are made with, the agents among it"),
        media,
        RoutingField("krisp_enabled", .flag, .replaceOnly, "take the noise out of the caller's sound"),
        mediaEncryption, createdAt, updatedAt,
    ]

    private static let pin = RoutingField("pin", .secret, .field, "digits that the caller has to key in")
    private static let roomPrefix = RoutingField(
        "room_prefix", .text, .field, "what the room's name begins with; LiveKit puts '_' after it")

    private static let ruleKinds = [
        RoutingField(
            "dispatch_rule_direct",
            .message([RoutingField("room_name", .text, .field, "the room that every caller joins"), pin]),
            .field, "every caller joins one room"),
        RoutingField(
            "dispatch_rule_individual",
            .message([
                roomPrefix, pin,
                RoutingField("no_randomness", .flag, .field, "one room for each caller instead of one for each call"),
            ]),
            .field, "every call gets a room of its own, named after the caller"),
        RoutingField(
            "dispatch_rule_callee",
            .message([
                roomPrefix, pin,
                RoutingField("randomize", .flag, .field, "a room for each call instead of one for each called number"),
            ]),
            .field, "the room is named after the called number"),
    ]

    private static let roomConfiguration = [
        RoutingField("name", .text, .replaceOnly, "the configuration's name"),
        RoutingField("empty_timeout", .count, .replaceOnly, "seconds that a room stays open before anybody joins"),
        RoutingField("departure_timeout", .count, .replaceOnly, "seconds that a room stays open after all have left"),
        RoutingField("max_participants", .count, .replaceOnly, "how many may join; 0 for no limit"),
        RoutingField("metadata", .text, .replaceOnly, "any text that the room carries"),
        RoutingField("egress", .anything, .replaceOnly, "what is recorded or streamed, as LiveKit's RoomEgress"),
        RoutingField("min_playout_delay", .count, .replaceOnly, "least delay of the sound, in milliseconds"),
        RoutingField("max_playout_delay", .count, .replaceOnly, "greatest delay of the sound, in milliseconds"),
        RoutingField("sync_streams", .flag, .replaceOnly, "play sound and picture together"),
        RoutingField("agents", .messages(agent), .replaceOnly, "the agents that are sent into the room"),
        RoutingField("tags", .map, .replaceOnly, "tags of the room"),
    ]

    private static let agent = [
        RoutingField("agent_name", .text, .replaceOnly, "the name that the agent registers with"),
        RoutingField("metadata", .text, .replaceOnly, "what the agent is told with the job"),
        RoutingField(
            "restart_policy", choices("JRP_", ["on_failure": "ON_FAILURE", "never": "NEVER"]), .replaceOnly,
            "whether a job that fails is started again: on_failure or never"),
        RoutingField("deployment", .text, .replaceOnly, "the deployment that the agent is taken from"),
        RoutingField("attributes", .map, .replaceOnly, "attributes that the agent joins with"),
    ]
}
