import FoundationEssentials
import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioProvider

/// Conferences, and SIP calls into them.
@Suite struct ProviderConferenceTests {
    static let call = ConferenceCall(
        label: "agent", from: ClientGoldenTests.number.e164, uri: "sip:+14155550123@vx7kq2m4d0.sip.livekit.cloud")
    static let agent: Participant = {
        guard let agent = try? Participant(JSON(reading: Array(participant("agent").utf8))) else {
            preconditionFailure("the texts of this file are participants")
        }
        return agent
    }()
    private static let path = "/Conferences/\(conferenceSID)"

    /// The contract's exchange G25.
    @Test func callsASIPURI() async throws {
        let transport = ScriptedTransport([post(Self.path + "/Participants.json", participant("agent"))])
        let added = try await provider(transport).add(Self.call, toConference: conferenceSID)
        #expect(added == Self.agent)
        #expect(
            transport.sent.map(\.line) == [
                "POST \(accountURL)\(Self.path)/Participants.json BODY From=%2B14155550123"
                    + "&To=sip%3A%2B14155550123%40vx7kq2m4d0.sip.livekit.cloud&Label=agent"
            ])
    }

    /// The password goes over the wire, and into no error and no log.
    @Test func sendsTheCredentialsAndNeverTellsThem() async throws {
        var call = Self.call
        (call.username, call.password) = ("bridge", Secret("s3cret Pass&1"))
        let log = LogLines()
        let refused = refusal(21222, 400, "s3cret Pass&1 is s3cret%20Pass%261")
        let transport = ScriptedTransport([post("/Participants.json", refused, status: 400)])
        let error = try await failure {
            _ = try await provider(transport, log: log).add(call, toConference: conferenceSID)
        }
        let sent = try #require(transport.sent.first)
        #expect(sent.text.hasSuffix("&SipAuthUsername=bridge&SipAuthPassword=s3cret%20Pass%261"))
        #expect(error.code == .invalidArgument)
        let told = "\(error) \(error.cause ?? "") \(log.lines)"
        #expect(told.contains("••••••") && !told.contains("s3cret"), "\(told)")
    }

    // MARK: Which conference

    @Test func findsOneUnderWayByItsName() async throws {
        let rows = [
            conference("standup", sid: "CF" + String(repeating: "0", count: 32), status: "completed"),
            conference("standup 2", sid: "CF" + String(repeating: "1", count: 32)),
            conference("standup", status: "init"),
        ]
        let transport = ScriptedTransport([get("Conferences.json?FriendlyName=standup", page("conferences", rows))])
        let found = try await provider(transport).conference("standup")
        #expect(found?.sid == conferenceSID)
        #expect(found?.name == "standup")
    }

    @Test(arguments: [("in-progress", true), ("init", true), ("completed", false)])
    func findsOneByItsID(_ status: String, _ isFound: Bool) async throws {
        let transport = ScriptedTransport([get(Self.path + ".json", conference("standup", status: status))])
        #expect(try await provider(transport).conference(conferenceSID)?.sid == (isFound ? conferenceSID : nil))
    }

    @Test func findsNone() async throws {
        let empty = ScriptedTransport([get("FriendlyName=a%20%26%20b", page("conferences", []))])
        #expect(try await provider(empty).conference("a & b") == nil)
        let gone = ScriptedTransport([
            ScriptedExchange("GET", Self.path + ".json", .success(.json(404, refusal(20404, 404))))
        ])
        #expect(try await provider(gone).conference(conferenceSID) == nil)
    }

    @Test func twoOfOneNameAreAConflict() async throws {
        let other = "CF" + String(repeating: "1", count: 32)
        let rows = [conference("standup"), conference("standup", sid: other)]
        let transport = ScriptedTransport([get("FriendlyName=standup", page("conferences", rows))])
        let error = try await failure { _ = try await provider(transport).conference("standup") }
        #expect(error.code == .conflict)
        #expect(error.help == "name one by its id: \(conferenceSID) \(other)")
    }

    // MARK: Who is in it

    @Test(arguments: [("queued", true), ("ringing", true), ("connected", true), ("complete", false), ("failed", false)])
    func whoHasLeftIsNotInIt(_ status: String, _ isThere: Bool) async throws {
        let transport = ScriptedTransport([
            get(Self.path + "/Participants/switchboard-1.json", participant("switchboard-1", status: status))
        ])
        let found = try await provider(transport).participant("switchboard-1", ofConference: conferenceSID)
        #expect((found != nil) == isThere)
    }

    @Test func hangsUpOnce() async throws {
        let path = Self.path + "/Participants/\(callSID).json"
        let transport = ScriptedTransport([delete(path), delete(path, status: 404, refusal(20404, 404))])
        let twilio = try provider(transport)
        try await twilio.hangUp(Self.agent)
        try await twilio.hangUp(Self.agent)
        #expect(transport.sent.count == 2)
    }

    @Test(arguments: [
        (21210, ErrorCode.invalidArgument), (21264, .invalidArgument), (21226, .forbidden), (16003, .notFound),
        (20404, .notFound),
    ])
    func tellsWhyTwilioDoesNotCall(_ code: Int, _ meaning: ErrorCode) async throws {
        let status = code == 20404 ? 404 : 400
        let transport = ScriptedTransport([post("/Participants.json", refusal(code, status), status: status)])
        let error = try await failure { _ = try await provider(transport).add(Self.call, toConference: conferenceSID) }
        #expect(error.code == meaning)
        #expect(!error.mayHaveHappened)
    }
}
