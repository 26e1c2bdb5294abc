import SwitchboardLanguage
import Testing

@Suite struct SourceTextTests {
    private func text(_ text: String) -> SourceText { SourceText(name: "t.swb", text: text) }

    @Test func linesEndWithLFOrCRLF() {
        let source = text("one\r\ntwo\nthree\n")
        #expect(source.lineStarts == [0, 5, 9, 15])
        #expect((1...4).map { source.text(source.lineSpan($0)) } == ["one", "two", "three", ""])
        #expect([0, 4, 5, 8, 9, 15].map(source.line(at:)) == [1, 1, 2, 2, 3, 4])
    }

    @Test func aByteOrderMarkCountsInNoColumn() {
        let source = SourceText(name: "t", bytes: [0xEF, 0xBB, 0xBF] + Array("list --all".utf8))
        #expect(source.diagnostics.isEmpty)
        #expect(source.column(at: 3) == 1)
        #expect(source.column(at: 8) == 6)
        #expect(Parser.parse(source).script.statements.count == 1)
    }

    @Test func columnsCountCharactersAndCellsCountWidth() {
        let source = text("a\té👩‍👩‍👧日x")
        let offset = source.bytes.count - 1
        #expect(source.column(at: offset) == 6)
        #expect(text("日本x").displayColumn(at: 6) == 5)
        #expect(text("e\u{301}x").displayColumn(at: 3) == 2)
        #expect(text("a\tx").displayColumn(at: 2) == 5)
        #expect(text("a\tx").column(at: 2) == 3)
    }

    @Test(
        arguments: [
            ([0x61, 0x0A, 0xFF], "L001 2:1"), ([0x61, 0xC3], "L001 1:2"), ([0xC0, 0x80], "L001 1:1"),
            ([0x61, 0xED, 0xA0, 0x80], "L001 1:2"), ([0xF4, 0x90, 0x80, 0x80], "L001 1:1"),
            ([0x61, 0x62, 0x00], "L002 1:3"),
        ] as [([UInt8], String)])
    func bytesThatAreNoTextAreRefusedWithTheirPlace(bytes: [UInt8], expected: String) {
        let source = SourceText(name: "t", bytes: bytes)
        let (script, faults) = Parser.parse(source)
        #expect(script.statements.isEmpty)
        let places = faults.map {
            "\($0.code) \(source.line(at: $0.span.start)):\(source.column(at: $0.span.start))"
        }
        #expect(places == [expected])
    }

    @Test func everyScalarIsValidUTF8() {
        let text = "\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}\u{10000}\u{10FFFF}"
        #expect(SourceText(name: "t", text: text).diagnostics.isEmpty)
    }

    @Test func oneLatin1FileIsOneFault() {
        let source = SourceText(name: "t", bytes: [0x61, 0xE9, 0x62, 0xE9, 0x63, 0xE9])
        #expect(source.diagnostics.map(\.message) == ["the file is not UTF-8: byte 0xE9"])
        #expect(
            source.diagnostics.first?.help
                == "save the file as UTF-8: this byte is not part of a character, nor are 2 more")
    }
}
