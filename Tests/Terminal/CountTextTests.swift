import SwitchboardTerminal
import Testing

@Suite struct CountTextTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")])
    func digitsStandInThrees(number: Int, text: String) {
        #expect(CountText.of(number) == text)
    }

    @Test(arguments: [
        (0..<1, 1, "1 row"), (0..<0, 0, "0 rows"), (0..<10_000, 10_000, "10,000 rows"), (0..<40, 100, "40 of 100 rows"),
        (0..<1, 2, "1 of 2 rows"), (2..<2, 2, "0 of 2 rows"), (40..<80, 1000, "rows 41-80 of 1,000"),
    ])
    func rowsAreToldHonestly(shown: Range<Int>, count: Int, text: String) {
        #expect(CountText.rows(shown, of: count) == text)
    }
}
