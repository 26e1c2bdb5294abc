import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Shows help.
public enum Help: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "help", summary: "show the commands, or one command or word of the grammar with examples",
        parameters: [Parameter("words", .rest, .list(.string), help: "a command's name")], input: .none,
        output: .type(.nothing), examples: [.init("help purchase", "one command"), .init("help", "all commands")])

    /// Prints the page.
    public static func run(_ call: CommandCall) throws -> Value {
        let name = (call.list("words") ?? []).compactMap(\.plainText).joined(separator: " ")
        let help = HelpPage(call.run.registry)
        if name.isEmpty {
            call.run.print(help.overview)
        } else if let page = help.page(name) {
            call.run.print(page)
        } else {
            let near = NearName.guess(for: name, among: help.names)
            throw SwitchboardError(
                .notFound, "no command '\(name)'",
                help: near.map { "did you mean '\($0)'?" } ?? "help lists the commands")
        }
        return .nothing
    }
}
