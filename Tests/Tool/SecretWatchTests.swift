import Glibc
import SwitchboardTestKit
import Testing

/// The watch that every test with a place of its own stands under: it sees each leak that there can be, and lets be
/// what is the vendor's.
@Suite struct SecretWatchTests {
    private static let secret = "Watched-Secret-7"

    /// Shell lines that leave the secret somewhere; `$1` is the secret.
    private static let leaks = [
        "printf '%s' \"$1\" >notes.txt",
        "mkdir -p xdg/switchboard; printf 'a\\0b%s\\0c' \"$1\" >xdg/switchboard/switchboard.db-wal",
        "touch \"of $1.csv\"",
        "mkdir -p a/b/c; echo \"token=$1\" >a/b/c/.history",
        "python3 -c 'import sqlite3, sys; d = sqlite3.connect(\"s.db\"); d.execute(\"CREATE TABLE a (b)\"); "
            + "d.execute(\"INSERT INTO a VALUES (?)\", sys.argv[1:]); d.commit()' \"$1\"",
        "echo \"the secret is $1\"",
        "echo \"error: $1\" >&2",
        // In two pieces, since the names of tests stand in their output.
        "printf 'authorization: Bearer %s%s' eyJhb GciOiJIUzI1NiJ9.e30.x >&2",
        "setsid --fork /bin/sh -c 'sleep 5; :' \"$1\" <&- >/dev/null 2>&1",
        "TOKEN=$1 setsid --fork sleep 5 <&- >/dev/null 2>&1",
    ]

    @Test(arguments: leaks) func aLeakIsSeen(_ line: String) async throws {
        // Fails where the watch records nothing.
        try await withKnownIssue {
            try await Place.with { place in
                place.watch.given(Self.secret)
                let planted = try await place.run(program: ["/bin/sh", "-c", line, "sh", Self.secret])
                #expect(planted.status == 0, "\(planted.errorText)")
                if line.contains("setsid") { try await Task.sleep(for: .milliseconds(200)) }
            }
        } matching: { issue in
            issue.comments.contains { $0.rawValue.hasPrefix("a secret got out: ") }
        }
    }

    @Test func aSecretThatAProgramIsGivenIsKnownByItself() async throws {
        try await Place.with { place in
            _ = try await place.run("-c", "secret set x --stdin | count", input: Self.secret + "\n")
            _ = try await place.run("-c", "count", environment: ["LIVEKIT_API_SECRET": "Another-Secret-7"])
            try place.write("e164,twilio_auth_token\n,Third-Secret-7\n+14155550100\n", to: "rows.csv")
            #expect(place.watch.count == 3)
            #expect(place.watch.leaks() == [])
            try place.write("\(Self.secret) Another-Secret-7", to: "own.txt")
            #expect(place.watch.leaks() == [])
            _ = try await place.shell("cp own.txt other.txt")
            #expect(place.watch.leaks().map { $0.split(separator: " ")[0] } == ["'Ano…'", "'Wat…'"])
            _ = try await place.shell(
                "rm other.txt; mkdir -p xdg/switchboard/sandbox; cp own.txt xdg/switchboard/sandbox")
            #expect(place.watch.leaks() == [])
        }
    }

    /// The sandbox stays when the program has gone, and anybody of the same user may read what it was started with.
    @Test func theSandboxIsStartedWithoutTheVendorsSecrets() async throws {
        try await Place.with { place in
            let secrets = ["LIVEKIT_API_SECRET": Self.secret, "TWILIO_AUTH_TOKEN": "Another-Secret-7"]
            let found = try await place.run(
                "-c", "search livekit --area 415 --limit 1 | count", environment: secrets)
            #expect(found.outputText == "1\n", "\(found.errorText)")
            let pid = try #require(place.sandboxPID)
            #expect(place.text(of: "/proc/\(pid)/environ")?.contains("HOME=\(place.folder)") == true)
        }
    }

    /// The log of requests is what the vendor's emulator shows to others.
    @Test func theLogOfRequestsHoldsNoCredentials() async throws {
        try await Place.with { place in
            let found = try await place.run(
                "--log", "debug", "-c",
                "search livekit --limit 1 | count; search twilio --country-code US --limit 1 | count")
            #expect(found.status == 0, "\(found.errorText)")
            let log = try await place.run("--jsonl", "-c", "sandbox log; sandbox log --provider twilio")
            #expect(log.outputText.split(separator: "\n").count >= 2)
            for text in ["master-token", "Basic ", "Bearer "] { #expect(!log.outputText.contains(text)) }
        }
    }
}
