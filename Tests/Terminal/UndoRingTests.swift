import Testing

@testable import SwitchboardTerminal

@Suite struct UndoRingTests {
    @Test func goesBackByTexts() {
        var ring = UndoRing(LineText(""))
        ring.note(LineText("one"))
        ring.note(LineText("one", cursor: 0))
        ring.note(LineText("one two"))
        #expect(ring.back(from: LineText("one two")) == LineText("one", cursor: 0))
        #expect(ring.back(from: LineText("one")) == LineText(""))
        #expect(ring.back(from: LineText("")) == nil)
    }

    @Test func forgetsTheOldest() {
        var ring = UndoRing(LineText(""))
        for number in 1...500 { ring.note(LineText(String(number))) }
        var last = LineText("500")
        var count = 0
        while let line = ring.back(from: last) { (last, count) = (line, count + 1) }
        #expect(last.text == "301" && count == 199)
    }
}
