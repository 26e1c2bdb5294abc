import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Changes fields of dispatch rules.
public enum DispatchUpdate: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "dispatch update", summary: "change a dispatch rule; what is not given stays, an empty text clears",
        parameters: [RoutingReferenceParameter.rule()] + RoutedDraft<DispatchRule>.updateParameters + [
            BoundCalls.replace
        ],
        output: .type(.record(RecordTypes.dispatchRule)), effect: .changes,
        inverse: "dispatch update with the earlier values",
        examples: [
            .init(
                "dispatch update desk --attributes {team: 'night'} --agents [night]", "another agent answers",
                setUp: "agent add night; trunk create --name main --numbers +15105550100"
                    + " | dispatch create --name desk --individual call-")
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [RoutedChangeEffect<DispatchRule>.self]

    /// Without a change there is nothing to do.
    public static func fault(in call: CallNode) -> TypeFault? {
        call.faultOfNoChange(besides: ["rule", "catch-all", "replace"])
    }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Changes; what is so already is left.
    public static func run(_ call: CommandCall) throws -> Value {
        let picture = try call.run.routingPicture()
        let rule = try DispatchRule.find(call["rule"] ?? .nothing, among: picture.rules)
        var draft = RoutedDraft(of: rule)
        try draft.takeFlags(call.arguments, RoutingNames(picture, call.run, keeping: rule.trunkIDs))
        try draft.check(call, since: rule)
        return Value(try rule.update(to: draft.thing, picture, call))
    }
}
