import SwitchboardLanguage
import Testing

/// What the checker finds before anything runs: whole pictures, as users see them.
@Suite struct CheckerTests {
    private static let number = RecordType(
        name: "number",
        fields: [.init("e164", .phone), .init("label", .optional(.string)), .init("agent_id", .id("agent"))])
    private static let available = RecordType(
        name: "available-number",
        fields: [.init("e164", .phone), .init("locality", .string), .init("monthly_cost", .optional(.money))])

    private static let vocabulary = Vocabulary(
        commands: [
            CommandSignature(
                "search", summary: "",
                parameters: [
                    Parameter("provider", .positional, .provider, isRequired: true, help: "where to search"),
                    Parameter("area-code", .flag, .string, aliases: ["area"], help: ""),
                    Parameter("limit", .flag, .int, help: ""),
                ], output: .type(.list(.record(available))), effect: .reads, capability: "search"),
            CommandSignature(
                "purchase", summary: "",
                parameters: [
                    Parameter("number", .positional, .either([.record(available), .phone]), isMain: true, help: ""),
                    Parameter("label", .flag, .string, help: ""),
                ], output: .type(.record(number)), effect: .spends),
            CommandSignature("list", summary: "", output: .type(.list(.record(number))), effect: .reads),
            CommandSignature(
                "agent add", summary: "",
                parameters: [
                    Parameter("name", .positional, .string, isRequired: true, help: "its name")
                ], output: .type(.nothing), effect: .changes),
            CommandSignature(
                "first", summary: "", parameters: [Parameter("count", .positional, .int, help: "")], input: .whole,
                output: .computed { call in
                    let item = call.input.element ?? .any
                    return call.given.contains("count") ? .list(item) : item
                }),
            CommandSignature(
                "bind-agent", summary: "",
                parameters: [
                    Parameter("agent", .positional, .id("agent"), isRequired: true, help: "an agent"),
                    Parameter(
                        "number", .flag, .either([.record(number), .phone]), isRequired: true, isMain: true,
                        help: "the number"),
                ], output: .type(.record(number)), effect: .changes),
            CommandSignature(
                "label", summary: "",
                parameters: [
                    Parameter("e164", .flag, .phone, isRequired: true, help: "a number"),
                    Parameter("label", .flag, .string, help: ""),
                ], output: .type(.nothing), effect: .changes),
            CommandSignature(
                "lock", summary: "",
                parameters: [
                    Parameter("code", .flag, .secret, help: ""),
                    Parameter("codes", .flag, .list(.secret), help: ""),
                    Parameter("any", .flag, .either([.record(number), .secret]), help: ""),
                ], output: .type(.nothing), effect: .changes),
            CommandSignature(
                "secret", summary: "",
                parameters: [Parameter("name", .positional, .string, isRequired: true, help: "its name")], input: .none,
                output: .type(.secret), effect: .reads),
            CommandSignature("secret list", summary: "", input: .none, output: .type(.list(.string)), effect: .reads),
        ],
        providers: ["livekit": ["search": nil], "mute": ["search": "it sells nothing"]],
        readID: { word in
            guard word.hasPrefix("agent_") else { return .noID }
            return word.count == 32 ? .id(kind: "agent") : .broken(kind: "agent", expected: "26 characters follow")
        })

    private func faults(_ text: String) -> [String] {
        let (script, faults) = Parser.parse(SourceText(name: "t.swb", text: text))
        return (faults.isEmpty ? Checker.check(script, vocabulary: Self.vocabulary).diagnostics : faults).map(\.code)
    }

    private func picture(_ text: String) -> String {
        let source = SourceText(name: "t.swb", text: text)
        let (script, faults) = Parser.parse(source)
        #expect(faults.isEmpty)
        return DiagnosticRenderer(source).render(Checker.check(script, vocabulary: Self.vocabulary).diagnostics)
    }

