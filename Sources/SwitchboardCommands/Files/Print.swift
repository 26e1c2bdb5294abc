public import SwitchboardEngine
public import SwitchboardLanguage

/// Prints a line.
public enum Print: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "print", summary: "print values on one line; what flows in is printed too",
        parameters: [Parameter("values", .rest, .list(.any), help: "what to print")], input: .whole,
        output: .type(.nothing),
        examples: [
            .init("print \"one and one is ${x}\"", "a text with a value", setUp: "let x = 1 + 1"),
            .init("[1 2] | print", "[1 2]"),
        ])

    /// Prints; lists and records in the form a script would write them in.
    public static func run(_ call: CommandCall) throws -> Value {
        var words = (call.list("values") ?? []).map(\.spokenText)
        if !call.input.isNothing { words.append(call.input.spokenText) }
        call.run.print(words.joined(separator: " "))
        return .nothing
    }
}
