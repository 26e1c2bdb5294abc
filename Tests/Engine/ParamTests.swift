import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import Testing

/// What a script's params are given, as words of a command line.
@Suite struct ParamTests {
    private static let script = """
        param --n: int = 0
        param --tags: list<string> = [none]
        param --ids: list<int>?
        param --dry-run: bool = false
        param --label: string?
        param --password: secret?
        print $n $tags $ids $dry-run $label
        """

    private func run(_ words: [String]) async throws -> Outcome {
        try await Workspace().run(Self.script, parameters: ScriptArguments(words: words))
    }

    @Test(
        arguments: [
            ([], "0 ['none'] nothing false nothing"),
            (["--n", "3"], "3 ['none'] nothing false nothing"),
            (["--n=-3"], "-3 ['none'] nothing false nothing"),
            (["--n", "-3"], "-3 ['none'] nothing false nothing"),
            (["--tags", "a"], "0 ['a'] nothing false nothing"),
            (["--tags", "a", "--tags=b", "--n", "1"], "1 ['a' 'b'] nothing false nothing"),
            (["--tags", "[a 'b c' \"d\"]", "--tags", "e"], "0 ['a' 'b c' 'd' 'e'] nothing false nothing"),
            (["--tags", "[]"], "0 [] nothing false nothing"),
            (["--tags=[a"], "0 ['[a'] nothing false nothing"),
            (["--ids", "[1 2]", "--ids", "3"], "0 ['none'] [1 2 3] false nothing"),
            (["--dry-run"], "0 ['none'] nothing true nothing"),
            (["--dry-run", "--n", "1"], "1 ['none'] nothing true nothing"),
            (["--dry-run=false"], "0 ['none'] nothing false nothing"),
            (["--dry-run", "false"], "0 ['none'] nothing false nothing"),
            (["--label="], "0 ['none'] nothing false nothing"),
            (["--label=--x=1"], "0 ['none'] nothing false --x=1"),
            (["--label", "a b"], "0 ['none'] nothing false a b"),
        ] as [([String], String)])
    func valuesAreRead(_ words: [String], _ printed: String) async throws {
        let outcome = try await run(words)
        #expect(outcome.printed == [printed], "\(outcome.faults)")
    }

    @Test(
        arguments: [
            (["--n", "x"], "1:5 --n: 'x' is not a whole number"), (["--n=x"], "1:5 --n: 'x' is not a whole number"),
            (["--n"], "1:1 --n needs a value: int"), (["--n", "--dry-run"], "1:1 --n needs a value: int"),
            (["--n", "1", "--n", "2"], "1:7 --n is given twice"),
            (["5"], "1:1 '5' is no param; a script takes --NAME VALUE"),
            (["--ids", "[1 x]"], "1:7 --ids: 'x' is not a whole number"),
            (["--dry-run=no"], "1:11 --dry-run: 'no' is not true or false"),
            (["--tag", "a"], "1:1 this script has no param --tag"),
            (["--"], "1:1 '--' is no param; a script takes --NAME VALUE"),
        ] as [([String], String)])
    func aFaultIsShownWhereItWasMade(_ words: [String], _ expected: String) async throws {
        let outcome = try await run(words)
        let source = outcome.report.source
        let faults = outcome.report.diagnostics.map { fault in
            "\(source.line(at: fault.span.start)):\(source.column(at: fault.span.start)) \(fault.message)"
        }
        #expect(faults == [expected])
        #expect(outcome.report.diagnostics.allSatisfy { source.name(at: $0.span.start) == "command line" })
        #expect(outcome.status == 2)
    }

    /// Whoever mistook a secret for its name, or its flag, does not find it in a log.
    @Test(arguments: [
        ["--password", "hunter2"], ["--password=hunter2"], ["--pasword", "hunter2"], ["--pasword=hunter2"],
    ])
    func aSecretIsNotRepeated(_ words: [String]) async throws {
        let outcome = try await run(words)
        let picture = DiagnosticRenderer(outcome.report.source).render(outcome.report.diagnostics)
        #expect(outcome.status == 2 && !picture.contains("hunter2") && picture.contains("command line"), "\(picture)")
    }

    @Test func aNameOfTheHostsOwnIsExplained() async throws {
        let outcome = try await Workspace().run(
            "param --profile: string   # whose\nprint $profile",
            parameters: ScriptArguments(words: [], reserved: ["profile"]))
        #expect(
            outcome.report.diagnostics.first?.help
                == "the program takes --profile itself; give the script's own behind --")
    }
}
