import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Takes numbers out of the workspace.
public enum Remove: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "remove", summary: "take a number out of the workspace; a bought one is released with it",
        parameters: [
            NumberReference.parameter,
            Parameter("numbers", .flag, .list(.phone), help: "several numbers, as a list"),
            Parameter("ids", .flag, .list(.id(nil)), help: "several numbers by id, as a list"),
            Parameter("force", .toggle, .bool, help: "also a number that is bound to an agent"),
        ],
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
