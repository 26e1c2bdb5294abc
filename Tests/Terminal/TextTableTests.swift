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

    @Test func cutsWhatIsLeftWithAnEllipsis() {
        let table = TextTable(
            columns: [.init("name"), .init("note")],
            rows: [["support", "calls go to the second floor"], ["東京支店の電話", "short"]])
        #expect(
            table.rendered(width: 24).lines == [
                "name         note",
                "support      calls go t…",
                "東京支店の…  short",
            ])
        #expect(table.rendered(width: 24).omittedColumns.isEmpty)
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
