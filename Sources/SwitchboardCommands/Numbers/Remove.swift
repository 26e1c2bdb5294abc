import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Takes numbers out of the workspace.
public enum Remove: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "remove", summary: "take a number out of the workspace; a bought one is released with it",
        parameters: NumberReference.givingUp,
        output: .computed(NumberReference.output), effect: .irreversible, capability: "release",
        examples: [
            .init("remove +12125550123", "releases and forgets it", setUp: "purchase +12125550123 --provider livekit")
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [ReleaseEffect.self, UnbindEffect.self]

    /// Without a number there is nothing to do.
    public static func fault(in call: CallNode) -> TypeFault? { NumberReference.fault(in: call) }

    /// Removes.
    ///
    /// Every number of this version was bought, and a bought one leaves by being released.
    public static func run(_ call: CommandCall) throws -> Value {
        try NumberReference.forEach(call) { number in try ReleaseNumbers.give(up: number, call) }
    }
}
