import SwitchboardSandbox

extension LiveKitMethod {
    /// The rule stands in `dispatch_rule`, or in the older form its fields stand in the request itself.
    static let createDispatchRule: Body = { world, message, call throws(TwirpError) in
        var rule = ProtoMessage(flat: message)
        if let wrapped = message.message("dispatch_rule") {
            rule = wrapped
            rule.mirrorMedia()
        }
        try world.checkRule(rule)
        rule.set("sip_dispatch_rule_id", LiveKitID.make(LiveKitID.rule))
        rule["created_at"] = .timestamp(call.time)
        rule["updated_at"] = .timestamp(call.time)
        world.store(rule)
        return rule
    }
}

extension ProtoMessage {
    /// The rule of a request in the older form.
    fileprivate init(flat request: ProtoMessage) {
        self.init(DispatchRuleSchemas.info)
        for (name, value) in request.values where schema.field(named: name) != nil { self[name] = value }
    }
}
