extension LiveKitMethod {
    /// Notes the participant; no call is placed, so none is refused by the other side either.
    static let createParticipant: Body = { world, message, call throws(TwirpError) in
        let participant = SIPParticipant(
            message, trunkID: try world.outboundTrunkID(for: message), createdAt: call.time)
        world.store(participant)
        return participant.info
    }
}

extension LiveKitWorld {
    /// The id of the trunk that a call goes out by: the one named, else, without an inline trunk, the first with the
    /// number that calls; empty for an inline trunk.
    fileprivate func outboundTrunkID(for message: ProtoMessage) throws(TwirpError) -> String {
        if message.has("sip_trunk_id") { return try trunk(named: message, .outbound).string("sip_trunk_id") }
        if message.has("trunk") { return "" }
        let number = message.string("sip_number")
        guard let trunk = outbound.all.first(where: { $0.strings("numbers").contains(number) }) else {
            throw .trunkNotFound
        }
        return trunk.string("sip_trunk_id")
    }
}
