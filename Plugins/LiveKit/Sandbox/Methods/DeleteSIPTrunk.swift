extension LiveKitMethod {
    /// Succeeds for a trunk that does not exist, and rules keep the ids of trunks that are gone.
    static let deleteTrunk: Body = { world, message, _ throws(TwirpError) in
        let id = message.string("sip_trunk_id")
        world.removeTrunk(id)
        var response = ProtoMessage(TrunkSchemas.legacyInfo)
        response.set("sip_trunk_id", id)
        return response
    }
}
