import SwitchboardCore

/// The platform as a plan sees it: bindings, trunks and rules as they are, with what the plan has changed laid over them.
struct PlannedPlatform<Base: AgentPlatform>: AgentPlatform {
    let base: Base
    let world: PlannedWorld

    init(_ base: Base, _ world: PlannedWorld) { (self.base, self.world) = (base, world) }

    func bind(_ number: RoutedNumber, to agent: AgentTarget, key: String) async throws -> AgentBinding {
        let isAsItIs = world.read { $0.bindings[number.e164] == nil && $0.rules.isEmpty }
        if isAsItIs, !PlannedWorld.isPlanned(number.inboundID) {
            try await base.requireBindable(number, to: agent)
        }
        let binding = AgentBinding(dispatchRuleID: world.newID(), agents: [agent])
        world.change { $0.bindings[number.e164] = binding }
        return binding
    }

    func unbind(_ number: RoutedNumber, key: String) async throws {
        world.change { $0.bindings[number.e164] = .some(nil) }
    }

    func binding(of number: RoutedNumber) async throws -> AgentBinding? {
        let (bindings, rules) = world.read { ($0.bindings, $0.rules) }
        if let planned = bindings[number.e164] { return planned }
        if let rule = rules.values.compactMap({ $0 }).first(where: { $0.takes(number) }) {
            return AgentBinding(dispatchRuleID: rule.id, agents: rule.agents)
        }
        if PlannedWorld.isPlanned(number.inboundID) { return nil }
        let there = try await base.binding(of: number)
        return there.flatMap { rules[$0.dispatchRuleID] == nil ? $0 : nil }
    }
}

extension DispatchRule {
    /// Whether the rule names what a number's calls come in by, and lets them in.
    fileprivate func takes(_ number: RoutedNumber) -> Bool {
        trunkIDs.contains(number.inboundID) && (called.isEmpty || called.contains(number.e164.text))
    }
}

extension PlannedPlatform: CallRouting where Base: CallRouting {
    // MARK: Trunks

    func trunks() async throws -> [SIPTrunk] {
        let planned = world.read(\.trunks)
        return Self.merged(try await base.trunks(), planned, id: \.id)
    }

    func trunk(id: String) async throws -> SIPTrunk? {
        if let planned = world.read({ $0.trunks[id] }) { return planned }
        return PlannedWorld.isPlanned(id) ? nil : try await base.trunk(id: id)
    }

    func create(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk {
        var made = trunk
        made.id = world.newID()
        return keep(made)
    }

    func update(_ trunk: SIPTrunk, by change: RoutingChange, key: String) async throws -> SIPTrunk {
        let now = try await self.trunk(id: trunk.id) ?? trunk
        do throws(RoutingFault) { return keep(SIPTrunk(try change.applied(to: now.document))) } catch {
            throw error.error
        }
    }

    func replace(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk { keep(trunk) }

    func deleteTrunk(id: String, key: String) async throws { world.change { $0.trunks[id] = .some(nil) } }

    private func keep(_ trunk: SIPTrunk) -> SIPTrunk {
        world.change { $0.trunks[trunk.id] = trunk }
        return trunk
    }

    // MARK: Rules

    func dispatchRules() async throws -> [DispatchRule] {
        let planned = world.read(\.rules)
        return Self.merged(try await base.dispatchRules(), planned, id: \.id)
    }

    func create(_ rule: DispatchRule, key: String) async throws -> DispatchRule {
        var made = rule
        made.id = world.newID()
        return keep(made)
    }

    func update(_ rule: DispatchRule, by change: RoutingChange, key: String) async throws -> DispatchRule {
        let now = try await dispatchRules().first { $0.id == rule.id } ?? rule
        do throws(RoutingFault) { return keep(DispatchRule(try change.applied(to: now.document))) } catch {
            throw error.error
        }
    }

    func replace(_ rule: DispatchRule, key: String) async throws -> DispatchRule { keep(rule) }

    func deleteDispatchRule(id: String, key: String) async throws { world.change { $0.rules[id] = .some(nil) } }

    private func keep(_ rule: DispatchRule) -> DispatchRule {
        world.change { $0.rules[rule.id] = rule }
        return rule
    }

    /// What is there and is not changed, and what is planned, in ascending order of their ids.
    private static func merged<Thing>(_ there: [Thing], _ planned: [String: Thing?], id: (Thing) -> String) -> [Thing] {
        let kept = there.filter { planned[id($0)] == nil }
        return (kept + planned.values.compactMap { $0 }).sorted { id($0) < id($1) }
    }
}
