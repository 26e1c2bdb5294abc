import Testing

@testable import SwitchboardTerminal

@Suite struct PastedTextTests {
    @Test(arguments: [
        ("a\rb\r\nc\n\rd", "a\nb\nc\n\nd"), ("a\u{200D}b\u{FE0F}\u{FEFF}\u{85}\0c", "abc"),
        ("\t\u{1B}[A", "\t\u{1B}[A"),
        ("", ""),
    ])
    func becomesALine(_ pasted: String, _ text: String) {
        #expect(PastedText.cleaned(Array(pasted.utf8)) == text)
    }

    @Test func invalidBytesAreForgotten() {
        #expect(PastedText.cleaned([0x61, 0xFF, 0x62, 0xE2, 0x82, 0x63]) == "abc")
    }

    @Test func rowsAreThoseOfTheScreen() {
        #expect(PastedText.rows(of: "", columns: 10) == 1)
        #expect(PastedText.rows(of: "a\n\nb", columns: 10) == 3)
        #expect(PastedText.rows(of: "東京東京東京", columns: 10) == 2)
    }

    @Test func severalStatementsOrRowsAreSaid() {
        #expect(PastedText.remark(statements: 3, isTall: true) == "3 statements, Enter runs, :edit edits")
        #expect(PastedText.remark(statements: 1, isTall: true)?.hasSuffix("Enter runs, :edit edits") == true)
        #expect(PastedText.remark(statements: 1, isTall: false) == nil)
    }
}
