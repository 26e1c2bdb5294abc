import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioProvider

/// What goes over the wire, byte for byte, against the exchanges of the contract (section 11).
@Suite struct ClientGoldenTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        var name: String
        /// What is sent, with `{A}` for the account's path.
        var lines: [String]
        var script: [ScriptedExchange]
        var perform: @Sendable (TwilioProvider) async throws -> Void

        var testDescription: String { name }
    }

    static let number = CarrierNumber(
        id: numberSID, e164: E164("+14155550123") ?? fallback, kind: .fullNumber, route: .webhook)
    private static var fallback: E164 { preconditionFailure("the numbers of this file are numbers") }
    private static let sid = "{\"sid\":\"\(numberSID)\"}"
    private static let reference = "{\"sid\":\"\(listSID)\",\"trunk_sid\":\"\(trunkSID)\"}"

    static let all: [Golden] = [
        Golden(
            name: "G1 search",
            lines: ["GET {A}/AvailablePhoneNumbers/US/Local.json?AreaCode=415&VoiceEnabled=true&PageSize=2"],
            script: [get("PageSize=2", #"{"available_phone_numbers":[],"uri":"x"}"#)]
        ) {
            let answer = try await $0.search(NumberQuery(countryCode: "US", areaCode: "415", limit: 2))
            #expect(answer == [])
        },
        Golden(
            name: "G3 and G4 look, then buy",
            lines: [
                "GET {A}/IncomingPhoneNumbers.json?PhoneNumber=%2B14155550123&PageSize=20",
                "POST {A}/IncomingPhoneNumbers.json BODY PhoneNumber=%2B14155550123",
            ],
            script: [
                get("PageSize=20", page("incoming_phone_numbers", [])),
                post("/IncomingPhoneNumbers.json", incoming("+14155550123")),
            ]
        ) {
            let answer = try await $0.purchase(number.e164, key: "k").providerID
            #expect(answer == numberSID)
        },
        Golden(
            name: "G22 look up",
            lines: ["GET {A}/IncomingPhoneNumbers.json?PhoneNumber=%2B14155550123&PageSize=20"],
            script: [get("PageSize=20", page("incoming_phone_numbers", [incoming("+14155550123", trunk: trunkSID)]))]
        ) {
            let answer = try await $0.lookUp(number.e164)?.status
            #expect(answer == .active)
        },
        Golden(
            name: "release", lines: ["DELETE {A}/IncomingPhoneNumbers/\(numberSID).json"],
            script: [delete("\(numberSID).json")]
        ) {
            try await $0.release(
                OwnedNumber(
                    provider: "twilio", providerID: numberSID, e164: number.e164, status: .active, countryCode: "US"),
                key: "k")
        },
        Golden(
            name: "G23 a verified caller id, after the account's numbers",
            lines: [
                "GET {A}/IncomingPhoneNumbers.json?PhoneNumber=%2B12025550142&PageSize=20",
                "GET {A}/OutgoingCallerIds.json?PhoneNumber=%2B12025550142&PageSize=20",
            ],
            script: [
                get("PageSize=20", page("incoming_phone_numbers", [])),
                get(
                    "PageSize=20",
                    page(
                        "outgoing_caller_ids",
                        [#"{"sid":"PN0f1e2d3c4b5a69788796a5b4c3d2e1f0","phone_number":"+12025550142"}"#])),
            ]
        ) {
            let caller = try e164("+12025550142")
            let answer = try await $0.holding(of: caller)
            #expect(
                answer == CarrierNumber(id: "PN0f1e2d3c4b5a69788796a5b4c3d2e1f0", e164: caller, kind: .verifiedCallerID)
            )
        },
        Golden(
            name: "G12 a trunk",
            lines: ["POST {T}/Trunks BODY FriendlyName=switchboard&DomainName=\(trunkDomain)&Secure=false"],
            script: [post("/v1/Trunks", trunk(trunkDomain))]
        ) {
            let answer = try await $0.makeSharedTrunk(to: sipHost, key: "k")
            #expect(answer == CarrierTrunk(id: trunkSID, name: "switchboard", terminationHost: trunkDomain))
        },
        Golden(
            name: "G15 an origination URL",
            lines: [
                "GET {T}/Trunks/\(trunkSID)/OriginationUrls?PageSize=100",
                "POST {T}/Trunks/\(trunkSID)/OriginationUrls BODY Weight=1&Priority=1&Enabled=true"
                    + "&FriendlyName=switchboard&SipUrl=sip%3Aacme01.sip.livekit.cloud%3Btransport%3Dtcp",
            ],
            script: [
                get("PageSize=100", meta("origination_urls", [])), post("/OriginationUrls", originationURL(sipURI)),
            ]
        ) {
            let answer = try await $0.makeOriginationURL(sipURI, ofTrunk: trunkSID, key: "k")
            #expect(answer == OriginationURL(id: urlSID, sipURI: sipURI))
        },
        Golden(
            name: "G17 a credential list",
            lines: ["POST {A}/SIP/CredentialLists.json BODY FriendlyName=switchboard-lk"],
            script: [post("/CredentialLists.json", "{\"sid\":\"\(listSID)\",\"friendly_name\":\"switchboard-lk\"}")]
        ) {
            let answer = try await $0.makeCredentialList(named: "switchboard-lk", key: "k")
            #expect(answer == CredentialList(id: listSID, name: "switchboard-lk"))
        },
        Golden(
            name: "G18 a credential",
            lines: [
                "GET {A}/SIP/CredentialLists/\(listSID)/Credentials.json?PageSize=1000",
                "POST {A}/SIP/CredentialLists/\(listSID)/Credentials.json"
                    + " BODY Username=sb-lk&Password=Zq7%2Bharbour%20Lamp2",
            ],
            script: [get("PageSize=1000", page("credentials", [])), post("/Credentials.json", #"{"sid":"CR01"}"#)]
        ) { try await $0.setCredential("sb-lk", password: Secret("Zq7+harbour Lamp2"), inList: listSID, key: "k") },
        Golden(
            name: "G20 attach the list",
            lines: ["POST {T}/Trunks/\(trunkSID)/CredentialLists BODY CredentialListSid=\(listSID)"],
            script: [post("/CredentialLists", reference)]
        ) { try await $0.attachCredentialList(listSID, toTrunk: trunkSID, key: "k") },
        Golden(
            name: "detach the list", lines: ["DELETE {T}/Trunks/\(trunkSID)/CredentialLists/\(listSID)"],
            script: [delete("/CredentialLists/\(listSID)")]
        ) { try await $0.detachCredentialList(listSID, fromTrunk: trunkSID, key: "k") },
        Golden(
            name: "delete the list", lines: ["DELETE {A}/SIP/CredentialLists/\(listSID).json"],
            script: [delete("\(listSID).json")]
        ) { try await $0.deleteCredentialList(listSID, key: "k") },
        Golden(
            name: "G21 attach the number",
            lines: ["POST {T}/Trunks/\(trunkSID)/PhoneNumbers BODY PhoneNumberSid=\(numberSID)"],
            script: [post("/PhoneNumbers", sid)]
        ) { try await $0.attach(number, toTrunk: trunkSID, key: "k") },
        Golden(
            name: "G26 detach", lines: ["DELETE {T}/Trunks/\(trunkSID)/PhoneNumbers/\(numberSID)"],
            script: [delete("/PhoneNumbers/\(numberSID)")]
        ) { try await $0.detach(number, fromTrunk: trunkSID, key: "k") },
        Golden(
            name: "G27 detach twice", lines: ["DELETE {T}/Trunks/\(trunkSID)/PhoneNumbers/\(numberSID)"],
            script: [delete("/PhoneNumbers/\(numberSID)", status: 404, refusal(20404, 404))]
        ) { try await $0.detach(number, fromTrunk: trunkSID, key: "k") },
        Golden(
            name: "restore an application",
            lines: ["POST {A}/IncomingPhoneNumbers/\(numberSID).json BODY VoiceApplicationSid=AP01"],
            script: [post("\(numberSID).json", sid, status: 200)]
        ) {
            var before = number
            before.route = .application("AP01")
            try await $0.restore(before, key: "k")
        },
        Golden(
            name: "restore another trunk",
            lines: ["POST {A}/IncomingPhoneNumbers/\(numberSID).json BODY TrunkSid=TK02"],
            script: [post("\(numberSID).json", sid, status: 200)]
        ) {
            var before = number
            before.route = .trunk("TK02")
            try await $0.restore(before, key: "k")
        },
        Golden(
            name: "restore a webhook: an empty value clears",
            lines: ["POST {A}/IncomingPhoneNumbers/\(numberSID).json BODY TrunkSid="],
            script: [post("\(numberSID).json", sid, status: 200)]
        ) { try await $0.restore(number, key: "k") },
    ]

    @Test(arguments: all)
    func goesOverTheWireAsTheContractSays(_ golden: Golden) async throws {
        let transport = ScriptedTransport(golden.script)
        try await golden.perform(provider(transport))
        #expect(transport.complaints == [])
        let lines = golden.lines.map {
            $0.replacing("{A}", with: accountURL).replacing("{T}", with: sandboxURL + "/v1")
        }
        #expect(transport.sent.map(\.line) == lines)
        for request in transport.sent {
            #expect(request.header("Authorization") == "Basic " + basicWord)
            #expect(request.header("Accept") == "application/json")
            let form = request.method == "POST" ? "application/x-www-form-urlencoded" : nil
            #expect(request.header("Content-Type") == form)
            #expect(request.deadline == .seconds(30))
        }
    }
}
