import Switchboard

/// The command line, parsed.
struct Options {
    /// What the program is asked to do.
    enum Action {
        case prompt
        case statements(String)
        case script(path: String, arguments: [String])
        case check(path: String)
        case sandbox([String])
        case help([String])
        case version
    }

    /// The form of results on standard output.
    enum Form { case automatic, csv, json, jsonl }

    var action = Action.prompt
    var state: String?
    var profile = Profile.sandboxName
    var form = Form.automatic
    var isDebugLogged = false
    var isConfirmed = false
    var maxNumbers: Int?
    var maxTrunks: Int?

    static let usage = """
        usage: switchboard [OPTIONS]                      the prompt; statements from a pipe are run
               switchboard [OPTIONS] -c 'STATEMENTS'      run statements
               switchboard [OPTIONS] run FILE [--PARAM VALUE …]
               switchboard check FILE                     check a script without any effect
               switchboard sandbox [--port N] [--state DIR] [--inventory wide]
               switchboard help [COMMAND]

        options, before or after the subcommand:
          --profile NAME      sandbox (nothing real is bought), env, or one that connect made
          --state DIR         the state folder; $XDG_STATE_HOME/switchboard unless given
          --json --jsonl --csv   the form of results; tables on a terminal and CSV elsewhere unless given
          --yes               spend and give up without being asked, on a live profile
          --max-numbers N     the most numbers that the workspace may hold, for this run
          --max-trunks N      the same for trunks
          --log debug         one line per request on standard error, without secrets
          --version
        """

    /// Reads the command line.
    ///
    /// Throws `invalid_argument` with what is wrong.
    init(_ arguments: [String]) throws {
        var words: [String] = []
        var index = 0
        while index < arguments.count {
            if case .sandbox? = Self.action(words) {
                words += arguments[index...]
                break
            }
            let argument = arguments[index]
            index += try take(argument, Array(arguments.dropFirst(index + 1)), &words)
        }
        if case .version = action { return }
        if case .statements = action {
            if let word = words.first { throw Self.usageError("'\(word)' is one word too many; quote the statements") }
            return
        }
        try act(on: words)
    }

    private static func action(_ words: [String]) -> Action? { words == ["sandbox"] ? .sandbox([]) : nil }

    /// Takes one argument, and its value where it has one; returns how many were taken.
    private mutating func take(_ argument: String, _ rest: [String], _ words: inout [String]) throws -> Int {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let (name, attached) = (parts[0], parts.count == 2 ? parts[1] : nil)
        func value() throws -> String {
            guard let value = attached ?? rest.first else { throw Self.usageError("\(name) needs a value") }
            return value
        }
        let width = attached == nil ? 2 : 1
        switch name {
        case "--version": action = .version
        case "--help", "-h": words.insert("help", at: 0)
        case "--json": form = .json
        case "--jsonl": form = .jsonl
        case "--csv": form = .csv
        case "--yes": isConfirmed = true
        case "-c":
            action = .statements(try value())
            return width
        case "--state":
            state = try value()
            return width
        case "--profile":
            profile = try value()
            return width
        case "--max-numbers":
            maxNumbers = try Self.count(name, value())
            return width
        case "--max-trunks":
            maxTrunks = try Self.count(name, value())
            return width
        case "--log":
            guard try value() == "debug" else { throw Self.usageError("--log takes debug, not '\(try value())'") }
            isDebugLogged = true
            return width
        default: words.append(argument)
        }
        return 1
    }

    private static func count(_ name: String, _ text: String) throws -> Int {
        guard let count = Int(text), count >= 0 else { throw usageError("\(name) takes a whole number, not '\(text)'") }
        return count
    }

    private mutating func act(on words: [String]) throws {
        guard let first = words.first else { return }
        let rest = Array(words.dropFirst())
        switch first {
        case "run":
            guard let file = rest.first else { throw Self.usageError("run needs a script: switchboard run FILE") }
            action = .script(path: file, arguments: Array(rest.dropFirst()))
        case "check":
            guard rest.count == 1 else { throw Self.usageError("check needs one script: switchboard check FILE") }
            action = .check(path: rest[0])
        case "sandbox": action = .sandbox(rest)
        case "help": action = .help(rest)
        default:
            let near = NearName.guess(for: first, among: ["run", "check", "sandbox", "help"])
            throw Self.usageError(
                first.hasPrefix("-") ? "no option '\(first)'" : "no subcommand '\(first)'",
                near.map { "did you mean '\($0)'?" } ?? "statements are given with -c, scripts with run")
        }
    }

    static func usageError(_ message: String, _ help: String? = nil) -> SwitchboardError {
        SwitchboardError(.invalidArgument, message, help: help ?? "switchboard --help shows the usage")
    }
}
