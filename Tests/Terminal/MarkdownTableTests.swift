import SwitchboardTerminal
import Testing

@Suite struct MarkdownTableTests {
    @Test func cellsAreEscapedAndNumbersStandRight() {
        let table = TextTable(
            columns: [.init("a|b"), .init("count"), .init("country_code")],
            rows: [["x|y", "1", "_US_"], ["", "22", "one\ntwo"]])
        let markdown = MarkdownTable(table)
        #expect(markdown.head == ["| a\\|b | count | country_code |", "| --- | ---: | --- |"])
        #expect(markdown.line(0) == "| x\\|y | 1 | \\_US\\_ |")
        #expect(markdown.line(1) == "|  | 22 | one<br>two |")
    }

    @Test(arguments: [
        ("plain", "plain"), (#"\|"#, #"\\\|"#), ("**bold**", #"\*\*bold\*\*"#), ("<b>", #"\<b>"#), ("`x`", #"\`x\`"#),
        ("[a](b)", #"\[a\](b)"#), ("agent_01J8", "agent_01J8"), ("&lt;", #"\&lt;"#), ("東京_x", "東京_x"),
    ])
    func textStaysText(text: String, escaped: String) {
        #expect(MarkdownTable.escaped(text) == escaped)
    }
}
