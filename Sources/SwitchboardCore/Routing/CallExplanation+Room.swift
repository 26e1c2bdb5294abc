extension CallExplanation {
    private static let random = "<random>"

    /// Tells how a call is answered by the rule that takes it (contract section 4.7, points 3 and 4).
    init(_ call: RoutingPicture.Call, by entrance: Entrance, rule: DispatchRule) {
        let place = entrance.id.map { "comes in by \($0)" } ?? "is taken by no trunk"
        let scope = rule.isCatchAll ? "takes the calls of every trunk" : "is for it"
        self.init(.answered, "the call \(place), and \(rule.title) \(scope)")
        asksForPin = rule.hasPin && (call.pin ?? "").isEmpty
        if asksForPin { reason += "; it asks the caller for a PIN first" }
        (ruleID, ruleName, ruleKind) = (rule.id, rule.name, rule.kind)
        agents = rule.agents

        let shown = rule.hidesNumbers ? Self.ending(of: call.caller) : call.caller
        room = Self.room(rule, caller: shown, called: call.called)
        identity = rule.hidesNumbers ? "sip_<hash>" : "sip_\(call.caller)"
        participantName = "Phone \(shown)"
        attributes = Self.attributes(call, entrance, rule)
        notes = entrance.notes + Self.notes(rule)
    }

    /// The last four characters of a hidden number, the last one of a short one.
    private static func ending(of caller: String) -> String { String(caller.suffix(caller.utf8.count <= 4 ? 1 : 4)) }

    /// The room's name; LiveKit puts `_` after the beginning that the rule gives.
    private static func room(_ rule: DispatchRule, caller: String, called: String) -> String {
        guard rule.kind != .direct else { return rule.room }
        let parts = [rule.room, rule.kind == .callee ? called : caller]
        return (parts.filter { !$0.isEmpty } + (rule.isRandom ? [random] : [])).joined(separator: "_")
    }

    private static func attributes(
        _ call: RoutingPicture.Call, _ entrance: Entrance, _ rule: DispatchRule
    ) -> [String: String] {
        var attributes = rule.attributes
        attributes["sip.callID"] = "SCL_\(random)"
        attributes["sip.trunkID"] = entrance.id ?? ""
        attributes["sip.ruleID"] = rule.id
        if !rule.hidesNumbers {
            attributes["sip.phoneNumber"] = call.caller
            attributes["sip.trunkPhoneNumber"] = call.called
            attributes["sip.hostname"] = call.fromHost ?? "<host>"
        }
        return attributes
    }

    private static func notes(_ rule: DispatchRule) -> [String] {
        let preset = rule.document.text("room_preset")
        if !preset.isEmpty { return ["the room preset '\(RoutingText.shown(preset))' may send further agents"] }
        return rule.agents.isEmpty ? ["the rule names no agent, so only agents with automatic dispatch join"] : []
    }
}
