import SwitchboardTerminal
import Testing

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("San Francisco", "San Francisco"),
        ("Zürich 東京 e\u{301} 😀", "Zürich 東京 e\u{301} 😀"),
        ("\u{1B}[31mred", "^[[31mred"),
        ("a\u{7}b\u{7F}\u{0}", "a^Gb^?^@"),
        ("\u{9B}31m", "<U+009B>31m"),
        ("abc\u{202E}def", "abc<U+202E>def"),
        ("a\u{200B}b\u{FEFF}", "a<U+200B>b<U+FEFF>"),
        ("a\u{2028}b\u{AD}c", "a<U+2028>b<U+00AD>c"),
        ("tag\u{E0041}", "tag<U+E0041>"),
        ("one\ntwo\tthree\r", "one^Jtwo^Ithree^M"),
    ])
    func spellsOutWhatATerminalObeysOrHides(text: String, visible: String) {
        #expect(VisibleText.line(text) == visible)
    }

    @Test func jsonStaysJSON() {
        #expect(VisibleText.json(#"{"a":"東京 \n"}"#) == #"{"a":"東京 \n"}"#)
        #expect(VisibleText.json("\"\u{202E}\u{9B}\u{E0041}\u{7F}\"") == #""\u202e\u009b\udb40\udc41\u007f""#)
    }

    @Test func linesKeepTheirNewlines() {
        #expect(VisibleText.lines("one\n\ttwo\u{1B}\r\n") == "one\n\ttwo^[^M\n")
    }
}
