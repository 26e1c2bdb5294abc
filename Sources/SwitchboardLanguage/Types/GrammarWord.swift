/// A word with grammar of its own, as help and the reference show it.
public struct GrammarWord: Sendable {
    /// The word.
    public var name: String
    /// Other words that only stand beside it, such as `catch` beside `try`.
    public var companions: [String] = []
    /// One sentence without a final period.
    public var summary: String
    /// How it is written.
    public var usage: String
    /// Its flags, of a stage with a block.
    public var flags: [Parameter] = []
    /// What else there is to know, a sentence each.
    public var remarks: [String] = []
    /// Statements that show the use; tests execute them.
    public var examples: [CommandSignature.Example]

    /// The word as a command would declare itself, which is how its flags are read.
    var signature: CommandSignature {
        CommandSignature(name, summary: summary, parameters: flags, input: .whole, output: .type(.any))
    }

    /// The declaration of a stage with a block.
    static func signature(of word: String) -> CommandSignature? { all.first { $0.name == word }?.signature }

    /// All words, in the order of the reference.
    public static let all =
        [param, use, `let`, def, `return`, `if`, `for`, `try`, `where`, each] + [transaction, waitUntil, explain]
}

// MARK: Stages with a block

extension GrammarWord {
    static let each = GrammarWord(
        name: "each", summary: "run a block for each row of a list",
        usage: "LIST | each [ROW] [--parallel int] [--rate rate] [--key field] [--retry int] [--timeout duration]"
            + " [--on-error stop|collect] { … }",
        flags: RowFlags.parameters,
        remarks: [
            "in the block .field is a field of the row, and ROW names it; the block's value is the row's",
            "with --on-error collect, or a report behind it, each row gives its columns and what became of it",
            "a command that maps over a list takes the same flags",
        ],
        examples: [
            .init("[1 2 3] | each n { ($n * $n) }", "[1 4 9]"),
            .init(
                "[{site: 'a'} {site: 'b'}] | each row --parallel 2 --key .site --on-error collect { agent add $row.site }",
                "two rows side by side, and what became of each"),
        ])

    static let transaction = GrammarWord(
        name: "transaction", summary: "run a block whole, or undo what it has done",
        usage: "transaction { … }",
        remarks: [
            "undone is a block in which something fails, that is cancelled, or that exits with another status than 0",
            "what was done in it is taken back, the last first: what was bought is released",
            "where an undo fails, the others are tried all the same; the run ends with status 6 and lists what is left",
            "it holds nothing that cannot be taken back; files that it has written stay",
            "in a block of each it makes a row all or nothing; its value is that of its last statement",
        ],
        examples: [
            .init(
                "transaction { search livekit --area 415 | first | purchase | bind-agent support }",
                "a number that is bound, or no number", setUp: "agent add support"),
            .init(
                "[{site: 'a'} {site: 'b'}] | each row { transaction { agent add $row.site } }", "each row by itself"),
        ])

    static let waitUntil = GrammarWord(
        name: "wait-until", summary: "ask again until a block is true",
        usage: "wait-until --timeout duration [--every duration] { … }",
        flags: [
            Parameter("timeout", .flag, .duration, isRequired: true, help: "how long to go on asking"),
            Parameter("every", .flag, .duration, help: "how long to wait between two questions, 2s unless given"),
        ],
        remarks: [
            "the block only asks; it is asked once more when the time is over, and then the error is 'timeout'",
            "a provider that is away or wants us to slow down is asked again; every other failure ends the wait",
        ],
        examples: [
            .init(
                "wait-until --timeout 10s --every 1s { ((get +12125550123).status != 'pending') }", "until it is there",
                setUp: "purchase +12125550123 --provider livekit")
        ])

    static let explain = GrammarWord(
        name: "explain", summary: "say what a block would do, and do nothing", usage: "explain { … }",
        remarks: [
            "for each stage: where its values come from, what it takes and gives, its effect, what takes that back"
        ],
        examples: [
            .init(
                "explain { search livekit --area 415 | first | purchase | bind-agent support }",
                "who binds what; nothing is asked or bought")
        ])
}

// MARK: Statements

extension GrammarWord {
    private static let param = GrammarWord(
        name: "param", summary: "declare a flag of the script", usage: "param --NAME: TYPE [= DEFAULT]  [# help]",
        remarks: ["params stand before all else; run FILE --NAME VALUE gives the value, and $NAME reads it"],
        examples: [.init("param --area-code: string = 415  # where to look\nprint $area-code", "415")])

    private static let use = GrammarWord(
        name: "use", summary: "take the defs of another file", usage: "use PATH",
        remarks: ["the path is that of this file's folder; the other file holds only def and use"], examples: [])

    private static let `let` = GrammarWord(
        name: "let", summary: "name a value; it never changes", usage: "let NAME[: TYPE] = VALUE",
        examples: [
            .init("let half = (10 + 1) / 2\nprint $half", "5.5"),
            .init("let found = search livekit --area 415 | count\nprint $found", "how many there are"),
        ])

    private static let def = GrammarWord(
        name: "def", summary: "define a command",
        usage: "def NAME [ [--FLAG: TYPE [= DEFAULT]] … [NAME: TYPE] … ] [-> TYPE] { … }",
        remarks: ["it sees its parameters and the other defs; its value is that of its last statement, or of return"],
        examples: [.init("def twice [n: int] -> int { ($n * 2) }\nprint (twice 21)", "42")])

    private static let `return` = GrammarWord(
        name: "return", summary: "end a def with a value, or the script", usage: "return [VALUE]",
        examples: [.init("def sign [n: int] { if $n < 0 { return 'minus' }; 'plus' }\nprint (sign -1)", "minus")])

    private static let `if` = GrammarWord(
        name: "if", companions: ["else"], summary: "run a block where a condition is true",
        usage: "if CONDITION { … } [else if CONDITION { … }] [else { … }]",
        remarks: ["a condition that is nothing does not act"],
        examples: [.init("let n = list | count\nif $n == 0 { print 'none' } else { print $n }", "none")])

    private static let `for` = GrammarWord(
        name: "for", companions: ["in"], summary: "run a block for each value of a list",
        usage: "for NAME in LIST { … }",
        examples: [.init("for n in (range 1 3) { print $n }", "1, 2 and 3")])

    private static let `try` = GrammarWord(
        name: "try", companions: ["catch"], summary: "go on where a block fails",
        usage: "try { … } [catch [ERROR] { … }]",
        remarks: ["ERROR has the fields code message provider status retryable attempts fields span"],
        examples: [.init("try { fail 'no site' } catch e { print $e.message }", "no site")])

    private static let `where` = GrammarWord(
        name: "where", summary: "keep the items of a list for which a condition is true",
        usage: "LIST | where CONDITION",
        remarks: ["a condition that is nothing, such as one on an unknown price, drops the item"],
        examples: [.init("search livekit --area 415 | where .locality matches 'SAN *' | count", "how many there are")])
}
