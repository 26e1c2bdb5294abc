import SwitchboardTerminal
import Testing

@Suite struct StyledTextTests {
    private let text = StyledText("error:", .red) + StyledText(" a\u{1B}[31mb\u{202E}\n")

    @Test func aTerminalGetsNoEscapeButOurs() {
        #expect(text.text(toTerminal: true, isColoured: true) == "\u{1B}[31merror:\u{1B}[0m a^[[31mb<U+202E>\n")
        #expect(text.text(toTerminal: true, isColoured: false) == "error: a^[[31mb<U+202E>\n")
    }

    @Test func aFileGetsTheTextAsItIs() {
        #expect(text.text(toTerminal: false, isColoured: false) == "error: a\u{1B}[31mb\u{202E}\n")
    }

    @Test func plainTextNeverAsksForColours() {
        var asked = 0
        func isColoured() -> Bool {
            asked += 1
            return true
        }
        var plain = StyledText("a")
        plain += "b"
        #expect(plain.text(toTerminal: true, isColoured: isColoured()) == "ab")
        #expect(asked == 0)
    }
}
