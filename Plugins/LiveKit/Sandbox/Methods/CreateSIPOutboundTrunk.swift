extension LiveKitMethod {
    /// Outbound trunks never clash with each other.
    static let createOutboundTrunk: Body = { world, message, call throws(TwirpError) in
        world.create(message.message("trunk") ?? ProtoMessage(TrunkSchemas.outboundInfo), .outbound, call)
    }
}
