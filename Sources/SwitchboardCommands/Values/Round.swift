import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Rounds to the nearest whole number.
public enum Round: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "round", summary: "the whole number nearest to a number; a half goes away from zero", input: .eachItem,
        output: .computed(Rounding.type),
        examples: [.init("let half = (7 / 2) | round", "4"), .init("[1.5 -1.5] | round", "[2 -2]")])

    /// Rounds; a number beyond 64 bits is an error.
    public static func run(_ call: CommandCall) throws -> Value { try Rounding.apply(.nearest, call) }
}
