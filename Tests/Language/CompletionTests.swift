import SwitchboardLanguage
import Testing

/// What may stand at the cursor, which is written `^`.
@Suite struct CompletionTests {
    private static let number = RecordType(
        name: "number",
        fields: [.init("e164", .phone), .init("label", .optional(.string)), .init("locality", .string)])
    private static let row = RecordType(
        name: "row",
        fields: [
            .init("type", .optional(.choice(["local", "mobile", "toll-free"]))), .init("e164", .phone),
            .init("provider", .provider), .init("open", .bool), .init("agent_id", .optional(.id("agent"))),
            .init("kinds", .list(.choice(["sms", "voice"]))),
        ])
    private static let available = RecordType(
        name: "available-number", fields: [.init("e164", .phone), .init("monthly_cost", .optional(.money))])

    static let vocabulary = Vocabulary(
        commands: [
            CommandSignature(
                "search", summary: "find numbers for sale",
                parameters: [
                    Parameter("provider", .positional, .provider, isRequired: true, help: ""),
                    Parameter("area-code", .flag, .string, help: "three digits"),
                    Parameter("limit", .flag, .int, help: ""),
                ], input: .none, output: .type(.list(.record(available))), effect: .reads),
            CommandSignature(
                "purchase", summary: "",
                parameters: [
                    Parameter("number", .positional, .either([.record(available), .phone]), isMain: true, help: ""),
                    Parameter("label", .flag, .string, help: ""),
                    Parameter("force", .toggle, .bool, help: ""),
                ], output: .type(.record(number)), effect: .spends),
            CommandSignature(
                "list", summary: "",
                parameters: [
                    Parameter("status", .flag, .choice(["active", "released"]), help: ""),
                    Parameter("method", .flag, .string, offer: .words(["Buy", "Sell"]), help: ""),
                ],
                input: .none, output: .type(.list(.record(number))), effect: .reads),
            CommandSignature(
                "first", summary: "", input: .whole, output: .computed { call in call.input.element ?? .any }),
            CommandSignature(
                "select", summary: "", parameters: [Parameter("fields", .rest, .list(.fieldPath), help: "")],
                output: .type(.record(RecordType(fields: [], isOpen: true)))),
            CommandSignature(
                "bind-agent", summary: "",
                parameters: [
                    Parameter("agent", .positional, .id("agent"), isRequired: true, help: ""),
                    Parameter("number", .flag, .either([.record(number), .phone]), isMain: true, help: ""),
                ], output: .type(.record(number)), effect: .changes),
            CommandSignature(
                "take-number", summary: "",
                parameters: [Parameter("number", .positional, .phone, isMain: true, help: "")],
                output: .type(.nothing), effect: .changes),
            CommandSignature("trunk create", summary: "", input: .none, output: .type(.nothing), effect: .changes),
            CommandSignature(
                "resume", summary: "",
                parameters: [
                    Parameter("run", .positional, .either([.id("run"), .string]), isRequired: true, help: "")
                ],
                input: .none, output: .type(.nothing), effect: .changes),
            CommandSignature(
                "dispatch delete", summary: "",
                parameters: [
                    Parameter(
                        "rule", .positional,
                        .either([.record(RecordType(name: "dispatch-rule", fields: [])), .string]), isRequired: true,
                        help: "")
                ], output: .type(.nothing), effect: .changes),
            CommandSignature(
                "release", summary: "",
                parameters: [Parameter("numbers", .flag, .list(.phone), help: "")], output: .type(.nothing),
                effect: .irreversible),
            CommandSignature("trunk list", summary: "", input: .none, output: .type(.nothing), effect: .reads),
            CommandSignature(
                "read", summary: "",
                parameters: [
                    Parameter("file", .positional, .path, isRequired: true, offer: .files([".csv"]), help: ""),
                    Parameter("columns", .flag, .schema, help: ""),
                ],
                output: .computed { call in
                    .list(.record(call.schemas["columns"] ?? RecordType(fields: [], isOpen: true)))
                }, effect: .reads),
            CommandSignature(
                "print", summary: "", parameters: [Parameter("values", .rest, .list(.any), help: "")], input: .whole,
                output: .type(.nothing)),
            CommandSignature(
                "help", summary: "", parameters: [Parameter("words", .rest, .list(.string), help: "")], input: .none,
                output: .type(.nothing)),
        ],
        providers: ["livekit": [:], "mute": [:]])

