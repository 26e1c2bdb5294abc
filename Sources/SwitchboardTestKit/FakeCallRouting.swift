public import SwitchboardCore

/// Trunks and dispatch rules at the `FakeCarrier`; two that say the same are two.
extension FakeAgentPlatform: CallRouting {
    /// All trunks.
    public func trunks() async throws -> [SIPTrunk] {
        try await carrier.read(.trunks, nil) { state in state.trunks.values.sorted { $0.id < $1.id } }
    }

    /// One trunk.
    public func trunk(id: String) async throws -> SIPTrunk? {
        try await carrier.read(.trunks, nil) { $0.trunks[id] }
    }

    /// Makes a trunk.
    public func create(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk {
        try await put(.createTrunk, key: key) { state in
            state.made += 1
            var made = trunk
            made.id = "ST_fake\(state.made)"
            state.trunks[made.id] = made
        } answer: { state in
            state.trunks["ST_fake\(state.made)"]
        }
    }

    /// Changes a trunk as it is now.
    public func update(_ trunk: SIPTrunk, by change: RoutingChange, key: String) async throws -> SIPTrunk {
        return try await put(.changeTrunk, key: key) { state in
            let now = state.trunks[trunk.id] ?? trunk
            if let changed = try? change.applied(to: now.document) { state.trunks[trunk.id] = SIPTrunk(changed) }
        } answer: { state in
            state.trunks[trunk.id]
        }
    }

    /// Replaces a trunk.
    public func replace(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk {
        try await put(.changeTrunk, key: key) { state in
            state.trunks[trunk.id] = trunk
        } answer: { state in
            state.trunks[trunk.id]
        }
    }

    /// Deletes a trunk.
    public func deleteTrunk(id: String, key: String) async throws {
        try await carrier.change(.deleteTrunk, key: key) { _ in
            nil
        } effect: { state in
            state.trunks[id] = nil
        } answer: { _ in
        }
    }

    /// All rules.
    public func dispatchRules() async throws -> [DispatchRule] {
        try await carrier.read(.rules, nil) { state in state.rules.values.sorted { $0.id < $1.id } }
    }

    /// Makes a rule.
    public func create(_ rule: DispatchRule, key: String) async throws -> DispatchRule {
        try await put(.createRule, key: key) { state in
            state.made += 1
            var made = rule
            made.id = "SDR_fake\(state.made)"
            state.hold(made)
        } answer: { state in
            state.rules["SDR_fake\(state.made)"]
        }
    }

    /// Changes a rule as it is now.
    public func update(_ rule: DispatchRule, by change: RoutingChange, key: String) async throws -> DispatchRule {
        let changed = try DispatchRule(change.applied(to: rule.document))
        return try await replace(changed, key: key)
    }

    /// Replaces a rule.
    public func replace(_ rule: DispatchRule, key: String) async throws -> DispatchRule {
        try await put(.changeRule, key: key) { state in
            state.hold(rule)
        } answer: { state in
            state.rules[rule.id]
        }
    }

    /// Deletes a rule.
    public func deleteDispatchRule(id: String, key: String) async throws {
        try await carrier.change(.deleteRule, key: key) { _ in
            nil
        } effect: { state in
            state.rules[id] = nil
            state.nameRules()
        } answer: { _ in
        }
    }

    private func put<Thing: Sendable>(
        _ call: FakeCarrier.Call, key: String, effect: @escaping @Sendable (inout FakeCarrier.State) -> Void,
        answer: @Sendable (FakeCarrier.State) -> Thing?
    ) async throws -> Thing {
        let made = try await carrier.change(call, key: key, refusal: { _ in nil }, effect: effect, answer: answer)
        guard let made else { throw SwitchboardError(.internal, "the fake carrier lost what it made") }
        return made
    }
}

extension FakeCarrier.State {
    /// Puts a rule in its place.
    mutating func hold(_ rule: DispatchRule) {
        rules[rule.id] = rule
        nameRules()
    }

    /// Tells every number which rules name it.
    mutating func nameRules() {
        for (e164, number) in owned {
            let naming = rules.values.filter { $0.trunkIDs.contains(number.providerID) }.map(\.id).sorted()
            owned[e164]?.dispatchRuleIDs = naming
        }
    }
}
