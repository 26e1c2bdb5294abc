public import SwitchboardEngine
public import SwitchboardLanguage

/// Prints a line.
public enum Print: PlannedCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "print", summary: "print values on one line, tables as tables; what flows in is printed too",
        parameters: [Parameter("values", .rest, .list(.any), help: "what to print")], input: .whole,
        output: .type(.nothing),
        examples: [
            .init("print \"one and one is ${x}\"", "a text with a value", setUp: "let x = 1 + 1"),
            .init("[1 2] | print", "[1 2]"),
            .init("print 'at hand:' (list | select .e164 .label)", "a line and a table"),
        ])

    /// Prints nothing, as what it would print may not be known yet.
    public static func plan(_ call: CommandCall) throws -> Value { .nothing }

    /// Prints: lists and records in the form a script would write them in, lists of records as tables on lines of their
    /// own.
    public static func run(_ call: CommandCall) throws -> Value {
        let values = (call.list("values") ?? []) + (call.input.isNothing ? [] : [call.input])
        var words: [String] = []
        for value in values {
            guard value.isTable else {
                words.append(value.spokenText)
                continue
            }
            if !words.isEmpty { call.run.print(words.joined(separator: " ")) }
            words = []
            call.run.printTable(value)
        }
        if !words.isEmpty || values.isEmpty { call.run.print(words.joined(separator: " ")) }
        return .nothing
    }
}

extension Value {
    /// Whether this is a list of records, and of nothing else.
    fileprivate var isTable: Bool {
        guard case .list(let items) = self, !items.isEmpty else { return false }
        return items.allSatisfy { if case .record = $0 { true } else { false } }
    }
}
