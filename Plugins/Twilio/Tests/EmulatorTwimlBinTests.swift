import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@testable import TwilioSandbox

/// TwiML Bins, which seeds make and whoever asks may read.
@Suite struct EmulatorTwimlBinTests {
    private static let text = #"<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>"#
    private static let bin: JSON = ["friendly_name": "+15105550100", "twiml": .string(text)]

    @Test(arguments: ["GET", "POST"])
    func answersWhoeverAsks(_ method: String) async throws {
        let server = try EmulatorHarness()
        let sid = try #require(try server.emulator.seed(["twiml_bins": [Self.bin]]).first?.id)
        #expect(TwilioSid.isOne(sid, "EH"))
        let answer = try #require(await server.client.send(method, "/twiml/\(sid)"))
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/xml")
        #expect(answer.text == Self.text)
    }

    /// A Bin of one name keeps its URL when its TwiML changes.
    @Test func oneOfTheSameNameIsChanged() async throws {
        let server = try EmulatorHarness()
        let first = try server.emulator.seed(["twiml_bins": [Self.bin]])
        let other: JSON = ["friendly_name": "+15105550100", "twiml": "<Response/>"]
        let second = try server.emulator.seed(["twiml_bins": [other]])
        #expect(first.map(\.id) == second.map(\.id))
        let sid = try #require(first.first?.id)
        #expect(await server.client.send("GET", "/twiml/\(sid)")?.text == "<Response/>")
        let third = try server.emulator.seed(["twiml_bins": [["friendly_name": "x", "twiml": "<Response/>"]]])
        #expect(third.first?.id != sid)
    }

    @Test func noOtherPathIsABin() async throws {
        let server = try EmulatorHarness()
        #expect(await server.client.send("GET", "/twiml/EH00000000000000000000000000000000")?.status == 404)
        #expect(await server.client.send("GET", "/twiml")?.status == 401)
    }
}
