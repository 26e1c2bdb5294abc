import SwitchboardCore
import Testing

@Suite struct SIPTrunkTests {
    // MARK: Numbers

    @Test(
        arguments: [
            ("1 (510) 555-0100", "+15105550100"), ("+1 510-555-0100", "+15105550100"), ("15105550100", "+15105550100"),
            ("+442079460018", "+442079460018"), ("442079460018", "+442079460018"), ("*", "*"), ("alice", "alice"),
            // Ten digits are a number of the US without its code, or one of New Zealand with it.
            ("6465550100", "6465550100"), ("(510) 555-0100", "(510) 555-0100"), ("911", "911"), ("", ""),
        ])
    func numbersAreNormalizedWhereTheyCanMeanOnlyOne(text: String, normal: String) {
        var trunk = SIPTrunk(.inbound)
        trunk.numbers = [text]
        trunk.allowedNumbers = [text]
        #expect(trunk.normalized().numbers == [normal] && trunk.normalized().allowedNumbers == [normal])
        #expect(trunk.normalized().normalized() == trunk.normalized())
    }

    // MARK: Faults

    private static let good = #""numbers":["+15105550100"]"#

    private func faults(_ text: String, _ direction: SIPTrunk.Direction, catchAll: Bool = false) throws -> [String] {
        try makeTrunk(text, direction).normalized().faults(catchAll: catchAll).map(\.message)
    }

    @Test(
        arguments: [
            "{\(good)}", #"{\#(good),"auth_username":"u","auth_password":"p"}"#,
            #"{\#(good),"allowed_addresses":["192.0.2.1","192.0.2.0/24","2001:db8::/32","::1","sip.example.com"]}"#,
            #"{\#(good),"headers":{"X-A":"1","Via":"x","to":"y"},"headers_to_attributes":{"From":"a"}}"#,
            #"{\#(good),"attributes_to_headers":{"a":"X-A"},"media":{"media_timeout":"600s","codecs":[{"name":"G722"}]}}"#,
            #"{"numbers":["1 (510) 555-0100"],"allowed_numbers":["13105551100"]}"#,
        ])
    func goodInboundTrunksHaveNone(text: String) throws {
        #expect(try faults(text, .inbound) == [])
    }

    @Test(
        arguments: [
            #"{"auth_username":"u","auth_password":"p"}"#, #"{"allowed_addresses":["192.0.2.1"]}"#,
        ])
    func aCatchAllHasToBeWanted(text: String) throws {
        #expect(try faults(text, .inbound) == ["without numbers the trunk takes the calls to every number"])
        #expect(try faults(text, .inbound, catchAll: true) == [])
    }

