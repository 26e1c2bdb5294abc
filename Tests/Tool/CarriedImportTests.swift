import FoundationEssentials
import Switchboard
import SwitchboardTestKit
import Testing

/// Numbers of customers' own Twilio accounts, with the real program against both emulators.
@Suite struct CarriedImportTests {
    /// The customer's account of the sandbox, and one of another customer's that tests add.
    static let (one, other) = ("ACa0000000000000000000000000000002", "ACb0000000000000000000000000000004")
    private static let (oneToken, otherToken) = ("customer-token", "other-customer-token")
    static let columns = "e164,source,label,trunk_id,agent_id,twilio_account_sid,twilio_auth_token\n"

    static func row(_ e164: String, _ account: String = one, agent: String = "") -> String {
        "\(e164),twilio,,,\(agent),\(account),\(account == one ? oneToken : otherToken)\n"
    }

    static func seed(_ place: Place, _ numbers: [String], callerIDs: [String] = [], of account: String = one)
        async throws
    {
        func list(_ texts: [String]) -> String { texts.map { "\"\($0)\"" }.joined(separator: ",") }
        let token = account == one ? oneToken : otherToken
        try await place.sandbox(of: "twilio").seed(
            """
            {"accounts":[{"sid":"\(account)","auth_token":"\(token)","numbers":[\(list(numbers))],
            "caller_ids":[\(list(callerIDs))]}]}
            """)
    }

    private static func numbers(_ area: Int, _ range: Swift.Range<Int>) -> [String] {
        range.map { "+1\(area)555\(String(10_000 + $0).dropFirst())" }
    }

    // MARK: The whole job

    /// A hundred rows of every source, two accounts with caller ids among them; the same again, and one more.
    @Test func aFileOfAllSourcesIsImportedWholeAndAgainChangesNothing() async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox(inventory: "wide")
            let twilio = try await place.sandbox(of: "twilio")
            let (ones, others) = (Self.numbers(312, 200..<225), Self.numbers(503, 200..<225))
            let (oneIDs, otherIDs) = (Self.numbers(312, 900..<905), Self.numbers(503, 900..<905))
            try await Self.seed(place, ones, callerIDs: oneIDs)
            try await Self.seed(place, others, callerIDs: otherIDs, of: Self.other)
            let bought = Self.numbers(415, 100..<120)
            let registered = Self.numbers(510, 101..<121)
            // Caller ids come first in the file, and nothing but their account tells that they are none of its numbers.
            var rows = (oneIDs.map { Self.row($0) } + otherIDs.map { Self.row($0, Self.other) })
            rows += bought.map { "\($0),livekit,desk,,support,,\n" }
            rows += registered.map { "\($0),byoc,desk,main,support,,\n" }
            rows +=
                ones.map { Self.row($0, agent: "support") } + others.map { Self.row($0, Self.other, agent: "night") }
            #expect(rows.count == 100)
            try place.write(Self.columns + rows.joined(), to: "numbers.csv")
            let setUp = try await place.run(
                "-c",
                "agent add support; agent add night; trunk create --name main --numbers \(registered[0])")
            #expect(setUp.status == 0, "\(setUp.errorText)")

            let script = "read numbers.csv | import --parallel 8 --on-error collect | report out.csv"
            let first = try await place.run("-c", script, limit: .seconds(180))
            #expect(first.status == 0, "\(first.errorText)")
            #expect(first.errorText.contains("out.csv: 100 succeeded"))
            let report = try #require(place.text(of: place.folder + "/out.csv"))
            #expect(!report.contains(Self.oneToken) && !report.contains(Self.otherToken))

