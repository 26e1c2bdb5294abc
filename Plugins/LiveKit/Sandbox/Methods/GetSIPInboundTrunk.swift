extension LiveKitMethod {
    static let getInboundTrunk: Body = { world, message, _ throws(TwirpError) in
        var response = ProtoMessage(TrunkSchemas.getInboundResponse)
        response.set("trunk", try world.trunk(named: message, .inbound))
        return response
    }
}
