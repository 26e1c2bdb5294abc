public import SwitchboardEngine
public import SwitchboardLanguage

/// Counts items.
public enum Count: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "count", summary: "count the items", input: .whole, output: .type(.int),
        examples: [.init("[3 1 2] | count", "3")])

    /// Counts.
    public static func run(_ call: CommandCall) throws -> Value { .int(Int64(call.items.count)) }
}