    private static let names = [
        (name: "front", type: ValueType.record(number)), (name: "fee", type: .money),
        (name: "rows", type: .list(.record(row))),
    ]

    private func complete(_ marked: String) -> Completion {
        let text = marked.replacing("^", with: "")
        let offset = marked.utf8.firstIndex(of: UInt8(ascii: "^")).map {
            marked.utf8.distance(from: marked.utf8.startIndex, to: $0)
        }
        return Completer(vocabulary: Self.vocabulary, names: Self.names).complete(text, at: offset ?? 0)
    }

    static let statements = [
        "def", "explain", "for", "if", "let", "param", "return", "transaction", "try", "use", "wait-until",
    ]
    static let commands = [
        "bind-agent", "dispatch delete", "first", "help", "list", "print", "purchase", "read", "release", "resume",
        "search", "select", "take-number", "trunk create", "trunk list",
    ]

    @Test(
        arguments: [
            // Commands
            ("se^", ["search", "select"]), ("tr^", ["transaction", "trunk create", "trunk list", "try"]),
            ("re^", ["read", "release", "resume", "return"]),
            ("trunk ^", ["create", "list"]), ("trunk cr^", ["create"]), ("list | s^", ["select"]),
            ("list | w^", ["wait-until", "where"]), ("list | first | b^", ["bind-agent"]),
            ("print (se^", ["search", "select"]),
            ("let n = se^", ["search", "select"]), ("for n in (li^", ["list"]), ("if true { li^", ["list"]),
            ("list\nfi^", ["first"]), ("list; fi^", ["first"]), ("se^ livekit", ["search", "select"]),
            ("nothing like it\n)\nsea^", ["search"]), ("def buy [] { 1 }\nbu^", ["buy"]),
            ("help tr^", ["trunk create", "trunk list"]),
            ("help trunk c^", ["create"]), ("list |\n  fi^", ["first"]),
            // Flags
            ("search livekit --^", ["--area-code", "--limit"]), ("search livekit --ar^", ["--area-code"]),
            ("search livekit --limit 3 --^", ["--area-code"]), ("search livekit --area-code 415 ^", ["--limit"]),
            ("purchase --fo^", ["--force"]),
            (
                "list | purchase --^",
                [
                    "--force", "--key", "--label", "--on-error", "--parallel", "--rate", "--retry", "--timeout",
                ]
            ),
            ("list | each row --on^", ["--on-error"]), ("list | each --on-error c^", ["collect"]),
            ("let x = (search livekit --l^", ["--limit"]), ("nobody --l^", []), ("nobody $fr^", ["$front"]),
            ("nobody [(list | first).la^", ["label"]),
            // Values
            ("search ^", ["livekit", "mute", "--area-code", "--limit"]), ("search l^", ["livekit"]),
            ("list --status ^", ["active", "released"]), ("list --status=re^", ["released"]),
            ("search livekit --area-code 4^", []), ("search livekit --area-code ^", []),
            ("list | select .l^", ["label", "locality"]), ("list | select .e164 .^", ["e164", "label", "locality"]),
            (
                "list | select ^",
                [
                    ".e164", ".label", ".locality", "--key", "--on-error", "--parallel", "--rate", "--retry",
                    "--timeout",
                ]
            ),
            ("list --method ^", ["Buy", "Sell"]), ("list --method B^", ["Buy"]), ("list --method 'S^", ["Sell"]),
            // Values that are compared
            ("$rows | where .type == ^", ["'local'", "'mobile'", "'toll-free'"]),
            ("$rows | where .type == \"lo^", ["\"local\""]), ("$rows | where .type != 'm^", ["'mobile'"]),
            ("$rows | where .type in [^", ["'local'", "'mobile'", "'toll-free'"]),
            ("$rows | where .type in ['local' 'm^", ["'mobile'"]), ("$rows | where 'lo^", []),
            ("$rows | where .open == ^", ["false", "true"]), ("$rows | where .open == 't^", []),
            ("$rows | where .provider == l^", ["'livekit'"]), ("$rows | where .kinds has v^", ["'voice'"]),
            ("$rows | where .kinds == [v^", ["'voice'"]), ("$rows | where .type < ^", []),
            ("$rows | each r { if $r.type == \"t^", ["\"toll-free\""]),
            ("$rows | each r { if $r.type in [t^", ["'toll-free'"]),
            // Names and fields
            ("print $f^", ["$fee", "$front"]), ("print $^", ["$fee", "$front", "$rows"]), ("$fr^", ["$front"]),
            ("print $front.lo^", ["locality"]), ("print $front.^", ["e164", "label", "locality"]),
            ("print $fee.^", []), ("list | where .l^", ["label", "locality"]),
            ("search livekit | where .^", ["e164", "monthly_cost"]),
            ("let row = list | first\nprint $row.la^", ["label"]), ("for n in (list) { print $n.e^", ["e164"]),
            ("list | each row { print $row.l^", ["label", "locality"]), ("(list | first).lo^", ["locality"]),
            ("let m = list | first\n$m^", ["$m"]), ("if $front.l^", ["label", "locality"]),
            ("def f [site: string] { print $s^", ["$site"]), ("print \"at $front.lo^", ["locality"]),
            ("print \"at ${front.lo^", ["locality"]), ("print \"at ${fr^", ["front"]),
            ("print \"$f^", ["$fee", "$front"]),
            ("try { list } catch e { print $e.me^", ["message"]),
            ("read ./a.csv --columns {site: string, area: string} | where .s^", ["site"]),
            // Types
            ("param --x: st^", ["string"]), ("let x: pho^", ["phone"]), ("def f [a: list<de^", ["decimal"]),
            ("read a.csv --columns {site: nu^", ["number"]),
            // Nothing fits
            ("# se^", []), ("list # se^", []), ("print 'se^", []), ("print \"se^", []), ("print '$f^", []),
            ("print \"\\$f^", []),
            ("let se^", []), ("for n^", []), ("print $front.e164 == ^", []), ("list)^", []),
        ] as [(String, [String])])
    func whatFits(text: String, candidates: [String]) {
        #expect(complete(text).candidates.map(\.text) == candidates)
    }

