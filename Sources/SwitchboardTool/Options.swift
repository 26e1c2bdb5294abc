import Switchboard
import SwitchboardTerminal

/// The command line, parsed.
struct Options {
    /// What the program is asked to do.
    enum Action {
        case prompt
        case statements(String)
        case script(path: String, arguments: [String])
        case check(Script, arguments: [String])
        case plan(Script, arguments: [String])
        case usage(path: String)
        case sandbox([String])
        case help([String])
        case version
    }

    /// What is checked or planned.
    enum Script {
        case file(String)
        case statements(String)
    }

    var action = Action.prompt
    var state: String?
    var profile = Profile.sandboxName
    /// The form of results on standard output.
    var form = ResultMode.auto
    var colour = ColourChoice.auto
    var isDebugLogged = false
    var isConfirmed = false
    var limits: [Limit: LimitValue] = [:]
    var isOnline = false
    /// Whether the prompt reads `init.swb`.
    var readsInit = true
    /// Where a plan is kept, for `run --within`.
    var planFile: String?
    /// Whether a plan's exit status tells whether there is something to change.
    var tellsChanges = false
    /// The plan that a run is held to.
    var within: String?

    /// Whether requests are told of, or may be later: the prompt can say so.
    var mayLog: Bool { if case .prompt = action { true } else { isDebugLogged } }

    static let usage = """
        usage: switchboard [OPTIONS]                      the prompt; statements from a pipe are run
               switchboard [OPTIONS] -c 'STATEMENTS'      run statements
               switchboard [OPTIONS] run FILE [--PARAM VALUE …]
               switchboard run FILE --help                what the script is for, and its params
               switchboard [OPTIONS] check FILE [--online] [--PARAM VALUE …]
                                                          find what run would refuse, without any effect
               switchboard [OPTIONS] plan FILE [--out PLAN] [--exit-code] [--PARAM VALUE …]
                                                          what run would change and what that costs, without any effect
               switchboard [OPTIONS] check|plan -c 'STATEMENTS'   the same of statements
               switchboard [OPTIONS] runs|run show|run log|resume|undo|todo …
                                                          statements that need no -c: resume last
               switchboard sandbox [--port N] [--state DIR] [--inventory wide]
               switchboard help [COMMAND | TYPE | CODE]

        options, before or after the subcommand:
          --profile NAME      sandbox (nothing real is bought), env, or one that connect made
          --state DIR         the state folder; $XDG_STATE_HOME/switchboard unless given
          --json --jsonl --csv   the form of results; tables on a terminal and CSV elsewhere unless given
          --as MODE           likewise: auto, table, record, json, jsonl, csv, md (Markdown) or plain (one fact a line)
          --color WHEN        auto, always or never; auto obeys NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM
          --yes               spend and give up without being asked, on a live profile
          --max-purchases N   the most numbers that a run may buy; 10 on a live profile unless said otherwise
          --max-monthly-cost AMOUNT   the most that they may cost a month together, such as 100USD
          --max-numbers N, --max-trunks N   the most that the workspace may hold; none of the four is for good, as
                              those that the statement limits sets
          --online            of check: also try the credentials of the providers that the script names
          --out PLAN          of plan: keep it in a file
          --exit-code         of plan: end with 5 where there is something to change
          --within PLAN       of run, -c and resume: stop before the first change that the plan does not have
          --log debug         one line per request on standard error, without secrets
          --no-init           of the prompt: leave $XDG_CONFIG_HOME/switchboard/init.swb unread
          --version

        FILE may be -, standard input. What stands behind -- is the script's, whatever its name.
        """

    /// The names that the program's own options have, so that a script's params of these names stand behind `--`.
    static let names = planNames.subtracting(planOnly.map { String($0.dropFirst(2)) })

