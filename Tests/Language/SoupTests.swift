import SwitchboardLanguage
import Testing

/// Random rows of tokens: whatever is typed, reading ends, and every fault lies inside the text.
@Suite struct SoupTests {
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let pieces = [
        "param", "use", "let", "def", "if", "else", "for", "in", "try", "catch", "return", "transaction", "each",
        "where", "wait-until", "explain", "and",
        "or", "not", "has", "matches", "true", "nothing", "list", "x", "number", "--a", "--a=", "$x", "$x.y?", ".a",
        "5", "-2", "+14155550100", "+1", "2.00USD",
        "1h30m", "5/s", "2026-11-20", "./x", "'raw'", "\"a $b ${c.d}\"", "'", "\"", "(", ")", "[", "]", "{", "}", "{:}",
        "a:", ":", ",", ";", "|", "=", "==", "!=",
        "<", ">", "<=", ">=", "??", "?", "+", "-", "*", "/", "->", "&&", "||", "!", "\n", "\n", "\r\n", "# c", "\\",
        "$", "é", "日", "☎", "“", "—", "\u{202E}", "\u{7}", "\t",
    ]

    private func soup(_ seed: UInt64) -> String {
        var random = Random(state: seed)
        var text = ""
        for _ in 0..<Int.random(in: 1...30, using: &random) {
            text += Self.pieces.randomElement(using: &random) ?? ""
            if Int.random(in: 0..<4, using: &random) > 0 { text += " " }
        }
        return text
    }

    @Test func everySoupIsRead() {
        for seed in 0..<20_000 as Range<UInt64> {
            let text = soup(seed)
            let source = SourceText(name: "soup", text: text)
            let (script, faults) = Parser.parse(source)
            let inside = faults.allSatisfy {
                $0.span.start >= 0 && $0.span.start <= $0.span.end && $0.span.end <= source.bytes.count
            }
            #expect(inside, "seed \(seed): \(text)")
            let spans = script.statements.map(\.span)
            #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end <= $1.start }, "seed \(seed): \(text)")
            #expect(!faults.isEmpty || Parser.isComplete(text), "seed \(seed): \(text)")
            if seed % 20 == 0 { #expect(!DiagnosticRenderer(source).render(faults).contains("\u{202E}")) }
        }
    }

    @Test func everyPrefixOfASoundScriptIsReadAndOnlyTheWholeIsSound() {
        let script =
            "def buy [--area: string] -> number { search livekit --area-code $area | first | purchase }\nlet n = (buy --area '415')"
        for end in script.indices where end != script.startIndex {
            _ = Reading.faults(String(script[..<end]))
        }
        #expect(Reading.faults(script) == [])
        #expect(Reading.faults(String(script.dropLast())) == ["L031 2:9"])
    }

    @Test func randomBytesAreReadOrRefused() {
        var random = Random(state: 7)
        for _ in 0..<2_000 {
            let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
            let source = SourceText(name: "bytes", bytes: bytes)
            let faults = Parser.parse(source).diagnostics
            #expect(
                !DiagnosticRenderer(source).render(faults).unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        }
    }
}