            // The emulators and the ledger agree row by row.
            let listed = try await place.list()
            #expect(listed.map(\.e164) == (bought + registered + ones + others + oneIDs + otherIDs).sorted())
            let truth = try await sandbox.truth()
            #expect(truth.purchases == bought.sorted())
            let accounts = try await twilio.twilioTruth()
            for (digit, full, shown) in [(2, ones, oneIDs), (4, others, otherIDs)] {
                let account = try #require(accounts.account(digit))
                #expect(account.attached == full.sorted())
                #expect(account.trunks.count == 1)
                #expect(account.originations == ["sip:sandbox01.sip.localhost;transport=tcp"])
                let trunk = try #require(truth.outbound_trunks.first { $0.name == "twilio \(account.sid)" })
                #expect(trunk.numbers.sorted() == (full + shown).sorted())
                #expect(account.credential_lists.map { $0.credentials.map(\.password) } == [[trunk.auth_password]])
                #expect(account.trunks[0].credential_lists == account.credential_lists.map(\.sid))
                let inbound = try #require(truth.inbound_trunks.first { $0.name == trunk.name })
                #expect(inbound.numbers.sorted() == full.sorted())
            }
            #expect(accounts.history.isEmpty)
            let drift = try await place.run("-c", "drift; verify")
            #expect(drift.status == 0, "\(drift.outputText)\(drift.errorText)")

            let (before, journal) = (try await place.list(), try await twilio.verbs().count)
            let again = try await place.run("-c", script, limit: .seconds(180))
            #expect(again.status == 0, "\(again.errorText)")
            #expect(again.errorText.contains("out.csv: 100 unchanged"), "\(again.errorText)")
            #expect(try await place.list() == before)
            let asked = try await twilio.verbs().dropFirst(journal)
            #expect(!asked.isEmpty && asked.allSatisfy { $0 == "GET" })

