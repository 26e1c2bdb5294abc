extension LiveKitMethod {
    /// Numbers count however they are spelled, and trunks for all numbers are listed whatever numbers are asked for.
    static let listInboundTrunks: Body = { world, message, call throws(TwirpError) in
        let numbers = Set(message.strings("numbers").map(SIPNumber.normalized))
        let items = Listing(message, ids: "trunk_ids", call).items(of: world.inbound.book) { trunk in
            let own = trunk.strings("numbers").map(SIPNumber.normalized)
            return numbers.isEmpty || own.isEmpty || !numbers.isDisjoint(with: own)
        }
        var response = ProtoMessage(TrunkSchemas.listInboundResponse)
        response.set("items", items)
        return response
    }
}
