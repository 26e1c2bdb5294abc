import FoundationEssentials
import SwitchboardCore
import Testing

@Suite struct E164Tests {
    @Test(arguments: ["+14155550100", "+1234567", "+123456789012345"])
    func readsTheExactForm(_ text: String) {
        #expect(E164(text)?.text == text)
        #expect(E164(text)?.description == text)
    }

    @Test(arguments: [
        "", "+", "14155550100", "+04155550100", "+123456", "+1234567890123456", "+1 4155550100", "+1415555010a",
        " +14155550100", "+14155550100\n", "\u{FF0B}14155550100", "+\u{FF11}4155550100", "++1415555010",
    ])
    func refusesEverythingElse(_ text: String) {
        #expect(E164(text) == nil)
    }

    @Test func isJSONText() throws {
        let number = try #require(E164("+14155550100"))
        let data = try JSONEncoder().encode([number])
        #expect(String(decoding: data, as: UTF8.self) == #"["+14155550100"]"#)
        #expect(try JSONDecoder().decode([E164].self, from: data) == [number])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([E164].self, from: Data(#"["4155550100"]"#.utf8))
        }
    }
}
