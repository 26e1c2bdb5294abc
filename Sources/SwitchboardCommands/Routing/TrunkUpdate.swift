import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Changes fields of trunks.
public enum TrunkUpdate: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "trunk update", summary: "change a trunk; what is not given stays, an empty text clears",
        parameters: [RoutingReferenceParameter.trunk()] + RoutedDraft<SIPTrunk>.updateParameters + [BoundCalls.replace],
        output: .type(.record(RecordTypes.trunk)), effect: .changes, inverse: "trunk update with the earlier values",
        examples: [
            .init(
                "trunk update main --add-numbers +15105550101 --krisp", "one number more",
                setUp: "trunk create --name main --numbers +15105550100")
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [RoutedChangeEffect<SIPTrunk>.self]

    /// Without a change there is nothing to do.
    public static func fault(in call: CallNode) -> TypeFault? {
        call.faultOfNoChange(besides: ["trunk", "catch-all", "replace"])
    }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Changes; what is so already is left.
    public static func run(_ call: CommandCall) throws -> Value {
        let picture = try call.run.routingPicture()
        let entries = try TrunkEntry.all(picture, call.run)
        let trunk = try TrunkEntry.findPart(call["trunk"] ?? .nothing, among: entries).half()
        var draft = RoutedDraft(of: trunk)
        try draft.takeFlags(call.arguments)
        try draft.check(call, since: trunk)
        return Value(try TrunkEntry(of: trunk.update(to: draft.thing, picture, call), picture, call.run))
    }
}
