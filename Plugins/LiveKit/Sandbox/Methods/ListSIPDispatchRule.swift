extension LiveKitMethod {
    /// Rules for all trunks are listed whatever trunks are asked for.
    static let listDispatchRules: Body = { world, message, call throws(TwirpError) in
        let trunks = Set(message.strings("trunk_ids"))
        let items = Listing(message, ids: "dispatch_rule_ids", call).items(of: world.rules.book) { rule in
            let named = rule.strings("trunk_ids")
            return trunks.isEmpty || named.isEmpty || !trunks.isDisjoint(with: named)
        }
        var response = ProtoMessage(DispatchRuleSchemas.listResponse)
        response.set("items", items)
        return response
    }
}
