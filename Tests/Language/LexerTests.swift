import SwitchboardLanguage
import Testing

@Suite struct LexerTests {
    @Test(arguments: [
        ("+14155550100", "phone"), ("+123456", "malformed(L011)"), ("+1234567", "phone"), ("+123456789012345", "phone"),
        ("+1234567890123456", "malformed(L011)"), ("+0123456789", "malformed(L011)"), ("+1-415-555", "malformed(L011)"),
        ("2.00USD", "money"), ("2USD", "money"), ("2.USD", "word"), ("2.00usd", "word"), ("2.00USDT", "word"),
        ("250ms", "duration"), ("90s", "duration"), ("15m", "duration"), ("1h30m", "duration"), ("7d", "duration"),
        ("2w", "duration"), ("1w2d3h4m5s6ms", "duration"), ("30m1h", "word"), ("1h1h", "word"), ("5y", "word"),
        ("5/s", "rate"), ("10/m", "rate"), ("5/h", "word"), ("/s", "path"),
        ("2026-11-20", "time"), ("2026-11-20T08:00:00Z", "time"), ("2026-11-20T08:00:00.250Z", "time"),
        ("2024-02-29", "time"), ("2026-02-29", "malformed(L012)"), ("2026-13-01", "malformed(L012)"),
        ("2026-11-20T25:00:00Z", "malformed(L012)"), ("2026-11-20T08:00:00", "malformed(L012)"), ("2026-11-2", "word"),
        ("415", "number"), ("0415", "number"), ("3.14", "number"), ("-2", "number"), ("-2.5", "number"),
        ("3.", "word"), (".5", "malformed(L013)"), ("-5m", "malformed(L013)"), ("1e5", "word"), ("2*3", "word"),
        ("./sites.csv", "path"), ("../a/b.swb", "path"), ("/tmp/x-1.csv", "path"), ("~/numbers.csv", "path"),
        ("sites.csv", "word"), ("host.example:5060", "word"), ("sip:a@host", "word"), ("*.csv", "word"),
        ("agent_01J8Z3K9QW8R4V2M6T0XBYCDEF", "word"), ("größe", "word"), ("_x", "word"),
        ("$name", "variable"), ("$area-code", "variable"), ("$n.field.deeper?", "variable"), ("$_", "variable"),
        (".field", "field"), (".a-b.c?", "field"), ("--area-code", "flag"), ("--a1_b", "flag"),
    ])
    func aTokenHasOneKind(text: String, kind: String) {
        #expect(Reading.tokens(text) == ["\(kind) \(text)"])
    }

    @Test(
        arguments: [
            ("a|b", ["word a", "pipe |", "word b"]), ("a;b", ["word a", "semicolon ;", "word b"]),
            ("site: string", ["word site", "colon :", "word string"]),
            ("--a=5", ["flag --a", "assign =", "number 5"]), ("--a-", ["flag --a", "symbol -"]),
            (
                "list<id<agent>>?",
                [
                    "word list", "symbol <", "word id", "symbol <", "word agent", "symbol >", "symbol >", "question ?",
                ]
            ),
            ("$a+1", ["variable $a", "symbol +", "number 1"]), ("1 +2", ["number 1", "malformed(L011) +2"]),
            (".a ?? 0", ["field .a", "symbol ??", "number 0"]), (".a??", ["field .a", "symbol ??"]),
            ("a -> b", ["word a", "arrow ->", "word b"]), ("x # y", ["word x"]), ("# y\nx", ["word x"]),
            ("== != <= >= < >", ["symbol ==", "symbol !=", "symbol <=", "symbol >=", "symbol <", "symbol >"]),
            (
                "&& || ! <> === =~",
                ["foreign &&", "foreign ||", "foreign !", "foreign <>", "foreign ===", "foreign =~"]
            ),
            ("'a' \"b\"", ["string 'a'", "string \"b\""]),
            (
                "($x).a",
                [
                    "openParenthesis (", "variable $x", "closeParenthesis )", "field .a",
                ]
            ),
        ] as [(String, [String])])
    func tokensAreCutApart(text: String, tokens: [String]) {
        #expect(Reading.tokens(text) == tokens)
    }

