/// What LiveKit looks at in the requests about dispatch rules, in its order (contract section 4.2).
enum DispatchRuleChecks {
    /// A request with the field `dispatch_rule`, or with the rule's own fields in the older, flat form.
    static let create: [Check<ProtoMessage>] = [
        Check("id", "rule id must not be set") { $0.message("dispatch_rule")?.has("sip_dispatch_rule_id") == true },
        Check("rule", "missing rule") { !($0.message("dispatch_rule") ?? $0).has("rule") },
    ]

    static let update: [Check<ProtoMessage>] =
        [
            Check("id", "rule id must be set") { !$0.has("sip_dispatch_rule_id") },
            Check("action", "missing or unsupported update action") { !$0.has("replace") && !$0.has("update") },
            Check("same id", "rule id in the info must be empty or match the id in the update") { request in
                let own = request.message("replace")?.string("sip_dispatch_rule_id") ?? ""
                return !own.isEmpty && own != request.string("sip_dispatch_rule_id")
            },
            Check("replace.rule", "missing rule") { $0.message("replace")?.has("rule") == false },
        ] + ListUpdateChecks.all.within("trunk_ids").within("update")

    static let delete: [Check<ProtoMessage>] = [
        Check("id", "dispatch rule ID is required") { !$0.has("sip_dispatch_rule_id") }
    ]

    /// A rule itself, looked at together with the other rules and so after the rule to be updated was found.
    static let rule: [Check<ProtoMessage>] = [
        Check("kind", "twirp error unknown: unsupported SIP Dispatch Rule: <nil>") {
            $0.message("rule")?.values.isEmpty != false
        }
    ]
}
