extension LiveKitMethod {
    /// Numbers count as they are spelled; `*` is a number like any other.
    static let listOutboundTrunks: Body = { world, message, call throws(TwirpError) in
        let numbers = Set(message.strings("numbers"))
        let items = Listing(message, ids: "trunk_ids", call).items(of: world.outbound) { trunk in
            numbers.isEmpty || !numbers.isDisjoint(with: trunk.strings("numbers"))
        }
        var response = ProtoMessage(TrunkSchemas.listOutboundResponse)
        response.set("items", items)
        return response
    }
}
