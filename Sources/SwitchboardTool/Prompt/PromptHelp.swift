/// What `:help` shows.
enum PromptHelp {
    private static let keys = [
        ("Enter", "runs a statement that is whole, and begins another line of one that is not"),
        ("Alt-Enter", "begins another line in any case"),
        ("Tab", "completes; once more lists what there is"),
        ("Up, Down", "earlier statements, or the lines of this one"),
        ("Ctrl-A, Ctrl-E", "the start and the end of the line; once more those of the whole statement"),
        ("Alt-B, Alt-F", "a word back, a word on; Alt-D deletes one"),
        ("Ctrl-W, Ctrl-U", "delete the word in front, all of it; Ctrl-K the rest, Ctrl-Y brings it back"),
        ("Ctrl-_", "takes the last change back"),
        ("Ctrl-R", "earlier statements that have a text; once more an older one"),
        ("Alt-P", "earlier statements that begin like this one"),
        ("Ctrl-C", "drops the line; while a statement runs, ends it, each time sooner"),
        ("Ctrl-Z", "suspends the program"),
        ("Ctrl-D", "leaves, on an empty line"),
    ]

    /// What one command does.
    static func text(of command: MetaCommand) -> String { "\(command.usage)  \(command.help)" }

    static var text: String {
        let commands = MetaCommand.all.map { ($0.usage, $0.help) }
        let values = [("$_", "the last value that was shown"), ("$_error", "the last error: .code .message .span …")]
        let width = (keys + values + commands).map(\.0.count).max() ?? 0
        func lines(_ rows: [(String, String)]) -> [String] {
            rows.map { "  " + $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + $0.1 }
        }
        let parts = ["Keys"] + lines(keys) + ["", "Names"] + lines(values) + ["", "Of the prompt"] + lines(commands)
        return (parts + ["", "Everything else is a statement; help lists the commands."]).joined(separator: "\n")
    }
}
