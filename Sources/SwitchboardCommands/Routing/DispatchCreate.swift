import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Makes dispatch rules.
public enum DispatchCreate: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "dispatch create", summary: "make a rule that sends calls into rooms, and agents with them",
        parameters: RoutedDraft<DispatchRule>.parameters + [BoundCalls.replace],
        output: .type(.record(RecordTypes.dispatchRule)),
        effect: .changes, inverse: "dispatch delete",
        examples: [
            .init(
                "dispatch create --name desk --individual call- --trunk-ids main --agents [support]",
                "a room for each call, with an agent in it",
                setUp: "agent add support; trunk create --name main --numbers +15105550100"),
            .init(
                "trunk create --name main --numbers +15105550100 | dispatch create --direct lobby",
                "a trunk and its rule"),
            .init(
                "dispatch create --file ./dispatch-rule.json --trunk-ids +12125550123",
                "a file as lk takes it, for a number bought at livekit",
                setUp: "purchase +12125550123 --provider livekit"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [
        RoutedCreateEffect<DispatchRule>.self, RoutedDeleteEffect<DispatchRule>.self,
    ]

    /// Where the calls go is told, and told once.
    public static func fault(in call: CallNode) -> TypeFault? {
        guard let bound = call.bound, !bound.contains("file") else { return nil }
        let kinds = DispatchRule.Kind.allCases.map(\.rawValue)
        switch kinds.count(where: bound.contains) {
        case 1: return nil
        case 0: return TypeFault("'dispatch create' needs a room", help: "give --direct, --individual or --callee")
        default: return TypeFault("'dispatch create' is told its room twice", help: "a rule has one kind")
        }
    }

    /// What is wrong with the rule, as far as the script tells it.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        call.faults { try RoutedDraft<DispatchRule>($0, .unasked) }
    }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Makes it; one that is there already and says the same is left.
    public static func run(_ call: CommandCall) throws -> Value {
        let picture = try call.run.routingPicture()
        var draft = try RoutedDraft<DispatchRule>(call.arguments, RoutingNames(picture, call.run))
        draft.leaveOutID()
        try draft.check(call)
        return Value(try draft.thing.make(picture, call))
    }
}
