import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// Large scripts are checked, in time that grows as they do, and of many faults only the first are told.
@Suite struct CheckLimitTests {
    private static let vocabulary = Vocabulary(commands: [
        CommandSignature(
            "print", summary: "", parameters: [Parameter("values", .rest, .list(.any), help: "")],
            output: .type(.nothing))
    ])

    private func faults(_ text: String) -> [String] {
        var codes: [String] = []
        let time = ThreadTime.of {
            let (script, faults) = Parser.parse(SourceText(name: "t.swb", text: text))
            codes = (faults + Checker.check(script, vocabulary: Self.vocabulary).diagnostics).map(\.code)
        }
        #expect(time < .seconds(60), "\(text.prefix(40))…")
        return codes
    }

    private func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (0..<count).map(line).joined(separator: "\n") + "\n"
    }

    @Test func largeScriptsAreChecked() {
        #expect(faults(lines(100_000) { "let x\($0) = \($0)" }) == [])
        let columns = (0..<10_000).map { "c\($0): \($0)" }.joined(separator: ", ")
        #expect(faults("let r = {\(columns)}\nprint $r.c9999 $r.c0") == [])
        let words = (0..<90_000).map { "'word \($0)'" }.joined(separator: " ")
        #expect(faults("print \(words)") == [])
    }

    @Test func theNestingThatIsReadIsCheckedToo() {
        func nested(_ depth: Int) -> String {
            "print " + String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
        }
        #expect(faults(nested(Parser.nestingLimit)) == [])
        #expect(faults(nested(Parser.nestingLimit + 1)).first == "L034")
    }

    @Test func ofManyFaultsTheFirstAreTold() {
        let found = faults(lines(3000) { "let x\($0) = 1" } + lines(3000) { "print $y\($0)" })
        #expect(found == Array(repeating: "C010", count: Parser.faultLimit) + ["L061"])
    }

    @Test func twiceTheScriptTakesAboutTwiceTheTime() {
        func script(_ count: Int) -> String {
            lines(count) {
                "let r\($0) = {a: \($0), b: ['x' \"$r\(max(0, $0 - 1))\"]}\nif $r\($0).a > 1 { print $r\($0).b }"
            }
            .replacing("\"$r0\"", with: "'r'")
        }
        let growth = ThreadTime.growth(from: 300) { _ = faults(script($0)) }
        #expect(growth < 24)
    }
}
