extension LiveKitWorld {
    /// Refuses a rule of no kind, and one that decides calls which another rule decides.
    func checkRule(_ rule: ProtoMessage) throws(TwirpError) {
        try DispatchRuleChecks.rule.pass(rule)
        guard let other = rules.conflict(with: rule) else { return }
        let id = GoText.quoted(other.string("sip_dispatch_rule_id"))
        let name = GoText.quoted(other.has("name") ? other.string("name") : "<blank name>")
        throw TwirpError(
            .invalidArgument,
            "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in "
                + "dispatch rule \(id) \(name)")
    }
}
