import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// `trunk create`: what reaches the platform, what the ledger keeps, and that running it again changes nothing.
@Suite struct TrunkCreateTests {
    private static let main = "trunk create --name main --numbers [+15105550100]"

    @Test func makesATrunkAndItsRow() async throws {
        let workspace = try await Workspace.after()
        let outcome = await workspace.run(Self.main)
        #expect(outcome.status == 0, "\(outcome.problem)")
        let trunk = try #require(workspace.carrier.trunks.first)
        #expect(trunk.direction == .inbound)
        #expect(trunk.numbers == ["+15105550100"])
        let row = try #require(try workspace.rows.first)
        #expect(row.inboundTrunkID == trunk.id && row.outboundTrunkID == nil && row.name == "main")
        #expect(IDKind.trunk.matches(row.id))
        #expect(outcome.shownField("id") == .id(row.id))
        #expect(outcome.shownField("kind") == .string("byoc"))
        #expect(outcome.shownField("livekit_inbound_trunk_id") == .string(trunk.id))
        #expect(try workspace.journal == ["trunk-create done"])
    }

    @Test(arguments: [
        "--name out --address acme.example --numbers +15105550100",
        "--direction outbound --address a.example --numbers '*'",
        "--transport tls --address a.example --numbers +15105550100",
    ])
    func anAddressMakesItOutbound(flags: String) async throws {
        let workspace = try await Workspace.after("trunk create " + flags)
        #expect(workspace.carrier.trunks.map(\.direction) == [.outbound])
        #expect(try workspace.rows.first?.outboundTrunkID == workspace.carrier.trunks.first?.id)
    }

