import SwitchboardTerminal
import Testing

@Suite struct TextTableTests {
    private let offers = TextTable(
        columns: [
            .init("e164", priority: 9), .init("locality", priority: 5), .init("type", priority: 1),
            .init("monthly", priority: 7),
        ],
        rows: [
            ["+14155550100", "SAN FRANCISCO", "local", "1.15"],
            ["+14155550101", "Zürich 東京", "tollfree", "12.5"],
            ["+14155550102", "e\u{301}tat", "", ""],
        ])

    @Test func alignsColumnsByCellsOfTheScreen() {
        #expect(
            offers.rendered(width: nil).lines == [
                "e164          locality       type      monthly",
                "+14155550100  SAN FRANCISCO  local        1.15",
                "+14155550101  Zürich 東京    tollfree     12.5",
                "+14155550102  e\u{301}tat",
            ])
    }

    @Test func leavesOutTheLeastImportantColumnAndSaysSo() {
        let table = offers.rendered(width: 40)
        #expect(table.lines.first == "e164          locality       monthly")
        #expect(table.omittedColumns == ["type"])
    }

    @Test func wrapsWhatIsLeftAtWords() {
        let table = TextTable(
            columns: [.init("name"), .init("note"), .init("calls")],
            rows: [["support", "calls go to the second floor", "7"], ["東京支店の電話", "short", "12"]])
        #expect(
            table.rendered(width: 36).lines == [
                "name            note           calls",
                "support         calls go to        7",
                "                the second",
                "                floor",
                "東京支店の電話  short             12",
            ])
        #expect(table.rendered(width: 36).omittedColumns.isEmpty)
    }

    @Test func aLongTextIsWrappedRatherThanThatItsColumnLeaves() {
        let text = "the first words of a label that goes on and on"
        let table = TextTable(
            columns: [.init("e164", priority: 9), .init("label", priority: 1)], rows: [["+14155550100", text]])
        #expect(
            table.rendered(width: 46).lines == [
                "e164          label",
                "+14155550100  the first words of a label that",
                "              goes on and on",
            ])
        // A long word has no place to wrap at, so it is the column that leaves.
        let words = TextTable(
            columns: [.init("e164", priority: 9), .init("name", priority: 9), .init("path", priority: 1)],
            rows: [["+14155550100", "a", String(repeating: "x", count: 40)]])
        #expect(words.rendered(width: 46).omittedColumns == ["path"])
    }

    @Test func aCellThatIsWiderThanAllThatWereMeasuredIsWrapped() {
        let table = TextTable(columns: [.init("text")], count: 10_001) { $0 == 10_000 ? ["one two three"] : ["four"] }
        let layout = TableLayout(table, width: 80)
        #expect(layout.lines(9_999) == ["four"])
        #expect(layout.lines(10_000) == ["one", "two", "thre", "e"])
        #expect(TableLayout(table, width: nil).lines(10_000) == ["one two three"])
    }

    @Test func saysWhetherItCanBeRead() {
        func isReadable(_ table: TextTable, _ width: Int?) -> Bool { TableLayout(table, width: width).isReadable }
        #expect(isReadable(offers, 80) && isReadable(offers, 40) && isReadable(offers, nil))
        // One column of four is left, and a table of that is none.
        #expect(!isReadable(offers, 20))
        // Twenty columns of equal rank have no room, however narrow.
        let wide = TextTable(
            columns: (1...20).map { .init("column\($0)") }, rows: [(1...20).map { "some text of cell \($0)" }])
        #expect(!isReadable(wide, 80) && isReadable(wide, 300))
        #expect(isReadable(TextTable(columns: [.init("a")], rows: []), 20))
        #expect(isReadable(TextTable(columns: [.init("note")], rows: [["words and words and words"]]), 20))
    }

    @Test func aTableOfTwoHundredColumnsIsMadeToFit() {
        let wide = TextTable(
            columns: (1...200).map { .init("c\($0)") }, rows: [(1...200).map(String.init)])
        let table = wide.rendered(width: 80)
        #expect(table.lines.allSatisfy { DisplayWidth.of($0) <= 80 })
        #expect(table.omittedColumns.count > 150 && table.omittedColumns.last == "c200")
        #expect(table.lines.first?.hasPrefix("c1  c2  c3") == true)
    }

    @Test(arguments: [80, 40, 20, 3, 1]) func everyTextKeepsToTheWidth(width: Int) {
        let cells = [
            "東京支店の電話", "😀😀😀😀😀😀😀😀😀😀😀", String(repeating: "e\u{301}", count: 50), "\u{202E}txt\u{200F}",
            String(repeating: "x", count: 200), "Zürich  two  blanks ", "", "العربية في الخلية", "🇩🇪🇯🇵", "👩‍👩‍👧",
        ]
        let table = TextTable(columns: [.init("one"), .init("two")], rows: cells.map { [$0, String($0.reversed())] })
        for line in table.rendered(width: width).lines {
            #expect(DisplayWidth.of(line) <= width, "\(line)")
            #expect(VisibleText.line(line) == line)
        }
    }

    @Test(arguments: 1...60) func noLineIsWiderThanTheScreen(width: Int) {
        for line in offers.rendered(width: width).lines {
            #expect(DisplayWidth.of(line) <= width, "\(line)")
        }
    }

    @Test func numbersStandRightAndPhoneNumbersLeft() {
        let table = TextTable(
            columns: [.init("number"), .init("rows"), .init("mixed")],
            rows: [["+14155550100", "7", "7"], ["+442079460100", "-12.50", "n/a"]])
        #expect(
            table.rendered(width: nil).lines == [
                "number           rows  mixed",
                "+14155550100        7  7",
                "+442079460100  -12.50  n/a",
            ])
    }

    @Test func anEscapeInACellIsShown() {
        let table = TextTable(columns: [.init("label")], rows: [["\u{1B}]0;owned\u{7}"], ["two\nlines"]])
        #expect(table.rendered(width: nil).lines == ["label", "^[]0;owned^G", "two^Jlines"])
    }

    @Test func aShortRowIsFilled() {
        let table = TextTable(columns: [.init("a"), .init("b")], rows: [["1"], ["2", "3", "4"]])
        #expect(table.rendered(width: nil).lines == ["a  b", "1", "2  3"])
    }

    @Test func aTableWithoutRowsIsItsHeader() {
        #expect(TextTable(columns: [.init("a"), .init("b")], rows: []).rendered(width: 80).lines == ["a  b"])
        #expect(TextTable(columns: [], rows: [[]]).rendered(width: 80).lines == ["", ""])
    }
}
