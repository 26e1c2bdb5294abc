import Testing

@testable import SwitchboardTerminal

@Suite struct PagerViewTests {
    private func view(_ rows: [[String]], head: [String] = ["head"], _ columns: Int = 40, _ lines: Int = 6) -> PagerView
    {
        let listing = Listing(head: head, count: rows.count) { rows[$0] }
        return PagerView(listing, from: 0, size: TerminalSize(columns: columns, rows: lines))
    }

    private let numbers = (1...10).map { ["row \($0)"] }

    @Test func aPageHasTheHeadAndWhatFitsBelowIt() {
        let view = view(numbers)
        #expect(view.head == ["head"])
        #expect(view.lines == ["row 1", "row 2", "row 3", "row 4"])
        #expect(view.position == "rows 1-4 of 10")
    }

    @Test func itNeverMovesBeyondTheEnds() {
        var view = view(numbers)
        view.move(.lineUp)
        #expect(view.rows == 0..<4 && !view.isAtEnd)
        view.move(.pageDown)
        view.move(.pageDown)
        #expect(view.rows == 6..<10 && view.isAtEnd)
        view.move(.pageDown)
        #expect(view.rows == 6..<10 && view.isAtEnd)
        view.move(.pageUp)
        #expect(view.rows == 2..<6)
        view.move(.start)
        view.move(.end)
        #expect(view.lines == ["row 7", "row 8", "row 9", "row 10"])
    }

    @Test func rowsOfSeveralLinesAreScrolledByLines() {
        var view = view([["a1", "a2", "a3"], ["b1", "b2", "b3"], ["c1"], ["d1", "d2"]])
        #expect(view.lines == ["a1", "a2", "a3", "b1"])
        // A row of which a part is missing is not counted.
        #expect(view.rows == 0..<1)
        view.move(.lineDown)
        #expect(view.lines == ["a2", "a3", "b1", "b2"])
        view.move(.end)
        #expect(view.lines == ["b3", "c1", "d1", "d2"])
        #expect(view.rows == 1..<4)
        view.move(.pageUp)
        #expect(view.lines == ["a2", "a3", "b1", "b2"])
    }

    @Test func oneLongTextIsCountedByLines() {
        var view = view([(1...20).map { "line \($0)" }], head: [])
        #expect(view.position == "lines 1-5 of 20")
        view.move(.pageDown)
        #expect(view.lines.first == "line 6" && view.position == "lines 6-10 of 20")
        view.move(.end)
        #expect(view.position == "lines 16-20 of 20" && view.rows == 0..<1)
    }

    @Test func linesAreFoldedAndMadeVisible() {
        let view = view([["\u{1B}[2J" + String(repeating: "x", count: 12)]], 10)
        #expect(view.lines == ["^[[2Jxxxxx", "xxxxxxx"])
    }

    @Test func aSmallerScreenKeepsThePlace() {
        var view = view(numbers)
        view.move(.end)
        view.size = TerminalSize(columns: 40, rows: 9)
        #expect(view.rows == 3..<10)
        view.size = TerminalSize(columns: 40, rows: 4)
        #expect(view.rows == 3..<5)
        // Where the head would leave no room, there is none.
        view.size = TerminalSize(columns: 40, rows: 2)
        #expect(view.head == [] && view.rows == 3..<4)
    }

    @Test func onlyTheRowsOfThePageAreMade() {
        var made = 0
        let listing = Listing(count: 1_000_000) { row in
            made += 1
            return ["\(row)"]
        }
        let view = PagerView(listing, from: 0, size: TerminalSize(columns: 80, rows: 24))
        #expect(view.lines.count == 23 && made < 200)
        #expect(!listing.fits(TerminalSize(columns: 80, rows: 24)) && made < 300)
    }

    @Test(arguments: [(4, true), (5, true), (6, false)]) func whatOnePageHoldsFits(count: Int, fits: Bool) {
        let listing = Listing(head: ["head"], count: count, lines: { ["\($0)"] }, foot: { _ in ["(rows)"] })
        #expect(listing.fits(TerminalSize(columns: 80, rows: 7)) == fits)
    }
}
