import FoundationEssentials
import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioCommands

/// TwiML that leads a call to a SIP URI.
@Suite struct TwiMLTests {
    private static let uri = "sip:+14155550123@abc123.sip.livekit.cloud;transport=tcp"

    /// The contract's own document (section 6.2), letter by letter.
    @Test func isWrittenAsTwilioWritesIt() throws {
        let document = try TwiML(dialing: Self.uri, username: "bridge", password: "s3cretPass&1")
        #expect(
            document.text == """
                <?xml version="1.0" encoding="UTF-8"?><Response><Dial><Sip password="s3cretPass&amp;1" username="bridge">\
                sip:+14155550123@abc123.sip.livekit.cloud;transport=tcp</Sip></Dial></Response>
                """)
    }

    @Test func hasNoCredentialsWhereTheTrunkAsksForNone() throws {
        #expect(try TwiML(dialing: Self.uri).text.contains("<Dial><Sip>sip:+14155550123@"))
    }

    @Test(arguments: [
        (#"a&b"#, "a&amp;b", "a&amp;b"), ("<b>", "&lt;b&gt;", "&lt;b&gt;"), (#"""#, #"""#, "&quot;"), ("'", "'", "'"),
        ("&amp;", "&amp;amp;", "&amp;amp;"), ("]]>", "]]&gt;", "]]&gt;"), ("é😀\u{301}", "é😀\u{301}", "é😀\u{301}"),
        ("a b", "a b", "a b"), ("", "", ""),
    ])
    func isEscaped(_ text: String, _ content: String, _ attribute: String) throws {
        #expect(try XMLText.content(text, named: "x") == content)
        #expect(try XMLText.attribute(text, named: "x") == attribute)
    }

    @Test(arguments: [
        "\u{0}", "\u{1}", "\t", "\n", "\r", "\u{1B}", "\u{7F}", "\u{85}", "\u{FFFE}", "\u{FFFF}", "\u{1FFFF}",
    ])
    func aCharacterThatXMLCannotHoldIsRefused(_ character: String) throws {
        #expect(throws: SwitchboardError.self) { try TwiML(dialing: "sip:\(character)") }
        do {
            _ = try TwiML(dialing: Self.uri, username: "bridge", password: "s3cret\(character)")
            Issue.record("it was taken")
        } catch let error as SwitchboardError {
            #expect(error.code == .invalidArgument)
            #expect(error.message.hasPrefix("the password holds the character U+"))
            #expect(!error.message.contains("s3cret"))
        }
    }

    /// Twilio's own generator writes the same, and an XML parser reads what was meant.
    @Test func isWhatTwiliosLibraryWritesAndAParserReads() async throws {
        let python = try #require(
            ProcessInfo.processInfo.environment["SWITCHBOARD_TEST_PYTHON"],
            "SWITCHBOARD_TEST_PYTHON does not name a Python with Twilio's client; run: scripts/test")
        var chance = SeededChance(seed: 7)
        let samples = try (0..<300).map { _ in
            let texts = (0..<3).map { _ in Self.text(&chance) }
            let document = try TwiML(dialing: texts[0], username: texts[1], password: texts[2])
            return JSON.strings(texts + [document.text])
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Interop/twiml.py").path
        let run = try await Subprocess.run(python, ["-B", script], input: JSON.array(samples).bytes())
        #expect(run.status == 0, "\(run.errorText)")
        #expect(run.outputText == "ok 300 documents\n")
    }

    /// Letters that XML shields, and others.
    private static func text(_ chance: inout SeededChance) -> String {
        let letters = Array("&<>\"'; =/+@:?#%aZ9é£😀\u{301}\u{2028}\u{E000}")
        return String(
            (0..<Int.random(in: 1...12, using: &chance)).compactMap { _ in letters.randomElement(using: &chance) })
    }
}
