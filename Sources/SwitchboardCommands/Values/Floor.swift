import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Rounds down.
public enum Floor: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "floor", summary: "the whole number at or below a number", input: .eachItem, output: .computed(Rounding.type),
        examples: [.init("let half = (7 / 2) | floor", "3"), .init("[1.5 -1.5] | floor", "[1 -2]")])

    /// Rounds; a number beyond 64 bits is an error.
    public static func run(_ call: CommandCall) throws -> Value { try Rounding.apply(.down, call) }
}
