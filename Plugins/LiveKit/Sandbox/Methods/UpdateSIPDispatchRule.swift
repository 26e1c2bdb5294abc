import SwitchboardSandbox

extension LiveKitMethod {
    /// A replacement keeps nothing of the rule but its id and its age.
    static let updateDispatchRule: Body = { world, message, call throws(TwirpError) in
        let id = message.string("sip_dispatch_rule_id")
        guard let old = world.rules[id] else { throw .ruleNotFound }
        var rule = message.message("replace") ?? old
        if let update = message.message("update") { rule = old.updated(by: update) }
        rule.set("sip_dispatch_rule_id", id)
        rule["created_at"] = old["created_at"]
        rule["updated_at"] = .timestamp(call.time)
        try world.checkRule(rule)
        world.store(rule)
        return rule
    }
}
