import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Rounds up.
public enum Ceil: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "ceil", summary: "the whole number at or above a number", input: .eachItem, output: .computed(Rounding.type),
        examples: [.init("let half = (7 / 2) | ceil", "4"), .init("[1.5 -1.5] | ceil", "[2 -1]")])

    /// Rounds; a number beyond 64 bits is an error.
    public static func run(_ call: CommandCall) throws -> Value { try Rounding.apply(.up, call) }
}
