import SwitchboardCore

/// Decides, from the rules as they are, what is to be done next for one number; each step leads to a state from which
/// the rest can be decided anew, so an interrupted change is finished by planning again.
struct RulePlan: Sendable {
    /// Where the number is to hang.
    enum Goal: Sendable {
        /// On a rule for exactly this agent.
        case agent(AgentTarget)
        /// On exactly this rule.
        case rule(String)
        /// On none.
        case nowhere
    }

    /// What to do next.
    enum Next: Sendable {
        /// The rules are as wanted; the rule that carries the number, if any is to.
        case settled(DispatchRule?)
        case step(RuleStep)
    }

    let number: RoutedNumber
    let goal: Goal
    /// The labels of the steps that LiveKit has refused as an invalid argument.
    var refused: Set<String> = []

    private var id: String { number.inboundID }

    /// The next step.
    ///
    /// Errors: `conflict` where a rule of somebody else's would come to catch every call, or is meant
    /// to; `not_found` for an unknown rule.
    func next(_ rules: [DispatchRule]) throws -> Next {
        let holders = rules.filter { $0.trunkIDs.contains(id) }
        if let settled = try settled(rules, holders) {
            if let abandoned = rules.first(where: \.isAbandoned) { return .step(.delete(abandoned)) }
            return .settled(settled.rule)
        }
        for holder in holders where !isGoal(holder) && !holder.isOwn && holder.wouldBeEmptied(without: id) {
            throw wouldCatchAll(holder)
        }
        if case .nowhere = goal { return .step(leave(holders)) }
        guard let home = try home(rules) else { return .step(found(holders)) }
        return .step(join(home, others: holders.filter { $0.id != home.id }))
    }

    // MARK: - Where the number hangs

    private func settled(_ rules: [DispatchRule], _ holders: [DispatchRule]) throws -> (rule: DispatchRule?, Void)? {
        switch goal {
        case .nowhere: return holders.isEmpty ? (nil, ()) : nil
        case .rule(let ruleID): return holders.count == 1 && holders[0].id == ruleID ? (holders[0], ()) : nil
        case .agent(let target):
            guard holders.allSatisfy({ $0.agents == [target] }), let rule = Self.inForce(holders, number.e164) else {
                return nil
            }
            return (rule, ())
        }
    }

    private func isGoal(_ rule: DispatchRule) -> Bool {
        if case .rule(rule.id) = goal { true } else { false }
    }

    /// Of the rules that name a number, the one that its calls meet first; nil where none lets them in.
    static func inForce(_ holders: [DispatchRule], _ number: E164) -> DispatchRule? {
        let open = holders.filter { $0.admits(number) }
        return open.first { !$0.isRestricted } ?? open.first
    }

    /// The rule that the number is to join; nil where it has yet to be made.
    private func home(_ rules: [DispatchRule]) throws -> DispatchRule? {
        switch goal {
        case .nowhere: return nil
        case .agent(let target):
            let usable = rules.filter { $0.isOwn && !$0.isAbandoned && $0.agents == [target] }
            return usable.first { $0.trunkIDs.contains(id) } ?? usable.first
        case .rule(let ruleID):
            return try Self.usable(ruleID, of: rules)
        }
    }

    /// The rule of an id, if numbers can be hung on it.
    static func usable(_ ruleID: String, of rules: [DispatchRule]) throws -> DispatchRule {
        guard let rule = rules.first(where: { $0.id == ruleID }) else {
            throw RoutingErrors.error(.notFound, "livekit has no dispatch rule \(ruleID)")
        }
        guard !rule.trunkIDs.isEmpty else {
            throw RoutingErrors.error(
                .conflict, "dispatch rule \(ruleID) names no trunk: it takes the calls of every number already",
                help: "name a rule that has trunk ids; rules that catch everything are never edited")
        }
        return rule
    }

    // MARK: - Steps

    /// Out of every rule: with its last number a rule of the engine's own goes, since empty it would catch all calls.
    private func leave(_ holders: [DispatchRule]) -> RuleStep {
        let last = holders.first { $0.isOwn && $0.isUsedOnly(by: id) }
        return last.map(RuleStep.delete) ?? .detach(from: holders[0])
    }

    /// No rule to join: the number's own rule is given over, or a new one is made once the number is free.
    private func found(_ holders: [DispatchRule]) -> RuleStep {
        guard case .agent(let target) = goal else { return leave(holders) }
        if let own = holders.first(where: { $0.isOwn && $0.isUsedOnly(by: id) }) { return .rewrite(own, target) }
        return holders.first.map { .detach(from: $0) } ?? .create(target)
    }

    /// Into the rule: at once where LiveKit does that, else out of the others and then in.
    private func join(_ home: DispatchRule, others: [DispatchRule]) -> RuleStep {
        let isIn = home.trunkIDs.contains(id)
        if let last = others.first(where: { $0.isOwn && $0.isUsedOnly(by: id) }) {
            if isIn { return .delete(last) }
            let park = RuleStep.park(last)
            if !last.isParked { return refused.contains(park.label) ? instead(of: last) : park }
        }
        let move = RuleStep.move(to: home)
        if !isIn, !refused.contains(move.label) { return move }
        return others.first.map { .detach(from: $0) } ?? .attach(to: home)
    }

    /// The way out of a rule that the number is the last user of and that cannot be parked.
    private func instead(of last: DispatchRule) -> RuleStep {
        if case .agent(let target) = goal { .rewrite(last, target) } else { .delete(last) }
    }

    private func wouldCatchAll(_ rule: DispatchRule) -> SwitchboardError {
        let name = rule.name.isEmpty ? rule.id : "\(rule.id) '\(rule.name)'"
        return RoutingErrors.error(
            .conflict,
            "\(number.e164) is the only trunk id of dispatch rule \(name), which without it would catch every call",
            help: "somebody else made that rule: delete it, or give it another trunk id, and try again")
    }
}
