import SwitchboardCore

/// Binds one number that comes in by a trunk: it has a rule of its own, which names the trunk and the number.
///
/// So numbers of one trunk reach different agents, LiveKit itself refuses a second rule for one of them (contract
/// section 4.4), and no change for one touches what another hangs on.
struct TrunkBinding: Sendable {
    let calls: RuleCalls
    let rules: RoutingEdits
    let number: RoutedNumber
    /// Of the whole change; with a step's name it is a request's id.
    let key: String

    /// Makes calls to the number reach the agent, and reads that back.
    ///
    /// Errors: `invalid_argument` for a number without a trunk; `conflict` where a rule that somebody else made decides
    /// its calls; `unsupported` where the server leaves
    /// the trunk out of the rule, which is deleted again then.
    func bind(to agent: AgentTarget) async throws -> AgentBinding {
        guard !number.inboundID.isEmpty else {
            throw RoutingErrors.error(.invalidArgument, "no calls to \(number.e164) come in: it has no trunk")
        }
        let all = try await calls.all()
        if let rival = rival(among: all) {
            guard rival.agents == [agent] else { throw conflict(rival) }
            return AgentBinding(dispatchRuleID: rival.id, agents: rival.agents)
        }
        if let own = all.first(where: { $0.isOwn(of: number.e164) }) {
            try await rewrite(own, agent)
        } else {
            let rule = DispatchRule().given(to: agent, for: number)
            let made = DispatchRule(try await rules.create(rule.document, key: key + "/create"))
            try await calls.requireScoped(made, key)
        }
        return try await confirmed(agent)
    }

    /// The binding as LiveKit shows it after a change; whatever keeps it from being read, the change stands.
    private func confirmed(_ agent: AgentTarget) async throws -> AgentBinding {
        do {
            guard let binding = try await current(), binding.agents == [agent] else { throw unsettled }
            return binding
        } catch {
            var error = SwitchboardError(wrapping: error)
            error.mayHaveHappened = true
            throw error
        }
    }

    private func rewrite(_ own: DispatchRule, _ agent: AgentTarget) async throws {
        let wanted = own.given(to: agent, for: number)
        guard !wanted.document.means(own.document, comparingSecrets: true) else { return }
        _ = try await rules.replace(wanted.document, key: "\(key)/rewrite/\(own.id)")
    }

    /// Deletes the number's own rule; where there is none, nothing is changed.
    ///
    /// Errors: `conflict` where a rule that somebody else made decides its calls.
    func unbind() async throws {
        let all = try await calls.all()
        if let rival = rival(among: all) { throw conflict(rival) }
        for own in all where own.isOwn(of: number.e164) {
            do {
                try await rules.delete(own.id, key: "\(key)/delete/\(own.id)") {
                    try await rules.calls.one(own.id) == nil
                }
            } catch let error as SwitchboardError where error.code == .notFound { continue }
        }
    }

    /// The rule that names the number and lets every caller in, with its agents and those of every other that names it.
    func current() async throws -> AgentBinding? {
        let holders = try await calls.all().filter { $0.names(number) }
        guard let rule = holders.first(where: { !$0.isForSomeCallers }) ?? holders.first else { return nil }
        let rivals = holders.filter { $0.id != rule.id && $0.agents != rule.agents }.flatMap(\.agents)
        return AgentBinding(dispatchRuleID: rule.id, agents: rule.agents + rivals)
    }

    // MARK: - Rules that somebody else made

    /// One that decides the calls of every caller to the number; those that are for some callers only are left alone.
    private func rival(among all: [DispatchRule]) -> DispatchRule? {
        all.first { $0.names(number) && !$0.isOwn(of: number.e164) && $0.callers.isEmpty }
    }

    private func conflict(_ rule: DispatchRule) -> SwitchboardError {
        let name = rule.name.isEmpty ? rule.id : "\(rule.id) '\(rule.name)'"
        return RoutingErrors.error(
            .conflict, "dispatch rule \(name), which somebody else made, decides the calls to \(number.e164) already",
            help: "take the number out of it with dispatch replace, or delete it, and try again")
    }

    /// The rule was accepted and LiveKit does not show it.
    private var unsettled: SwitchboardError {
        RoutingErrors.error(
            .unknownOutcome, "livekit accepted a rule for \(number.e164) and its rules do not show it",
            help: "read the binding again in half a minute")
    }
}
