import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Puts new trunks in the place of old ones.
public enum TrunkReplace: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "trunk replace",
        summary: "give a trunk a whole new content under its id; only the password of the same user stays",
        parameters: [RoutingReferenceParameter.trunk()] + RoutedDraft<SIPTrunk>.parameters + [BoundCalls.replace],
        output: .type(.record(RecordTypes.trunk)), effect: .changes, inverse: "trunk replace with the earlier content",
        examples: [
            .init(
                "trunk replace main --file ./inbound-trunk.json", "what the file does not say is lost",
                setUp: "trunk create --name main --numbers +15105550105")
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [RoutedChangeEffect<SIPTrunk>.self]

    /// Without a content there is nothing to do.
    public static func fault(in call: CallNode) -> TypeFault? {
        call.faultOfNoChange(besides: ["trunk", "catch-all", "replace"])
    }

    /// What is wrong with the file.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        call.fileFaults { try RoutedDraft<SIPTrunk>($0) }
    }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Replaces; what is so already is left.
    public static func run(_ call: CommandCall) throws -> Value {
        let picture = try call.run.routingPicture()
        let entries = try TrunkEntry.all(picture, call.run)
        let trunk = try TrunkEntry.findPart(call["trunk"] ?? .nothing, among: entries).half()
        var draft = try RoutedDraft<SIPTrunk>(call.arguments, direction: trunk.direction)
        try draft.requireID(trunk.id)
        if !draft.thing.hasPassword, draft.thing.authUsername == trunk.authUsername {
            draft.thing.password = trunk.password
        }
        try draft.check(call)
        return Value(try TrunkEntry(of: trunk.replace(by: draft.thing, picture, call), picture, call.run))
    }
}
