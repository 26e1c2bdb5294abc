public import SwitchboardEngine
public import SwitchboardLanguage

/// Finds the smallest value.
public enum Min: FoldingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "min", summary: "the smallest of values that have an order; a nothing among them does not count",
        parameters: [Aggregate.field], input: .whole, output: .computed(Aggregate.ordered),
        examples: [
            .init("[3 1 2] | min", "1"),
            .init("list | min .created_at", "when the oldest number came; nothing where there is none"),
        ])

    /// Finds it; of amounts of two currencies none is the smallest, which is an error.
    public static func fold(_ call: CommandCall) throws -> any ItemFold { Aggregate.extreme(call) { $0 < 0 } }
}