    @Test(
        arguments: [
            (#"{"name":"open"}"#, ["a trunk without numbers needs credentials or allowed addresses"]),
            (#"{"numbers":["6465550100"]}"#, ["numbers holds '6465550100', which is not in E.164"]),
            (#"{"numbers":["*"]}"#, ["numbers holds '*', which is not in E.164"]),
            (#"{"numbers":["alice\u001b[31m"]}"#, ["numbers holds 'alice\u{FFFD}[31m', which is not in E.164"]),
            (
                #"{"numbers":["+15105550100","15105550100"]}"#, ["numbers holds '+15105550100' twice"]
            ),
            (#"{\#(good),"allowed_numbers":["tel"]}"#, ["allowed_numbers holds 'tel', which is not in E.164"]),
            (#"{\#(good),"auth_username":"u"}"#, ["there is a user name and no password"]),
            (#"{\#(good),"auth_password":"p"}"#, ["there is a password and no user name"]),
            (
                #"{\#(good),"allowed_addresses":["sip://x","192.0.2.1"]}"#,
                ["LiveKit ignores the allowed address 'sip://x'"]
            ),
            (
                #"{\#(good),"allowed_addresses":["192.0.2.1, 192.0.2.2"]}"#,
                [
                    "LiveKit ignores the allowed address '192.0.2.1, 192.0.2.2', and as no other remains it lets every "
                        + "address in"
                ]
            ),
            (
                #"{\#(good),"allowed_addresses":["300.0.2.1"]}"#,
                ["the allowed address '300.0.2.1' is no address and no host name"]
            ),
            (
                #"{\#(good),"allowed_addresses":["192.0.2.0/33"]}"#,
                ["the allowed address '192.0.2.0/33' is no address and no host name"]
            ),
            (
                #"{\#(good),"allowed_addresses":["[::1]","x:5060",""]}"#,
                ["[::1]", "x:5060", ""].map { "the allowed address '\($0)' is no address and no host name" }
            ),
            (#"{\#(good),"allowed_addresses":["a.b","a.b"]}"#, ["allowed_addresses holds 'a.b' twice"]),
            (#"{\#(good),"ringing_timeout":"-1s"}"#, ["ringing_timeout is negative"]),
            (#"{\#(good),"max_call_duration":"-0.5s"}"#, ["max_call_duration is negative"]),
            (#"{\#(good),"media":{"codecs":[{}]}}"#, ["a codec has no name"]),
            (#"{\#(good),"media":{"codecs":[{"name":"PCM U"}]}}"#, ["the codec name 'PCM U' contains a blank"]),
            (#"{\#(good),"media":{"codecs":[{"name":"PCMU/8000"}]}}"#, ["the codec name 'PCMU/8000' contains '/'"]),
            (#"{\#(good),"media":{"media_timeout":"-1s"}}"#, ["the media timeout is negative"]),
            (#"{\#(good),"media":{"media_timeout":"600.001s"}}"#, ["the media timeout is longer than 10m"]),
            (#"{\#(good),"headers":{"":"1"}}"#, ["a header has no name"]),
            (#"{\#(good),"headers":{"X A":"1"}}"#, ["'X A' is no name of a header"]),
            (#"{\#(good),"headers":{"X-Ä":"1"}}"#, ["'X-Ä' is no name of a header"]),
            (#"{\#(good),"headers":{"From":"1"}}"#, ["the header 'From' belongs to SIP itself"]),
            (#"{\#(good),"headers":{"T":"1"}}"#, ["the header 'T' belongs to SIP itself"]),
            (#"{\#(good),"headers":{"X-A":"a\r\nVia: x"}}"#, ["the value of the header 'X-A' has a control character"]),
            (#"{\#(good),"headers_to_attributes":{"X A":"a"}}"#, ["'X A' is no name of a header"]),
            (#"{\#(good),"attributes_to_headers":{"a":"X:A"}}"#, ["'X:A' is no name of a header"]),
        ])
    func inboundFaultsAreFound(text: String, messages: [String]) throws {
        #expect(try faults(text, .inbound, catchAll: true) == messages)
    }

    @Test func headersHaveLimits() throws {
        let long = String(repeating: "a", count: 256)
        func trunk(_ name: String, _ value: String) throws -> [String] {
            var trunk = try makeTrunk("{\(Self.good)}")
            try trunk.document.set("headers", .object([.init(name, .string(value))]))
            return trunk.faults(catchAll: false).map(\.message)
        }
        #expect(try trunk(String(long.dropLast()), String(repeating: "a", count: 1024)) == [])
        #expect(try trunk(long, "").first?.hasSuffix("…' has more than 255 characters") == true)
        #expect(
            try trunk("X-A", String(repeating: "a", count: 1025)) == [
                "the value of the header 'X-A' has more than 1024 characters"
            ])
    }

    @Test func reservedHeadersAreThoseOfTheContract() throws {
        let names = """
            accept accept-encoding accept-language allow allow-events call-id contact content-encoding content-length \
            content-type cseq event expires from max-forwards record-route refer-to reply-to k l m o r t u v
            """
        for name in names.split(separator: " ").flatMap({ [String($0), $0.uppercased()] }) {
            #expect(try faults(#"{\#(Self.good),"headers":{"\#(name)":"1"}}"#, .inbound).count == 1, "\(name)")
        }
    }

    @Test(
        arguments: [
            (#"{"address":"sip.example.com","numbers":["+15105550100"]}"#, []),
            (
                #"{"address":"192.0.2.1:5060","numbers":["*"],"destination_country":"us","from_host":"[2001:db8::1]:5060"}"#,
                []
            ),
            (#"{"address":"2001:db8::1","numbers":["15105550100"]}"#, []),
            (#"{"address":"a.b"}"#, ["an outbound trunk needs a number that calls are made from"]),
            (#"{"numbers":["*"]}"#, ["an outbound trunk needs the carrier's address"]),
            (#"{"address":"a.b","numbers":["5550100"]}"#, ["numbers holds '5550100', which is not in E.164"]),
            (
                #"{"address":"a.b;transport=tls","numbers":["*"]}"#,
                ["address 'a.b;transport=tls' has a transport in it"]
            ),
            (#"{"address":"sip:a.b","numbers":["*"]}"#, ["address 'sip:a.b' is a SIP URI"]),
            (#"{"address":"u@a.b","numbers":["*"]}"#, ["address 'u@a.b' is a SIP URI"]),
            (#"{"address":"a.b","from_host":"sips:a.b","numbers":["*"]}"#, ["from_host 'sips:a.b' is a SIP URI"]),
            (
                #"{"address":"https://a.b","numbers":["*"]}"#,
                ["address 'https://a.b' is no host name and no IP address"]
            ),
            (#"{"address":"a.b:99999","numbers":["*"]}"#, ["address 'a.b:99999' is no host name and no IP address"]),
            (#"{"address":"a.b","numbers":["*"],"destination_country":"USA"}"#, ["'USA' is not a country"]),
            (#"{"address":"a.b","numbers":["*"],"destination_country":"1A"}"#, ["'1A' is not a country"]),
            (#"{"address":"a.b","numbers":["*"],"auth_username":"u"}"#, ["there is a user name and no password"]),
            (#"{"address":"a.b","numbers":["*"],"headers":{"From":"1"}}"#, ["the header 'From' belongs to SIP itself"]),
        ] as [(String, [String])])
    func outboundFaultsAreFound(text: String, messages: [String]) throws {
        #expect(try faults(text, .outbound) == messages)
    }

    @Test func theHelpForANumberSaysWhatToWrite() throws {
        var trunk = SIPTrunk(.inbound)
        trunk.numbers = ["1 (510) 555-0100", "6465550100"]
        let helps = trunk.faults(catchAll: false).map(\.help)
        #expect(
            helps == [
                "write +15105550100",
                "write it with '+' and the calling code, as in +14155550100; calls arrive under that form",
            ])
    }

    // MARK: Conflicts

    @Test(
        arguments: [
            // G15: the other spelling of the number.
            (
                #"{"numbers":["1 (510) 555-0100"]}"#,
                "trunk ST_one 'main' takes the calls to +15105550100 from every caller already"
            ),
            (
                #"{"numbers":["+15105550999","+15105550100"]}"#,
                "trunk ST_one 'main' takes the calls to +15105550100 from every caller already"
            ),
            (#"{"numbers":["+15105550100"],"allowed_numbers":["+13105551100"]}"#, nil),
            (#"{"sip_trunk_id":"ST_one","numbers":["+15105550100"]}"#, nil),
            (
                #"{"numbers":["+15105550101"],"allowed_numbers":["+1 310 555 1100","+17145550100"]}"#,
                "trunk ST_two takes the calls to +15105550101 from +13105551100 already"
            ),
            (#"{"numbers":["+15105550101"],"allowed_numbers":["+17145550100"]}"#, nil),
            (#"{"numbers":["+15105550101"]}"#, nil),
            (#"{"auth_username":"u"}"#, "trunk ST_any takes the calls to every number from every caller already"),
            (#"{"allowed_numbers":["+17145550100"]}"#, nil), (#"{"numbers":["alice"]}"#, nil),
        ] as [(String, String?)])
    func conflictsAreFound(text: String, message: String?) throws {
        let others = [
            try makeTrunk(#"{"sip_trunk_id":"ST_one","name":"main","numbers":["+15105550100"]}"#),
            try makeTrunk(#"{"sip_trunk_id":"ST_two","numbers":["+15105550101"],"allowed_numbers":["+13105551100"]}"#),
            try makeTrunk(#"{"sip_trunk_id":"ST_any","allowed_addresses":["192.0.2.1"]}"#),
            try makeTrunk(#"{"sip_trunk_id":"ST_out","numbers":["+15105550102","alice"],"address":"a.b"}"#, .outbound),
        ]
        let conflict = try makeTrunk(text).conflict(among: others)
        #expect(conflict?.message == message)
        #expect(message == nil || conflict?.error.code == .conflict)
    }

    @Test func outboundTrunksNeverConflict() throws {
        let trunk = try makeTrunk(#"{"numbers":["*"],"address":"a.b"}"#, .outbound)
        #expect(trunk.conflict(among: [trunk]) == nil)
    }
}
