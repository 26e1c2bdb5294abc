import SwitchboardLanguage
import Testing

@Suite struct SyntaxFaultTests {
    @Test(arguments: SyntaxFault.allCases) func everyFaultHasACodeAndOneSentence(fault: SyntaxFault) {
        #expect(fault.code.count == 4 && fault.code.hasPrefix("L") && Int(fault.code.dropFirst()) != nil)
        let message = fault.message("'x'")
        #expect(!message.isEmpty && !message.hasSuffix(".") && !message.contains("\n"))
    }

    @Test func everyFaultCanHappen() {
        let texts = [
            "a\u{7}", "a\u{200B}", "^", "let x = +1", "let x = 2026-13-01", "let x = .5", "print '", #"print "\q""#,
            #"print "${1}""#, "—", "don't",
            "list -p", "list --", "$", "5 6", "(1", ")", "(1]", String(repeating: "(", count: 300), "a 'b''c'", "a |\n",
            "| a", "let for = 1", "let $x = 1", "let x",
            "a\nparam --a: int", "if $a { use ./x }", "$x = 1", "while $a { }", "try", "else", "{a: 1, a: 2}",
            "where .a==1", "1 + 2", "where 1 < 2 < 3", "where .a = 1",
            "where 1 == not 2", "where 1" + String(repeating: " + 1", count: 600),
            String(repeating: "let = 1\n", count: 200),
        ]
        var codes = Set(texts.flatMap { Reading.faults($0).map { String($0.prefix(4)) } })
        codes.formUnion(SourceText(name: "t", bytes: [0xFF]).diagnostics.map(\.code))
        #expect(Set(SyntaxFault.allCases.map(\.code)).subtracting(codes).sorted() == [])
    }
}
