import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Puts new dispatch rules in the place of old ones.
public enum DispatchReplace: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "dispatch replace", summary: "give a dispatch rule a whole new content under its id",
        parameters: [RoutingReferenceParameter.rule()] + RoutedDraft<DispatchRule>.replaceParameters + [
            BoundCalls.replace
        ],
        output: .type(.record(RecordTypes.dispatchRule)), effect: .changes,
        inverse: "dispatch replace with the earlier content",
        examples: [
            .init(
                "dispatch replace desk --file ./dispatch-rule.json --trunk-ids main", "what is not said is lost",
                setUp: "trunk create --name main --numbers +15105550100"
                    + " | dispatch create --name desk --individual call-")
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [RoutedChangeEffect<DispatchRule>.self]

    /// Without a content there is nothing to do.
    public static func fault(in call: CallNode) -> TypeFault? {
        call.faultOfNoChange(besides: ["rule", "catch-all", "force", "replace"])
    }

    /// What is wrong with the rule, as far as the script tells it.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        call.faults { try RoutedDraft<DispatchRule>($0, .unasked) }
    }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Replaces; what is so already is left.
    public static func run(_ call: CommandCall) throws -> Value {
        let picture = try call.run.routingPicture()
        let rule = try DispatchRule.find(call["rule"] ?? .nothing, among: picture.rules)
        let names = try RoutingNames(picture, call.run, keeping: rule.trunkIDs)
        let draft = try RoutedDraft<DispatchRule>(call.arguments, names)
        try draft.requireID(rule.id)
        try draft.check(call)
        try requireNumbers(of: rule, in: draft.thing, picture, isForced: call.isSet("force"))
        return Value(try rule.replace(by: draft.thing, picture, call))
    }

    /// A number that the new content does not name would lose its rule without a word from LiveKit.
    private static func requireNumbers(
        of old: DispatchRule, in new: DispatchRule, _ picture: RoutingPicture, isForced: Bool
    ) throws {
        let lost = picture.numbers.filter {
            old.trunkIDs.contains($0.inboundID) && !new.trunkIDs.contains($0.inboundID)
        }
        guard !lost.isEmpty, !isForced else { return }
        throw SwitchboardError(
            .conflict,
            "the new content does not name \(lost.map(\.e164.text).joined(separator: ", ")), which the rule has now",
            help: "name them too with --trunk-ids, or give --force to unbind them")
    }
}
