import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Makes the whole numbers between two, both included.
public enum Range: SourceCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "range", summary: "the whole numbers from the first to the last, both included",
        parameters: [
            Parameter("first", .positional, .int, isRequired: true, help: "the first number"),
            Parameter("last", .positional, .int, isRequired: true, help: "the last number; none come where it is less"),
        ],
        input: .none, output: .type(.list(.int)),
        examples: [
            .init("range 1 5", "[1 2 3 4 5]"),
            .init("for i in (range 1 3) { print $i }", "one at a time, never a list"),
        ])

    /// The numbers; none where the last comes before the first.
    public static func items(_ call: CommandCall) throws -> any ItemSource {
        guard case .int(let first)? = call["first"], case .int(let last)? = call["last"] else {
            throw SwitchboardError(.invalidArgument, "range needs two whole numbers")
        }
        return CountedItems(first <= last ? first...last : nil)
    }
}
