extension LiveKitMethod {
    static let getOutboundTrunk: Body = { world, message, _ throws(TwirpError) in
        var response = ProtoMessage(TrunkSchemas.getOutboundResponse)
        response.set("trunk", try world.trunk(named: message, .outbound))
        return response
    }
}
