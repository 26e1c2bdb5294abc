extension ResourceType {
    /// A number of somebody else's that the account may call from (contract section 4).
    static let callerID = ResourceType(
        kind: .callerID, noun: "OutgoingCallerId", prefix: "PN", listKey: "outgoing_caller_ids",
        route: Route(TwilioOperation.account + "/OutgoingCallerIds/{sid}.json"),
        fields: [
            .sid, .account, .set("FriendlyName", .text(1...64, else: 20002)), Field("phone_number"), .created,
            .updated, .uri,
        ],
        verbs: [.list, .fetch, .update, .delete],
        filters: [
            Filter(parameter: "PhoneNumber") { caller, text in
                NumberPattern(part: text).matches(caller.text("phone_number"))
            },
            Filter(parameter: "FriendlyName") { $0.text("friendly_name") == $1 },
        ])
}
