extension LiveKitMethod {
    /// The trunks of both directions in the older form.
    static let listTrunks: Body = { world, message, call throws(TwirpError) in
        let trunks = TrunkDirection.allCases.flatMap { direction in
            world.trunks(direction).all.map { $0.legacy(direction) }
        }
        var response = ProtoMessage(TrunkSchemas.legacyListResponse)
        response.set(
            "items",
            Listing(message, ids: "trunk_ids", call).items(of: MessageBook(id: "sip_trunk_id", trunks)))
        return response
    }
}

extension ProtoMessage {
    /// A trunk in the older form, which knows one number of it.
    fileprivate func legacy(_ direction: TrunkDirection) -> ProtoMessage {
        var trunk = ProtoMessage(TrunkSchemas.legacyInfo)
        for name in ["sip_trunk_id", "name", "metadata", "transport"] { trunk[name] = self[name] }
        trunk["kind"] = .enumeration(direction == .inbound ? 1 : 2)
        trunk["outbound_address"] = self["address"]
        trunk["inbound_addresses"] = self["allowed_addresses"]
        trunk["inbound_numbers"] = self["allowed_numbers"]
        trunk["\(direction)_username"] = self["auth_username"]
        trunk["\(direction)_password"] = self["auth_password"]
        if let number = strings("numbers").first { trunk.set("outbound_number", number) }
        return trunk
    }
}
