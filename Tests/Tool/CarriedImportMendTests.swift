import FoundationEssentials
import Glibc
import Switchboard
import SwitchboardTestKit
import Testing

/// What imports of numbers of Twilio accounts do beside each other, and to what somebody has taken away by hand.
@Suite struct CarriedImportMendTests {
    private static let (one, token) = (CarriedImportTests.one, "customer-token")
    private static let numbers = (200..<212).map { "+13125550\($0)" }
    private static let script = "read numbers.csv | import --parallel 4 --on-error collect | report out.csv"

    /// The parts of the emulators that have to agree.
    private func requireWhole(_ place: Place, _ full: [String], shown: [String] = []) async throws {
        let account = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
        let truth = try await place.sandbox().truth()
        #expect(account.attached == full && account.trunks.count == 1 && account.originations.count == 1)
        #expect(truth.inbound_trunks.map { $0.numbers.sorted() } == [full])
        #expect(truth.outbound_trunks.map { $0.numbers.sorted() } == [(full + shown).sorted()])
        let list = try #require(account.credential_lists.first { $0.sid == account.trunks[0].credential_lists.first })
        #expect(list.credentials.map(\.password) == truth.outbound_trunks.map(\.auth_password))
        #expect(try await place.list().map(\.e164) == (full + shown).sorted())
        let drift = try await place.run("-c", "drift; verify")
        #expect(drift.status == 0, "\(drift.outputText)\(drift.errorText)")
    }

    private func importAll(_ place: Place, _ numbers: [String], agent: String = "") async throws {
        try await CarriedImportTests.seed(place, numbers)
        let rows = numbers.map { CarriedImportTests.row($0, agent: agent) }.joined()
        try place.write(CarriedImportTests.columns + rows, to: "numbers.csv")
        let made = try await place.run("-c", "agent add support; \(Self.script)")
        #expect(made.status == 0, "\(made.errorText)")
    }

    // MARK: Side by side

