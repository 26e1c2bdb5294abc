import SwitchboardLanguage
import Testing

@Suite struct PictureTests {
    private func render(_ text: String, _ diagnostics: Diagnostic..., name: String = "buy.swb") -> String {
        DiagnosticRenderer(SourceText(name: name, text: text)).render(diagnostics)
    }

    @Test func aMessageItsPlaceItsLineAndItsHelp() {
        let line = "search livekit --country-code US | where .montly_cost < 2USD | first | purchase"
        let fault = Diagnostic(
            "C012", "no field 'montly_cost' on available-number", at: Span(41, 53), help: "did you mean 'monthly_cost'?"
        )
        #expect(
            render(line, fault) == """
                error[C012]: no field 'montly_cost' on available-number
                 --> buy.swb:1:42
                  |
                1 | search livekit --country-code US | where .montly_cost < 2USD | first | purchase
                  |                                          ^^^^^^^^^^^^
                  = help: did you mean 'monthly_cost'?
                """)
    }

    @Test func aRowStandsBesideThePlaceAndNotesStandAboveTheHelp() {
        let text = "a\nb\nc\n| each row {\n      | purchase --label $row.site\n}"
        let start = text.utf8.count - 28
        let fault = Diagnostic(
            "R230", "livekit refused the purchase: the number is no longer free", at: Span(start, start + 8),
            help: "run `switchboard resume run_01JD`: only failed and unstarted rows will run",
            notes: [
                .init("row", "17 (site=berlin-2) of sites.csv, line 18"),
                .init("cause", "not_found, HTTP 404, 1 attempt, not retried"),
                .init("undone", "nothing to undo in this row"),
            ])
        #expect(
            render(text, fault, name: "sites.swb") == """
                error[R230]: livekit refused the purchase: the number is no longer free
                 --> sites.swb:5:9      row 17 (site=berlin-2) of sites.csv, line 18
                  |
                5 |       | purchase --label $row.site
                  |         ^^^^^^^^
                  = cause: not_found, HTTP 404, 1 attempt, not retried
                  = undone: nothing to undo in this row
                  = help: run `switchboard resume run_01JD`: only failed and unstarted rows will run
                """)
    }

    @Test func severalStandInTheOrderOfTheirPlaces() {
        let text = String(repeating: "list\n", count: 9) + "list"
        #expect(
            render(text, Diagnostic("C002", "later", at: Span(45, 49)), Diagnostic("C001", "sooner", at: Span(0, 4)))
                == """
                error[C001]: sooner
                 --> buy.swb:1:1
                  |
                1 | list
                  | ^^^^

                error[C002]: later
                  --> buy.swb:10:1
                   |
                10 | list
                   | ^^^^
                """)
    }

    @Test func tabsAndWideCharactersKeepTheMarksInPlace() {
        let picture = render("\t日é\tx", Diagnostic("C001", "here", at: Span(7, 8)))
        #expect(picture.split(separator: "\n").suffix(2) == ["1 |     日é x", "  |         ^"])
    }

    @Test func aStretchOfSeveralLinesIsMarkedAtItsEnds() {
        let text = "each row {\n  list\n  first\n  last\n} | print"
        #expect(
            render(text, Diagnostic("C001", "whole block", at: Span(9, 34))) == """
                error[C001]: whole block
                 --> buy.swb:1:10
                  |
                1 | each row {
                  |          ^
                ...
                5 | } | print
                  | ^
                """)
        #expect(
            render("a (1 +\n   2)", Diagnostic("C001", "sum", at: Span(2, 12))) == """
                error[C001]: sum
                 --> buy.swb:1:3
                  |
                1 | a (1 +
                  |   ^^^^
                2 |    2)
                  |    ^^
                """)
    }

    @Test func theEndOfATextCanBeMarked() {
        #expect(
            render("list |", Diagnostic("L036", "end", at: Span(6, 6))) == """
                error[L036]: end
                 --> buy.swb:1:7
                  |
                1 | list |
                  |       ^
                """)
        #expect(
            render("", Diagnostic("L036", "end", at: Span(5, 9))) == """
                error[L036]: end
                 --> buy.swb:1:1
                  |
                1 |
                  | ^
                """)
    }

    @Test func aLongLineIsCutAroundTheMark() {
        let line = String(repeating: "abcdefg ", count: 125_000)
        let middle = render(line, Diagnostic("C001", "here", at: Span(500_000, 500_007))).split(separator: "\n")
        #expect(middle[1] == " --> buy.swb:1:500001")
        #expect(middle[3].count == 160)
        #expect(middle[3].hasPrefix("1 | …") && middle[3].hasSuffix("…"))
        #expect(middle[4] == "  | " + String(repeating: " ", count: 74) + "^^^^^^^")
        let start = render(line, Diagnostic("C001", "here", at: Span(0, 7))).split(separator: "\n")
        #expect(start[3].hasPrefix("1 | abcdefg ") && start[3].hasSuffix("…"))
        let all = render(line, Diagnostic("C001", "here", at: Span(0, 1_000_000))).split(separator: "\n")
        #expect(all[3].count < 260 && all[4].count < 260)
    }

    @Test(arguments: [24, 40, 80]) func aPictureHasRoomInItsWidth(width: Int) throws {
        let line = "search livekit --country-code US --area-code 415 | first | purchase | bind-agent suport"
        for word in ["search", "first", "suport"] {
            let place = try #require(line.firstRange(of: word).map { line[..<$0.lowerBound].utf8.count })
            let fault = Diagnostic("C050", "here", at: Span(place, place + word.utf8.count))
            let lines = DiagnosticRenderer(SourceText(name: "t", text: line), width: width).render(fault)
                .split(separator: "\n")
            #expect(lines[3].count <= width)
            let marks = zip(lines[3], lines[4]).filter { $0.1 == "^" }.map(\.0)
            #expect(String(marks) == word)
        }
    }

    @Test func aCutNeverSplitsACharacter() {
        for shift in 0..<3 {
            let line = String(repeating: "a", count: shift) + String(repeating: "日", count: 500)
            let picture = render(line, Diagnostic("C001", "here", at: Span(shift + 600, shift + 603)))
            #expect(!picture.contains("\u{FFFD}"))
            let lines = picture.split(separator: "\n")
            #expect(lines[3].contains("…日") && lines[3].hasSuffix("日…"))
            #expect(lines[4].hasSuffix(" ^^"))
        }
    }

    @Test func whatCouldActOnATerminalIsMadeVisible() {
        let fault = Diagnostic(
            "C001", "no \u{1B}[31m", at: Span(6, 8), help: "a\nb\u{202E}", notes: [.init("x\u{9B}", "\r")])
        #expect(
            render("print '\u{1B}[31m\u{202E}'", fault, name: "a\u{7}.swb") == """
                error[C001]: no <U+001B>[31m
                 --> a<U+0007>.swb:1:7
                  |
                1 | print '<U+001B>[31m<U+202E>'
                  |       ^^^^^^^^^
                  = x<U+009B>: <U+000D>
                  = help: a<U+000A>b<U+202E>
                """)
    }

    @Test func jsonIsOneObjectPerLine() {
        let source = SourceText(name: "a\"b.swb", text: "é list\nx")
        let json = DiagnosticRenderer(source).json([
            Diagnostic("C002", "b", at: Span(8, 9), notes: [.init("cause", "x\ty")]),
            Diagnostic("C001", "a\\\u{1B}", at: Span(3, 7), help: "h"),
        ])
        #expect(
            json == #"""
                {"code":"C001","message":"a\\\u001b","file":"a\"b.swb","line":1,"column":3,"end_line":1,"end_column":7,"start":3,"end":7,"help":"h","notes":[]}
                {"code":"C002","message":"b","file":"a\"b.swb","line":2,"column":1,"end_line":2,"end_column":2,"start":8,"end":9,"help":null,"notes":[{"label":"cause","text":"x\ty"}]}
                """#)
    }

    @Test func typicalMistakesAreExplained() {
        #expect(
            Reading.picture("if $a = 1 && $b { x }") == """
                error[L053]: there is no operator '='
                 --> test.swb:1:7
                  |
                1 | if $a = 1 && $b { x }
                  |       ^
                  = help: write ==

                error[L053]: there is no operator '&&'
                 --> test.swb:1:11
                  |
                1 | if $a = 1 && $b { x }
                  |           ^^
                  = help: write and
                """)
        #expect(
            Reading.picture("let x = 2*3") == """
                error[L050]: the operator in '2*3' needs blanks around it
                 --> test.swb:1:9
                  |
                1 | let x = 2*3
                  |         ^^^
                  = help: write 2 * 3
                """)
        #expect(
            Reading.picture("let n = 1\n$n = 5") == """
                error[L045]: '$n' cannot be changed: values never change
                 --> test.swb:2:1
                  |
                2 | $n = 5
                  | ^^
                  = help: give the new value a name of its own: let … = …
                """)
        #expect(
            Reading.picture("list | first > numbers.csv") == """
                error[L051]: operator '>' needs parentheses here
                 --> test.swb:1:14
                  |
                1 | list | first > numbers.csv
                  |              ^
                  = help: a comparison needs parentheses; into a file goes | write FILE
                """)
        #expect(
            Reading.picture("print (1 + 2\nlet y = 3") == """
                error[L031]: '(' is not closed
                 --> test.swb:1:7
                  |
                1 | print (1 + 2
                  |       ^
                """)
        #expect(
            Reading.picture("print it's — “here”") == """
                error[L018]: an apostrophe stands in a text without double quotes
                 --> test.swb:1:7
                  |
                1 | print it's — “here”
                  |       ^^^^
                  = help: put the whole text in double quotes

                error[L017]: '—' is a word processor's character
                 --> test.swb:1:12
                  |
                1 | print it's — “here”
                  |            ^
                  = help: write a plain -

                error[L017]: '“' is a word processor's character
                 --> test.swb:1:14
                  |
                1 | print it's — “here”
                  |              ^
                  = help: write a plain "
                """)
    }
}
