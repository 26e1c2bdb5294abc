extension RoutingPicture {
    /// The called numbers that are the user's own: those of inbound trunks and those that the platform has sold.
    private var ownNumbers: Set<String> {
        let ofTrunks = trunks.filter { $0.direction == .inbound }.flatMap(\.numbers)
        return Set((ofTrunks + numbers.map(\.e164.text)).map(RoutingNumber.compared))
    }

    private func own(among callers: [String]) -> [String] {
        callers.filter { ownNumbers.contains(RoutingNumber.compared($0)) }
    }

    // MARK: Trunks

    /// What is legal about a trunk of the picture, or about one that is to come into it, and yet probably wrong.
    public func warnings(about trunk: SIPTrunk) -> [String] {
        guard trunk.direction == .inbound else { return impossible(trunk.numbers) }
        return ownCallers(trunk) + rivals(of: trunk) + sold(trunk) + unserved(trunk) + addresses(of: trunk)
            + impossible(trunk.numbers + trunk.allowedNumbers)
    }

    private func ownCallers(_ trunk: SIPTrunk) -> [String] {
        let own = own(among: trunk.allowedNumbers)
        return own.isEmpty
            ? [] : ["allowed_numbers holds \(RoutingText.list(own)) of your own: they are callers, not called numbers"]
    }

    /// Trunks that take the same number from some callers, where this one takes it from all, or the reverse.
    private func rivals(of trunk: SIPTrunk) -> [String] {
        let rivals = trunks.filter { other in
            other.direction == .inbound && (trunk.id.isEmpty || other.id != trunk.id)
                && Slot.shared(trunk.numbers, other.numbers) != nil
                && trunk.allowedNumbers.isEmpty != other.allowedNumbers.isEmpty
        }
        return rivals.map { other in
            let listed = trunk.allowedNumbers.isEmpty ? other : trunk
            let words = Slot.shared(trunk.numbers, other.numbers)?.words("every number") ?? ""
            return
                "\(other.title) takes the calls to \(words) too: one from \(RoutingText.list(listed.allowedNumbers)) "
                + "fits both trunks, and LiveKit refuses it"
        }
    }

    private func sold(_ trunk: SIPTrunk) -> [String] {
        sold.filter { trunk.numbers.holds($0.e164.text) }.map {
            "\($0.e164) is a number that LiveKit has sold: its calls come in by \($0.inboundID)"
        }
    }

    private func unserved(_ trunk: SIPTrunk) -> [String] {
        let isServed = rules.contains { $0.isCatchAll || $0.trunkIDs.contains(trunk.id) }
        return trunk.id.isEmpty || isServed ? [] : ["no dispatch rule takes the calls that come in by it"]
    }

    private func addresses(of trunk: SIPTrunk) -> [String] {
        trunk.allowedAddresses.compactMap { text in
            guard case .host = AllowedAddress(text) else { return nil }
            return "the allowed address \(text) is compared with the From header and never looked up"
        }
    }

    private func impossible(_ texts: [String]) -> [String] {
        texts.filter { E164($0)?.isPossible == false }.map { "no number of that country has the length of \($0)" }
    }

    // MARK: Rules

    /// What is legal about a rule of the picture, or about one that is to come into it, and yet probably wrong.
    public func warnings(about rule: DispatchRule) -> [String] {
        ownCallers(rule) + trunkIDs(of: rule) + unreachable(rule) + open(rule) + lonely(rule)
            + impossible(rule.callers + rule.called)
    }

    private func ownCallers(_ rule: DispatchRule) -> [String] {
        let own = own(among: rule.callers)
        return own.isEmpty
            ? [] : ["inbound_numbers holds \(RoutingText.list(own)) of your own: they are callers, not called numbers"]
    }

    private func trunkIDs(of rule: DispatchRule) -> [String] {
        let ids = Set(numbers.map(\.inboundID))
        return rule.trunkIDs.compactMap { id in
            let trunk = trunks.first { $0.id == id }
            if trunk?.direction == .outbound { return "\(id) is an outbound trunk, and no call comes in by it" }
            return trunk == nil && !ids.contains(id) ? "there is no trunk or number \(RoutingText.shown(id))" : nil
        }
    }

    /// Called numbers that no trunk of the rule takes.
    private func unreachable(_ rule: DispatchRule) -> [String] {
        let own = trunks.filter { $0.direction == .inbound && (rule.isCatchAll || rule.trunkIDs.contains($0.id)) }
        let sold = sold.filter { rule.isCatchAll || rule.trunkIDs.contains($0.inboundID) }.map(\.e164.text)
        let lost = rule.called.filter { number in
            !sold.contains(number) && !own.contains { $0.isCatchAll || $0.numbers.holds(number) }
        }
        let whose = rule.isCatchAll ? "no trunk" : "none of its trunks"
        return lost.map { "numbers holds \(RoutingText.shown($0)), which \(whose) takes" }
    }

    private func open(_ rule: DispatchRule) -> [String] {
        guard rule.isCatchAll, !rule.hasPin else { return [] }
        return [
            "it takes the calls of every trunk and number, and calls that no trunk takes, such as those of scanners"
        ]
    }

    private func lonely(_ rule: DispatchRule) -> [String] {
        guard rule.agents.isEmpty, rule.document.text("room_preset").isEmpty else { return [] }
        return ["it names no agent, so only agents with automatic dispatch join"]
    }
}
