import FoundationEssentials
import SwitchboardCore
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        ("{}", "{}"), (" [ 1 , -0.5e+3 , true , null ] ", "[1,-0.5e+3,true,null]"),
        ("{\"b\":1,\"a\":2,\"b\":3}", "{\"b\":1,\"a\":2,\"b\":3}"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        (#""\u00e9\ud83d\ude00\n\/""#, "\"é😀\\n/\""), ("\"\\u001f\"", "\"\\u001f\""),
        (#""tür\t\"ö\"\\ \u00fc""#, #""tür\t\"ö\"\\ ü""#),
    ])
    func readsAndWritesTheSame(_ text: String, _ compact: String) throws {
        #expect(try JSON(reading: text).compact == compact)
    }

    @Test(arguments: [
        "", "nul", "[1,]", "{\"a\":}", "{a:1}", "01", "1.", "+1", "\"\u{01}\"", "\"a\u{01}\"", #""a\x""#, #""\ud800""#,
        #""\ud800\u0041""#, #""\u+123""#, "\"open", "1 2", "{\"a\":1,}", "[1}", "'a'",
    ])
    func refuses(_ text: String) {
        #expect(throws: JSON.Unreadable.self) { try JSON(reading: text) }
    }

    @Test func refusesBytesThatAreNotUTF8() {
        // The last one's two bytes of é have an escape between them.
        let refused: [[UInt8]] = [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xC3, 0x5C, 0x6E, 0xA9, 0x22],
        ]
        for bytes in refused {
            #expect(throws: JSON.Unreadable.self) { try JSON(reading: bytes) }
        }
    }

    @Test func readsTheFirstValueOnly() throws {
        #expect(try JSON(readingFirstOf: Array("{\"a\":1} garbage".utf8)) == ["a": 1])
    }

    @Test func goesAHundredLevelsDeepAndNoDeeper() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSON(reading: nested(101)).compact == nested(101))
        #expect(throws: JSON.Unreadable.self) { try JSON(reading: nested(102)) }
    }

    @Test(arguments: [
        "null", "true", "\"a\\\"b\"", "0", "-1.5", "9223372036854775807", "18446744073709551615", "1e+21", "[]", "{}",
        "[[],{},null,false,\"1\",1]", "{\"\":[{\"a\":{\"b\":null}}],\"z\":0.1}",
    ])
    func otherCodersReadAndWriteTheSame(_ text: String) throws {
        let json = try JSON(reading: text)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let written = try encoder.encode(json)
        #expect(String(decoding: written, as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(JSON.self, from: written) == json)
    }

    @Test func escapesHTMLOnlyWhenAsked() {
        #expect(JSON.string("<a&b>").compact == "\"<a&b>\"")
        #expect(
            String(decoding: JSON.string("<a&b>").bytes(escapingHTML: true), as: UTF8.self)
                == #""\u003ca\u0026b\u003e""#)
    }
}