    /// The same for `plan`, which has options of its own.
    static let planNames = Set((switches.union(settings)).filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) })

    /// The options that are the script's own behind `run` and `check`.
    private static let planOnly: Set = ["--out", "--exit-code"]

    /// Reads the command line.
    ///
    /// Throws `invalid_argument` with what is wrong.
    init(_ arguments: [String]) throws {
        var words: [String] = []
        var given: Set<String> = []
        var index = 0
        while index < arguments.count {
            if words == ["sandbox"] {
                words += arguments[index...]
                break
            }
            if arguments[index] == "--", words.count >= 2, Self.takeScripts.contains(words[0]) {
                words += arguments[(index + 1)...]
                break
            }
            index += try take(arguments[index], arguments.dropFirst(index + 1).first, &words, &given)
        }
        if given.contains("--version") { return }
        if given.contains("--help") {
            if words.count >= 2, Self.takeScripts.contains(words[0]), !Self.showsRun(words) {
                action = .usage(path: words[1])
                return
            }
            words = ["help"] + (Self.showsRun(words) ? Array(words.prefix(2)) : words)
        }
        if isOnline, words.first != "check", words.first != "help" {
            throw Self.usageError("--online belongs to check: switchboard check FILE --online")
        }
        try requirePlace(words.first)
        if case .statements(let text) = action, words.first != "help" {
            try act(on: text, words)
            return
        }
        try act(on: words)
    }

    /// The subcommands that take a script and its params.
    private static let takeScripts = ["run", "check", "plan"]

    /// Throws where an option stands at a subcommand that has no use for it.
    private func requirePlace(_ word: String?) throws {
        if word == "help" { return }
        if !readsInit {
            guard word == nil, case .prompt = action else { throw Self.usageError("--no-init belongs to the prompt") }
        }
        if planFile != nil || tellsChanges, word != "plan" {
            throw Self.usageError("--out and --exit-code belong to plan: switchboard plan FILE --out PLAN")
        }
        if within != nil, word != "run", word != "resume", !(word == nil && isStatements) {
            throw Self.usageError("--within belongs to run, -c and resume: switchboard run FILE --within PLAN")
        }
    }

    /// Takes one argument, and its value where it has one; returns how many were taken.
    private mutating func take(
        _ argument: String, _ next: String?, _ words: inout [String], _ given: inout Set<String>
    ) throws -> Int {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let (name, attached) = (parts[0] == "-h" ? "--help" : parts[0], parts.count == 2 ? parts[1] : nil)
        let isScripts = Self.planOnly.contains(name) && ["run", "check"].contains(words.first)
        guard Self.switches.contains(name) || Self.settings.contains(name), !isScripts else {
            words.append(argument)
            return 1
        }
        guard given.insert(name).inserted else { throw Self.usageError("\(name) is given twice") }
        if Self.switches.contains(name) {
            guard attached == nil else { throw Self.usageError("\(name) takes no value") }
            try set(name)
            return 1
        }
        guard let value = attached ?? next, name == "-c" || !value.isEmpty else {
            throw Self.usageError("\(name) needs a value")
        }
        try set(name, to: value)
        return attached == nil ? 2 : 1
    }

    private static let switches: Set = [
        "--version", "--help", "--json", "--jsonl", "--csv", "--yes", "--online", "--exit-code", "--no-init",
    ]
    private static let settings = Set(
        ["-c", "--state", "--profile", "--log", "--out", "--within", "--as", "--color"] + limits.keys)
    /// Those that one run may have of its own; a day's hold for all that is done on it.
    private static let limits = Dictionary(
        [Limit.purchases, .monthlyCost, .numbers, .trunks].map { ("--\($0.rawValue)", $0) }
    ) { first, _ in first }

    private mutating func set(_ name: String) throws {
        switch name {
        case "--version": action = .version
        case "--json": try choose(.json)
        case "--jsonl": try choose(.jsonl)
        case "--csv": try choose(.csv)
        case "--yes": isConfirmed = true
        case "--online": isOnline = true
        case "--exit-code": tellsChanges = true
        case "--no-init": readsInit = false
        default: break
        }
    }

    private mutating func choose(_ form: ResultMode) throws {
        guard self.form == .auto else {
            throw Self.usageError("only one of --json, --jsonl, --csv and --as can be given")
        }
        self.form = form
    }

    private mutating func set(_ name: String, to value: String) throws {
        if let limit = Self.limits[name] { return limits[limit] = try Self.limit(limit, value) }
        switch name {
        case "-c": if case .prompt = action { action = .statements(value) }
        case "--state": state = value
        case "--out": planFile = value
        case "--within": within = value
        case "--profile": profile = value
        case "--as": try choose(Self.word(name, value))
        case "--color": colour = try Self.word(name, value)
        default:
            guard value == "debug" else { throw Self.usageError("--log takes debug, not '\(value)'") }
            isDebugLogged = true
        }
    }

    /// One of the words that an option takes.
    private static func word<Word: CaseIterable & RawRepresentable<String>>(
        _ name: String, _ value: String
    ) throws -> Word {
        if let word = Word(rawValue: value) { return word }
        let words = Word.allCases.map(\.rawValue)
        let near = NearName.guess(for: value, among: words).map { "did you mean '\($0)'?" }
        throw usageError("\(name) takes no '\(value)'", near ?? "there are: \(words.joined(separator: " "))")
    }

    private static func limit(_ limit: Limit, _ text: String) throws -> LimitValue {
        do { return try limit.value(text) } catch { throw usageError(SwitchboardError(wrapping: error).message) }
    }

    private mutating func act(on words: [String]) throws {
        guard let first = words.first else { return }
        let rest = Array(words.dropFirst())
        if Self.isStatement(words) {
            action = .statements(words.joined(separator: " "))
            return
        }
        switch first {
        case "run":
            guard let file = rest.first else { throw Self.usageError("run needs a script: switchboard run FILE") }
            action = .script(path: file, arguments: Array(rest.dropFirst()))
        case "check":
            guard let file = rest.first else { throw Self.usageError("check needs a script: switchboard check FILE") }
            action = .check(.file(file), arguments: Array(rest.dropFirst()))
        case "plan":
            guard let file = rest.first else { throw Self.usageError("plan needs a script: switchboard plan FILE") }
            action = .plan(.file(file), arguments: Array(rest.dropFirst()))
        case "sandbox":
            if let word = rest.first, !word.hasPrefix("-") {
                throw Self.usageError(
                    "'sandbox \(word)' is a statement", "run it with: switchboard -c 'sandbox \(word)'")
            }
            action = .sandbox((state.map { ["--state", $0] } ?? []) + rest)
        case "help": action = .help(rest)
        default:
            let near = NearName.guess(for: first, among: Self.takeScripts + ["sandbox", "help"])
            throw Self.usageError(
                first.hasPrefix("-") ? "no option '\(first)'" : "no subcommand '\(first)'",
                near.map { "did you mean '\($0)'?" } ?? "statements are given with -c, scripts with run")
        }
    }

    /// Whether statements were given.
    private var isStatements: Bool { if case .statements = action { true } else { false } }

    /// Runs statements, or checks or plans them.
    private mutating func act(on statements: String, _ words: [String]) throws {
        switch words {
        case []: break
        case ["check"]: action = .check(.statements(statements), arguments: [])
        case ["plan"]: action = .plan(.statements(statements), arguments: [])
        default: throw Self.usageError("'\(words[0])' is one word too many; quote the statements")
        }
    }

    private static let plain = Set("-_+0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    /// Whether the words are a statement about runs that may be given without -c.
    private static func isStatement(_ words: [String]) -> Bool {
        let isOfRuns = ["runs", "resume", "undo", "todo"].contains(words[0]) || words.count >= 3 && showsRun(words)
        guard isOfRuns else { return false }
        // Ids and flags; whatever else a statement has belongs into quotes, behind -c.
        return words.allSatisfy { word in word.utf8.allSatisfy { Self.plain.contains($0) } }
    }

    /// Whether the words are those of the statements that show a run, and not of a script with such a name.
    private static func showsRun(_ words: [String]) -> Bool {
        let isShort = words.count <= 3 || words[3] == "--row"
        return isShort && [["run", "show"], ["run", "log"]].contains { words.starts(with: $0) }
    }

    static func usageError(_ message: String, _ help: String? = nil) -> SwitchboardError {
        SwitchboardError(.invalidArgument, message, help: help ?? "switchboard --help shows the usage")
    }
}
