extension LiveKitMethod {
    static let updateInboundTrunk: Body = { world, message, call throws(TwirpError) in
        let trunk = try world.updated(by: message, .inbound, call)
        try world.inbound.checkConflict(trunk)
        world.store(trunk, .inbound)
        return trunk
    }
}
