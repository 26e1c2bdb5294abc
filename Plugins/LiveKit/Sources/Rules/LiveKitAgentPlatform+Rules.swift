public import SwitchboardCore

/// The dispatch rules of the project.
extension LiveKitAgentPlatform {
    /// Lists the dispatch rules by ascending id, each once.
    public func dispatchRules() async throws -> [DispatchRule] { try await calls.all() }

    /// Makes a dispatch rule.
    ///
    /// Errors: `invalid_argument` with the field that LiveKit refuses; `conflict` where another rule takes the same
    /// calls; `unsupported` where the server leaves its trunk ids out, in which case it is deleted again.
    public func create(_ rule: DispatchRule, key: String) async throws -> DispatchRule {
        try await oneByOne { [calls, rules] in
            let made = DispatchRule(try await rules.create(rule.document, key: key))
            if !rule.trunkIDs.isEmpty { try await calls.requireScoped(made, key) }
            return made
        }
    }

    /// Changes fields of a rule and reads it back; what LiveKit cannot change by itself, the agents among it, is
    /// changed in the whole rule, which is read for that and sent back with all that it had.
    ///
    /// Errors: `not_found`; `invalid_argument`; `conflict` where another rule takes the same calls, or where the change
    /// does not show afterwards.
    public func update(_ rule: DispatchRule, by change: RoutingChange, key: String) async throws -> DispatchRule {
        try await oneByOne { [rules] in DispatchRule(try await rules.update(rule.document, by: change, key: key)) }
    }

    /// Puts a rule in the place of the one with its id and reads it back; errors as for `update`.
    public func replace(_ rule: DispatchRule, key: String) async throws -> DispatchRule {
        try await oneByOne { [rules] in DispatchRule(try await rules.replace(rule.document, key: key)) }
    }

    /// Deletes a rule; `not_found` where there is none.
    public func deleteDispatchRule(id: String, key: String) async throws {
        try await oneByOne { [rules] in
            try await rules.delete(id, key: key) { try await rules.calls.one(id) == nil }
        }
    }
}