    @Test func everyFieldHasAFlag() async throws {
        let workspace = try Workspace()
        try workspace.keep("hunter2", as: "acme")
        let inbound = await workspace.run(
            """
            trunk create --name main --numbers [+15105550100 +15105550101] --allowed-addresses [54.172.60.0/30 2001:db8::/32]
              --allowed-numbers [+13105550100] --auth-user acme --auth-pass (secret acme) --auth-realm acme.example
              --metadata '{"a":1}' --headers {X-A: 'b'} --headers-to-attributes {X-B: 'b'}
              --attributes-to-headers {c: 'X-C'} --include-headers x --ringing-timeout 1m30s --max-call-duration 1h
              --krisp --media-enc require --codecs [PCMU G722/16000] --only-listed-codecs --media-timeout 30s
            """.split(separator: "\n").joined(separator: " "))
        #expect(inbound.status == 0, "\(inbound.problem) \(inbound.faults)")
        let trunk = try #require(workspace.carrier.trunks.first)
        #expect(
            trunk.document.wire
                == [
                    "sip_trunk_id": .string(trunk.id), "name": "main", "metadata": #"{"a":1}"#,
                    "numbers": ["+15105550100", "+15105550101"],
                    "allowed_addresses": ["54.172.60.0/30", "2001:db8::/32"], "allowed_numbers": ["+13105550100"],
                    "auth_username": "acme", "auth_realm": "acme.example", "headers": ["X-A": "b"],
                    "headers_to_attributes": ["X-B": "b"], "attributes_to_headers": ["c": "X-C"],
                    "include_headers": "SIP_X_HEADERS", "ringing_timeout": "90s", "max_call_duration": "3600s",
                    "krisp_enabled": true,
                    "media": [
                        "only_listed_codecs": true, "codecs": [["name": "PCMU"], ["name": "G722", "rate": 16000]],
                        "encryption": "SIP_MEDIA_ENCRYPT_REQUIRE", "media_timeout": "30s",
                    ],
                    "auth_password": "hunter2", "media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE",
                ])
        #expect(inbound.shownField("auth_password_set") == .bool(true))
        #expect(!inbound.allText.contains("hunter2"))
        let outbound = await workspace.run(
            """
            trunk create --name out --numbers '*' --address acme.example:5061 --transport tls --from-host a.example
              --destination-country us --metadata m
            """.split(separator: "\n").joined(separator: " "))
        #expect(outbound.status == 0, "\(outbound.problem) \(outbound.faults)")
        #expect(outbound.shownField("transport") == .string("tls"))
        #expect(outbound.shownField("destination_country") == .string("US"))
        #expect(outbound.shownField("from_host") == .string("a.example"))
    }

    // MARK: Again

    @Test func theSameAgainIsUnchanged() async throws {
        let workspace = try await Workspace.after(Self.main)
        let again = await workspace.run(Self.main)
        #expect(again.status == 0)
        #expect(again.notes.first?.hasSuffix("says that already: unchanged") == true, "\(again.notes)")
        #expect(workspace.carrier.trunks.count == 1)
        #expect(try workspace.rows.count == 1)
        #expect(workspace.carrier.count(.createTrunk) == 1)
    }

    @Test func theSameNameWithAnotherContentIsAConflict() async throws {
        let workspace = try await Workspace.after(Self.main)
        let id = try #require(workspace.carrier.trunks.first?.id)
        let other = await workspace.run("trunk create --name main --numbers +15105550109")
        #expect(other.status == 1)
        #expect(other.error?.code == .conflict)
        #expect(other.problem.contains(id))
        #expect(other.help.contains("trunk update \(id)"))
        #expect(workspace.carrier.count(.createTrunk) == 1)
    }

    /// An inbound and an outbound trunk of one name are two things.
    @Test func theOtherDirectionMayHaveTheName() async throws {
        let workspace = try await Workspace.after(
            Self.main, "trunk create --name main --address a.example --numbers +15105550100")
        #expect(workspace.carrier.trunks.count == 2)
        let ambiguous = await workspace.run("trunk get main")
        #expect(ambiguous.error?.code == .conflict)
        #expect(try workspace.rows.map(\.id).allSatisfy { ambiguous.help.contains($0) })
    }

    @Test func aPasswordThatIsGivenIsCompared() async throws {
        let workspace = try Workspace()
        try workspace.keep("one", as: "one")
        try workspace.keep("two", as: "two")
        let create = "trunk create --name main --numbers +15105550100 --auth-username acme"
        _ = await workspace.run(create + " --auth-password (secret one)")
        let without = await workspace.run(create)
        #expect(without.problem == "there is a user name and no password")
        let same = await workspace.run(create + " --auth-password (secret one)")
        #expect(same.status == 0)
        let other = await workspace.run(create + " --auth-password (secret two)")
        #expect(other.error?.code == .conflict)
        #expect(workspace.carrier.count(.createTrunk) == 1)
    }

    @Test func aTrunkOfOthersThatSaysTheSameIsTakenIntoTheLedger() async throws {
        let workspace = try Workspace()
        workspace.carrier.hold(foreignTrunk("ST_else", name: "main", numbers: ["+15105550100"]))
        let outcome = await workspace.run(Self.main)
        #expect(outcome.status == 0)
        #expect(try workspace.rows.map(\.inboundTrunkID) == ["ST_else"])
        #expect(workspace.carrier.count(.createTrunk) == 0)
    }

    // MARK: Refusals

    @Test func beyondTheCapNothingIsMade() async throws {
        let workspace = try Workspace()
        let two = "trunk create --numbers +15105550100; trunk create --numbers +15105550101"
        let outcome = await workspace.run(two, caps: Caps(trunks: 1))
        #expect(outcome.error?.code == .paymentRequired)
        #expect(workspace.carrier.trunks.count == 1)
        workspace.carrier.hold(foreignTrunk("ST_else", numbers: ["+15105550105"]))
        let adopting = await workspace.run("trunk create --numbers +15105550105", caps: Caps(trunks: 1))
        #expect(adopting.error?.code == .paymentRequired)
        #expect(try workspace.rows.count == 1)
    }

    /// Nothing of a script happens before its faults are found, those of trunks too.
    @Test(arguments: [
        "trunk create --name open", "trunk create --address sip:acme.example --numbers +15105550100",
        "trunk create --direction inbound --address a.example --numbers +15105550100",
        "trunk create --numbers +15105550100 --media-timeout 11m", "trunk create --file ./none.json",
        "trunk create --numbers +15105550100 --transport udp --allowed-numbers +13105550100",
        "trunk create --numbers +15105550100 --headers {Via: 'x', From: 'y'}",
    ])
    func faultsAreFoundBeforeTheFirstEffect(statement: String) async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        let outcome = await workspace.run("purchase +14155550100 --provider fake\n" + statement)
        #expect(outcome.status == 2, "\(outcome.faults) \(outcome.problem)")
        #expect(workspace.carrier.purchases == [])
    }

    @Test func takingEveryCallHasToBeMeant() async throws {
        let workspace = try Workspace()
        let flags = "trunk create --name open --allowed-addresses 54.172.60.0/30"
        #expect(await workspace.run(flags).status == 2)
        #expect(await workspace.run(flags + " --catch-all").status == 0)
        #expect(workspace.carrier.trunks.map(\.numbers) == [[]])
    }

    /// What only the run knows is checked before the platform is asked for anything.
    @Test func aFaultAtRunTimeComesBeforeTheRequest() async throws {
        let workspace = try await Workspace.after("purchase +14155550100 --provider fake --label 'sip:a.example'")
        let outcome = await workspace.run("let n = list | first\ntrunk create --address $n.label --numbers $n.e164")
        #expect(outcome.status == 1 && outcome.error?.code == .invalidArgument, "\(outcome.problem)")
        #expect(workspace.carrier.count(.createTrunk) == 0)
    }

    @Test func aNumberThatIsTakenIsAConflict() async throws {
        let workspace = try await Workspace.after(Self.main)
        let outcome = await workspace.run("trunk create --name other --numbers '1 (510) 555-0100'")
        #expect(outcome.error?.code == .conflict, "\(outcome.problem)")
        #expect(workspace.carrier.trunks.count == 1)
    }

    @Test func numbersAreWrittenAsThePlatformComparesThem() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run("trunk create --numbers ['1 (510) 555-0100']")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(workspace.carrier.trunks.first?.numbers == ["+15105550100"])
        #expect(outcome.notes.contains { $0.contains("1 (510) 555-0100 is written +15105550100") }, "\(outcome.notes)")
    }

    // MARK: Files

    @Test(arguments: [
        #"{"trunk":{"name":"f","numbers":["+15105550100"],"auth_username":"a","auth_password":"hunter2"}}"#,
        #"{"name":"f","numbers":["+15105550100"],"authUsername":"a","authPassword":"hunter2"}"#,
        #"{"sip_trunk_id":"ST_old","name":"f","numbers":["1 510 555 0100"],"auth_username":"a","auth_password":"hunter2"}"#,
    ])
    func aFileIsReadInEveryShape(text: String) async throws {
        let workspace = try Workspace()
        let path = try workspace.file("t.json", text)
        let outcome = await workspace.run("trunk create --file \(path) --krisp")
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        let trunk = try #require(workspace.carrier.trunks.first)
        #expect(trunk.name == "f" && trunk.numbers == ["+15105550100"] && trunk.document.flag("krisp_enabled"))
        #expect(trunk.password == Secret("hunter2") && trunk.id != "ST_old")
        #expect(outcome.notes.first?.hasPrefix("read as a ") == true)
        #expect(outcome.notes.contains { $0.contains("ST_old is left out") } == text.contains("ST_old"))
        #expect(!outcome.allText.contains("hunter2"))
    }

    /// The file's faults show no value of it: one may be a password in the wrong place.
    @Test(arguments: [
        #"{"trunk":{"numbers":"hunter2"}}"#, #"{"trunk":{"pasword":"hunter2","numbers":[]}}"#, #"["hunter2"]"#,
        #"{"dispatch_rule":{"name":"hunter2"}}"#, #"{"trunk":{"name":"a"},"auth_password":"hunter2"}"#,
    ])
    func aFileThatIsNoTrunkIsRefusedBeforeTheFirstEffect(text: String) async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        let path = try workspace.file("t.json", text)
        let outcome = await workspace.run(
            "purchase +14155550100 --provider fake\nlet n = list | first\ntrunk create --file \(path) --name $n.label")
        #expect(outcome.status == 2 && outcome.problem.contains(path), "\(outcome.problem)")
        #expect(!outcome.allText.contains("hunter2"))
        #expect(workspace.carrier.purchases == [])
    }

    /// A file that the script writes itself is not there before the run.
    @Test func aFileThatTheScriptWritesIsReadThen() async throws {
        let workspace = try Workspace()
        let path = workspace.folder + "/t.jsonl"
        let outcome = await workspace.run(
            "{name: 'f', numbers: ['+15105550100']} | write \(path)\ntrunk create --file \(path)")
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        #expect(workspace.carrier.trunks.map(\.name) == ["f"])
    }

    // MARK: Rows

    @Test func rowsMakeTrunks() async throws {
        let workspace = try Workspace()
        let path = try workspace.file(
            "t.csv", "name,numbers,krisp_enabled\na,+15105550100,true\nb,+15105550101,false\n")
        let outcome = await workspace.run(
            "read \(path) --columns {name: string, numbers: string, krisp_enabled: bool} | trunk create")
        #expect(outcome.status == 0, "\(outcome.faults) \(outcome.problem)")
        #expect(workspace.carrier.trunks.map(\.name) == ["a", "b"])
        #expect(workspace.carrier.trunks.map { $0.document.flag("krisp_enabled") } == [true, false])
    }
}
