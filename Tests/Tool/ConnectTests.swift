import Glibc
import SwitchboardTestKit
import Testing

/// Credentials are tried once before they are kept, replaced by better ones, and forgotten.
@Suite struct ConnectTests {
    private static let sid = "ACa0000000000000000000000000000001"
    private static let twilioSearch = "search twilio --country-code US --area-code 415 --limit 1 | count"
    private static let wrong = "wrong-and-very-secret"

    private func connect(_ provider: String, _ url: String) -> String {
        provider == "twilio"
            ? "connect twilio --name acme --url \(url) --account-sid \(Self.sid) --auth-token-stdin"
            : "connect livekit --name acme --url \(url) --api-key devkey --api-secret-stdin"
    }

    /// LiveKit is asked once, for a number that nobody has; Twilio is read twice, since a key may be good for its numbers and not for its trunks.
    @Test(arguments: [("livekit", "secret", ["404"]), ("twilio", "master-token", ["200", "200"])])
    func goodCredentialsAreTriedAndKept(_ provider: String, _ secret: String, _ answers: [String]) async throws {
        try await Place.with { place in
            let url = try await place.sandbox(of: provider).url
            let made = try await place.run("--json", "-c", connect(provider, url), input: secret + "\n")
            #expect(made.status == 0, "\(made.errorText)")
            #expect(made.outputText.contains(#"{"profile":"acme","provider":"\#(provider)"}"#), "\(made.outputText)")
            #expect(try await requests(place, provider) == answers)
            let search = "search \(provider) --country-code US --area-code 415 --limit 1 | count"
            #expect(try await place.run("--profile", "acme", "-c", search).outputText == "1\n")
            #expect(try await place.rows("SELECT count(*) FROM secrets WHERE instr(box, '\(secret)') > 0") == 0)
        }
    }

    @Test(arguments: ["livekit", "twilio"]) func badOnesAreNotKept(_ provider: String) async throws {
        try await Place.with { place in
            let url = try await place.sandbox(of: provider).url
            let refused = try await place.run(
                "--log", "debug", "-c", connect(provider, url), input: Self.wrong + "\n")
            #expect(refused.status == 4, "\(refused.errorText)")
            #expect(refused.outputText.isEmpty)
            #expect(try await requests(place, provider) == ["401"])
            let away = try await place.run("-c", connect(provider, "http://127.0.0.1:1"), input: Self.wrong + "\n")
            #expect(away.status == 1)
            #expect(away.errorText.contains("cause: unreachable"), "\(away.errorText)")
            #expect(try await place.rows("SELECT (SELECT count(*) FROM profiles) + count(*) FROM secrets") == 0)
        }
    }

    /// A token that the vendor has replaced is replaced here by connecting again, and never by a wrong one.
    @Test func aNewTokenReplacesTheOldOneOnceItIsTried() async throws {
        try await Place.with { place in
            let url = try await place.sandbox(of: "twilio").url
            #expect(try await place.run("-c", connect("twilio", url), input: "master-token\n").status == 0)
            #expect(try await place.run("-c", connect("twilio", url), input: Self.wrong + "\n").status == 4)
            #expect(try await place.run("--profile", "acme", "-c", Self.twilioSearch).outputText == "1\n")

            let seed = #"{"accounts":[{"sid":"\#(Self.sid)","auth_token":"second-token"}]}"#
            try await place.sandbox(of: "twilio").seed(seed)
            #expect(try await place.run("--profile", "acme", "-c", Self.twilioSearch).status == 4)
            #expect(try await place.run("-c", connect("twilio", url), input: "second-token\n").status == 0)
            #expect(try await place.run("--profile", "acme", "-c", Self.twilioSearch).outputText == "1\n")
            #expect(try await place.rows("SELECT count(*) FROM secrets") == 1)
        }
    }

