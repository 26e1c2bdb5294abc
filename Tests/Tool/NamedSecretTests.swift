import SwitchboardTestKit
import Testing

/// What is stored of standard input, byte for byte, and where it is never seen.
@Suite struct NamedSecretTests {
    @Test(arguments: [
        ("hunter2", "hunter2"), ("hunter2\\n", "hunter2"), ("hunter2\\r\\n", "hunter2"), ("a\\n\\n", "a\\n"),
        ("\\nb\\n", "\\nb"), ("one\\r\\ntwo\\n", "one\\r\\ntwo"), (" a b ", " a b "),
        ("Zu\\xcc\\x88rich", "Zu\\xcc\\x88rich"),
        ("$x ${y} '\"`", "$x ${y} '\"`"),
    ])
    func allOfStandardInputIsTheSecret(input: String, secret: String) async throws {
        try await Place.with { place in
            let stored = try await place.shell("printf %b \(quoted(input)) | $SWITCHBOARD -c 'secret set x --stdin'")
            #expect(stored.status == 0, "\(stored.errorText)")
            let statement = "safe lock ./safe --code (secret x)"
            let used = try await place.run(
                program: [Programs.doorVictim, place.state, Programs.sandbox, "none", "lock", statement])
            #expect(used.status == 0, "\(used.errorText)")
            let compared = try await place.shell("printf %b \(quoted(secret)) | cmp - safe")
            #expect(compared.status == 0, "\(compared.outputText)")
        }
    }

    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    @Test(arguments: [
        ("printf 'Tr0ub4dor\\xff'", "is not UTF-8"),
        ("head -c 16385 /dev/zero | tr '\\0' x", "has more than 16384 bytes"),
    ])
    func whatIsNoSecretIsRefused(program: String, reason: String) async throws {
        try await Place.with { place in
            let refused = try await place.shell("\(program) | $SWITCHBOARD -c 'secret set x --stdin'")
            #expect(refused.status == 1)
            #expect(refused.errorText.contains("the secret 'x' \(reason); nothing was stored"), "\(refused.errorText)")
            #expect(!refused.errorText.contains("Tr0ub4dor") && !refused.errorText.contains("xxx"))
            #expect(try await place.run("-c", "secret list | count").outputText == "0\n")
        }
    }

    @Test func noOutputAndNoFileShowsIt() async throws {
        try await Place.with { place in
            let secret = "Correct-Horse-7"
            let url = try await place.sandbox().url
            var output = ""
            for (arguments, status) in [
                (["--log", "debug", "-c", "secret set x --stdin; secret list; secret x"], Int32(0)),
                (["--log", "debug", "--json", "-c", "secret x; [{a: (secret x)}]; agent add (secret x)"], 2),
                (["--json", "-c", "for n in ['x' 'y'] { secret $n }"], 1),
                (["--log", "debug", "-c", "[{a: (secret x)}] | write ./a.csv; purchase +14155550100"], 2),
                (["-c", "connect livekit --name acme --url \(url) --api-key devkey --api-secret-stdin"], 4),
                (["-c", "secret set x --stdin; secret remove x"], 0),
            ] {
                let result = try await place.run(arguments, input: secret + "\n")
                #expect(result.status == status, "\(arguments)\n\(result.errorText)")
                output += result.outputText + result.errorText
            }
            #expect(!output.contains(secret), "\(output)")
            #expect(try await place.filesHolding(secret).isEmpty)
        }
    }

    @Test func eachProfileHasItsOwn() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            let connect = "connect livekit --name acme --url \(url) --api-key devkey --api-secret-stdin"
            #expect(try await place.run("-c", connect, input: "secret\n").status == 0)
            for profile in ["sandbox", "acme"] {
                let set = try await place.run(
                    "--profile", profile, "-c", "secret set of-\(profile) --stdin", input: "only-for-\(profile)")
                #expect(set.status == 0, "\(set.errorText)")
            }
            for (profile, other) in [("sandbox", "acme"), ("acme", "sandbox")] {
                let listed = try await place.run("--profile", profile, "-c", "secret list | select .name")
                #expect(listed.outputText == "name\nof-\(profile)\n")
                let refused = try await place.run("--profile", profile, "-c", "secret of-\(other)")
                #expect(refused.status == 2, "\(refused.errorText)")
            }
            // The settings' own secret is still the one that connect was given.
            #expect(try await place.run("--profile", "acme", "-c", "list").status == 0)
        }
    }
}
