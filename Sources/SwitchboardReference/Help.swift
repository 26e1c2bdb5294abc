import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Shows help.
public enum Help: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "help",
        summary: "show the commands, or the page of a topic, a command, a word of the grammar, a type or an error code",
        parameters: [Parameter("words", .rest, .list(.string), help: "its name")], input: .none,
        output: .type(.nothing),
        examples: [
            .init("help numbers", "what one does with numbers, in order"), .init("help purchase", "one command"),
            .init("help each", "a word with grammar"),
            .init("help number", "the fields of a record"),
            .init("help C012", "what an error means and what to do"), .init("help", "all commands"),
        ])

    /// Prints the page.
    public static func run(_ call: CommandCall) throws -> Value {
        let name = (call.list("words") ?? []).compactMap(\.plainText).joined(separator: " ")
        let reference = Reference(call.run.registry)
        let width = call.run.host.pageWidth()
        guard let text = name.isEmpty ? reference.overview : reference.text(of: name, width: width) else {
            throw SwitchboardError(.notFound, "there is no help on '\(name)'", help: reference.guess(for: name))
        }
        call.run.print(text)
        return .nothing
    }
}
