extension LiveKitMethod {
    static let updateOutboundTrunk: Body = { world, message, call throws(TwirpError) in
        let trunk = try world.updated(by: message, .outbound, call)
        world.store(trunk, .outbound)
        return trunk
    }
}
