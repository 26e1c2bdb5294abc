public import SwitchboardEngine
public import SwitchboardLanguage

/// Finds the largest value.
public enum Max: FoldingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "max", summary: "the largest of values that have an order; a nothing among them does not count",
        parameters: [Aggregate.field], input: .whole, output: .computed(Aggregate.ordered),
        examples: [
            .init("[3 1 2] | max", "3"),
            .init("list | max .created_at", "when the newest number came; nothing where there is none"),
        ])

    /// Finds it; of amounts of two currencies none is the largest, which is an error.
    public static func fold(_ call: CommandCall) throws -> any ItemFold { Aggregate.extreme(call) { $0 > 0 } }
}
