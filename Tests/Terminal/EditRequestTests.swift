import Testing

@testable import SwitchboardTerminal

@Suite struct EditRequestTests {
    @Test(
        arguments: [
            (":edit", ""), ("a\nb\n:edit", "a\nb"), ("a {\n    :edit ", "a {"), ("a :edit", nil), (":edit\na", nil),
            ("", nil),
        ] as [(String, String?)])
    func isTheLastRow(_ line: String, _ text: String?) {
        #expect(EditRequest.text(in: line) == text)
    }

    @Test func behindAPasteItNeedsNoRow() {
        #expect(EditRequest.separated("a\nb:edit") == "a\nb\n:edit")
        #expect(EditRequest.separated("a\n:edit") == "a\n:edit")
        #expect(EditRequest.separated("a") == "a")
    }
}