    @Test func whatIsDisconnectedIsGoneAndTheOtherProviderStays() async throws {
        try await Place.with { place in
            for (provider, secret) in [("livekit", "secret\n"), ("twilio", "master-token\n")] {
                let url = try await place.sandbox(of: provider).url
                #expect(try await place.run("-c", connect(provider, url), input: secret).status == 0)
            }
            #expect(try await place.run("--profile", "acme", "-c", "agent add support").status == 0)
            let gone = try await place.run("--json", "-c", "disconnect twilio --name acme")
            #expect(gone.status == 0)
            #expect(
                gone.errorText
                    == "disconnected; left in profile acme: 1 agent, livekit; at twilio nothing has changed\n")
            #expect(
                gone.outputText.contains(#"{"profile":"acme","provider":"twilio","numbers":0}"#), "\(gone.outputText)")
            #expect(try await place.rows("SELECT count(*) FROM secrets WHERE provider = 'twilio'") == 0)
            #expect(try await place.rows("SELECT count(*) FROM profiles WHERE instr(record, '\(Self.sid)') > 0") == 0)
            #expect(try await place.run("--profile", "acme", "-c", Self.twilioSearch).status == 4)
            #expect(
                try await place.run("--profile", "acme", "-c", "search livekit --limit 1 | count").outputText == "1\n")

            let again = try await place.run("-c", "disconnect twilio --name acme")
            #expect(again.status == 0)
            #expect(again.errorText == "profile 'acme' has no credentials of twilio: unchanged\n")
        }
    }

    @Test func numbersThatNeedTheProviderAreInTheWay() async throws {
        try await Place.with { place in
            let url = try await place.sandbox(of: "livekit").url
            let disconnect = "disconnect livekit --name acme"
            #expect(try await place.run("-c", connect("livekit", url), input: "secret\n").status == 0)
            let buy = "purchase +14155550130 --provider livekit"
            #expect(try await place.run("--profile", "acme", "-c", buy).status == 0)
            let refused = try await place.run("-c", disconnect)
            #expect(refused.status == 1)
            #expect(
                refused.errorText.contains(
                    "1 number (+14155550130) needs the livekit credentials of profile 'acme'"),
                "\(refused.errorText)")
            #expect(try await place.rows("SELECT count(*) FROM secrets") == 1)

            let forced = try await place.run("-c", disconnect + " --force")
            #expect(forced.status == 0, "\(forced.errorText)")
            #expect(forced.errorText.contains("left in profile acme: 1 number;"), "\(forced.errorText)")
            #expect(try await place.rows("SELECT count(*) FROM secrets") == 0)
            #expect(try await place.run("--profile", "acme", "-c", "list | count").outputText == "1\n")
            #expect(try await place.run("--profile", "acme", "--yes", "-c", "release +14155550130").status == 4)
            #expect(try await place.run("-c", disconnect + " --force").errorText.contains("unchanged"))

            // No other account is put behind the number; the same one is.
            let elsewhere = connect("livekit", url.replacing("127.0.0.1", with: "localhost"))
            #expect(try await place.run("-c", elsewhere, input: "secret\n").status == 1)
            #expect(try await place.run("-c", connect("livekit", url), input: "secret\n").status == 0)
            #expect(try await place.run("--profile", "acme", "-c", "release +14155550130").status == 0)
            #expect(try await place.run("-c", disconnect).status == 0)
        }
    }

    /// The profile's credentials are what another profile reaches its imported number with.
    @Test func numbersOfAnotherProfileAreInTheWayToo() async throws {
        try await Place.with { place in
            let twilio = try await place.sandbox(of: "twilio")
            try await CarriedImportTests.seed(place, ["+13125550201"])
            let connect = connect("twilio", twilio.url).replacing(Self.sid, with: CarriedImportTests.one)
            #expect(try await place.run("-c", connect, input: "customer-token\n").status == 0)
            let imported = try await place.run("-c", "import +13125550201 --source twilio --account acme")
            #expect(imported.status == 0, "\(imported.errorText)")
            let refused = try await place.run("-c", "disconnect twilio --name acme")
            #expect(refused.status == 1)
            #expect(
                refused.errorText.contains("1 number (+13125550201) needs the twilio credentials of profile 'acme'"))
            // A secret that the other profile keeps for the account does as well.
            let keep = "secret set twilio-\(CarriedImportTests.one) --stdin"
            #expect(try await place.run("-c", keep, input: "customer-token").status == 0)
            #expect(try await place.run("-c", "disconnect twilio --name acme").status == 0)
            let removed = try await place.run("-c", "remove +13125550201")
            #expect(removed.status == 0, "\(removed.errorText)")
        }
    }

    @Test(arguments: [("acm", "did you mean 'acme'?"), ("sandbox", "there are: acme")])
    func aProfileThatConnectHasNotMade(_ name: String, _ help: String) async throws {
        try await Place.with { place in
            let url = try await place.sandbox(of: "livekit").url
            #expect(try await place.run("-c", connect("livekit", url), input: "secret\n").status == 0)
            let refused = try await place.run("-c", "disconnect livekit --name \(name)")
            #expect(refused.status == 1)
            #expect(refused.errorText.contains("connect has made no profile '\(name)'"), "\(refused.errorText)")
            #expect(refused.errorText.contains(help))
        }
    }

    /// The status of each request that the emulator has answered.
    private func requests(_ place: Place, _ provider: String) async throws -> [String] {
        let log = try await place.run("--csv", "-c", "sandbox log --provider \(provider) | select .status")
        return log.outputText.split(separator: "\n").dropFirst().map(String.init)
    }
}