            let oneMore = try await place.run("-c", "import +14155550121 --source livekit")
            #expect(oneMore.status == 1)
            #expect(oneMore.errorText.contains("payment_required"), "\(oneMore.errorText)")
            #expect(try await sandbox.truth().purchases == bought.sorted())
        }
    }

    /// What Twilio's and LiveKit's own clients for Python read is what the engine made, and nothing else.
    @Test func theVendorsOwnClientsSeeWhatWasMade() async throws {
        let python = try #require(
            ProcessInfo.processInfo.environment["SWITCHBOARD_TEST_PYTHON"], "run scripts/test, which sets it")
        try await Place.with { place in
            let (livekit, twilio) = (try await place.sandbox(), try await place.sandbox(of: "twilio"))
            try await Self.seed(place, ["+13125550201", "+13125550202"], callerIDs: ["+13125550901"])
            try place.write(
                Self.columns + Self.row("+13125550901") + Self.row("+13125550201", agent: "support")
                    + Self.row("+13125550202"), to: "numbers.csv")
            let made = try await place.run("-c", "agent add support; read numbers.csv | import | count")
            #expect(made.status == 0, "\(made.errorText)")
            let seen = try await place.run(program: [
                python, "-B", Programs.package + "/Tests/Tool/Interop/made.py", twilio.url, Self.one, Self.oneToken,
                livekit.url, "devkey", "secret",
            ])
            #expect(seen.status == 0, "\(seen.errorText)")
            let json = try JSON(reading: seen.output)
            let domain = json.elements?[0]["domains"]?.elements?.first?.text ?? ""
            let name = String(domain.prefix { $0 != "." })
            #expect(name.hasPrefix("sb-") && domain.hasSuffix(".pstn.twilio.com"))
            let numbers: JSON = ["+13125550201", "+13125550202"]
            let (trunk, domains): (JSON, JSON) = (.string("twilio \(Self.one)"), [.string(domain)])
            #expect(
                json.elements?[0] == [
                    "domains": domains, "numbers": numbers,
                    "origination": [["sip:sandbox01.sip.localhost;transport=tcp", true]],
                    "credentials": [[.string(name), .string(name)]], "lists_of_trunks": .number("1"),
                ])
            #expect(
                json.elements?[1] == [
                    "inbound": [[trunk, numbers]],
                    "outbound": [
                        [trunk, ["+13125550201", "+13125550202", "+13125550901"], .string(domain), .string(name)]
                    ],
                    "rules": [[["+13125550201"], true, ["support"]]],
                ])
        }
    }

    // MARK: Taking away

    @Test func theLastNumberTakesWithItWhatTheAccountShared() async throws {
        try await Place.with { place in
            let twilio = try await place.sandbox(of: "twilio")
            try await Self.seed(place, ["+13125550201", "+13125550202"], callerIDs: ["+13125550901"])
            try place.write(
                Self.columns + Self.row("+13125550901") + Self.row("+13125550201", agent: "support")
                    + Self.row("+13125550202"), to: "numbers.csv")
            let made = try await place.run("-c", "agent add support; read numbers.csv | import | count")
            #expect(made.status == 0, "\(made.errorText)")

            let removed = try await place.run("-c", "remove +13125550201 --force")
            #expect(removed.status == 0, "\(removed.errorText)")
            var account = try #require(await twilio.twilioTruth().account(2))
            #expect(account.attached == ["+13125550202"] && account.originations.count == 1)
            #expect(try await place.run("-c", "drift; verify").status == 0)

            // A caller id goes out by the trunk still, and no call comes in by one without numbers.
            #expect(try await place.run("-c", "remove +13125550202").status == 0)
            var truth = try await place.sandbox().truth()
            #expect(truth.inbound_trunks.isEmpty && truth.outbound_trunks.map(\.numbers) == [["+13125550901"]])
            #expect(try await place.run("-c", "drift; verify").status == 0)

            let last = try await place.run("-c", "remove +13125550901")
            #expect(last.status == 0, "\(last.errorText)")
            #expect(last.errorText.contains("is kept: its host name"), "\(last.errorText)")
            account = try #require(await twilio.twilioTruth().account(2))
            #expect(account.attached.isEmpty && account.originations.isEmpty && account.credential_lists.isEmpty)
            #expect(account.trunks.count == 1 && account.numbers.count == 2 && account.caller_ids.count == 1)
            truth = try await place.sandbox().truth()
            #expect(truth.trunks.isEmpty && truth.dispatch_rules.isEmpty)
            #expect(try await place.list().isEmpty)
            #expect(try await place.run("-c", "drift; verify").status == 0)
        }
    }

    @Test func callsThatWentToAnApplicationAreLedAwayOnlyWhenAskedFor() async throws {
        try await Place.with { place in
            let twilio = try await place.sandbox(of: "twilio")
            let application = "AP00000000000000000000000000000001"
            try await twilio.seed(
                """
                {"accounts":[{"sid":"\(Self.one)","numbers":[
                {"phone_number":"+13125550201","voice_application_sid":"\(application)"},
                {"phone_number":"+13125550202","voice_url":"https://pbx.example.com/in"}]}]}
                """)
            let row = "import +13125550201 --source twilio --account \(Self.one)"
            #expect(
                try await place.run("-c", "secret set twilio-\(Self.one) --stdin", input: Self.oneToken).status == 0)
            let refused = try await place.run("-c", row)
            #expect(refused.status == 1)
            #expect(refused.errorText.contains("leads the calls to +13125550201 to the application \(application)"))
            #expect(try await twilio.twilioTruth().account(2)?.trunks.isEmpty == true)
            #expect(try await place.list().isEmpty)

            #expect(try await place.run("-c", "\(row) --replace").status == 0)
            #expect(try await place.run("-c", "import +13125550202 --source twilio --account \(Self.one)").status == 0)
            #expect(try await place.run("-c", "remove --numbers [+13125550201 +13125550202]").status == 0)
            let numbers = try #require(await twilio.twilioTruth().account(2)?.numbers)
            #expect(numbers.map { $0.trunk_sid ?? "" } == ["", ""])
            #expect(numbers.map { $0.voice_application_sid ?? "" } == [application, ""])
            #expect(numbers.map { $0.voice_url ?? "" } == ["", "https://pbx.example.com/in"])
        }
    }

    /// A trunk that was deleted takes no calls; the next import of its numbers makes it anew, and their removal still
    /// leads the calls where they went at first.
    @Test func aDeletedTrunkIsMadeAnewAndForgetsNothing() async throws {
        try await Place.with { place in
            let twilio = try await place.sandbox(of: "twilio")
            let application = "AP00000000000000000000000000000001"
            try await twilio.seed(
                """
                {"accounts":[{"sid":"\(Self.one)","numbers":[
                {"phone_number":"+13125550201","voice_application_sid":"\(application)"}]}]}
                """)
            let row = Self.row("+13125550201", agent: "support")
            try place.write(Self.columns + row, to: "numbers.csv")
            let script = "read numbers.csv | import --replace | count"
            #expect(try await place.run("-c", "agent add support; \(script)").status == 0)
            #expect(try await place.run("-c", "trunk delete 'twilio \(Self.one)' --force").status == 0)
            #expect(try await place.sandbox().truth().trunks.isEmpty)
            #expect(try await place.run("-c", "verify").status == 5)
            let again = try await place.run("-c", script)
            #expect(again.status == 0, "\(again.errorText)")
            let drift = try await place.run("-c", "drift; verify")
            #expect(drift.status == 0, "\(drift.outputText)\(drift.errorText)")

            // Without its trunk a number still finds its way back.
            #expect(try await place.run("-c", "trunk delete 'twilio \(Self.one)' --force").status == 0)
            let removed = try await place.run("-c", "remove +13125550201 --force")
            #expect(removed.status == 0, "\(removed.errorText)")
            let account = try #require(await twilio.twilioTruth().account(2))
            #expect(account.attached.isEmpty && account.originations.isEmpty && account.credential_lists.isEmpty)
            #expect(account.numbers.map { $0.voice_application_sid ?? "" } == [application])
        }
    }

    /// Two workspaces share an account: neither locks the other's calls out, and the first to leave takes nothing along.
    @Test func anotherWorkspaceOfTheAccountIsLeftAlone() async throws {
        try await Place.with { place in
            let (livekit, twilio) = (try await place.sandbox(), try await place.sandbox(of: "twilio"))
            try await Self.seed(place, ["+13125550201", "+13125550202"])
            try place.write(Self.columns + Self.row("+13125550201"), to: "one.csv")
            try place.write(Self.columns + Self.row("+13125550202"), to: "other.csv")
            #expect(try await place.run("-c", "read one.csv | import | count").status == 0)
            let connected = [
                ("livekit", "--url \(livekit.url) --api-key devkey --sip-host sandbox01.sip.localhost", "secret"),
                ("twilio", "--url \(twilio.url) --account-sid ACa0000000000000000000000000000001", "master-token"),
            ]
            for (provider, flags, secret) in connected {
                let flag = provider == "livekit" ? "--api-secret-stdin" : "--auth-token-stdin"
                let made = try await place.run(
                    "-c", "connect \(provider) --name acme \(flags) \(flag)", input: secret)
                #expect(made.status == 0, "\(made.errorText)")
            }
            let other = try await place.run("--profile", "acme", "-c", "read other.csv | import | count")
            #expect(other.status == 0, "\(other.errorText)")
            let outbound = try await livekit.truth().outbound_trunks.map(\.auth_password)
            let account = try #require(await twilio.twilioTruth().account(2))
            #expect(Set(account.credential_lists[0].credentials.map(\.password)) == Set(outbound))
            #expect(outbound.count == 2 && account.trunks.count == 1 && account.attached.count == 2)

            #expect(try await place.run("-c", "remove +13125550201").status == 0)
            #expect(try await twilio.twilioTruth().account(2)?.originations.count == 1)
            let drift = try await place.run("--profile", "acme", "-c", "drift; verify")
            #expect(drift.status == 0, "\(drift.outputText)\(drift.errorText)")
        }
    }

    // MARK: What was bought there

    @Test func aNumberBoughtAtTwilioIsLedToItsAgent() async throws {
        try await Place.with { place in
            let bound = try await place.run(
                "-c", "agent add support; search twilio --country US --area 415 | first | purchase | bind-agent support"
            )
            #expect(bound.status == 0, "\(bound.errorText)")
            let held = try #require(await place.list().first)
            #expect(held.agent_id != nil)
            #expect(try await place.run("-c", "drift; verify").status == 0)
            let twilio = try await place.sandbox(of: "twilio")
            #expect(try await twilio.twilioTruth().account(1)?.attached == [held.e164])
            let released = try await place.run("-c", "release \(held.e164) --force")
            #expect(released.status == 0, "\(released.errorText)")
            let account = try #require(await twilio.twilioTruth().account(1))
            #expect(account.numbers.isEmpty && account.originations.isEmpty)
            #expect(try await place.sandbox().truth().trunks.isEmpty)
            #expect(try await place.run("-c", "drift; verify").status == 0)
        }
    }

    // MARK: Bad input

    @Test(arguments: [
        ("+13125550299,twilio,,,,\(one),customer-token", "not_found", "e164"),
        ("+13125550901,twilio,,,,\(one),customer-token", "invalid_argument", "e164"),
        ("+13125550901,twilio,,,support,\(one),customer-token", "invalid_argument", "agent_id"),
        ("+13125550201,twilio,,,,\(one),wrong-token", "unauthorized", ""),
        ("+13125550201,twilio,,,,\(other),customer-token", "unauthorized", ""),
        ("+13125550201,twilio,,,,\(other),", "unauthorized", "twilio_account_sid"),
        ("+13125550201,twilio,,,,SK0000,customer-token", "invalid_argument", "twilio_account_sid"),
        ("+13125550201,twilio,,main,,\(one),customer-token", "invalid_argument", "trunk_id"),
        ("+13125550201,twilio,,,nobody,\(one),customer-token", "not_found", "agent_id"),
        ("+13125550201,twilio,,,,,customer-token", "invalid_argument", "twilio_auth_token"),
        ("+13125550201,livekit,,,,\(one),", "invalid_argument", "twilio_account_sid"),
    ])
    func aRowThatCannotBeDoneSaysWhyAndLeavesNothing(row: String, code: String, field: String) async throws {
        try await Place.with { place in
            let twilio = try await place.sandbox(of: "twilio")
            try await Self.seed(place, ["+13125550201"], callerIDs: ["+13125550901"])
            try place.write(Self.columns + row + "\n", to: "numbers.csv")
            let setUp = try await place.run(
                "-c", "agent add support; trunk create --name main --numbers +15105550100")
            #expect(setUp.status == 0)
            let before = try await twilio.twilioTruth().account(2)
            let run = try await place.run(
                "--jsonl", "-c", "read numbers.csv | import --on-error collect | select .error_code .error")
            #expect(run.status == (code == "unauthorized" ? 4 : 3), "\(run.errorText)")
            #expect(run.outputText.contains("\"error_code\":\"\(code)\""), "\(run.outputText)")
            let after = try await twilio.twilioTruth().account(2)
            #expect(after?.trunks.count == before?.trunks.count && after?.attached == [])
            #expect(try await place.list().isEmpty)
            #expect(try await place.run("-c", "secret list | count").outputText == "0\n")
        }
    }

    /// A token that is revoked in the middle of a run stops its own account and no other.
    @Test func aRevokedTokenStopsItsOwnAccountOnly() async throws {
        try await Place.with { place in
            let twilio = try await place.sandbox(of: "twilio")
            let (ones, others) = (Self.numbers(312, 200..<230), Self.numbers(503, 200..<210))
            try await Self.seed(place, ones)
            try await Self.seed(place, others, of: Self.other)
            try place.write(
                Self.columns + Self.row(ones[0]) + Self.row(others[0], Self.other), to: "begin.csv")
            #expect(try await place.run("-c", "read begin.csv | import | count").status == 0)
            try await twilio.fault(#"{"method":"*","account":"\#(Self.one)","fault":"revoked"}"#)
            try place.write(
                Self.columns + ones.map { Self.row($0) }.joined() + others.map { Self.row($0, Self.other) }.joined(),
                to: "numbers.csv")
            let count = try await twilio.verbs().count
            let run = try await place.run(
                "-c", "read numbers.csv | import --parallel 4 --on-error collect | report out.csv")
            #expect(run.status == 4, "\(run.errorText)")
            #expect(run.errorText.contains("failed"), "\(run.errorText)")
            #expect(try await twilio.twilioTruth().account(4)?.attached == others)
            #expect(try await twilio.twilioTruth().account(2)?.attached == [ones[0]])
            let report = try #require(place.text(of: place.folder + "/out.csv"))
            #expect(report.contains("is asked no more in this run"))
            // No more of the refused account than what was under way at one time.
            let asked = try await twilio.verbs().count - count
            #expect(asked < 10 * others.count + 20)
            try await twilio.mend()
            let again = try await place.run(
                "-c", "read numbers.csv | import --parallel 4 --on-error collect | report out.csv; drift; verify")
            #expect(again.status == 0, "\(again.errorText)")
            #expect(try await twilio.twilioTruth().account(2)?.attached == ones)
        }
    }
}
