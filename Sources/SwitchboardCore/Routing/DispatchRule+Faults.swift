extension DispatchRule {
    /// The rule with its numbers in E.164, where they can be read as such.
    public func normalized() -> DispatchRule {
        var rule = self
        rule.callers = RoutingNumber.normalized(callers)
        rule.called = RoutingNumber.normalized(called)
        return rule
    }

    /// What is wrong with it: what LiveKit would refuse (contract section 4.2), and what it would take and not do.
    ///
    /// - Parameter isWanted: whether it may take the calls of every trunk.
    public func faults(catchAll isWanted: Bool) -> [RoutingFault] {
        var faults = kindFaults + trunkFaults(isWanted)
        faults += RoutingNumber.faults(callers, "inbound_numbers") + RoutingNumber.faults(called, "numbers")
        if agents.contains(where: { $0.dispatchName.isEmpty }) {
            faults.append(
                RoutingFault(
                    field: "room_config.agents", "an agent has no name, which would mean automatic dispatch",
                    help: "give the agent_name that the agent registers with"))
        }
        return faults + RoutingFaults.media(document)
    }

    private var kindFaults: [RoutingFault] {
        guard let kind else { return document["rule"] == nil ? [Self.noKind] : [] }
        var faults: [RoutingFault] = []
        if kind == .direct, room.isEmpty {
            faults.append(
                RoutingFault(
                    field: "rule.dispatch_rule_direct.room_name", "a direct rule needs the name of its room",
                    help: "name the room that every caller joins"))
        }
        if let pin, !pin.reveal().utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            faults.append(
                RoutingFault(field: "rule.\(kind.message).pin", "the PIN has more than digits, which nobody can key in")
            )
        }
        return faults
    }

    private static let noKind = RoutingFault(
        field: "rule", "the rule does not say which room a call gets",
        help: "say dispatch_rule_direct, dispatch_rule_individual or dispatch_rule_callee in 'rule'")

    private func trunkFaults(_ isWanted: Bool) -> [RoutingFault] {
        if trunkIDs.isEmpty {
            guard !isWanted else { return [] }
            return [
                RoutingFault(
                    field: "trunk_ids", "without trunk_ids the rule takes the calls of every trunk and number",
                    help: "name the trunks and numbers it is for, or give --catch-all to take them all")
            ]
        }
        let wrong = trunkIDs.filter { !Self.isID($0) }.map {
            RoutingFault(
                field: "trunk_ids", "trunk_ids holds '\(RoutingText.shown($0))', which is no id",
                help: "give the id of a trunk, ST_…, or of a number that LiveKit has sold, PN_…")
        }
        return wrong + RoutingFault.repeated(trunkIDs, "trunk_ids")
    }

    /// Whether that is an id as LiveKit makes them (contract section 4.6).
    private static func isID(_ text: String) -> Bool {
        var parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard let last = parts.popLast(), (1...2).contains(parts.count), last.utf8.count <= 12 else { return false }
        return parts.allSatisfy { (1...16).contains($0.utf8.count) }
            && (parts + [last]).allSatisfy { $0.utf8.allSatisfy(\.isLetterOrDigit) }
    }
}
