import FoundationEssentials
import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

private let id = "ST_4fGh7JkLmNpQ"

private func inbound(_ text: String = Golden.trunk()) throws -> SIPTrunk {
    SIPTrunk(try Golden.document(text, .inboundTrunk))
}

private func change(_ schema: RoutingSchema, _ name: String, _ value: JSON?) throws -> RoutingChange {
    var change = RoutingChange(schema)
    try change.set(name, value)
    return change
}

private func numbers(_ edit: RoutingChange.ListEdit) -> RoutingChange {
    var change = RoutingChange(.inboundTrunk)
    change.lists["numbers"] = edit
    return change
}

/// What the answer of a look-up wraps.
private func got(_ trunk: String) -> String { #"{"trunk":\#(trunk)}"# }

@Suite struct ClientTrunkTests {
    private func run<Result>(
        _ script: [ScriptedExchange], _ body: (LiveKitAgentPlatform, ScriptedTransport) async throws -> Result
    ) async throws -> Result {
        let transport = ScriptedTransport(script)
        let result = try await body(LiveKitAgentPlatform(context: context(transport)), transport)
        #expect(transport.complaints.isEmpty)
        return result
    }

    private func refused(
        _ script: [ScriptedExchange], _ body: (LiveKitAgentPlatform) async throws -> Void
    ) async throws -> SwitchboardError {
        try await run(script) { platform, _ in try await failure { try await body(platform) } }
    }

    // MARK: Reading

    /// A server that sends pages in any order, more than was asked for, some twice and some empty.
    @Test func listsTrunksOfBothDirectionsHoweverThePagesCome() async throws {
        @Sendable func trunk(_ number: Int) -> String {
            #"{"sip_trunk_id":"ST_\#(1000 + number)","name":"t\#(number)"}"#
        }
        let transport = ScriptedTransport { request in
            let after = try json(request.body).field("page")?.text("after_id") ?? ""
            let items: [String] =
                switch (request.operation, after) {
                case ("ListSIPInboundTrunk", ""): (0..<150).reversed().map { trunk($0 * 2) } + ["null", "null"]
                case ("ListSIPInboundTrunk", "ST_1298"): [trunk(298), trunk(300), trunk(4)]
                case ("ListSIPInboundTrunk", _): [trunk(300)]
                case ("ListSIPOutboundTrunk", ""): [#"{"sipTrunkId":"ST_1001","name":"out","transport":3}"#, "{}"]
                default: []
                }
            return .json(200, #"{"items":[\#(items.joined(separator: ","))]}"#)
        }
        let platform = try LiveKitAgentPlatform(context: context(transport))
        let trunks = try await platform.trunks()
        let expected = ["ST_1000", "ST_1001"] + (1...150).map { "ST_\(1000 + $0 * 2)" }
        #expect(trunks.map(\.id) == expected)
        #expect(trunks.filter { $0.direction == .outbound }.map(\.transport) == ["tls"])
        #expect(transport.sent.count == 5)
        for request in transport.sent {
            #expect(try json(request.body).field("page")?.field("limit") == 100)
            #expect(request.header("X-Livekit-Request-Id") == nil)
        }
    }

    @Test func givesUpOnAListWithoutEnd() async throws {
        let transport = ScriptedTransport { request in
            let after = try json(request.body).field("page")?.text("after_id") ?? "ST_"
            return .json(200, #"{"items":[{"sip_trunk_id":"\#(after)x"}]}"#)
        }
        let platform = try LiveKitAgentPlatform(context: context(transport))
        let error = try await failure { _ = try await platform.inboundTrunks.calls.all() }
        #expect(error.code == .badAnswer)
        #expect(error.message == "livekit's list of inbound trunks does not end after 1000 pages")
        #expect(transport.sent.count == 1000)
    }

    @Test(arguments: [#"{"items":"x"}"#, #"{"items":[7]}"#, #"{"items":[{"numbers":"x"}]}"#, "[]", "<html>"])
    func takesNoNonsenseForAList(_ answer: String) async throws {
        let transport = ScriptedTransport { _ in .json(200, answer) }
        let platform = try LiveKitAgentPlatform(context: context(transport))
        for read in [{ _ = try await platform.trunks() }, { _ = try await platform.dispatchRules() }] {
            let error = try await failure(read)
            #expect(error.code == .badAnswer)
            if answer.contains("numbers") { #expect(error.cause?.contains("numbers") == true) }
        }
    }

    @Test(arguments: ["requested sip trunk does not exist", "twirp error unknown: object cannot be found"])
    func looksInBothDirections(message: String) async throws {
        let unknown = { refusal($0, 404, "not_found", message) }
        let outbound = try await run([
            unknown(inboundPath("Get")), answer(outboundPath("Get"), got(Golden.outboundTrunk(id))),
        ]) { platform, _ in try await platform.trunk(id: id) }
        #expect(outbound?.direction == .outbound)
        let none = try await run([unknown(inboundPath("Get")), unknown(outboundPath("Get"))]) { platform, _ in
            try await platform.trunk(id: id)
        }
        #expect(none == nil)
        #expect(try await run([]) { platform, _ in try await platform.trunk(id: "") } == nil)
    }

    @Test(arguments: [#"{"trunk":null}"#, "{}", got(Golden.outboundTrunk("ST_other")), #"{"trunk":[]}"#])
    func takesNoOtherTrunkForTheOne(answered: String) async throws {
        let error = try await refused([answer(inboundPath("Get"), answered)]) { _ = try await $0.trunk(id: id) }
        #expect(error.code == .badAnswer)
        #expect(!error.mayHaveHappened)
    }

    // MARK: Changing

    @Test func replacesWithEveryFieldThatTheTrunkHas() async throws {
        let before = """
            {"sipTrunkId":"\(id)","name":"main","metadata":"m","numbers":["+15105550100"],"authUsername":"swb",
             "auth_password":"s3cret","newerField":{"x":[1,2.5]},"krisp_enabled":true,"include_headers":"SIP_X_HEADERS",
             "ringing_timeout":"30s","created_at":"2026-09-24T19:39:32.739773Z",
             "media":{"codecs":[{"name":"PCMU","rate":8000}]}}
            """
        let whole = """
            {"sip_trunk_id":"\(id)","name":"main","metadata":"m","numbers":["+15105550100"],"auth_username":"swb",
             "auth_password":"s3cret","newerField":{"x":[1,2.5]},"krisp_enabled":true,"include_headers":"SIP_X_HEADERS",
             "ringing_timeout":"30s","created_at":"2026-09-24T19:39:32.739773Z","headers":{"X-Desk":"7"},
             "media":{"codecs":[{"name":"PCMU","rate":8000}]}}
            """
        let change = try change(.inboundTrunk, "headers", ["X-Desk": "7"])
        let after = try await run([
            answer(inboundPath("Get"), got(before)), answer(inboundPath("Update"), whole),
            answer(inboundPath("Get"), got(whole)),
        ]) { platform, transport in
            let after = try await platform.update(inbound(before), by: change, key: "k")
            #expect(try json(transport.sent[1].body) == json(#"{"sip_trunk_id":"\#(id)","replace":\#(whole)}"#))
            #expect(transport.sent[1].header("X-Livekit-Request-Id") == "k")
            return after
        }
        #expect(after.document.map("headers") == ["X-Desk": "7"])
        #expect(after.document["newerField"] == ["x": [1, .number("2.5")]])
    }

    @Test(arguments: ["", "****", "••••••"])
    func neverSendsAHiddenPasswordBack(shown: String) async throws {
        let hidden = Golden.trunk(password: shown)
        var asked = try change(.inboundTrunk, "headers", ["X-Desk": "7"])
        let plain = asked
        let error = try await refused([answer(inboundPath("Get"), got(hidden), times: 1...1)]) {
            _ = try await $0.update(inbound(hidden), by: plain, key: "k")
        }
        #expect(error.code == .invalidArgument)
        #expect(error.fields.keys.contains("auth_password"))
        #expect(!error.mayHaveHappened)

        let whole = try inbound(hidden)
        let script = shown == "****" ? [] : [answer(inboundPath("Get"), got(hidden))]
        let other = try await refused(script) { _ = try await $0.replace(whole, key: "k") }
        #expect(other.fields.keys.contains("auth_password"))

        asked.secrets["auth_password"] = Secret("n3w-one")
        let given = asked
        let after = Golden.trunk(password: shown).replacing(#""headers":{}"#, with: #""headers":{"X-Desk":"7"}"#)
        try await run([
            answer(inboundPath("Get"), got(hidden)), answer(inboundPath("Update"), after),
            answer(inboundPath("Get"), got(after)),
        ]) { platform, transport in
            _ = try await platform.update(inbound(hidden), by: given, key: "k")
            #expect(try json(transport.sent[1].body).field("replace")?.text("auth_password") == "n3w-one")
        }
    }

    @Test func clearsAPasswordOnlyWhenAsked() async throws {
        var change = RoutingChange(.inboundTrunk)
        change.secrets["auth_password"] = Secret("")
        let asked = change
        try await run([
            answer(inboundPath("Update"), Golden.trunk(password: "")),
            answer(inboundPath("Get"), got(Golden.trunk(password: ""))),
        ]) { platform, transport in
            let after = try await platform.update(inbound(), by: asked, key: "k")
            #expect(!after.hasPassword)
            #expect(
                try json(transport.sent[0].body) == json(#"{"sip_trunk_id":"\#(id)","update":{"auth_password":""}}"#))
        }
    }

    @Test func sendsNothingWhoseSecretsWereLeftBehind() async throws {
        let kept = try JSONEncoder().encode(inbound())
        #expect(!String(decoding: kept, as: UTF8.self).contains("s3cret"))
        let trunk = try JSONDecoder().decode(SIPTrunk.self, from: kept)
        let error = try await refused([answer(inboundPath("Get"), got(Golden.trunk()), times: 0...1)]) {
            _ = try await $0.replace(trunk, key: "k")
        }
        #expect(error.code == .invalidArgument)
        #expect(error.fields.keys.contains("auth_password"))
    }

    @Test func takesEveryOccurrenceOut() async throws {
        let twice = Golden.trunk(numbers: ["+15105550100", "+15105550101", "+15105550100"])
        let after = Golden.trunk(numbers: ["+15105550101"])
        let change = numbers(.init(remove: ["+15105550100", "+15105550109"]))
        try await run([answer(inboundPath("Update"), after), answer(inboundPath("Get"), got(after))]) {
            platform, transport in
            _ = try await platform.update(inbound(twice), by: change, key: "k")
            #expect(
                try json(transport.sent[0].body).field("update")?.field("numbers")
                    == ["remove": ["+15105550100", "+15105550100", "+15105550109"]])
        }
    }

    @Test func saysWhenTheLastWriterWasSomebodyElse() async throws {
        let change = numbers(.init(add: ["+15105550101"]))
        let error = try await refused([
            answer(inboundPath("Update"), Golden.trunk(numbers: ["+15105550100", "+15105550101"])),
            answer(inboundPath("Get"), got(Golden.trunk())),
        ]) { _ = try await $0.update(inbound(), by: change, key: "k") }
        #expect(error.code == .conflict)
        #expect(error.mayHaveHappened)
        #expect(error.message == "livekit accepted the change of inbound trunk \(id) and does not show it")
    }

    @Test func readsWhatIsThereWhereNothingIsToChange() async throws {
        let trunk = try await run([answer(inboundPath("Get"), got(Golden.trunk()))]) { platform, _ in
            try await platform.update(inbound(), by: RoutingChange(.inboundTrunk), key: "k")
        }
        #expect(trunk.numbers == ["+15105550100"])
    }

    /// LiveKit answers this one mistake as if it were its own.
    @Test func tellsAnEmptiedOutboundTrunkFromAServerError() async throws {
        var change = RoutingChange(.outboundTrunk)
        change.lists["numbers"] = .init(set: [])
        let (asked, trunk) = (change, SIPTrunk(try Golden.document(Golden.outboundTrunk(), .outboundTrunk)))
        let error = try await refused([refusal(outboundPath("Update"), 500, "unknown", "no trunk numbers specified")]) {
            _ = try await $0.update(trunk, by: asked, key: "k")
        }
        #expect(error.code == .invalidArgument)
        #expect(error.fields == ["numbers": "no trunk numbers specified"])
        #expect(!error.mayHaveHappened)
        #expect(!error.isRetryable)
    }

    @Test func asksAgainUnderTheSameRequestIDWhenTheRateIsTooHigh() async throws {
        let slower = ScriptedExchange(
            "POST", inboundPath("Create"), .success(.json(429, #"{"code":"resource_exhausted","msg":"slow"}"#)))
        try await run([slower, answer(inboundPath("Create"), Golden.trunk())]) { platform, transport in
            _ = try await platform.create(Golden.newTrunk, key: "run_1/7")
            #expect(transport.sent.map { $0.header("X-Livekit-Request-Id") } == ["run_1/7", "run_1/7"])
        }
    }

    // MARK: Secrets

    @Test func repeatsNoPasswordThatAnAnswerRepeats() async throws {
        let log = LogLines()
        for status in [400, 500] {
            let transport = ScriptedTransport { request in
                let sent = String(decoding: request.body, as: UTF8.self).replacing("\"", with: "'")
                return .json(status, #"{"code":"malformed","msg":"cannot read \#(sent)"}"#)
            }
            let platform = try LiveKitAgentPlatform(context: context(transport, log: log))
            let error = try await failure { _ = try await platform.create(Golden.newTrunk, key: "k") }
            var shown = ""
            dump(error, to: &shown)
            #expect(shown.contains("twilio-main"))
            #expect(!shown.contains("s3cret"))
        }
        #expect(!log.lines.joined().contains("s3cret"))
    }
}
