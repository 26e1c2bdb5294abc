import Testing

@testable import SwitchboardTerminal

@Suite struct LineSearchTests {
    private static let lines = ["buy one", "sell", "buy two"]

    private func search() -> LineSearch {
        LineSearch(in: LineText("half", cursor: 1)) { query, before in
            let older = Self.lines[..<(before ?? Self.lines.count)]
            return older.lastIndex { $0.contains(query) }.map {
                FoundLine(index: $0, text: Self.lines[$0], remark: $0 == 2 ? "1 h ago\u{1B}" : "")
            }
        }
    }

    private func press(_ search: inout LineSearch, _ keys: String) -> LineSearch.Step {
        keys.unicodeScalars.reduce(.goOn) { _, key in search.press(key) }
    }

    @Test func narrowsAndGoesBack() {
        var search = search()
        #expect(search.prompt == "search '': " && search.line == LineText("half", cursor: 1))
        #expect(press(&search, "uy") == .goOn)
        #expect(search.line == LineText("buy two", cursor: 1) && search.prompt == "search 'uy' (1 h ago^[): ")
        #expect(press(&search, "\u{12}") == .goOn)
        #expect(search.line.text == "buy one" && search.prompt == "search 'uy': ")
        #expect(press(&search, "\u{12}") == .goOn)
        #expect(search.line.text == "buy one" && search.prompt == "no 'uy': ")
        #expect(press(&search, "\u{7F}\u{7F}s") == .goOn)
        #expect(search.line.text == "sell")
    }

    @Test func aLongerQueryKeepsWhatFits() {
        var search = search()
        #expect(press(&search, "buy\u{12} o") == .goOn)
        #expect(search.line.text == "buy one")
    }

    @Test(
        arguments: [
            ("uy\r", .takeAndPress), ("\r", .leave), ("uyx\n", .take), ("uy\u{7}", .leave), ("uy\u{3}", .leave),
            ("uy\u{5}", .takeAndPress), ("\u{1B}", .takeAndPress),
        ] as [(String, LineSearch.Step)])
    func ends(_ keys: String, _ step: LineSearch.Step) {
        var search = search()
        #expect(press(&search, keys) == step)
    }
}
