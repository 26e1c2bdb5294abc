import Switchboard
import SwitchboardTerminal

extension MetaCommand {
    /// What was shown, and how.
    static let display: [MetaCommand] = [
        MetaCommand(name: "help", help: "the keys, and these commands") { session, _ in
            session.writer.print(PromptHelp.text)
        },
        MetaCommand(
            name: "mode", argument: "[MODE]", words: { _ in modes },
            help: "how results look: \(modes.joined(separator: " "))"
        ) { session, word in
            try word.isEmpty
                ? Output.line("mode \(session.mode.rawValue) (of \(modes.joined(separator: " ")))")
                : session.use(mode: word)
        },
        MetaCommand(name: "last", help: "show the last value, $_, again") { session, _ in
            session.show(try session.lastShown(), from: 0)
        },
        MetaCommand(name: "more", help: "show the rest of the last value") { session, _ in
            let last = try session.lastShown()
            last.seen < last.count ? session.show(last, from: last.seen) : Output.note("all of it was shown")
        },
        MetaCommand(
            name: "save", argument: "NAME or FILE",
            help: "keep the last value as $NAME, or in a .csv, .json, .jsonl or .md file"
        ) { session, target in
            let last = try session.lastShown()
            if isName(target) {
                session.execute("let \(target) = $_")
            } else {
                try ResultFile.write(last.value, to: target)
            }
        },
        edit,
        MetaCommand(name: "history", argument: "[TEXT]", help: "what was entered, where it has the text") {
            session, text in
            session.history.lines.filter { text.isEmpty || $0.contains(text) }.suffix(500).forEach(Output.line)
        },
    ]

    /// Opens the editor.
    static let edit = MetaCommand(
        name: "edit", argument: "[TEXT]",
        help: "write the text, or the last statement, in $VISUAL or $EDITOR; Enter runs it"
    ) { session, text in
        try session.edit(text)
    }

    private static var modes: [String] { ResultMode.allCases.map(\.rawValue) }

    /// A file's name has a dot or a slash, a variable's never.
    private static func isName(_ target: String) -> Bool { !target.contains { "./".contains($0) } }
}

extension PromptSession {
    /// Shows results in another form from here on.
    func use(mode word: String) throws {
        let modes = ResultMode.allCases.map(\.rawValue)
        guard let mode = ResultMode(rawValue: word) else {
            throw SwitchboardError(
                .invalidArgument, "no mode '\(word)'",
                help: NearName.help(for: word, among: modes) ?? "there are: \(modes.joined(separator: " "))")
        }
        self.mode = mode
    }

    /// What was shown last.
    func lastShown() throws -> ShownResult {
        if let shown = context.known.shown { return shown }
        throw SwitchboardError(.notFound, "nothing was shown yet")
    }

    /// Shows it again, from one of its rows on.
    func show(_ last: ShownResult, from row: Int) {
        let writer = writer
        writer.show(last.value, from: row)
        context.take(writer.last)
    }

    /// Lets the person write the next line in their own editor.
    func edit(_ text: String) throws {
        prefill = text.isEmpty ? history.lines.last { !$0.hasPrefix(":") } ?? "" : text
        prefill = try Keyboard.lend { try editText(prefill, signals: workplace.signals) }
    }
}
