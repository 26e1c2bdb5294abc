import Switchboard

/// What is told to the prompt itself, and is no statement: a colon and a word, such as `:mode json`.
struct MetaCommand: Sendable {
    /// The word behind the colon.
    var name: String
    /// The form of its argument, in brackets where it may be left out; empty where it takes none.
    var argument = ""
    /// What its argument may be, by what is written of it.
    var words: @Sendable (PromptCompletion, _ written: String) -> [PromptCompletion.Candidate] = { _, _ in [] }
    /// What it does, in a few words.
    var help: String
    /// The statement that it takes; nil where it takes none.
    var statement: Statement?
    /// The most that the statement may do.
    var most = EffectClass.irreversible
    /// Does it.
    var act: @Sendable (PromptSession, String) throws -> Void

    /// Where a statement stands in a line of the prompt's own.
    enum Statement: Sendable {
        /// In the argument, behind so many words.
        case behind(words: Int)
        /// It is the argument, and need not be whole yet.
        case draft
        /// It is the line itself without its colon.
        case line
    }

    /// All of them, in the order of `:help`.
    static let all = display + settings + background + runs + leaving

    /// The one of a name.
    static func named(_ name: String) -> MetaCommand? { all.first { $0.name == name } }

    /// The fault of a name that none has, with the one that may have been meant.
    static func unknown(_ name: String) -> SwitchboardError {
        let names = all.map(\.name)
        let near = NearName.guess(for: name, among: names) ?? names.first { !name.isEmpty && $0.hasPrefix(name) }
        return SwitchboardError(
            .invalidArgument, "no meta command ':\(name)'",
            help: near.map { "did you mean ':\($0)'?" } ?? ":help lists them")
    }

    /// As it is typed, such as `:mode [MODE]`.
    var usage: String { ":" + name + (argument.isEmpty ? "" : " " + argument) }

    /// Does it; throws `invalid_argument` where the argument is missing or too much.
    func run(in session: PromptSession, _ argument: String) throws {
        if self.argument.isEmpty, !argument.isEmpty {
            throw SwitchboardError(.invalidArgument, ":\(name) takes no argument")
        }
        if argument.isEmpty, !self.argument.isEmpty, !self.argument.hasPrefix("[") {
            throw SwitchboardError(.invalidArgument, ":\(name) needs \(self.argument)", help: "\(usage): \(help)")
        }
        try act(session, argument)
    }

    /// A setting that is on or off; without a word it says which.
    ///
    /// `isOn` tells how it stands, `set` sets it and returns what to say.
    static func setting(
        _ name: String, _ help: String, isOn: @escaping @Sendable (PromptSession) -> Bool,
        set: @escaping @Sendable (PromptSession, Bool) -> String
    ) -> MetaCommand {
        MetaCommand(name: name, argument: "[on|off]", words: { _, _ in ["on", "off"].map { .init($0) } }, help: help) {
            session, word in
            if word.isEmpty { return Output.line("\(name) \(isOn(session) ? "on" : "off")") }
            Output.line(set(session, try Self.isOn(word)))
        }
    }

    /// What `on` or `off` makes of a setting.
    static func isOn(_ word: String) throws -> Bool {
        switch word {
        case "on": true
        case "off": false
        default: throw SwitchboardError(.invalidArgument, "'\(word.prefix { $0 != " " })' is neither on nor off")
        }
    }
}
