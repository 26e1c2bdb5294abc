import FoundationEssentials
import SwitchboardTestKit
import Testing

/// Profiles that `connect` makes and the profile `env`, against an emulator as if it were the vendor.
@Suite struct ProfileTests {
    private static let wrong = "wrong-and-very-secret"

    private func connect(_ url: String) -> String {
        "connect livekit --name acme --url \(url) --api-key devkey --api-secret-stdin"
    }

    @Test func aWrongSecretIsRefusedAndNeverShown() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            let result = try await place.run("--log", "debug", "-c", connect(url), input: Self.wrong + "\n")
            #expect(result.status == 4, "\(result.errorText)")
            #expect(result.outputText.isEmpty)
            #expect(!result.errorText.contains(Self.wrong))
            #expect(try await place.run("--profile", "acme", "-c", "list").status == 4)
            #expect(try await place.filesHolding(Self.wrong).isEmpty)
            let log = try await place.run("--jsonl", "-c", "sandbox log")
            #expect(log.outputText.contains(#""status":401"#), "\(log.outputText)")
            for text in [Self.wrong, "Bearer", "eyJ", "devkey"] { #expect(!log.outputText.contains(text)) }
        }
    }

    @Test func theRightSecretMakesAProfileThatWorks() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            let made = try await place.run("-c", connect(url), input: "secret\n")
            #expect(made.status == 0, "\(made.errorText)")
            #expect(made.outputText == "profile,provider\nacme,livekit\n")
            #expect(made.errorText == "connected; use it with --profile acme\n")

            #expect(try await place.run("--profile", "acme", "-c", "list").status == 0)
            let bought = try await place.run("--profile=acme", "-c", "purchase +14155550130 --provider livekit")
            #expect(bought.status == 0, "\(bought.errorText)")
            #expect(try await place.run("--profile", "acme", "-c", "list | count").outputText == "1\n")
            #expect(try await place.run("-c", "list | count").outputText == "0\n")

            let shown = try await place.run("--profile", "acme", "--jsonl", "-c", "provider show livekit")
            #expect(shown.outputText.contains(url))
            #expect(!shown.outputText.contains(#""secret""#), "\(shown.outputText)")
            // The secret of the emulators is a common word, so it is looked for as its box would hold it bare.
            #expect(try await place.rows("SELECT count(*) FROM secrets") == 1)
            #expect(try await place.rows("SELECT count(*) FROM secrets WHERE instr(box, 'secret') > 0") == 0)
        }
    }

    /// LiveKit hands its URLs out as `wss://`; the emulator's is one by that spelling too.
    @Test func aURLOfAWebSocketMeansTheServer() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url.replacing("http://", with: "ws://") + "/"
            let statement = "search livekit --area 415 --limit 1 | select .e164"
            let made = try await place.run("-c", connect(url), input: "secret\n")
            #expect(made.status == 0, "\(made.errorText)")
            let found = try await place.run("--profile", "acme", "-c", statement)
            #expect(found.outputText == "e164\n\"+14155550100\"\n", "\(found.errorText)")

            let vendor = ["LIVEKIT_URL": url, "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret"]
            let read = try await place.run("--profile", "env", "-c", statement, environment: vendor)
            #expect(read.outputText == found.outputText, "\(read.errorText)")
        }
    }

    @Test func aSIPHostWithItsSchemeIsRefused() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            let statement = connect(url) + " --sip-host sip:acme01.sip.livekit.cloud"
            let result = try await place.run("-c", statement, input: "secret\n")
            #expect(result.status == 1)
            #expect(
                result.errorText.contains("the livekit setting 'sip_host' of profile 'acme' is no host name"),
                "\(result.errorText)")
        }
    }

    @Test func theSandboxIsLeftToItsOwnProfile() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            #expect(try await place.run("-c", connect(url), input: "secret\n").status == 0)
            let script = "purchase +14155550130 --provider livekit; sandbox reset"
            let refused = try await place.run("--profile", "acme", "-c", script)
            #expect(refused.status == 2)
            #expect(
                refused.errorText.contains(
                    "error[C041]: 'sandbox reset' steers the sandbox, and this is profile 'acme'"),
                "\(refused.errorText)")
            #expect(try await place.sandbox().truth().purchases == [])
        }
    }

    @Test func anotherAccountIsNotPutBehindAProfileThatHoldsNumbers() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            let elsewhere = url.replacing("127.0.0.1", with: "localhost")
            #expect(try await place.run("-c", connect(url), input: "secret\n").status == 0)
            #expect(try await place.run("-c", connect(elsewhere), input: "secret\n").status == 0)
            let buy = "purchase +14155550131 --provider livekit"
            #expect(try await place.run("--profile", "acme", "-c", buy).status == 0)

            let refused = try await place.run("-c", connect(url), input: "secret\n")
            #expect(refused.status == 1)
            #expect(refused.errorText.contains("profile 'acme' holds numbers of another livekit account"))
            let shown = try await place.run("--profile", "acme", "--jsonl", "-c", "provider show livekit")
            #expect(shown.outputText.contains(elsewhere) && !shown.outputText.contains(url))
        }
    }

    @Test func theNamesOfTheEnvironmentsLedgersAreNotGivenAway() async throws {
        try await Place.with { place in
            let statement =
                "connect livekit --name env-53544500 --url http://127.0.0.1:1 --api-key k --api-secret-stdin"
            let refused = try await place.run("-c", statement, input: "secret\n")
            #expect(refused.errorText.contains("'env-53544500' is a built-in profile"), "\(refused.errorText)")
        }
    }

    @Test func aSecretThatNobodyGives() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            let none = try await place.run(
                "-c", "connect livekit --name acme --url \(url) --api-key devkey", input: "secret\n")
            #expect(none.status == 4)
            #expect(
                none.errorText.contains("profile 'acme' needs the livekit setting 'api_secret'"), "\(none.errorText)")
            #expect(none.errorText.contains("--api-secret-stdin"))
            let empty = try await place.run("-c", connect(url), input: "")
            #expect(empty.status == 4, "\(empty.errorText)")
        }
    }

    @Test func theEnvironmentIsReadOnlyWhereItIsAskedFor() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            let vendor = ["LIVEKIT_URL": url, "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret"]
            let statement = "search livekit --area 415 --limit 1 | select .e164"
            let found = try await place.run("--profile", "env", "-c", statement, environment: vendor)
            #expect(found.outputText == "e164\n\"+14155550100\"\n", "\(found.errorText)")

            let missing = try await place.run("--profile", "env", "-c", statement)
            #expect(missing.status == 4)
            #expect(missing.errorText.contains("profile 'env' has no livekit setting 'url'"), "\(missing.errorText)")

            var wrong = vendor
            wrong["LIVEKIT_API_SECRET"] = Self.wrong
            let refused = try await place.run("--profile", "env", "-c", statement, environment: wrong)
            #expect(refused.status == 4, "\(refused.errorText)")
            #expect(!(refused.errorText + refused.outputText).contains(Self.wrong))
            #expect(try await place.run("-c", statement, environment: wrong).status == 0)
        }
    }

    /// The environment may name another account tomorrow: a number of the first is not given up at the second.
    @Test func eachAccountOfTheEnvironmentHasALedgerOfItsOwn() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            let first = ["LIVEKIT_URL": url, "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret"]
            let buy = "purchase +14155550120 --provider livekit | select .e164"
            #expect(try await place.run("--profile", "env", "-c", buy, environment: first).status == 0)

            var second = first
            second["LIVEKIT_URL"] = "http://127.0.0.1:1"
            let listed = try await place.run("--profile", "env", "-c", "list | count", environment: second)
            #expect(listed.outputText == "0\n", "\(listed.errorText)")
            let release = try await place.run("--profile", "env", "-c", "release +14155550120", environment: second)
            #expect(release.errorText.contains("no number '+14155550120'"), "\(release.errorText)")

            let kept = try await place.run("--profile", "env", "-c", "list | count", environment: first)
            #expect(kept.outputText == "1\n", "\(kept.errorText)")
        }
    }

    @Test func aLiveProfileSpendsOnlyWithYes() async throws {
        try await Place.with { place in
            let live = [
                "LIVEKIT_URL": "https://livekit.invalid", "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret",
            ]
            let buy = "purchase +14155550130 --provider livekit"
            let refused = try await place.run("--profile", "env", "-c", buy, environment: live)
            #expect(refused.status == 2)
            #expect(
                refused.errorText == """
                    error: profile env-b0a19587 is live, and this script spends money
                      = help: give --yes to run it

                    """)
            for giving in ["release +14155550130", "trunk delete main", "dispatch delete desk"] {
                let gone = try await place.run("--profile", "env", "-c", giving, environment: live)
                #expect(gone.status == 2)
                #expect(gone.errorText.contains("is live, and this script cannot be taken back"), "\(gone.errorText)")
            }
            let tried = try await place.run("--profile", "env", "--yes", "-c", buy, environment: live)
            #expect(tried.status == 1)
            #expect(tried.errorText.contains("cause: unreachable"), "\(tried.errorText)")
            #expect(try await place.openIntents() == 0)
        }
    }

    @Test func theDebugLogShowsRequestsAndNoToken() async throws {
        try await Place.with { place in
            let result = try await place.run(
                "--log", "debug", "-c", "search livekit --area 415 | first | purchase | select .e164")
            #expect(result.outputText == "e164\n\"+14155550100\"\n")
            for method in ["SearchPhoneNumbers", "GetPhoneNumber", "PurchasePhoneNumber"] {
                #expect(result.errorText.contains("\(method) 200"), "\(result.errorText)")
            }
            #expect(!result.errorText.contains("eyJ") && !result.errorText.contains("Bearer"), "\(result.errorText)")
            #expect(try await place.filesHolding("eyJhbGci").isEmpty)
        }
    }
}
