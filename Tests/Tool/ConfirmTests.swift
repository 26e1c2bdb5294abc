import SwitchboardTestKit
import Testing

/// On a live profile what spends or cannot be taken back is not done unless somebody says so, however it comes in.
@Suite struct ConfirmTests {
    private static let live = [
        "LIVEKIT_URL": "https://livekit.invalid", "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret",
    ]

    /// What asks: in a block, a row, a def, a string of statements, and of every command that gives something up.
    static let statements = [
        "purchase +14155550130 --provider livekit", "search livekit | first | purchase",
        "import +14155550130 --source livekit", "[{e164: +14155550130, source: 'livekit'}] | import",
        "def buy [n: phone] { purchase $n --provider livekit }\nbuy +14155550130",
        "def buy [] { purchase +14155550130 --provider livekit }\ndef outer [] { buy }\nif 1 == 2 { outer }",
        "transaction { purchase +14155550130 --provider livekit }",
        "for n in [+14155550130] { try { purchase $n --provider livekit } catch e { print $e.code } }",
        "let n = (purchase +14155550130 --provider livekit)", "provider check livekit --spend",
    ]
    static let irreversible = [
        "release +14155550130", "remove +14155550130 --force", "agent remove support", "trunk delete main",
        "dispatch delete desk", "def gone [] { release +14155550130 }\ngone",
    ]

    private func refuses(_ text: String, because verb: String) async throws {
        try await Place.with { place in
            try place.write(text + "\n", to: "s.swb")
            let ways = [(["-c", text], ""), (["run", "s.swb"], ""), (["run", "-"], text), ([], text)]
            for (arguments, input) in ways {
                let result = try await place.run(
                    ["--profile", "env"] + arguments, input: input, environment: Self.live)
                #expect(result.status == 2, "\(arguments) \(result.errorText)")
                #expect(
                    result.errorText.contains("is live, and this script \(verb)")
                        && result.errorText.contains("give --yes to run it"), "\(arguments) \(result.errorText)")
            }
            #expect(try await place.rows("SELECT count(*) FROM intents") == 0)
        }
    }

    @Test(arguments: statements) func whatSpendsIsNotRunUnasked(_ text: String) async throws {
        try await refuses(text, because: "spends money")
    }

    @Test(arguments: irreversible) func whatCannotBeTakenBackIsNotRunUnasked(_ text: String) async throws {
        try await refuses(text, because: "cannot be taken back")
    }

    /// A file that is used spends where it is called; a param's default never does.
    @Test func whatIsUsedAndWhatIsADefaultCounts() async throws {
        try await Place.with { place in
            try place.write("def buy [] { purchase +14155550130 --provider livekit }\n", to: "lib.swb")
            try place.write("use ./lib.swb\nbuy\n", to: "s.swb")
            let used = try await place.run("--profile", "env", "run", "s.swb", environment: Self.live)
            #expect(used.status == 2 && used.errorText.contains("this script spends money"), "\(used.errorText)")
            try place.write("param --n: any = (purchase +14155550130 --provider livekit)\nprint $n\n", to: "d.swb")
            let defaulted = try await place.run("--profile", "env", "--yes", "run", "d.swb", environment: Self.live)
            #expect(defaulted.status == 2, "\(defaulted.errorText)")
            #expect(defaulted.errorText.contains("a param's default changes nothing"), "\(defaulted.errorText)")
        }
    }

    /// With --yes, or on the sandbox, nobody is asked; what only changes or reads is never held up.
    @Test func whatIsSaidOnceIsNotAsked() async throws {
        try await Place.with { place in
            let buy = "purchase +14155550130 --provider livekit"
            let tried = try await place.run("--profile", "env", "--yes", "-c", buy, environment: Self.live)
            #expect(tried.status == 1 && tried.errorText.contains("cause: unreachable"), "\(tried.errorText)")
            let changed = try await place.run("--profile", "env", "-c", "agent add support", environment: Self.live)
            #expect(changed.status == 0, "\(changed.errorText)")
            #expect(try await place.run("-c", buy).status == 0)
        }
    }

    /// A limit is lowered unasked, and raised only when somebody says so.
    @Test func aLimitIsRaisedOnlyWhenSomebodySaysSo() async throws {
        try await Place.with { place in
            func limits(_ arguments: String..., yes: Bool = false) async throws -> Subprocess {
                let flags = ["--profile", "env"] + (yes ? ["--yes"] : [])
                let text = (["limits"] + arguments).joined(separator: " ") + " | where .limit == 'max-purchases'"
                return try await place.run(flags + ["-c", text], environment: Self.live)
            }
            let shown = "limit,value,used,from\nmax-purchases,"
            #expect(try await limits().outputText == shown + "10,,default\n")
            let refused = try await limits("--max-purchases", "11")
            #expect(refused.status == 1)
            #expect(refused.errorText.contains("nobody has confirmed it: max-purchases is raised from 10 to 11"))
            #expect(refused.errorText.contains("give --yes"), "\(refused.errorText)")
            #expect(try await limits("--max-purchases", "5").outputText == shown + "5,,profile\n")
            #expect(try await limits("--max-purchases", "default").status == 1)
            #expect(try await limits("--max-purchases", "none", yes: true).outputText == shown + "none,,profile\n")
            #expect(try await place.run("-c", "limits --max-purchases 500").status == 0)
        }
    }
}
