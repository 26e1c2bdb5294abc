import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioProvider

/// The steps of an import: what the account holds, its shared trunk, and what hangs on that.
@Suite struct ProviderCarrierTests {
    private static let callerSID = "PN0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    private static let caller = #"{"sid":"\#(callerSID)","phone_number":"+12025550142"}"#

    // MARK: Numbers

    @Test func readsBothListsOnce() async throws {
        let next = "\(accountPath)/OutgoingCallerIds.json?Page=1"
        let twice = #"{"sid":"PN8","phone_number":"+14155550123"}"#
        let transport = ScriptedTransport([
            get(
                "/IncomingPhoneNumbers.json?PageSize=1000",
                page("incoming_phone_numbers", [incoming("+14155550123", voice: false)])),
            get("/OutgoingCallerIds.json?PageSize=1000", page("outgoing_caller_ids", [twice], next: next)),
            get(next, page("outgoing_caller_ids", [Self.caller])),
        ])
        let all = try await provider(transport).holdings()
        #expect(
            all == [
                CarrierNumber(id: Self.callerSID, e164: try e164("+12025550142"), kind: .verifiedCallerID),
                CarrierNumber(id: numberSID, e164: try e164("+14155550123"), kind: .fullNumber, hasVoice: false),
            ])
        #expect(transport.complaints == [])
    }

    @Test func tellsWhereCallsGo() async throws {
        for (row, route) in [
            (incoming("+14155550123"), CarrierNumber.Route.nowhere),
            (incoming("+14155550123", voiceURL: "https://pbx.example.com/in"), .webhook),
            (incoming("+14155550123", voiceURL: "https://pbx.example.com/in", application: "AP1"), .application("AP1")),
            (incoming("+14155550123", trunk: trunkSID, voiceURL: "https://pbx.example.com/in"), .trunk(trunkSID)),
        ] {
            let transport = ScriptedTransport { _ in .json(200, page("incoming_phone_numbers", [row])) }
            #expect(try await provider(transport).holding(of: e164("+14155550123"))?.route == route)
        }
    }

    @Test func knowsWhatTheAccountDoesNotHold() async throws {
        let transport = ScriptedTransport([
            get("PageSize=20", page("incoming_phone_numbers", [incoming("+141555501234")])),
            get("PageSize=20", page("outgoing_caller_ids", [Self.caller])),
        ])
        #expect(try await provider(transport).holding(of: e164("+14155550123")) == nil)
    }

    /// Its id looks like a number's, and Twilio would take some other thing by it.
    @Test func leadsNoVerifiedCallerIDAnywhere() async throws {
        let transport = ScriptedTransport([])
        let provider = try provider(transport)
        let caller = CarrierNumber(id: Self.callerSID, e164: try e164("+12025550142"), kind: .verifiedCallerID)
        for error in [
            try await failure { try await provider.attach(caller, toTrunk: trunkSID, key: "k") },
            try await failure { try await provider.restore(caller, key: "k") },
        ] { #expect(error.code == .invalidArgument) }
        #expect(transport.sent.isEmpty)
    }

    @Test func listsWhatIsOnATrunk() async throws {
        let transport = ScriptedTransport([
            get(
                "/PhoneNumbers?PageSize=100",
                meta("phone_numbers", [#"{"sid":"PN2","phone_number":"+14155550141"}"#, incoming("+14155550123")]))
        ])
        #expect(
            try await provider(transport).numbers(ofTrunk: trunkSID)
                == [try e164("+14155550123"), try e164("+14155550141")])
    }

    // MARK: The shared trunk

    @Test func theDomainNameIsOfTheAccountAndTheHost() {
        let names = TrunkDomain.names(account: accountSID, sipHost: "ACME01.sip.livekit.cloud")
        #expect(names.first == trunkDomain)
        #expect(names.last == "sb-3e01d7da6589-5.pstn.twilio.com")
        #expect(names.count == 5)
        #expect(TrunkDomain.names(account: accountSID, sipHost: "other.sip.livekit.cloud").first != trunkDomain)
    }

    @Test func findsTheTrunkAlsoUnderALaterName() async throws {
        let later = "sb-3e01d7da6589-3.pstn.twilio.com"
        let rows = [trunk("acme.pstn.twilio.com", sid: "TK1"), trunk("", sid: "TK2"), trunk(later, sid: "TK3")]
        let transport = ScriptedTransport { _ in .json(200, meta("trunks", rows)) }
        #expect(
            try await provider(transport).sharedTrunk(to: sipHost)
                == CarrierTrunk(id: "TK3", name: "switchboard", terminationHost: later))
        #expect(try await provider(transport).sharedTrunk(to: "other.sip.livekit.cloud") == nil)
    }

    @Test(arguments: [21248, 21245])
    func adoptsATrunkThatWasMadeMeanwhile(code: Int) async throws {
        let transport = ScriptedTransport([
            post("/v1/Trunks", refusal(code, 400), status: 400),
            get("/v1/Trunks?PageSize=100", meta("trunks", [trunk(trunkDomain)])),
        ])
        #expect(try await provider(transport).makeSharedTrunk(to: sipHost, key: "k").id == trunkSID)
        #expect(transport.complaints == [])
    }

    /// A deleted trunk keeps its name for weeks.
    @Test func takesTheNextNameWhereOneIsTaken() async throws {
        let next = "sb-3e01d7da6589-2.pstn.twilio.com"
        let transport = ScriptedTransport([
            post("/v1/Trunks", refusal(21248, 400), status: 400),
            get("/v1/Trunks?PageSize=100", meta("trunks", [])), post("/v1/Trunks", trunk(next)),
        ])
        #expect(try await provider(transport).makeSharedTrunk(to: sipHost, key: "k").terminationHost == next)
        #expect(transport.sent[2].text == "FriendlyName=switchboard&DomainName=\(next)&Secure=false")
    }

    @Test func givesUpAfterFiveNames() async throws {
        let transport = ScriptedTransport { request in
            request.method == "POST" ? .json(400, refusal(21248, 400)) : .json(200, meta("trunks", []))
        }
        let error = try await failure { _ = try await provider(transport).makeSharedTrunk(to: sipHost, key: "k") }
        #expect(error.code == .conflict)
        #expect(!error.mayHaveHappened)
        #expect(transport.sent.count { $0.method == "POST" } == 5)
    }

    @Test func stopsAtTheAccountsQuota() async throws {
        let transport = ScriptedTransport([post("/v1/Trunks", refusal(21244, 400), status: 400)])
        let error = try await failure { _ = try await provider(transport).makeSharedTrunk(to: sipHost, key: "k") }
        #expect(error.code == .paymentRequired)
    }

    // MARK: Origination URLs

    @Test(arguments: [
        "sip:ACME01.sip.livekit.cloud;transport=TCP", "sip:acme01.sip.livekit.cloud;transport=tcp",
    ])
    func makesNoOriginationURLTwice(there: String) async throws {
        let transport = ScriptedTransport([get("PageSize=100", meta("origination_urls", [originationURL(there)]))])
        let url = try await provider(transport).makeOriginationURL(sipURI, ofTrunk: trunkSID, key: "k")
        #expect(url.id == urlSID)
        #expect(transport.sent.count == 1)
    }

    @Test func enablesOneThatIsDisabled() async throws {
        let transport = ScriptedTransport([
            get("PageSize=100", meta("origination_urls", [originationURL(sipURI, enabled: false)])),
            post("/OriginationUrls/\(urlSID)", originationURL(sipURI), status: 200),
        ])
        let url = try await provider(transport).makeOriginationURL(sipURI, ofTrunk: trunkSID, key: "k")
        #expect(url.isEnabled)
        #expect(transport.sent[1].text == "Enabled=true")
    }

    @Test func leavesOtherOriginationURLsAlone() async throws {
        let others = [
            originationURL("sip:pbx.example.com", sid: "OU1"),
            originationURL("sip:acme01.sip.livekit.cloud", sid: "OU2"),
        ]
        let transport = ScriptedTransport([
            get("PageSize=100", meta("origination_urls", others)), post("/OriginationUrls", originationURL(sipURI)),
        ])
        #expect(try await provider(transport).makeOriginationURL(sipURI, ofTrunk: trunkSID, key: "k").id == urlSID)
        #expect(transport.complaints == [])
    }

    @Test func readsParametersAsASet() {
        #expect(OriginationURL.meansSame("sip:a.example;edge=x;transport=tcp", "SIP:A.example;transport=tcp;edge=x"))
        #expect(!OriginationURL.meansSame("sip:a.example", "sip:a.example;transport=tcp"))
        #expect(!OriginationURL.meansSame("sip:a.example:5060", "sip:a.example"))
    }

    // MARK: Credential lists

    @Test func takesAListOfThatNameThatIsThere() async throws {
        let there = #"{"sid":"\#(listSID)","friendly_name":"switchboard-lk"}"#
        let transport = ScriptedTransport([
            post("/CredentialLists.json", refusal(21240, 400), status: 400),
            get("/CredentialLists.json?PageSize=1000", page("credential_lists", [there])),
        ])
        #expect(try await provider(transport).makeCredentialList(named: "switchboard-lk", key: "k").id == listSID)
    }

    /// Twilio has one code for a name that is taken and for one that is no good.
    @Test func aListThatIsRefusedForAnotherReasonIsRefused() async throws {
        let transport = ScriptedTransport([
            post("/CredentialLists.json", refusal(21240, 400, "name too long"), status: 400),
            get("/CredentialLists.json?PageSize=1000", page("credential_lists", [])),
        ])
        let error = try await failure { _ = try await provider(transport).makeCredentialList(named: "x", key: "k") }
        #expect(error.code == .invalidArgument)
        #expect(error.message == "twilio refused CreateSipCredentialList: name too long")
    }

    @Test func setsThePasswordOfAUserWhoIsThere() async throws {
        let transport = ScriptedTransport([
            get("/Credentials.json?PageSize=1000", page("credentials", [#"{"sid":"CR01","username":"sb-lk"}"#])),
            post("/Credentials/CR01.json", #"{"sid":"CR01"}"#, status: 200),
        ])
        try await provider(transport).setCredential(
            "sb-lk", password: Secret("Abcdefgh1234"), inList: listSID, key: "k")
        #expect(transport.sent[1].text == "Password=Abcdefgh1234")
        #expect(transport.complaints == [])
    }

    @Test func anAttachedListIsAttached() async throws {
        let there = #"{"sid":"\#(listSID)"}"#
        let transport = ScriptedTransport([
            post("/CredentialLists", refusal(21245, 400), status: 400),
            get("/CredentialLists?PageSize=100", meta("credential_lists", [there])),
        ])
        try await provider(transport).attachCredentialList(listSID, toTrunk: trunkSID, key: "k")
        #expect(transport.complaints == [])
        let other = ScriptedTransport([
            post("/CredentialLists", refusal(21245, 400), status: 400),
            get("/CredentialLists?PageSize=100", meta("credential_lists", [])),
        ])
        let error = try await failure {
            try await provider(other).attachCredentialList(listSID, toTrunk: trunkSID, key: "k")
        }
        #expect(error.code == .invalidArgument)
    }

    @Test func aListInUseIsNotDeleted() async throws {
        let transport = ScriptedTransport([delete("\(listSID).json", status: 400, refusal(21241, 400))])
        let error = try await failure { try await provider(transport).deleteCredentialList(listSID, key: "k") }
        #expect(error.code == .conflict)
    }

    // MARK: Twilio's short memory

    /// What was made a moment ago may be unknown to the next call.
    @Test func asksAgainForWhatItHasJustMade() async throws {
        let clock = ManualClock(skipsWaits: true)
        let unknown = ScriptedExchange(
            "GET", "/OriginationUrls?PageSize=100", .success(.json(404, refusal(20404, 404))), times: 2...2)
        let transport = ScriptedTransport([
            post("/v1/Trunks", trunk(trunkDomain)), unknown,
            get("/OriginationUrls?PageSize=100", meta("origination_urls", [])),
        ])
        let provider = try TwilioProvider(context: context(transport, clock: clock))
        let made = try await provider.makeSharedTrunk(to: sipHost, key: "k")
        #expect(try await provider.originationURLs(ofTrunk: made.id) == [])
        #expect(clock.waits == [.seconds(1), .seconds(1)])
        #expect(transport.complaints == [])
    }

    @Test func takesOldThingsThatAreGoneForGone() async throws {
        let clock = ManualClock(skipsWaits: true)
        let transport = ScriptedTransport { request in
            request.method == "POST" ? .json(201, trunk(trunkDomain)) : .json(404, refusal(20404, 404))
        }
        let provider = try TwilioProvider(context: context(transport, clock: clock))
        let made = try await provider.makeSharedTrunk(to: sipHost, key: "k")
        clock.advance(by: .seconds(60))
        let error = try await failure { _ = try await provider.originationURLs(ofTrunk: made.id) }
        #expect(error.code == .notFound)
        #expect(transport.sent.count == 2)
    }
}
