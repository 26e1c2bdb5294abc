import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Lists what needs a person.
public enum Todo: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "todo", summary: "list what needs a person: unknown outcomes, runs that are half done, what no undo took back",
        input: .none, output: .type(.list(.record(RecordTypes.todo))), effect: .reads,
        examples: [
            .init("todo", "nothing, where all is well"),
            .init("todo | where .since < (ago 7d) | select .what .help", "what has waited for a week"),
        ])

    /// Those of the accounts that are asked what became of a change.
    public static let secrets = SecretNeed.accounts

    /// Lists; what earlier processes left open has been asked for by then.
    public static func run(_ call: CommandCall) throws -> Value {
        .list(try TodoItem.all(call.run).map { Value($0) })
    }
}
