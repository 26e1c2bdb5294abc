import SwitchboardCore
import SwitchboardHTTP

/// The calls of LiveKit's SIP service that concern dispatch rules.
struct RuleCalls: Sendable {
    /// A page asks for this many rules; LiveKit may send more, even all of them.
    static let page = 100

    let client: TwirpClient

    /// All rules, each once, by ascending id.
    func all() async throws -> [DispatchRule] {
        var rules: [String: DispatchRule] = [:]
        var last = ""
        for _ in 0..<1000 {
            var page: JSON = ["limit": .integer(Self.page)]
            if !last.isEmpty { page = page.setting("after_id", to: .string(last)) }
            let call = TwirpCall(service: .sip, method: "ListSIPDispatchRule", body: ["page": page])
            let answer = try await client.send(call) { $0.objects("items")?.compactMap(DispatchRule.init) }
            let fresh = answer.filter { rules[$0.id] == nil }
            guard !fresh.isEmpty else { return rules.values.sorted { $0.id < $1.id } }
            for rule in fresh { rules[rule.id] = rule }
            last = max(last, fresh.map(\.id).max() ?? last)
        }
        throw RuleErrors.error(.badAnswer, "livekit's list of dispatch rules does not end after 1000 pages")
    }

    /// Carries one step out.
    ///
    /// Errors: `conflict` where the rule of the step is gone; deleting a rule that is gone is no error.
    func perform(_ step: RuleStep, for number: RoutedNumber, key: String) async throws {
        let requestID = key + "/" + step.label
        do {
            switch step {
            case .create(let target): try await create(target, number, requestID)
            case .rewrite(let rule, let target):
                try await update(rule, "replace", rule.replacement(for: target), requestID)
            case .park(let rule):
                try await update(rule, "update", ["trunk_ids": ["add": [.string(rule.parkingID)]]], requestID)
            case .move(let rule): try await move(number, to: rule, requestID)
            case .detach(let rule):
                let ids = rule.trunkIDs.filter { $0 == number.inboundID }
                try await update(rule, "update", ["trunk_ids": ["remove": .strings(ids)]], requestID)
            case .attach(let rule):
                try await update(rule, "update", ["trunk_ids": ["add": [.string(number.inboundID)]]], requestID)
            case .delete(let rule): try await delete(rule.id, requestID)
            }
        } catch let error as SwitchboardError where error.code == .notFound {
            throw Self.gone(error)
        }
    }

    private func create(_ target: AgentTarget, _ number: RoutedNumber, _ requestID: String) async throws {
        let id = number.inboundID
        let asking = Repeatability.afterAsking { try await all().contains { $0.trunkIDs.contains(id) } }
        let answer = try await write(
            "CreateSIPDispatchRule", ["dispatch_rule": DispatchRule.new(for: target, firstID: id)], requestID, asking)
        guard let made = DispatchRule(answer), made.trunkIDs.isEmpty else { return }
        try await delete(made.id, requestID + "/undo")
        throw RuleErrors.error(
            .unsupported, "livekit made a dispatch rule without the number \(number.e164); it is deleted again",
            help: "this server does not bind numbers to rules by their ids")
    }

    private func update(
        _ rule: DispatchRule, _ action: String, _ change: JSON, _ requestID: String
    ) async throws {
        _ = try await write(
            "UpdateSIPDispatchRule", ["sip_dispatch_rule_id": .string(rule.id), action: change], requestID)
    }

    private func move(_ number: RoutedNumber, to rule: DispatchRule, _ requestID: String) async throws {
        let body: JSON = ["id": .string(number.inboundID), "sip_dispatch_rule_id": .string(rule.id)]
        let write = TwirpCall.Write(requestID: requestID, repeatability: .onlyIfRefused)
        _ = try await client.send(
            TwirpCall(service: .phoneNumbers, method: "UpdatePhoneNumber", body: body, write: write))
    }

    private func delete(_ ruleID: String, _ requestID: String) async throws {
        let asking = Repeatability.afterAsking { try await !all().contains { $0.id == ruleID } }
        do {
            _ = try await write(
                "DeleteSIPDispatchRule", ["sip_dispatch_rule_id": .string(ruleID)], requestID, asking)
        } catch let error as SwitchboardError where error.code == .notFound {
            return
        }
    }

    private func write(
        _ method: String, _ body: JSON, _ requestID: String, _ repeatability: Repeatability = .onlyIfRefused
    ) async throws -> JSON {
        try await client.send(
            TwirpCall(
                service: .sip, method: method, body: body,
                write: TwirpCall.Write(requestID: requestID, repeatability: repeatability)))
    }

    private static func gone(_ error: SwitchboardError) -> SwitchboardError {
        var error = error
        error.code = .conflict
        error.help = "the number or its dispatch rule is gone: somebody else may be changing them; try again"
        error.isRetryable = !error.mayHaveHappened
        return error
    }
}
