import SwitchboardTerminal
import Testing

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("Zürich", 6), ("東京", 4), ("ｱ", 1), ("Ａ", 2), ("한국", 4), ("e\u{301}", 1), ("😀", 2),
        ("…", 1), ("│", 1), ("Ελλάδα", 6), ("العربية", 7),
    ])
    func isTheCellsOfTheScreen(text: String, cells: Int) {
        #expect(DisplayWidth.of(text) == cells)
    }
}
