import Switchboard
import SwitchboardTerminal

extension MetaCommand {
    /// What was shown, and how.
    static let display: [MetaCommand] = [
        MetaCommand(
            name: "help", argument: "[COMMAND]", help: "the keys and these commands, or one of them", statement: .line
        ) { session, name in
            try session.help(name)
        },
        MetaCommand(
            name: "mode", argument: "[MODE]", words: { _, _ in modes.map { .init($0) } },
            help: "how results look: \(modes.joined(separator: " "))"
        ) { session, word in
            if !word.isEmpty { try session.use(mode: word) }
            Output.line("mode \(session.mode.rawValue)" + (word.isEmpty ? " (of \(modes.joined(separator: " ")))" : ""))
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
            words: { _, written in
                FileCandidates(written: written, endings: ResultFile.endings, spelling: { $0 }).all
            },
            help: "keep the last value as $NAME, or in a .csv, .json, .jsonl or .md file"
        ) { session, target in
            try session.save(session.lastShown().value, target)
        },
        edit,
        MetaCommand(name: "history", argument: "[TEXT]", help: "what was entered, where it has the text") {
            session, text in
            let lines = session.history.lines.filter { text.isEmpty || $0.contains(text) }.suffix(500)
            lines.isEmpty
                ? Output.note("nothing of it was entered") : session.writer.page(lines.joined(separator: "\n"))
        },
    ]

    /// Opens the editor.
    static let edit = MetaCommand(
        name: "edit", argument: "[TEXT]",
        help: "write the text, or the last statement, in $VISUAL or $EDITOR; Enter runs it", statement: .draft
    ) { session, text in
        try session.edit(text)
    }

    private static var modes: [String] { ResultMode.allCases.map(\.rawValue) }
}

extension PromptSession {
    /// Shows what the keys and commands of the prompt do, one of them, or the page of the reference that has the name.
    ///
    /// Throws `not_found` where nothing is called so.
    func help(_ name: String) throws {
        if name.isEmpty { return writer.page(PromptHelp.text) }
        let word = name.hasPrefix(":") ? String(name.dropFirst()) : name
        let reference = Reference(workplace.engine.registry)
        let page = word == name ? reference.text(of: word, width: Output.pageWidth) : nil
        let parts = [MetaCommand.named(word).map(PromptHelp.text), page].compactMap(\.self)
        if parts.isEmpty, word != name { throw MetaCommand.unknown(word) }
        if parts.isEmpty {
            throw SwitchboardError(.notFound, "there is no help on '\(name)'", help: reference.guess(for: name))
        }
        writer.page(parts.joined(separator: "\n\n"))
    }

    /// Keeps a value as a variable, or in a file, whose name has a dot or a slash, and may stand in quotes.
    fileprivate func save(_ value: Value, _ target: String) throws {
        let target = target.unquoted
        let what = if case .list(let items) = value { CountText.rows(items.count) } else { "it" }
        if target.contains(where: { "./".contains($0) }) {
            try ResultFile.write(value, to: target)
            Output.note("saved \(what) in \(target)")
        } else if !target.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }) {
            throw SwitchboardError(
                .invalidArgument, "'\(target)' is neither a name nor a file",
                help: ":save found makes it $found, :save ./found.csv writes it into a file")
        } else if execute("let \(target) = $_").exit == 0 {
            Output.note("saved \(what) as $\(target)")
        }
    }

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
