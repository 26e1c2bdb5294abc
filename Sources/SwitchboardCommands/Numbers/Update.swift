public import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
public import SwitchboardStore

/// Changes a number's label or dispatch rule.
public enum Update: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "update", summary: "change a number's label, or point it at a dispatch rule",
        parameters: [
            NumberReference.requiredParameter,
            Parameter("label", .flag, .string, help: "your own words for it; '' takes them away"),
            Parameter("sip-dispatch-rule-id", .flag, .string, help: "the dispatch rule that its calls go to"),
        ],
        output: .type(.record(RecordTypes.number)), effect: .changes, inverse: "update with the earlier value",
        examples: [
            .init(
                "update +12125550123 --label 'night desk'", "a new label",
                setUp: "purchase +12125550123 --provider livekit")
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [AssignRuleEffect.self, UnbindEffect.self]

    /// Updates; what is so already is left.
    public static func run(_ call: CommandCall) throws -> Value {
        guard let reference = call["number"] else {
            throw SwitchboardError(.invalidArgument, "update needs a number: let one flow in, or write one")
        }
        let number = try NumberReference.find(reference, call.run)
        guard call["label"] != nil || call["sip-dispatch-rule-id"] != nil else {
            throw SwitchboardError(
                .invalidArgument, "nothing to update", help: "give --label or --sip-dispatch-rule-id")
        }
        if let rule = call.text("sip-dispatch-rule-id") {
            _ = try AssignRuleEffect.carryOut(number.e164, rule, call.run)
        }
        if let label = call.text("label") {
            let before = try call.run.ledger(number.e164)
            var changed = before
            changed.label = label.isEmpty ? nil : label
            changed.updatedAt = call.run.now
            try call.run.apply(
                [.changeNumber(from: before, to: changed)], "label \(number.e164)",
                inverse: .changes([.changeNumber(from: changed, to: before)]))
        }
        return Value(try call.run.ledger(number.e164))
    }
}

/// Pointing exactly one number at a dispatch rule named by id.
public struct AssignRuleEffect: Effect {
    /// The kind.
    public static let kind = "assign-dispatch-rule"

    let number: OwnedNumber
    let ruleID: String
    let earlierRuleID: String?

    static func carryOut(_ e164: E164, _ ruleID: String, _ run: RunSession) throws -> OwnedNumber {
        let held = try run.ledger(e164)
        if held.agentID != nil {
            throw SwitchboardError(
                .conflict, "\(e164) is bound to \(try run.agentName(held.agentID ?? ""))",
                help: "unbind-agent first; a bound number's rule is the binding")
        }
        try held.requireAccount(
            "is pointed at no rule by itself", help: "make a rule for it with: dispatch create --called \(e164)")
        _ = try run.providers.provider(
            held.provider, as: (any DispatchRuleAssigning).self, for: .assignDispatchRule)
        return try run.carryOut(
            AssignRuleEffect(number: OwnedNumber(held), ruleID: ruleID, earlierRuleID: held.dispatchRuleIDs.first))
    }

    /// The text `binding +14155550100`.
    public var subject: String { "binding \(number.e164)" }

    /// None.
    public var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    public var summary: String { "point \(number.e164) at dispatch rule \(ruleID)" }

    /// Assigns.
    public func perform(in world: EffectWorld) async throws -> OwnedNumber {
        let provider = try world.providers.provider(
            number.provider, as: (any DispatchRuleAssigning).self, for: .assignDispatchRule)
        return try await provider.assign(number, toDispatchRule: ruleID, key: world.key)
    }

    /// Asks which rules name the number.
    public func reconcile(in world: EffectWorld) async throws -> Settlement<OwnedNumber> {
        let owned = try await world.providers.provider(number.provider).lookUp(number.e164)
        guard let owned, owned.dispatchRuleIDs.contains(ruleID) else { return .notDone }
        return .done(owned)
    }

    /// The ledger takes over what the provider says; the rule is no binding to an agent of the workspace.
    public func changes(_ owned: OwnedNumber, in world: EffectWorld) throws -> [LedgerChange] {
        guard let before = try world.store.number(number.e164, profile: world.profile) else { return [] }
        var held = before
        held.refresh(from: owned, at: world.time.now())
        held.agentID = nil
        return [.changeNumber(from: before, to: held)]
    }

    /// The earlier rule, or none.
    public func inverse(of outcome: OwnedNumber) -> Inverse {
        guard let earlierRuleID else {
            let routed = RoutedNumber(e164: number.e164, inboundID: number.providerID)
            return .effect(UnbindEffect(number: routed, provider: number.provider, bound: nil))
        }
        return .effect(AssignRuleEffect(number: number, ruleID: earlierRuleID, earlierRuleID: ruleID))
    }
}
