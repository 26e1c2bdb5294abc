extension LiveKitMethod {
    static let deleteDispatchRule: Body = { world, message, _ throws(TwirpError) in
        let id = message.string("sip_dispatch_rule_id")
        guard let rule = world.rules[id] else { throw .ruleNotFound }
        world.removeRule(id)
        return rule
    }
}
