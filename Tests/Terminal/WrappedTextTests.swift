import Testing

@testable import SwitchboardTerminal

@Suite struct WrappedTextTests {
    @Test(arguments: [
        ("fits", 10, ["fits"]),
        ("", 10, [""]),
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 4, ["one ", "two"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("a unbreakable", 4, ["a", "unbr", "eaka", "ble"]),
        ("東京支店", 5, ["東京", "支店"]),
        ("at 東京支店", 6, ["at 東", "京支店"]),
        ("e\u{301}e\u{301}e\u{301}", 2, ["e\u{301}e\u{301}", "e\u{301}"]),
        ("😀😀😀", 5, ["😀😀", "😀"]),
        ("東京", 1, ["…", "…"]),
    ])
    func linesBreakAtWords(text: String, width: Int, lines: [String]) {
        #expect(WrappedText.lines(text, cells: width) == lines)
    }

    @Test func foldingBreaksWhereATerminalDoes() {
        #expect(WrappedText.folded("one two three", cells: 5) == ["one t", "wo th", "ree"])
        #expect(WrappedText.folded("a東京", cells: 2) == ["a", "東", "京"])
    }

    @Test func withoutAWidthNothingBreaks() {
        #expect(WrappedText.lines("one two", cells: nil) == ["one two"])
        #expect(WrappedText.hanging("one  two", cells: nil) == ["one  two"])
    }

    @Test(arguments: [("one three", 9, 5), ("", 0, 0), ("東京 a", 6, 2), ("Zürich", 6, 6), ("aé bcd", 6, 3)])
    func aTextIsMeasured(text: String, cells: Int, word: Int) {
        let measure = WrappedText.measure(text)
        #expect(measure.cells == cells && measure.word == word)
    }

    @Test(arguments: [
        ("  list      all that there is", 24, ["  list      all that", "            there is"]),
        ("  list      all that there is", 20, ["  list", "      all that there", "      is"]),
        ("- one two three", 9, ["- one two", "  three"]),
        ("usage: run FILE --area text", 20, ["usage: run FILE", "       --area text"]),
        ("  = help: write :mode [MODE]", 24, ["  = help: write :mode", "          [MODE]"]),
        ("error: there is no more", 14, ["error: there", "       is no", "       more"]),
        ("                one two", 20, ["     one two"]),
        ("12 | list | where .label", 10, ["12 | list | where .label"]),
        ("   |   ^^^^^^^^", 10, ["   |   ^^^^^^^^"]),
        ("  one two three", 9, ["  one two", "  three"]),
        ("short", 5, ["short"]),
    ])
    func aLineInColumnsHangsBelowTheLastOne(_ line: String, _ width: Int, _ lines: [String]) {
        #expect(WrappedText.hanging(line, cells: width) == lines)
    }
}