    @Test(arguments: [
        (#""""#, "''"), (#"'a\n$b'"#, #"'a\n$b'"#), (#""a\n\t\"\\\$\u{1F600}""#, "'a\n\t\"\\$😀'"),
        (#""$name's $n.e164. $""#, "'$name+'s +$n.e164+. $'"), (#""${row.field}s ${.a?}""#, "'$row.field+s +.a?'"),
        (#""$a-b $x? $5 $$y ${ z }""#, "'$a-b+ +$x+? $5 $+$y+ +$z'"), ("\"two\r\nlines\"", "'two\nlines'"),
        ("'two\r\nlines'", "'two\nlines'"), (#""größe $größe""#, "'größe +$gr+öße'"),
    ])
    func aStringHasPieces(text: String, tree: String) {
        #expect(Reading.tree("print \(text)") == "print! \(tree)")
    }

    @Test(
        arguments: [
            (#"print "\q""#, ["L015 1:8"]), (#"print "\u{110000} \u{} \u12""#, ["L015 1:8", "L015 1:19", "L015 1:24"]),
            (#"print "${1 + 2}""#, ["L016 1:8"]), (#"print "${a""#, ["L016 1:8"]), ("print 'abc", ["L014 1:7"]),
            ("print “hi” ok", ["L017 1:7"]), ("print ‘hi’", ["L017 1:7"]), ("list —area 5", ["L017 1:6"]),
            ("print don't", ["L018 1:7"]), ("print don’t", ["L017 1:10"]), ("print 'don't'", ["L018 1:7"]),
            ("print can't don't", ["L018 1:7"]), ("print $n's", ["L018 1:7"]), ("list -p 5", ["L019 1:6"]),
            ("list -- 5", ["L020 1:6"]), ("list --5", ["L020 1:6"]), ("print $ 5", ["L021 1:7"]),
            ("print $5", ["L021 1:7"]),
            ("print ${x}", ["L021 1:7"]), ("print $(x)", ["L021 1:7"]), ("a#b", ["L010 1:2"]),
            ("print 5 % 2", ["L010 1:9"]),
            ("print \\", ["L010 1:7"]), ("print `x`", ["L010 1:7"]), ("a\u{7}b", ["L002 1:2"]), ("a\rb", ["L002 1:2"]),
            ("a\u{200B}", ["L003 1:2"]), ("a\u{A0}5", ["L003 1:2"]), ("# \u{202E}", ["L003 1:3"]),
            ("# \u{1B}", ["L002 1:3"]), ("print '\u{202E}'", ["L003 1:8"]), ("print '\u{1B}[1m'", []),
            ("print ☎", ["L010 1:7"]),
        ] as [(String, [String])])
    func aFaultInATokenIsReportedOnce(text: String, faults: [String]) {
        #expect(Reading.faults(text) == faults)
    }

    @Test func anOpenStringEndsAtItsLineSoThatTheRestIsRead() {
        #expect(Reading.faults("print 'abc\nlet = 3\nprint ok") == ["L014 1:7", "L030 2:5"])
    }

    @Test(arguments: ["\"", "'"]) func aStringThatEndsInFrontOfAWordLacksItsEnd(quote: String) {
        let text = "print \(quote)abc\nprint \(quote)def\(quote)\nlet = 3"
        #expect(Reading.faults(text) == ["L014 1:7", "L030 3:5"])
        #expect(Reading.faults("print \(quote)abc\n  def\(quote)") == [])
    }

    @Test func anOpenStringBehindALongOneBlamesTheLongOne() {
        let picture = Reading.picture("print \"abc\nprint \" def\"\nlet = 3")
        #expect(
            picture == """
                error[L014]: the string that begins here has no closing "
                 --> test.swb:2:12
                  |
                2 | print " def"
                  |            ^
                  = help: the string in lines 1 to 2 may be the one that lacks its end
                """)
    }
}