    @Test func programsThatImportForOneAccountAtATimeShareOneTrunk() async throws {
        try await Place.with { place in
            try await CarriedImportTests.seed(place, Self.numbers)
            for part in 0..<3 {
                let rows = Self.numbers.enumerated().filter { $0.offset % 3 == part }
                    .map { CarriedImportTests.row($0.element) }
                try place.write(CarriedImportTests.columns + rows.joined(), to: "\(part).csv")
            }
            #expect(try await place.run("-c", "agent add support").status == 0)
            let runs = try await withThrowingTaskGroup(of: Subprocess.self) { group in
                for part in 0..<3 {
                    group.addTask {
                        try await place.run("-c", "read \(part).csv | import --parallel 2 --on-error collect | count")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for run in runs { #expect(run.status == 0, "\(run.errorText)") }
            try await requireWhole(place, Self.numbers)
        }
    }

    @Test func theSameFileTwiceAtATimeIsImportedOnce() async throws {
        try await Place.with { place in
            try await CarriedImportTests.seed(place, Self.numbers)
            let rows = Self.numbers.map { CarriedImportTests.row($0, agent: "support") }.joined()
            try place.write(CarriedImportTests.columns + rows, to: "numbers.csv")
            #expect(try await place.run("-c", "agent add support").status == 0)
            async let one = place.run("-c", "read numbers.csv | import --parallel 3 --on-error collect | count")
            async let other = place.run("-c", "read numbers.csv | import --parallel 3 --on-error collect | count")
            for run in try await [one, other] { #expect(run.status == 0, "\(run.errorText)") }
            try await requireWhole(place, Self.numbers)
        }
    }

    /// Imports that are taken back leave alone what others beside them have come to need.
    @Test func importsThatAreTakenBackBesideOthersTakeNothingOfTheirs() async throws {
        try await Place.with { place in
            try await CarriedImportTests.seed(place, Self.numbers)
            #expect(try await place.run("-c", "secret set twilio-\(Self.one) --stdin", input: Self.token).status == 0)
            let rows = Self.numbers.enumerated().map { "{n: \($0.element), ok: \($0.offset % 2 == 1)}" }
            let run = try await place.run(
                "-c",
                """
                [\(rows.joined(separator: " "))] | each row --parallel 6 --on-error collect {
                    transaction {
                        import $row.n --source twilio --account \(Self.one)
                        if not $row.ok { fail "taken back" }
                    }
                } | count
                """)
            #expect(run.status == 3, "\(run.errorText)")
            let kept = Self.numbers.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            try await requireWhole(place, kept)
        }
    }

    // MARK: By hand

    @Test func aCredentialListThatIsGoneIsToldOfAndMadeAnewWithAPasswordThatBothKnow() async throws {
        try await Place.with { place in
            try await importAll(place, ["+13125550201", "+13125550202"])
            let console = TwilioConsole(try await place.sandbox(of: "twilio"), Self.one, Self.token)
            let account = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
            let (trunk, list) = (account.trunks[0].sid, account.credential_lists[0].sid)
            try await console.call("DELETE", "/v1/Trunks/\(trunk)/CredentialLists/\(list)")
            try await console.call("DELETE", "/2010-04-01/Accounts/\(Self.one)/SIP/CredentialLists/\(list).json")
            let drift = try await place.run("-c", "drift")
            #expect(drift.status == 5 && drift.outputText.contains("auth_username"), "\(drift.outputText)")
            let again = try await place.run("-c", Self.script)
            #expect(again.status == 0, "\(again.errorText)")
            try await requireWhole(place, ["+13125550201", "+13125550202"])
        }
    }

    /// Both sides get a new password, one after the other: a program that dies in between leaves what the next one notices.
    @Test(
        arguments: [true, false],
        ["carrier-credential", "call-out-by-carrier"].flatMap { kind in
            ["intentWritten", "performed"].map { [kind, $0] }
        })
    func aPasswordThatOnlyOneSideKnowsIsNoticed(isTrunkGone: Bool, death: [String]) async throws {
        try await Place.with { place in
            try await importAll(place, ["+13125550201"])
            let console = TwilioConsole(try await place.sandbox(of: "twilio"), Self.one, Self.token)
            let account = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
            let (trunk, list) = (account.trunks[0].sid, account.credential_lists[0].sid)
            if isTrunkGone {
                try await console.call("DELETE", "/v1/Trunks/\(trunk)/PhoneNumbers/\(account.numbers[0].sid)")
                try await console.call("DELETE", "/v1/Trunks/\(trunk)")
            } else {
                try await console.call("DELETE", "/v1/Trunks/\(trunk)/CredentialLists/\(list)")
                try await console.call("DELETE", "/2010-04-01/Accounts/\(Self.one)/SIP/CredentialLists/\(list).json")
            }
            let victim = try await place.run(
                program: [
                    Programs.doorVictim, place.state, Programs.sandbox, death[1], death[0],
                    "read numbers.csv | import | count",
                ])
            #expect(victim.status == 128 + SIGKILL, "\(victim.errorText)")
            let again = try await place.run("-c", Self.script)
            #expect(again.status == 0, "\(again.errorText)")
            let mended = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
            let current = try #require(mended.trunks.first { !$0.credential_lists.isEmpty })
            let users = mended.credential_lists.filter { current.credential_lists.contains($0.sid) }
                .flatMap(\.credentials)
            let outbound = try await place.sandbox().truth().outbound_trunks.map(\.auth_password)
            #expect(users.map(\.password) == outbound)
            #expect(try await place.run("-c", "drift; verify").status == 0)
        }
    }

    @Test func aTrunkThatIsGoneAtTwilioIsMadeAnewAndTakesTheNumbersAgain() async throws {
        try await Place.with { place in
            try await importAll(place, ["+13125550201", "+13125550202"], agent: "support")
            let console = TwilioConsole(try await place.sandbox(of: "twilio"), Self.one, Self.token)
            let account = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
            let trunk = account.trunks[0].sid
            for number in account.numbers {
                try await console.call("DELETE", "/v1/Trunks/\(trunk)/PhoneNumbers/\(number.sid)")
            }
            try await console.call("DELETE", "/v1/Trunks/\(trunk)")
            #expect(try await place.run("-c", "drift").status == 5)
            let again = try await place.run("-c", Self.script)
            #expect(again.status == 0, "\(again.errorText)")
            try await requireWhole(place, ["+13125550201", "+13125550202"])
        }
    }

    @Test func aNumberThatSomebodyLedAwayIsLedHereByTheSameImport() async throws {
        try await Place.with { place in
            try await importAll(place, ["+13125550201", "+13125550202"])
            let console = TwilioConsole(try await place.sandbox(of: "twilio"), Self.one, Self.token)
            let account = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
            let (trunk, number) = (account.trunks[0].sid, account.numbers[0].sid)
            try await console.call("DELETE", "/v1/Trunks/\(trunk)/PhoneNumbers/\(number)")
            #expect(try await place.run("-c", "drift").status == 5)
            let again = try await place.run("-c", Self.script)
            #expect(again.status == 0 && again.errorText.contains("1 succeeded, 1 unchanged"), "\(again.errorText)")
            try await requireWhole(place, ["+13125550201", "+13125550202"])
        }
    }

    @Test func aNumberLeavesTheAccountsTrunkAlsoWhenThePlatformsIsGone() async throws {
        try await Place.with { place in
            try await importAll(place, ["+13125550201", "+13125550202"], agent: "support")
            #expect(try await place.run("-c", "trunk delete 'twilio \(Self.one)' --force").status == 0)
            let verify = try await place.run("-c", "verify")
            #expect(verify.status == 5 && !verify.outputText.contains("another trunk"), "\(verify.outputText)")
            let removed = try await place.run("-c", "remove --numbers [+13125550201 +13125550202] --force")
            #expect(removed.status == 0, "\(removed.errorText)")
            let account = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
            #expect(account.attached.isEmpty && account.originations.isEmpty && account.credential_lists.isEmpty)
            #expect(try await place.run("-c", "drift; verify").status == 0)
        }
    }

    // MARK: Credentials and caps

    @Test func aTokenThatWasRotatedIsKeptByTheSameImportWithTheOtherToken() async throws {
        try await Place.with { place in
            try await importAll(place, ["+13125550201"])
            try await place.sandbox(of: "twilio").seed(
                #"{"accounts":[{"sid":"\#(Self.one)","auth_token":"rotated-token"}]}"#)
            let row = CarriedImportTests.row("+13125550201").replacing(Self.token, with: "rotated-token")
            try place.write(CarriedImportTests.columns + row, to: "numbers.csv")
            let again = try await place.run("-c", Self.script)
            #expect(again.status == 0 && again.errorText.contains("out.csv: 1 unchanged"), "\(again.errorText)")
            let removed = try await place.run("-c", "remove +13125550201")
            #expect(removed.status == 0, "\(removed.errorText)")
        }
    }

    @Test func nothingIsBegunAtTwilioForATrunkThatHasNoPlace() async throws {
        try await Place.with { place in
            try await CarriedImportTests.seed(place, ["+13125550201"])
            try place.write(
                CarriedImportTests.columns + CarriedImportTests.row("+13125550201"), to: "numbers.csv")
            let run = try await place.run("--max-trunks", "0", "-c", "read numbers.csv | import")
            #expect(run.status == 1 && run.errorText.contains("payment_required"), "\(run.errorText)")
            let verbs = try await place.sandbox(of: "twilio").verbs()
            #expect(!verbs.isEmpty && verbs.allSatisfy { $0 == "GET" })
        }
    }
}

/// What somebody does by hand in Twilio's console.
private struct TwilioConsole {
    private let (url, account, token): (String, String, String)

    init(_ twilio: SandboxAdmin, _ account: String, _ token: String) {
        (url, self.account, self.token) = (twilio.url, account, token)
    }

    func call(_ method: String, _ path: String) async throws {
        var request = HTTPRequest(method, url + path)
        let credentials = Data("\(account):\(token)".utf8).base64EncodedString()
        request.headers.append(.init("Authorization", "Basic \(credentials)"))
        let answer = try await CurlTransport().send(request)
        #expect((200..<300).contains(answer.status), "\(method) \(path): \(answer.status)")
    }
}
