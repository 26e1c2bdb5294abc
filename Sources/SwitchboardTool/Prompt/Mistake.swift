import Switchboard

/// What is typed at this prompt by somebody who is used to another one, or has left out the colon.
enum Mistake {
    /// What other prompts call by a backslash, and how it is written here.
    private static let elsewhere = [
        "?": ":help", "c": ":profile", "d": "list", "df": "help", "dt": "list", "du": "agent list", "e": ":edit",
        "g": ":last", "h": "help", "i": "use", "l": ":profile", "o": ":save", "p": ":last", "q": ":quit",
        "r": ":cancel", "s": ":history", "w": ":save", "x": ":mode record",
    ]

    /// The fault of a line that begins with a backslash; nil for any other.
    static func backslash(_ text: String) -> SwitchboardError? {
        let line = text.trimmed
        guard line.hasPrefix("\\") else { return nil }
        let word = line.dropFirst().prefix { !$0.isWhitespace && $0 != "+" }
        let meant = elsewhere[String(word)] ?? MetaCommand.named(String(word)).map { ":" + $0.name }
        return SwitchboardError(
            .invalidArgument, "commands of the prompt begin with a colon, not with \\",
            help: meant.map { "did you mean '\($0)'?" } ?? ":help lists them")
    }

    /// What the program itself does with a script.
    private static let scripts: Set = ["run", "check", "plan"]

    /// The fault of a line that is a command of the prompt's but for its colon; nil where a statement begins so.
    static func bare(_ text: String, _ vocabulary: Vocabulary, _ definitions: [String]) -> SwitchboardError? {
        let word = String(text.trimmed.prefix { $0.isLetter })
        if scripts.contains(word), text.trimmed.hasSuffix(".swb") {
            return SwitchboardError(
                .invalidArgument, "scripts are run by the program, and this is its prompt",
                help: "leave it, and write: switchboard \(text.trimmed)")
        }
        let isStatement =
            vocabulary.commands.keys.contains { $0 == word || $0.hasPrefix(word + " ") }
            || definitions.contains { $0.hasPrefix("def \(word) ") }
        guard !isStatement, let command = MetaCommand.named(word) else { return nil }
        return SwitchboardError(
            .invalidArgument, "'\(word)' is told to the prompt itself, and needs a colon",
            help: "write \(command.usage)")
    }
}
