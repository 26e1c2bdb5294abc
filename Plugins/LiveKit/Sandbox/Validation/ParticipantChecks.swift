/// What LiveKit looks at in the requests about participants, in its order (contract section 4.2).
///
/// The contract is silent on inline trunks, headers and transfers: those follow LiveKit's open-source server.
enum ParticipantChecks {
    static let create: [Check<ProtoMessage>] =
        [
            Check("trunk", "missing sip trunk id and sip number") {
                !$0.has("sip_trunk_id") && !$0.has("trunk") && !$0.has("sip_number")
            }
        ] + inlineTrunk.within("trunk") + [
            Check("callee", "missing sip callee number") { !$0.has("sip_call_to") },
            Check("callee URI", "SipCallTo should be a phone number or SIP user, not a full SIP URI") {
                $0.string("sip_call_to").contains("@")
            },
            Check("room", "missing room name") { !$0.has("room_name") },
            HeaderChecks.sent,
        ]

    static let transfer: [Check<ProtoMessage>] = [
        Check("room", "missing room name") { !$0.has("room_name") },
        Check("identity", "missing participant identity") { !$0.has("participant_identity") },
        Check("target", "missing transfer to") { !$0.has("transfer_to") },
        Check("target URI", "transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)") { request in
            let target = request.string("transfer_to")
            let isBracketed = target.hasPrefix("<") && target.hasSuffix(">")
            let uri = isBracketed ? target.dropFirst().dropLast() : target[...]
            return !["sip:", "sips:", "tel:"].contains { uri.hasPrefix($0) }
        },
        HeaderChecks.sent,
    ]

    private static let inlineTrunk: [Check<ProtoMessage>] =
        [Check("hostname", "no outbound hostname specified") { !$0.has("hostname") }]
        + HostChecks.all("hostname", called: "trunk hostname") + HostChecks.all("from_host", called: "from_host")
        + HeaderChecks.maps
}