    @Test(arguments: ["^", "list; ^", "if true { ^", "list\n^"])
    func everythingFitsWhereAStatementBegins(text: String) {
        #expect(complete(text).candidates.map(\.text) == (Self.statements + Self.commands).sorted())
    }

    @Test func commandsThatTakeNothingFitBehindNoPipe() {
        let found = complete("list | ^").candidates.map(\.text)
        #expect(
            found == [
                "bind-agent", "dispatch delete", "each", "explain", "first", "print", "purchase", "read", "release",
                "select", "take-number", "transaction", "wait-until", "where",
            ])
    }

    @Test(
        arguments: [
            ("bind-agent ^", [.agents]), ("bind-agent su^", [.agents]), ("bind-agent support --number ^", [.numbers]),
            ("purchase ^", []), ("read ^", [.csv]), ("read 'my f^", [.csv]), ("read \"./my f^", [.csv]),
            ("bind-agent 'night d^", [.agents]), ("use './l^", [.scripts]), ("print 'x^", []), ("resume ^", [.runs]),
            ("dispatch delete ^", [.dispatchRules]), ("release --numbers [+1^", [.numbers]), ("read ./nu^", [.csv]),
            ("use ./l^", [.scripts]), ("print ^", []), ("help ^", [.pages(behind: [])]),
            ("help trunk c^", [.pages(behind: ["trunk"])]), ("hel^", []),
            // What flows in is not written
            ("list | take-number ^", []), ("list | take-number +1^", [.numbers]), ("take-number ^", [.numbers]),
            // What is compared
            ("$rows | where .e164 == ^", [.numbers]), ("$rows | where .e164 in [+1415^", [.numbers]),
            ("$rows | where .agent_id == sup^", [.agents]), ("$rows | where .agent_id != 'sup^", [.agents]),
        ] as [(String, Set<Completion.Source>)])
    func whatOnlyTheHostKnows(text: String, sources: Set<Completion.Source>) {
        #expect(complete(text).sources == sources)
    }

    @Test func inAnExpressionThingsGoByTheirIDs() {
        #expect(complete("$rows | where .agent_id == ^").goesByID)
        #expect(!complete("bind-agent ^").goesByID)
    }

    @Test func onlyWhatReadsFitsWhereNoMoreMayBeDone() {
        func texts(_ text: String) -> [String] {
            let completer = Completer(vocabulary: Self.vocabulary, most: .reads)
            return completer.complete(text, at: text.utf8.count).candidates.map(\.text)
        }
        #expect(texts("re") == ["read", "return"] && texts("trunk ") == ["list"] && texts("list | pu").isEmpty)
    }

    /// What is written in double quotes is what it stands for.
    @Test(arguments: [
        (#"read "a\u{202E}b^"#, "a\u{202E}b"), (#"read "a\$^"#, "a$"), (#"read "a\u{20^"#, #"a\u{20"#),
        (#"read 'a\$^"#, #"a\$"#),
    ])
    func escapesAreRead(text: String, written: String) { #expect(complete(text).written == written) }

    @Test(arguments: [
        ("list | select .lo^x", "lo"), ("print $fr^", "$fr"), ("print $front.lo^", "lo"), ("trunk cr^", "cr"),
        ("list --status=re^", "re"), ("search ^", ""), ("read ./nu^", "./nu"), ("é se^", "se"),
        ("print \"é $fr^", "$fr"), ("read 'my f^", "'my f"),
    ])
    func whatIsReplaced(text: String, written: String) {
        let span = complete(text).span
        let bytes = Array(text.replacing("^", with: "").utf8)
        #expect(String(decoding: bytes[span.start..<span.end], as: UTF8.self) == written)
    }

    @Test func candidatesTellWhatTheyAre() {
        #expect(complete("sear^").candidates == [.init("search", .command, help: "find numbers for sale")])
        #expect(complete("search l --ar^").candidates == [.init("--area-code", .flag, help: "three digits")])
        #expect(complete("$front.e^").candidates == [.init("e164", .field, help: "phone")])
        #expect(complete("search l^").candidates == [.init("livekit", .provider)])
        #expect(complete("print $fe^").candidates == [.init("$fee", .name, help: "money")])
    }

    @Test(
        arguments: [
            ("read ./sites.csv | where .^", ["area", "site"]), ("read './sites.csv' | select .s^", ["site"]),
            ("let rows = read ./sites.csv\nfor r in $rows { print $r.a^", ["area"]),
            ("read ./sites.csv | each r { print $r.^", ["area", "site"]), ("read ./other.csv | where .^", []),
            ("read ./sites.csv --columns {^", ["area", "site"]), ("read ./sites.csv --columns {si^", ["site"]),
            ("read ./sites.csv --columns {site: string, a^", ["area"]),
            ("read ./sites.csv --columns {name: string} | where .^", ["name"]),
        ] as [(String, [String])])
    func columnsOfTheFile(marked: String, candidates: [String]) {
        let text = marked.replacing("^", with: "")
        let completer = Completer(
            vocabulary: Self.vocabulary, columns: { $0 == "./sites.csv" ? ["site", "area"] : [] })
        #expect(completer.complete(text, at: text.utf8.count).candidates.map(\.text) == candidates)
    }

    /// Every beginning of a text has an answer: none of them is a reason to stop.
    @Test func everyPlaceHasAnAnswer() {
        let text = """
            param --a: list<int>? = [1 2]  # help
            def f [n: number --label: string = 'x'] -> number { $n | purchase --label "${label} é $n.e164" }
            let rows = read ./a.csv --columns {site: string, area: id<agent>}
            list | where .label matches 'a*' and not (.e164 in [$front.e164]) | each row --key .e164 { f $row }
            if $rows == nothing { print {a: 1, b: "x"} } else { for i in [1 2] { return $i } }
            """
        let completer = Completer(vocabulary: Self.vocabulary, names: Self.names)
        for offset in 0...text.utf8.count {
            let completion = completer.complete(text, at: offset)
            _ = completer.hint(text, at: offset)
            #expect(completion.span.end == offset && completion.span.start <= offset)
            let texts = completion.candidates.map(\.text)
            let flags = completion.candidates.filter { $0.kind == .flag }.map(\.text)
            #expect(texts == Set(texts).subtracting(flags).sorted() + flags.sorted())
        }
    }
}

extension Completion.Source {
    fileprivate static let csv = paths(endings: [".csv"])
    fileprivate static let scripts = paths(endings: [".swb"])
}
