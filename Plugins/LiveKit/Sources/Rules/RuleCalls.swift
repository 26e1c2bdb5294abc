import SwitchboardCore
import SwitchboardHTTP

/// Carries the steps of a plan out.
struct RuleCalls: Sendable {
    let client: TwirpClient
    let rules: RoutingCalls

    init(client: TwirpClient) {
        self.client = client
        rules = RoutingCalls(client: client, schema: .dispatchRule)
    }

    /// All rules, each once, by ascending id.
    func all() async throws -> [DispatchRule] { try await rules.all().map(DispatchRule.init) }

    /// Carries one step out.
    ///
    /// Errors: `conflict` where the rule of the step is gone; deleting a rule that is gone is no error.
    func perform(_ step: RuleStep, for number: RoutedNumber, key: String) async throws {
        let requestID = key + "/" + step.label
        let id = number.inboundID
        do {
            switch step {
            case .create(let target): try await create(target, number, requestID)
            case .rewrite(let rule, let target): try await rules.replace(rule.given(to: target).document, requestID)
            case .park(let rule): try await edit(rule, .init(add: [rule.parkingID]), requestID)
            case .move(let rule): try await move(number, to: rule, requestID)
            case .detach(let rule): try await edit(rule, .init(remove: rule.trunkIDs.filter { $0 == id }), requestID)
            case .attach(let rule): try await edit(rule, .init(add: [id]), requestID)
            case .delete(let rule): try await delete(rule.id, requestID)
            }
        } catch let error as SwitchboardError where error.code == .notFound {
            throw Self.gone(error)
        }
    }

    private func create(_ target: AgentTarget, _ number: RoutedNumber, _ requestID: String) async throws {
        let id = number.inboundID
        let asking = Repeatability.afterAsking { try await all().contains { $0.trunkIDs.contains(id) } }
        let rule = DispatchRule.new(for: target, firstID: id)
        try await requireScoped(DispatchRule(try await rules.create(rule.document, requestID, asking)), requestID)
    }

    /// Deletes a rule that was asked for with trunk ids and came out without any, so that it catches every call.
    func requireScoped(_ made: DispatchRule, _ requestID: String) async throws {
        guard made.trunkIDs.isEmpty else { return }
        try await delete(made.id, requestID + "/undo")
        throw RoutingErrors.error(
            .unsupported, "livekit made dispatch rule \(made.id) without its trunk ids; it is deleted again",
            help: "this server does not tie rules to trunks or numbers by their ids")
    }

    private func edit(_ rule: DispatchRule, _ ids: RoutingChange.ListEdit, _ requestID: String) async throws {
        var change = RoutingChange(.dispatchRule)
        change.lists["trunk_ids"] = ids
        try await rules.update(rule.id, by: change, requestID)
    }

    private func move(_ number: RoutedNumber, to rule: DispatchRule, _ requestID: String) async throws {
        let body: JSON = ["id": .string(number.inboundID), "sip_dispatch_rule_id": .string(rule.id)]
        let write = TwirpCall.Write(requestID: requestID, repeatability: .onlyIfRefused)
        _ = try await client.send(
            TwirpCall(service: .phoneNumbers, method: "UpdatePhoneNumber", body: body, write: write))
    }

    private func delete(_ ruleID: String, _ requestID: String) async throws {
        do {
            try await rules.delete(ruleID, requestID) { try await rules.one(ruleID) == nil }
        } catch let error as SwitchboardError where error.code == .notFound {
            return
        }
    }

    private static func gone(_ error: SwitchboardError) -> SwitchboardError {
        var error = error
        error.code = .conflict
        error.help = "the number or its dispatch rule is gone: somebody else may be changing them; try again"
        error.isRetryable = !error.mayHaveHappened
        return error
    }
}
