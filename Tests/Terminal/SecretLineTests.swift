import Testing

@testable import SwitchboardTerminal

@Suite struct SecretLineTests {
    private func outcome(of typed: String) -> LineOutcome? {
        var line = SecretLine()
        for byte in typed.utf8 {
            if let outcome = line.take(byte) { return outcome }
        }
        return nil
    }

    @Test(arguments: [
        ("sesame\r", "sesame"), ("sesame\n", "sesame"), ("\r", ""), ("wrong\u{15}right\r", "right"),
        ("ü東\u{7F}\u{7F}\u{7F}x\r", "x"), ("a\u{1B}[Ab\u{1B}OHc\u{1B}[3~d\u{1}e\r", "abcde"),
    ])
    func keysEditTheHiddenLine(typed: String, secret: String) {
        #expect(outcome(of: typed) == .line(secret))
    }

    @Test func controlKeysEndIt() {
        #expect(outcome(of: "abc\u{3}") == .interrupted)
        #expect(outcome(of: "\u{4}") == .endOfFile)
        #expect(outcome(of: "a\u{4}b\r") == .line("ab"))
        #expect(outcome(of: "abc") == nil)
    }
}
