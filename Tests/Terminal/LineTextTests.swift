import Testing

@testable import SwitchboardTerminal

@Suite struct LineTextTests {
    private func shown(_ line: LineText?) -> String? {
        line.map { $0.front + "|" + $0.text.dropFirst($0.front.count) }
    }

    @Test func whatNobodySeesIsNotKept() {
        #expect(LineText("a\u{202E}b\u{200D}\u{E9}", cursor: 4).kept == LineText("ab\u{E9}", cursor: 1))
        #expect(LineText("a\tb", cursor: 2).kept == LineText("a\tb", cursor: 2))
    }

    @Test(
        arguments: [
            ("abc\nde|f", "ab|c\ndef"), ("a\nlong|", "a|\nlong"), ("é東京\nxy|z", "é東|京\nxyz"), ("\n|", "|\n"),
            ("ab|c", nil),
        ] as [(String, String?)])
    func upKeepsTheColumn(_ before: String, _ after: String?) {
        #expect(shown(line(before).rowUp) == after)
    }

    @Test(
        arguments: [
            ("ab|c\ndef", "abc\nde|f"), ("long|\na", "long\na|"), ("|\n", "\n|"), ("ab|c", nil), ("a\nb|c", nil),
        ] as [(String, String?)])
    func downKeepsTheColumn(_ before: String, _ after: String?) {
        #expect(shown(line(before).rowDown) == after)
    }

    @Test func theEndsOfARowThenOfAll() {
        #expect(shown(line("ab\nc|d\ne").atStart) == "ab\n|cd\ne")
        #expect(shown(line("ab\n|cd\ne").atStart) == "|ab\ncd\ne")
        #expect(shown(line("ab\nc|d\ne").atEnd) == "ab\ncd|\ne")
        #expect(shown(line("ab\ncd|\ne").atEnd) == "ab\ncd\ne|")
    }

    @Test func replacedBytesLeaveTheCursorBehindThem() {
        #expect(shown(LineText("zü x").replacing(0, 3, with: "zürich ")) == "zürich | x")
        #expect(shown(LineText("abc", cursor: 1).inserting("\n")) == "a\n|bc")
        #expect(shown(LineText("abc").replacing(7, 9, with: "d")) == "abcd|")
    }

    private func line(_ marked: String) -> LineText {
        let front = marked.prefix { $0 != "|" }
        return LineText(marked.filter { $0 != "|" }, cursor: front.utf8.count)
    }
}
