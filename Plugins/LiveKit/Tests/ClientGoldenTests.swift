import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

/// The golden exchanges of the contract (section 8) that this client takes part in, with LiveKit's bytes.
@Suite struct ClientGoldenTests {
    /// One exchange: what the client has to send, and what LiveKit answers.
    private struct Exchange {
        var path: String
        var request: String
        var status = 200
        var answer: String
        /// The request id of a change.
        var key: String?
    }

    /// Runs a call against the exchanges and compares every request with what was to be sent.
    private func run<Result>(
        _ exchanges: [Exchange], _ body: (LiveKitProvider, LiveKitAgentPlatform) async throws -> Result
    ) async throws -> Result {
        let transport = ScriptedTransport(
            exchanges.map { ScriptedExchange("POST", $0.path, .success(.json($0.status, $0.answer))) })
        let provider = try LiveKitProvider(context: context(transport))
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(provider, provider.platform)) } catch { result = .failure(error) }
        #expect(transport.complaints.isEmpty)
        for (request, exchange) in zip(transport.sent, exchanges) {
            #expect(request.method == "POST")
            #expect(request.url == "https://acme.example" + exchange.path)
            #expect(try json(request.body) == json(exchange.request))
            #expect(request.header("Content-Type") == "application/json")
            #expect(request.header("Authorization")?.hasPrefix("Bearer eyJ") == true)
            #expect(request.header("X-Livekit-Request-Id") == exchange.key)
        }
        return try result.get()
    }

    private func refused(
        _ exchanges: [Exchange], _ body: (LiveKitProvider, LiveKitAgentPlatform) async throws -> Void
    ) async throws -> SwitchboardError {
        try await failure { try await run(exchanges, body) }
    }

    // MARK: Numbers

    private static let inventory = ["+14155550142", "+14155550143", "+14155550144"].map {
        wireNumber($0, id: "", status: "PHONE_NUMBER_STATUS_UNSPECIFIED")
    }

    @Test("G1, G2: search, first and last page") func searches() async throws {
        let token = "eyJvZmZzZXQiOjIsImxpbWl0IjoyfQ=="
        let found = try await run([
            Exchange(
                path: searchPath, request: #"{"country_code":"US","area_code":"415","limit":3}"#,
                answer:
                    #"{"items":[\#(Self.inventory[0]),\#(Self.inventory[1])],"next_page_token":{"token":"\#(token)"}}"#),
            Exchange(
                path: searchPath,
                request: #"{"country_code":"US","area_code":"415","limit":3,"page_token":{"token":"\#(token)"}}"#,
                answer: #"{"items":[\#(Self.inventory[2])],"next_page_token":null}"#),
        ]) { provider, _ in
            try await provider.search(NumberQuery(countryCode: "US", areaCode: "415", limit: 3))
        }
        #expect(found.map(\.e164.text) == ["+14155550142", "+14155550143", "+14155550144"])
    }

    @Test("G5: a purchase, whose answer is sparse") func purchases() async throws {
        let sparse = """
            {"phone_numbers":[{"id":"PN_PPN_7hJk2mNpQrSt","e164_format":"+14155550142","country_code":"","area_code":"",\
            "number_type":"PHONE_NUMBER_TYPE_UNKNOWN","locality":"","region":"","spam_score":0,"created_at":null,\
            "updated_at":null,"capabilities":[],"status":"PHONE_NUMBER_STATUS_ACTIVE","assigned_at":null,\
            "released_at":null,"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm","sip_dispatch_rule_ids":["SDR_9aBcDeFgHjKm"]}]}
            """
        let whole = wireNumber("+14155550142", status: "PHONE_NUMBER_STATUS_ACTIVE", rules: ["SDR_9aBcDeFgHjKm"])
        let bought = try await run([
            Exchange(path: purchasePath, request: #"{"phone_numbers":["+14155550142"]}"#, answer: sparse, key: "k"),
            Exchange(
                path: getPath, request: #"{"phone_number":"+14155550142"}"#, answer: #"{"phone_number":\#(whole)}"#),
        ]) { provider, _ in try await provider.purchase(e164("+14155550142"), key: "k") }
        #expect(bought.providerID == numberID)
        #expect(bought.areaCode == "415")
        #expect(bought.dispatchRuleIDs == ["SDR_9aBcDeFgHjKm"])
    }

    @Test("G6: the number is gone") func findsTheNumberGone() async throws {
        let error = try await refused([
            Exchange(
                path: purchasePath, request: #"{"phone_numbers":["+14155550142"]}"#, status: 404,
                answer: #"{"code":"not_found","msg":"phone number +14155550142 is not available"}"#, key: "k")
        ]) { provider, _ in _ = try await provider.purchase(e164("+14155550142"), key: "k") }
        #expect(error.code == .taken)
    }

    @Test("G7, G28: the list, which a server may not have filtered") func listsNumbers() async throws {
        let listed = try await run([
            Exchange(
                path: listPath,
                request: #"{"limit":500,"statuses":["PHONE_NUMBER_STATUS_OFFLINE"]}"#,
                answer: """
                    {"items":[\(wireNumber("+14155550142")),\
                    \(wireNumber("+14155550143", id: "PN_PPN_b", status: "PHONE_NUMBER_STATUS_ACTIVE"))],\
                    "next_page_token":null,"total_count":2,"offline_count":1}
                    """)
        ]) { provider, _ in try await provider.ownedNumbers(OwnedNumberFilter(statuses: [.offline])) }
        #expect(listed.map(\.providerID) == [numberID])
    }

    @Test("G10, G11: looking up an unknown number, releasing one") func looksUpAndReleases() async throws {
        let owned = OwnedNumber(
            provider: "livekit", providerID: numberID, e164: try e164("+14155550142"), status: .active,
            countryCode: "US")
        let unknown = try await run([
            Exchange(path: releasePath, request: #"{"ids":["PN_PPN_7hJk2mNpQrSt"]}"#, answer: "{}", key: "r"),
            Exchange(
                path: getPath, request: #"{"phone_number":"+14155550199"}"#, status: 404,
                answer: #"{"code":"not_found","msg":"phone number not found"}"#),
        ]) { provider, _ in
            try await provider.release(owned, key: "r")
            return try await provider.lookUp(e164("+14155550199"))
        }
        #expect(unknown == nil)
    }

    // MARK: Rules

    @Test("G3: a rule that dispatches an agent to a purchased number") func createsARule() async throws {
        let request = """
            {"dispatch_rule":{"name":"front-desk","rule":{"dispatch_rule_individual":{"room_prefix":"call-"}},\
            "trunk_ids":["PN_PPN_7hJk2mNpQrSt"],"room_config":{"agents":[{"agent_name":"front-desk-agent",\
            "metadata":"{\\"tenant\\":\\"acme\\"}"}]}}}
            """
        let made = try await run([
            Exchange(path: rulePath("Create"), request: request, answer: Golden.rule(), key: "k")
        ]) { _, platform in try await platform.create(Golden.newRule, key: "k") }
        #expect(made.id == "SDR_9aBcDeFgHjKm")
        #expect(made.agents == [AgentTarget(dispatchName: "front-desk-agent", metadata: #"{"tenant":"acme"}"#)])
        #expect(made.document.means(Golden.newRule.document, comparingSecrets: true))
    }

    @Test("G19: a second rule for the same calls") func refusesASecondCatchAll() async throws {
        var rule = DispatchRule()
        rule.name = "b"
        rule.setKind(.direct, room: "lobby")
        let open = rule
        let message =
            "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch "
            + #"rule \"SDR_8mNpQrStUvWx\" \"a\""#
        let error = try await refused([
            Exchange(
                path: rulePath("Create"),
                request: #"{"dispatch_rule":{"name":"b","rule":{"dispatch_rule_direct":{"room_name":"lobby"}}}}"#,
                status: 400, answer: #"{"code":"invalid_argument","msg":"\#(message)"}"#, key: "k")
        ]) { _, platform in _ = try await platform.create(open, key: "k") }
        #expect(error.code == .conflict)
        #expect(error.message.contains(#"rule "SDR_8mNpQrStUvWx" "a""#))
        #expect(!error.mayHaveHappened)
    }

    @Test("G20: no rule in the wrapper") func refusesAnEmptyRule() async throws {
        let error = try await refused([
            Exchange(
                path: rulePath("Create"), request: #"{"dispatch_rule":{}}"#, status: 400,
                answer: #"{"code":"invalid_argument","msg":"missing rule"}"#, key: "k")
        ]) { _, platform in _ = try await platform.create(DispatchRule(), key: "k") }
        #expect(error.code == .invalidArgument)
        #expect(error.fields == ["rule": "missing rule"])
    }

    @Test("G21: another agent, by replacing the whole rule") func changesTheAgent() async throws {
        var after = Golden.newRule
        after.agents = [AgentTarget(dispatchName: "night-agent")]
        var change = RoutingChange(.dispatchRule)
        try change.set("room_config", after.document["room_config"])
        let night = Golden.rule(agent: "night-agent", metadata: "")
        let request = """
            {"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm","replace":{"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm",\
            "name":"front-desk","rule":{"dispatch_rule_individual":{"room_prefix":"call-"}},\
            "trunk_ids":["PN_PPN_7hJk2mNpQrSt"],"room_config":{"agents":[{"agent_name":"night-agent"}]}}}
            """
        let byID = #"{"dispatch_rule_ids":["SDR_9aBcDeFgHjKm"]}"#
        let (last, asked) = (try Golden.document(Golden.rule(), .dispatchRule), change)
        let rule = try await run([
            Exchange(path: rulePath("List"), request: byID, answer: #"{"items":[\#(Golden.rule())]}"#),
            Exchange(path: rulePath("Update"), request: request, answer: night, key: "k"),
            Exchange(path: rulePath("List"), request: byID, answer: #"{"items":[\#(night)]}"#),
        ]) { _, platform in try await platform.update(DispatchRule(last), by: asked, key: "k") }
        #expect(rule.agents == [AgentTarget(dispatchName: "night-agent")])
        #expect(rule.trunkIDs == ["PN_PPN_7hJk2mNpQrSt"])
    }

    @Test("G22: rules after an id") func listsRules() async throws {
        func rule(_ id: String) -> String { #"{"sip_dispatch_rule_id":"\#(id)"}"# }
        let rules = try await run([
            Exchange(
                path: rulesPath, request: #"{"page":{"limit":100}}"#,
                answer: #"{"items":[\#(rule("SDR_3xYzWvUtSrQp"))]}"#),
            Exchange(
                path: rulesPath, request: #"{"page":{"after_id":"SDR_3xYzWvUtSrQp","limit":100}}"#,
                answer: #"{"items":[\#(rule("SDR_8mNpQrStUvWx")),\#(rule("SDR_9aBcDeFgHjKm"))]}"#),
            Exchange(
                path: rulesPath, request: #"{"page":{"after_id":"SDR_9aBcDeFgHjKm","limit":100}}"#,
                answer: #"{"items":[]}"#),
        ]) { _, platform in try await platform.dispatchRules() }
        #expect(rules.map(\.id) == ["SDR_3xYzWvUtSrQp", "SDR_8mNpQrStUvWx", "SDR_9aBcDeFgHjKm"])
    }

    @Test("G24: deleting an unknown rule") func deletesAnUnknownRule() async throws {
        let error = try await refused([
            Exchange(
                path: rulePath("Delete"), request: #"{"sip_dispatch_rule_id":"SDR_9aBcDeFgHjKm"}"#, status: 404,
                answer: #"{"code":"not_found","msg":"requested sip dispatch rule does not exist"}"#, key: "k")
        ]) { _, platform in try await platform.deleteDispatchRule(id: "SDR_9aBcDeFgHjKm", key: "k") }
        #expect(error.code == .notFound)
        #expect(error.message == "livekit has no dispatch rule SDR_9aBcDeFgHjKm")
    }

    // MARK: Trunks

    @Test("G12: an inbound trunk") func createsATrunk() async throws {
        let trunk = try await run([
            Exchange(
                path: inboundPath("Create"),
                request: """
                    {"trunk":{"name":"twilio-main","numbers":["+15105550100"],"auth_username":"swb",\
                    "auth_password":"s3cret"}}
                    """,
                answer: Golden.trunk(), key: "k")
        ]) { _, platform in try await platform.create(Golden.newTrunk, key: "k") }
        #expect(trunk.id == "ST_4fGh7JkLmNpQ")
        #expect(trunk.password?.reveal() == "s3cret")
        #expect(trunk.document.means(Golden.newTrunk.document, comparingSecrets: true))
    }

    @Test("G13, G14, G15, G29: trunks that LiveKit refuses", arguments: Golden.refusedTrunks)
    func refusesATrunk(refusal: Golden.RefusedTrunk) async throws {
        let schema = refusal.direction.schema
        let trunk = SIPTrunk(try Golden.document(refusal.trunk, schema))
        let error = try await refused([
            Exchange(
                path: sipPath(schema.method("Create")), request: #"{"trunk":\#(refusal.trunk)}"#, status: 400,
                answer: JSON.object([.init("code", "invalid_argument"), .init("msg", .string(refusal.message))])
                    .compact,
                key: "k")
        ]) { _, platform in _ = try await platform.create(trunk, key: "k") }
        #expect(error.code == refusal.code)
        #expect(error.message.hasSuffix(refusal.message))
        #expect(Array(error.fields.keys) == refusal.fields)
        #expect(!error.mayHaveHappened)
        #expect(!error.isRetryable)
    }

    @Test("G16: one more number, twice") func addsANumber() async throws {
        var change = RoutingChange(.inboundTrunk)
        change.lists["numbers"] = RoutingChange.ListEdit(add: ["+15105550101"])
        let after = Golden.trunk(
            numbers: ["+15105550100", "+15105550101"], media: #"{"only_listed_codecs":false,"codecs":[]}"#)
        let update = Exchange(
            path: inboundPath("Update"),
            request: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ","update":{"numbers":{"add":["+15105550101"]}}}"#,
            answer: after, key: "k")
        let get = Exchange(
            path: inboundPath("Get"), request: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ"}"#,
            answer: #"{"trunk":\#(after)}"#)
        let (last, asked) = (SIPTrunk(try Golden.document(Golden.trunk(), .inboundTrunk)), change)
        let trunks = try await run([update, get, update, get]) { _, platform in
            let first = try await platform.update(last, by: asked, key: "k")
            return [first, try await platform.update(first, by: asked, key: "k")]
        }
        #expect(trunks.map(\.numbers) == [["+15105550100", "+15105550101"], ["+15105550100", "+15105550101"]])
    }

    @Test("G17: an empty list is sent as clear") func emptiesAList() async throws {
        var change = RoutingChange(.inboundTrunk)
        change.lists["numbers"] = RoutingChange.ListEdit(set: [])
        let (last, asked) = (SIPTrunk(try Golden.document(Golden.trunk(), .inboundTrunk)), change)
        let trunk = try await run([
            Exchange(
                path: inboundPath("Update"),
                request: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ","update":{"numbers":{"clear":true}}}"#,
                answer: Golden.trunk(numbers: []), key: "k"),
            Exchange(
                path: inboundPath("Get"), request: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ"}"#,
                answer: #"{"trunk":\#(Golden.trunk(numbers: []))}"#),
        ]) { _, platform in try await platform.update(last, by: asked, key: "k") }
        #expect(trunk.numbers.isEmpty)
    }

    @Test("G23: deleting a trunk") func deletesATrunk() async throws {
        try await run([
            Exchange(
                path: sipPath("DeleteSIPTrunk"), request: #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ"}"#,
                answer: """
                    {"sip_trunk_id":"ST_4fGh7JkLmNpQ","kind":"TRUNK_LEGACY","inbound_addresses":[],\
                    "outbound_address":"","outbound_number":"","transport":"SIP_TRANSPORT_AUTO",\
                    "inbound_numbers_regex":[],"inbound_numbers":[],"inbound_username":"","inbound_password":"",\
                    "outbound_username":"","outbound_password":"","name":"","metadata":""}
                    """, key: "k")
        ]) { _, platform in try await platform.deleteTrunk(id: "ST_4fGh7JkLmNpQ", key: "k") }
    }

    // MARK: Every call

    @Test("G25, G26, G27, G30: what any call may be answered with") func refusesAnyCall() async throws {
        let answers: [(HTTPAnswer, ErrorCode)] = [
            (.json(401, #"{"code":"unauthenticated","msg":"permissions denied"}"#), .unauthorized),
            (.text(401, "invalid API key"), .unauthorized),
            (
                .json(
                    404,
                    """
                    {"code":"bad_route","msg":"no handler for path \\"/twirp/livekit.SIP/GetSIPInboundTrunk\\"",\
                    "meta":{"twirp_invalid_route":"POST /twirp/livekit.SIP/GetSIPInboundTrunk"}}
                    """), .unsupported
            ), (.json(429, #"{"code":"resource_exhausted","msg":"api rate limit exceeded"}"#), .rateLimited),
        ]
        for (answer, code) in answers {
            let transport = ScriptedTransport { _ in answer }
            let platform = try LiveKitAgentPlatform(context: context(transport))
            let error = try await failure { _ = try await platform.trunk(id: "ST_4fGh7JkLmNpQ") }
            #expect(error.code == code)
            if code == .unsupported {
                #expect(error.message == "this livekit server does not offer GetSIPInboundTrunk")
            }
        }
    }
}
