public import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
public import SwitchboardStore

/// Changes a number's label, its protection or its dispatch rule.
public enum Update: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "update", summary: "change a number's label, protect it from being given up, or point it at a dispatch rule",
        otherNames: ["rename"],
        parameters: [
            NumberReference.requiredParameter,
            Parameter("label", .flag, .string, help: "your own words for it; '' takes them away"),
            Parameter("protected", .toggle, .bool, help: "give it up only with --force from now on"),
            Parameter("unprotected", .toggle, .bool, help: "take the protection off again"),
            Parameter("sip-dispatch-rule-id", .flag, .string, help: "the dispatch rule that its calls go to"),
            Parameter("replace", .toggle, .bool, help: "also where another dispatch rule takes its calls"),
        ],
        output: .type(.record(RecordTypes.number)), effect: .changes, inverse: "update with the earlier value",
        examples: [
            .init(
                "update +12125550123 --label 'night desk'", "a new label",
                setUp: "purchase +12125550123 --provider livekit"),
            .init(
                "update +12125550123 --protected", "release and remove refuse it without --force",
                setUp: "purchase +12125550123 --provider livekit"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [AssignRuleEffect.self, UnbindEffect.self]

    /// Whether it is protected is told once.
    public static func fault(in call: CallNode) -> TypeFault? {
        guard let bound = call.bound, bound.isSuperset(of: ["protected", "unprotected"]) else { return nil }
        return TypeFault("--protected and --unprotected exclude each other", at: "unprotected")
    }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Updates; what is so already is left.
    public static func run(_ call: CommandCall) throws -> Value {
        guard let reference = call["number"] else {
            throw SwitchboardError(.invalidArgument, "update needs a number: let one flow in, or write one")
        }
        let number = try NumberReference.find(reference, call.run)
        let protection = protection(call)
        guard call["label"] != nil || protection != nil || call["sip-dispatch-rule-id"] != nil else {
            throw SwitchboardError(
                .invalidArgument, "nothing to update",
                help: "give --label, --protected, --unprotected or --sip-dispatch-rule-id")
        }
        if let rule = call.text("sip-dispatch-rule-id") {
            _ = try AssignRuleEffect.carryOut(number.e164, rule, replaces: call.isSet("replace"), call.run)
        }
        if let label = call.text("label") {
            try change(number.e164, "label \(number.e164)", call.run) { $0.label = label.isEmpty ? nil : label }
        }
        if let protection {
            // Whoever is giving it up at this moment comes first, and is seen.
            try call.run.alone(with: number.e164) {
                let words = "\(protection ? "protect" : "take the protection off") \(number.e164)"
                try change(number.e164, words, call.run) { $0.isProtected = protection ? true : nil }
            }
        }
        return Value(try call.run.ledger(number.e164))
    }

    /// What the call says of the protection; nil for nothing.
    private static func protection(_ call: CommandCall) -> Bool? {
        if call.isSet("unprotected") { return false }
        return call["protected"].map { $0 == .bool(true) }
    }

    private static func change(
        _ e164: E164, _ summary: String, _ run: RunSession, _ body: (inout WorkspaceNumber) -> Void
    ) throws {
        let before = try run.ledger(e164)
        var changed = before
        body(&changed)
        changed.updatedAt = run.now
        try run.apply(
            [.changeNumber(from: before, to: changed)], summary,
            inverse: .changes([.changeNumber(from: changed, to: before)]))
    }
}

/// Pointing exactly one number at a dispatch rule named by id.
public struct AssignRuleEffect: Effect {
    /// The kind.
    public static let kind = "assign-dispatch-rule"

    let number: OwnedNumber
    let ruleID: String
    let earlierRuleID: String?

    static func carryOut(
        _ e164: E164, _ ruleID: String, replaces: Bool = false, _ run: RunSession
    ) throws -> OwnedNumber {
        let held = try run.ledger(e164)
        if held.agentID != nil {
            throw SwitchboardError(
                .conflict, "\(e164) is bound to \(try run.agentName(held.agentID ?? ""))",
                help: "unbind-agent first; a bound number's rule is the binding")
        }
        try held.requireAccount(
            "is pointed at no rule by itself", help: "make a rule for it with: dispatch create --called \(e164)")
        if !replaces, let other = held.dispatchRuleIDs.first, other != ruleID {
            throw SwitchboardError(
                .conflict, "the dispatch rule \(other) takes the calls to \(e164)",
                help: "give --replace to point it at \(ruleID) instead")
        }
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

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    public func foresee(in world: EffectWorld) async throws -> OwnedNumber { try await perform(in: world) }

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

    /// Whether its calls still go to the rule.
    public func standing(of outcome: OwnedNumber, in world: EffectWorld) async throws -> Standing {
        guard try world.held(number.e164) != nil,
            let owned = try await world.providers.provider(number.provider).lookUp(number.e164)
        else { return .gone }
        if owned.dispatchRuleIDs.contains(ruleID) { return .asLeft }
        if owned.dispatchRuleIDs.isEmpty, earlierRuleID == nil { return .gone }
        return .changed("its calls go elsewhere by now")
    }
}
