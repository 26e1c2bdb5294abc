import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// Texts that are long or deep: each is read in time, or refused with a fault that says why.
@Suite(.serialized) struct LimitTests {
    private func faults(_ text: String) -> [String] {
        var codes: [String] = []
        let time = ThreadTime.of {
            let source = SourceText(name: "t", text: text)
            let result = Parser.parse(source)
            _ = DiagnosticRenderer(source).render(result.diagnostics)
            codes = result.diagnostics.map(\.code)
        }
        #expect(time < .seconds(60), "\(text.prefix(40))…")
        return codes
    }

    private func repeated(_ text: String, _ count: Int = 100_000) -> String { String(repeating: text, count: count) }

    @Test func longTextsAreRead() {
        #expect(faults("list" + repeated(" | first")) == [])
        #expect(faults(repeated("list --a 5\n")) == [])
        #expect(faults("print " + repeated("abcdefg ", 125_000)) == [])
        #expect(faults("print " + repeated("a", 1_000_000)) == [])
        #expect(faults("print \"" + repeated("a$b ", 250_000) + "\"") == [])
        #expect(faults("let x = [" + repeated("1\n") + "]") == [])
        #expect(faults("let x = {" + (0..<50_000).map { "a\($0): 1" }.joined(separator: ", ") + "}") == [])
    }

    @Test func whatIsTooDeepIsRefusedOnce() {
        #expect(faults(repeated("(", 20_000)) == ["L034"])
        #expect(faults("print " + repeated("[", 20_000) + repeated("]", 20_000)) == ["L034"])
        #expect(faults(repeated("if $a { ", 20_000) + repeated("}", 20_000)) == ["L034"])
        #expect(faults("if $a { }" + repeated(" else if $a { }", 20_000)) == ["L034"])
        #expect(faults("let x: " + repeated("list<", 20_000) + "int" + repeated(">", 20_000) + " = 5") == ["L034"])
        #expect(faults("let x = " + repeated("{a: ", 20_000) + "1" + repeated("}", 20_000)) == ["L034"])
        #expect(faults("let x = 1" + repeated(" + 1", 20_000)) == ["L060"])
        #expect(faults("where .a" + repeated(" or .b", 20_000)) == ["L060"])
        #expect(faults("where " + repeated("not ", 20_000)) == ["L054"])
    }

    @Test func whatIsDeepButNotTooDeepIsRead() {
        let count = Parser.nestingLimit - 1
        #expect(faults("print " + repeated("(1 + ", count) + "1" + repeated(")", count)) == [])
        #expect(faults(repeated("if $a { ", count) + repeated("}", count)) == [])
        #expect(faults("let x = 1" + repeated(" + 1", Parser.operatorLimit)) == [])
    }

    @Test func operatorsAndBracketsCountTogether() {
        let row = "(1" + repeated(" + 1", 100) + " + "
        #expect(faults("print " + repeated(row, 20) + "1" + repeated(")", 20)) == [])
        let deep = "(" + repeated("((1 + ", 40) + "1" + repeated(") + 1)", 40) + ")" + repeated(" + 1", 450)
        #expect(faults("let x = " + deep) == ["L060"])
    }

    @Test func faultyTextsTakeLinearTime() {
        #expect(faults(repeated("\\\"\n", 20_000)).count == Parser.faultLimit + 1)
        #expect(faults(repeated("\" ' ( \n", 20_000)).count <= 3)
        #expect(faults(repeated("^ ", 30_000)).count == Parser.faultLimit + 1)
        #expect(faults(repeated(") ", 30_000)).count == Parser.faultLimit + 1)
        #expect(faults(repeated("(foo\n", 20_000)).count <= Parser.faultLimit + 1)
        #expect(faults(repeated("let = (\n", 20_000)).count == Parser.faultLimit + 1)
        #expect(faults(repeated("if { let = [ \n", 10_000)).count <= Parser.faultLimit + 1)
        #expect(faults(repeated("( ] \n", 20_000)).count <= Parser.faultLimit + 1)
        #expect(faults(repeated("(((]\n", 20_000)).count <= Parser.faultLimit + 1)
        #expect(faults(repeated("print 'a\nb'\n", 20_000) + "'") == ["L014"])
    }

    @Test func twiceTheTextTakesAboutTwiceTheTime() {
        for piece in [
            "list | where .a == 1\n", "( [ { \n", "x ) ] }\n", "'a\n", "{a: (\n", "if $a { (\n", "each {\n ) \n",
            "a = (\n| b\n",
        ] {
            let growth = ThreadTime.growth(from: 1_500) { _ = faults(repeated(piece, $0)) }
            #expect(growth < 24, "\(piece)")
        }
    }
}
