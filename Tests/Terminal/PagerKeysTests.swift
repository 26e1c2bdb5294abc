import Testing

@testable import SwitchboardTerminal

@Suite struct PagerKeysTests {
    private func keys(_ typed: String) -> [PagerKey] {
        var keys = PagerKeys()
        return typed.utf8.compactMap { keys.take($0) }
    }

    @Test(arguments: [
        (" ", [PagerKey.pageDown]), ("\u{1B}[6~", [.pageDown]), ("\u{1B}[5~b", [.pageUp, .pageUp]),
        ("\r\nj", [.lineDown, .lineDown, .lineDown]), ("\u{1B}[A\u{1B}OB", [.lineUp, .lineDown]),
        ("gG\u{1B}[H\u{1B}OF", [.start, .end, .start, .end]), ("\u{3}\u{4}qQ", [.leave, .leave, .leave, .leave]),
        ("\u{1A}", [.suspend]),
    ])
    func keysAreKnown(typed: String, expected: [PagerKey]) {
        #expect(keys(typed) == expected)
    }

    @Test(arguments: ["x", "ü", "\u{1B}x", "\u{1B}[1;5C", "\u{1B}[200~", "\u{1B}OP"])
    func whatIsUnknownDoesNothingAndEndsThere(typed: String) {
        #expect(keys(typed) == [])
        #expect(keys(typed + "q") == [.leave])
    }
}
