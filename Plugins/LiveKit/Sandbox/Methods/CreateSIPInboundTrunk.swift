extension LiveKitMethod {
    static let createInboundTrunk: Body = { world, message, call throws(TwirpError) in
        let trunk = message.message("trunk") ?? ProtoMessage(TrunkSchemas.inboundInfo)
        try world.inbound.checkConflict(trunk)
        return world.create(trunk, .inbound, call)
    }
}