    @Test func aWrongFieldIsShownWithItsNearestName() {
        #expect(
            picture("search livekit | where .montly_cost < 2USD | first | purchase") == """
                error[C012]: no field 'montly_cost' on available-number
                 --> t.swb:1:24
                  |
                1 | search livekit | where .montly_cost < 2USD | first | purchase
                  |                        ^^^^^^^^^^^^
                  = help: did you mean 'monthly_cost'?
                """)
    }

    @Test(arguments: [
        "lock --code hunter2", "lock --code 'hunter2'", "lock --code 12345", "lock --code +14155550100",
        "lock --code ''", "lock --code true", "lock --codes hunter2", "lock --codes ['hunter2']", "lock --any hunter2",
        "lock --any 'hunter2'", "let x = 'hunter2'; lock --code $x", "lock --code \"${'hunter2'}\"",
        "let x: secret = 'hunter2'", "param --x: secret = hunter2", "{code: 'hunter2'} | lock",
    ])
    func aSecretIsNeverWrittenAndTheFaultDoesNotRepeatIt(script: String) {
        let (tree, faults) = Parser.parse(SourceText(name: "t.swb", text: script))
        let found = faults.isEmpty ? Checker.check(tree, vocabulary: Self.vocabulary).diagnostics : faults
        #expect(found.count == 1)
        #expect(!found.contains { "\($0)".contains("hunter2") || "\($0)".contains("12345") })
        if faults.isEmpty {
            #expect(found.first?.code == "C021")
            #expect(found.first?.help == "store it with: secret set NAME, then give (secret NAME)")
        }
    }

    @Test func aSecretIsUsedByItsName() {
        #expect(faults("lock --code (secret list-of-acme) --codes [(secret a) (secret 'b')]") == [])
        #expect(faults("let x = secret a; lock --code $x --any $x") == [])
        #expect(faults("print-all (secret list)") == ["C001"])
        #expect(faults("lock --code (secret list)") == ["C021"], "the longest declared name wins")
        #expect(faults("secret") == ["C004"])
        #expect(faults("secret a b") == ["C005"])
    }

    @Test func defsMayNotCallOneAnotherTooDeep() {
        func chain(_ depth: Int) -> String {
            (1..<depth).map { "def f\($0) [] { f\($0 + 1) }; " }.joined() + "def f\(depth) [] { 1 }; f1"
        }
        #expect(faults(chain(32)) == [])
        #expect(faults(chain(33)).contains("C064"))
        #expect(faults(chain(5000)).contains("C064"))
        let fanOut = (1..<30).map { "def f\($0) [] { f\($0 + 1); f\($0 + 1); f\($0 + 1) }; " }.joined()
        #expect(faults(fanOut + "def f30 [] { list }; f1") == [], "each def is counted once")
    }

    @Test func whatADefDoesCountsWhereItIsCalled() throws {
        let defs = "def buy [] { search livekit | first | purchase }\ndef twice [] { buy; buy }\n"
        func program(_ text: String) -> Program {
            Checker.check(Parser.parse(SourceText(name: "t.swb", text: text)).script, vocabulary: Self.vocabulary)
                .program
        }
        #expect(program(defs + "twice").effect == .spends)
        #expect(program(defs + "twice").calls.map(\.command) == ["search", "first", "purchase", "buy", "buy", "twice"])
        #expect(program(defs + "list").effect == .reads)
        #expect(program(defs + "twice").providers == ["livekit"])
        #expect(program(defs + "list").providers == [])
    }

    @Test func everyFaultOfAScriptIsFound() {
        #expect(
            picture(
                """
                serch livekit
                search livekitt --aera-code 415
                let n = list | where .labl == 'x' | first
                bind-agent support --number $nn
                """) == """
                    error[C001]: no command 'serch'
                     --> t.swb:1:1
                      |
                    1 | serch livekit
                      | ^^^^^
                      = help: did you mean 'search'?

                    error[C023]: no provider 'livekitt' is registered
                     --> t.swb:2:8
                      |
                    2 | search livekitt --aera-code 415
                      |        ^^^^^^^^
                      = help: did you mean 'livekit'?

                    error[C002]: 'search' has no flag --aera-code
                     --> t.swb:2:17
                      |
                    2 | search livekitt --aera-code 415
                      |                 ^^^^^^^^^^^
                      = help: did you mean '--area-code'?

                    error[C012]: no field 'labl' on number
                     --> t.swb:3:22
                      |
                    3 | let n = list | where .labl == 'x' | first
                      |                      ^^^^^
                      = help: did you mean 'label'?

                    error[C010]: no name '$nn' is bound here
                     --> t.swb:4:29
                      |
                    4 | bind-agent support --number $nn
                      |                             ^^^
                    """)
    }

    @Test(arguments: [
        (
            "list | first | purchase",
            """
            error[C033]: 'purchase' does not take a number
             --> t.swb:1:16
              |
            1 | list | first | purchase
              |                ^^^^^^^^
              = help: it takes an available-number or phone
            """
        ),
        (
            "list | where .label == 415",
            """
            error[C025]: a string cannot be compared with an int
             --> t.swb:1:21
              |
            1 | list | where .label == 415
              |                     ^^
              = help: quote it: '415'
            """
        ),
        (
            "[{e164: +14155550100, lable: 'x'}] | label",
            """
            error[C031]: field 'lable' binds to no parameter of 'label'
             --> t.swb:1:38
              |
            1 | [{e164: +14155550100, lable: 'x'}] | label
              |                                      ^^^^^
              = help: did you mean 'label'?
            """
        ),
        (
            "agent adds support",
            """
            error[C001]: no command 'agent adds'
             --> t.swb:1:1
              |
            1 | agent adds support
              | ^^^^^^^^^^
              = help: did you mean 'agent add'?
            """
        ),
        (
            "let cap = 2.00USD + 1.00EUR",
            """
            error[C027]: 2.00USD and 1.00EUR are of two currencies
             --> t.swb:1:19
              |
            1 | let cap = 2.00USD + 1.00EUR
              |                   ^
              = help: no rate of exchange is known; keep to one currency
            """
        ),
        (
            "bind-agent support",
            """
            error[C004]: 'bind-agent' needs --number: the number
             --> t.swb:1:1
              |
            1 | bind-agent support
              | ^^^^^^^^^^
            """
        ),
        (
            "let n = list\nsearch livekit --area-code $n.e164",
            """
            error[C012]: a list has no field 'e164'
             --> t.swb:2:30
              |
            2 | search livekit --area-code $n.e164
              |                              ^^^^^
              = help: take one item first: | first
            """
        ),
    ])
    func typicalMistakesAreShown(text: String, picture: String) {
        #expect(self.picture(text) == picture)
    }

    @Test(arguments: [
        ("search livekit --area-code 0415 | first | purchase --label 'x' | bind-agent support", []),
        ("let n = search livekit | first\n$n | purchase", []),
        ("for n in (list) { bind-agent support --number $n }", []),
        ("if 1 < 2 { list } else { list }", []),
        ("let a = 1 + 2.5\nlet b = (2.00USD * 3) - 1.00USD", []),
        ("param --area: string = 415\nsearch livekit --area $area", []),
        ("purchase +14155550100", []),
        ("[{e164: +14155550100, label: 'x'}] | label", []),
        ("let a = 'text' in 'a text'", []),
        ("list | first | purchase", ["C033"]),
        ("search mute", ["C040"]),
        ("search livekit --limit 3 --limit 4", ["C003"]),
        ("search livekit --limit", ["C006"]),
        ("search livekit --limit many", ["C020"]),
        ("search livekit surplus", ["C005"]),
        ("search", ["C004"]),
        ("agent", ["C001"]),
        ("let x = 1\nlet x = 2", ["C011"]),
        ("let first = 1\nif true { let first = 2 }", ["C011"]),
        ("if true { let y = 1 }\nlet y = 2", []),
        ("let a = .e164 == +14155550100", ["C013"]),
        ("list | where .label == foo", ["C014"]),
        ("list | where .e164 == 'x'", ["C025"]),
        ("list | where .label", ["C026"]),
        ("let a = 'x' + 1", ["C027"]),
        ("let a: strin = 'x'", ["C028"]),
        ("let a: int = 'x'", ["C020"]),
        ("let a: int = '12'", []),
        ("let a: int = \"$b\"", ["C010"]),
        ("1 | search livekit", ["C030"]),
        ("[{e164: +14155550100, lable: 'x'}] | label", ["C031"]),
        ("[{e164: [1]}] | label", ["C021"]),
        ("list | bind-agent agent_01", ["C024"]),
        ("list | each { .e164 }", []), ("list | each row { $row.e164 }", []), ("list | each row { .labl }", ["C012"]),
        ("list | each row { $row.labl }", ["C012"]), ("list | each { .e164 } | first | label", ["C030"]),
        ("list | each row { let x = $row.e164 }; let y = $row", ["C010"]),
        ("list | each --key .e164 --parallel 8 --rate 5/s --retry 3 --timeout 60s --on-error collect { .e164 }", []),
        ("list | each --key .e165 { .e164 }", ["C012"]), ("list | each --parallel 0 { .e164 }", ["C020"]),
        ("list | each --parallel x { .e164 }", ["C020"]), ("list | each --retry 101 { .e164 }", ["C020"]),
        ("list | each --on-error skip { .e164 }", ["C022"]), ("list | each --paralel 2 { .e164 }", ["C002"]),
        ("let w = 'stop'; list | each --on-error $w { .e164 }", ["C021"]), ("each { 1 }", ["C030"]),
        ("list | first | each { .e164 }", ["C030"]), ("list | each { return 1 }", ["C065"]),
        ("list | each --on-error collect { .e164 } | where .result == 'failed' | where .error == nothing", []),
        ("list | each --on-error collect { .e164 } | where .label == 'x'", []),
        ("list | each --on-error collect { .e164 } | where .reslt == 'failed'", ["C012"]),
        ("list | label --parallel 4 --key .e164", []), ("label --e164 +14155550100 --parallel 4", ["C002"]),
        ("list | first | label --parallel 4", ["C002"]), ("list | label --paralel 4", ["C002"]),
        ("def f [e164: phone] { $e164 }; list | f --parallel 2 --on-error collect | where .ms > 5", []),
        ("def f [] { list }", []),
        ("try { list }", []),
        ("f; def f [] { list }", []),
        ("def f [] { list }; def f [] { list }", ["C011"]),
        ("def first [] { 1 }", ["C011"]), ("def agent [] { 1 }", ["C011"]), ("def search [] { 1 }", ["C011"]),
        ("if true { def f [] { 1 } }", ["C066"]), ("def f [] { def g [] { 1 } }", ["C066"]),
        ("def f [] { f }", ["C063"]), ("def f [] { g }; def g [] { h }; def h [] { f }", ["C063"]),
        ("let x = if true { return 1 } else { 2 }", ["C065"]),
        ("def f [] { if true { return 1 }; 2 }; let x: int = f", []),
        ("def f [] { if true { return 1 } else { return 'a' } }; let x: int = (f) + 1", []),
        ("def f [] { 'a' }; let x = ((f) + 1)", ["C027"]),
        ("def f [] -> phone { 'a' }", ["C020"]), ("def f [] -> phone { }", ["C021"]),
        ("def f [] -> phone { if true { return 1 }; +14155550100 }", ["C021"]),
        ("def f [n: number] { $n.label }; list | f", []), ("def f [n: number] { $n.labl }", ["C012"]),
        ("def f [n: nmber] { $n }", ["C028"]),
        ("let a = 1; def f [] { $a }", ["C010"]), ("def f [a: int] { let b = $a }; let c = $b", ["C010"]),
        ("def f [a: int] { $a }; f", ["C004"]), ("def f [a: int] { $a }; f x", ["C020"]),
        ("def f [a: int? --b: string = x] { $a }; f; f 2 --b y", []),
        ("def f [--site: string] { $site }; [{site: 'a'}] | f; {sit: 'a'} | f", ["C030"]),
        ("def buy [] { search livekit | first | purchase }; buy | bind-agent a", []),
        ("try { list | first } catch e { let c: string = $e.code; let s: int? = $e.status }", []),
        ("try { list } catch e { $e.cod }", ["C012"]), ("try { list } catch e { list }; let x = $e", ["C010"]),
        ("let a = 2.00USD + 1", ["C027"]),
        ("let a = 2.00USD < 2.00EUR", ["C027"]),
        ("let a = 5/s < 6/s", ["C025"]),
        ("[{a: 1} {a: nothing}] | where .b == 1", ["C012"]),
        ("[{a: 1} {a: 2.5}] | where .a == 'x'", ["C025"]),
        ("[{a: 1, b: 1} {b: 'x', a: 2}] | where .a == 'x'", ["C025"]),
        ("[{a: 1} {a: 1, b: 2}] | where .b == 1 and .a == 'x'", ["C025"]),
        ("[{e164: +14155550100} {e164: +14155550101, label: 'x'}] | label", []),
        ("[{a: 1} {b: 1}] | where .c == 1", []),
        ("if (agent add a) { list }", ["C026"]),
        ("if (list | first).agent_id == nothing { list }", []),
        ("{a: 1} | label", ["C030"]),
        ("1 | bind-agent support", ["C030"]),
        ("bind-agent support", ["C004"]),
        ("list | bind-agent support", []),
        ("[{number: 5}] | bind-agent support", ["C021"]),
        ("[{e164: +14155550100, number: 5}] | label", ["C031"]),
        ("search livekit --area-code=415 --area 416", ["C003"]),
        ("let a = if 1 < 2 { 1 } else { 2 }\nlet b = $a + 1", []),
        ("let a = if 1 < 2 { 1 }\nlet b = $a ?? 2\nsearch livekit --limit $b", []),
        ("let x = (list | first).agent_id\nbind-agent $x --number +14155550100", []),
        ("search (list | first).label", []),
        ("for n in (list | first) { list }", ["C021"]),
        ("for n in (list) { $n }\nlist | where .e164 == $n.e164", ["C010"]),
        ("let a = [1 2] has 'x'", ["C025"]),
        ("let a = nothing == 5", []),
        ("let n = list | where .label == nothing | first", []),
        ("list | first | where .e164 matches '+1415*'", []),
    ])
    func oneCauseHasOneFault(text: String, expected: [String]) {
        #expect(faults(text) == expected, "\(text)")
    }

    @Test func aProgramKnowsItsStrongestEffectAndItsCalls() {
        let (script, _) = Parser.parse(SourceText(name: "t", text: "search livekit | first | purchase\nlist"))
        let (program, faults) = Checker.check(script, vocabulary: Self.vocabulary)
        #expect(faults.isEmpty)
        #expect(program.effect == .spends)
        #expect(program.calls.map(\.command) == ["search", "first", "purchase", "list"])
        #expect(program.providers == ["livekit"])
    }
}
