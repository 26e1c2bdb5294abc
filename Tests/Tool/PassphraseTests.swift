import Glibc
import SwitchboardTestKit
import Testing

/// Secrets that are locked with a passphrase, and runs that nobody attends.
@Suite struct PassphraseTests {
    private static let secret = "Correct-Horse-7"
    private static let passphrase = "Zürich in März, 3 Uhr"

    /// A place with a secret and a connected profile, locked; the file holds the passphrase and a newline.
    private func locked(_ body: (Place, _ source: [String: String]) async throws -> Void) async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            for (statement, input) in [
                ("secret set a --stdin", Self.secret),
                ("connect livekit --name acme --url \(url) --api-key devkey --api-secret-stdin", "secret\n"),
                ("secret rotate passphrase --stdin | print", Self.passphrase + "\n"),
            ] {
                let result = try await place.run("-c", statement, input: input)
                #expect(result.status == 0, "\(result.errorText)")
            }
            let file = try place.write(Self.passphrase + "\n", to: "passphrase")
            chmod(file, 0o600)
            try await body(place, ["SWITCHBOARD_PASSPHRASE_FILE": file])
        }
    }

    @Test func withoutItNothingOfAScriptRuns() async throws {
        try await locked { place, _ in
            let script = try place.write("agent add support\nlet p = secret a\n", to: "a.swb")
            for arguments in [["run", script], ["check", script]] {
                let refused = try await place.run(arguments)
                #expect(refused.status == 4)
                #expect(
                    refused.errorText == """
                        error[R220]: the secrets are locked with a passphrase, and there is no terminal to ask at
                         --> \(script):2:9
                          |
                        2 | let p = secret a
                          |         ^^^^^^
                          = cause: unauthorized
                          = help: name a file that holds it in SWITCHBOARD_PASSPHRASE_FILE

                        """)
            }
            let rows = try place.write("pin\n1234\n", to: "pins.csv")
            let told = try await place.run(
                "-c",
                "agent add support; let rows = read \(rows) --columns {pin: secret}; "
                    + "for row in $rows { dispatch create --direct a --catch-all --pin $row.pin }")
            #expect(told.status == 4, "\(told.errorText)")
            for script in ["agent add support; search livekit --limit 1", "agent add support; trunk list"] {
                let refused = try await place.run("--profile", "acme", "-c", script)
                #expect(refused.status == 4, "\(refused.errorText)")
            }
            for profile in ["sandbox", "acme"] {
                let agents = try await place.run("--profile", profile, "-c", "agent list | count")
                #expect(agents.outputText == "0\n", "\(agents.errorText)")
            }
        }
    }

    @Test func whatNeedsNoSecretNeedsNoPassphrase() async throws {
        try await locked { place, _ in
            for arguments in [
                ["-c", "list; agent add support; secret list; provider list; search livekit --limit 1"],
                ["-c", "purchase +14155550120 --provider livekit; release +14155550120"],
                ["--profile", "acme", "-c", "list; agent add support; secret list"], ["-c", "secret remove a"],
                ["-c", "disconnect livekit --name acme"],
            ] {
                let result = try await place.run(arguments)
                #expect(result.status == 0, "\(arguments)\n\(result.errorText)")
            }
        }
    }

    @Test func aFileGivesIt() async throws {
        try await locked { place, source in
            for (arguments, output) in [
                (["-c", "secret a"], "••••••\n"),
                (["--profile", "acme", "-c", "search livekit --limit 2 | count"], "2\n"),
                (["-c", "secret rotate key-file | select .key .secrets"], "key,secrets\nkey-file,2\n"),
            ] {
                let result = try await place.run(arguments, environment: source)
                #expect(result.outputText == output, "\(result.errorText)")
            }
            // From here on the key is a file again.
            #expect(try await place.run("-c", "secret a").outputText == "••••••\n")
        }
    }

    @Test func aPipeGivesIt() async throws {
        try await locked { place, _ in
            let line = "SWITCHBOARD_PASSPHRASE_FILE=<(printf '%s' '\(Self.passphrase)') $SWITCHBOARD -c 'secret a'"
            let piped = try await place.shell(
                line + "; exec 7<passphrase; SWITCHBOARD_PASSPHRASE_FILE=/dev/fd/7 "
                    + "$SWITCHBOARD -c 'secret a'")
            #expect(piped.outputText == "••••••\n••••••\n", "\(piped.errorText)")
        }
    }

    @Test func aWrongOneAndAFileOfNoUse() async throws {
        try await locked { place, source in
            for (line, message, help) in [
                ("printf wrong >passphrase", "the passphrase does not open the secrets in", "nothing was changed"),
                ("chmod 640 passphrase", "holds secrets, and others may read or change it", "type: chmod 600"),
                ("rm passphrase; mkdir passphrase", "is no plain file", ""),
                ("rmdir passphrase", "SWITCHBOARD_PASSPHRASE_FILE: there is no", ""),
            ] {
                #expect(try await place.shell(line).status == 0)
                for statement in ["secret a", "secret set a --stdin", "secret rotate key-file"] {
                    let refused = try await place.run(
                        "-c", "agent add x; " + statement, input: "other-secret", environment: source)
                    #expect(refused.status == 4, "\(refused.errorText)")
                    #expect(refused.errorText.contains(message) && refused.errorText.contains(help))
                }
            }
            #expect(try await place.run("-c", "agent list | count").outputText == "0\n")
            let file = try place.write(Self.passphrase, to: "again")
            chmod(file, 0o600)
            let right = try await place.run("-c", "secret a", environment: ["SWITCHBOARD_PASSPHRASE_FILE": file])
            #expect(right.outputText == "••••••\n", "\(right.errorText)")
        }
    }

    @Test func aNewOneThatNobodyGives() async throws {
        try await Place.with { place in
            for (statement, input, message) in [
                ("secret rotate passphrase", "x", "nobody gave the passphrase"),
                ("secret rotate passphrase --stdin", "\n", "the passphrase is empty; nothing was changed"),
            ] {
                let refused = try await place.run("-c", statement, input: input)
                #expect(refused.status == 1)
                #expect(refused.errorText.contains(message), "\(refused.errorText)")
            }
            #expect(try await place.run("-c", "secret set a --stdin | count", input: Self.secret).status == 0)
            #expect(try await place.run("-c", "secret a").outputText == "••••••\n")
        }
    }

    /// SIGKILL of the real program at any moment: the old key or the new one opens everything.
    @Test func aRotationThatIsKilledAgainAndAgainLosesNothing() async throws {
        try await locked { place, source in
            var generator = SystemRandomNumberGenerator()
            for round in 0..<8 {
                let statement = round.isMultiple(of: 2) ? "secret rotate key-file" : "secret rotate passphrase --stdin"
                let moment = "0.\(Int.random(in: 100...600, using: &generator))"
                _ = try await place.run(
                    program: ["/usr/bin/timeout", "-s", "KILL", moment, Programs.switchboard, "-c", statement],
                    input: Self.passphrase, environment: source)
                let read = try await place.run("-c", "secret a", environment: source)
                #expect(read.outputText == "••••••\n", "\(read.errorText)")
                let used = try await place.run(
                    "--profile", "acme", "-c", "search livekit --limit 1 | count", environment: source)
                #expect(used.outputText == "1\n", "\(used.errorText)")
            }
            let last = try await place.run("-c", "secret rotate key-file | select .secrets", environment: source)
            #expect(last.outputText == "secrets\n2\n", "\(last.errorText)")
            let keys = try await place.shell("ls \(place.state) | grep -c ^key")
            #expect(keys.outputText == "1\n")
        }
    }
}
