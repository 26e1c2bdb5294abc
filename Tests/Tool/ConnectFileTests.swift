import FoundationEssentials
import Glibc
import SwitchboardTestKit
import Testing

/// `connect livekit --from-lk`: the settings that LiveKit's own tool keeps in `~/.livekit/cli-config.yaml`.
@Suite struct ConnectFileTests {
    private static let file = ".livekit/cli-config.yaml"
    private static let shown = "~/" + file
    private static let connect = "connect livekit --name acme --from-lk"

    /// A file as `lk` writes it, with the emulator for the project `acme`, which is the default one.
    private func config(_ url: String, default name: String = "acme") -> String {
        """
        default_project: \(name)
        projects:
            - name: elsewhere
              project_id: p_else01
              url: ws://127.0.0.1:1
              api_key: APIelse
              api_secret: the-secret-of-elsewhere
            - name: acme
              project_id: p_acme01
              url: \(url.replacing("http://", with: "ws://"))
              api_key: devkey
              api_secret: secret
        device_name: laptop
        theme: ""

        """
    }

    private func put(_ text: String, in place: Place, mode: mode_t = 0o600) throws {
        mkdir(place.folder + "/.livekit", 0o700)
        #expect(chmod(try place.write(text, to: Self.file), mode) == 0)
    }

    private func settings(of place: Place) async throws -> String {
        let shown = try await place.run(
            "--profile", "acme", "--jsonl", "-c",
            "provider show livekit | where .kind != 'capability' | select .name .value")
        #expect(shown.status == 0, "\(shown.errorText)")
        return shown.outputText
    }

    @Test func theDefaultProjectBecomesAProfileThatWorks() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            try put(config(url), in: place)
            let made = try await place.run("-c", Self.connect)
            #expect(made.status == 0, "\(made.errorText)")
            #expect(made.outputText == "profile,provider\nacme,livekit\n")
            #expect(made.errorText == "connected; use it with --profile acme\n")
            let listed = try await place.run(
                "--profile", "acme", "-c", "search livekit --area 415 --limit 1 | select .e164")
            #expect(listed.outputText == "e164\n\"+14155550100\"\n", "\(listed.errorText)")

            let settings = try await settings(of: place)
            for line in [
                #"{"name":"url","value":"\#(url.replacing("http:", with: "ws:"))"}"#,
                #"{"name":"api_key","value":"devkey"}"#, #"{"name":"api_secret","value":"••••••"}"#,
                #"{"name":"sip_host","value":"acme01.sip.livekit.cloud"}"#,
                #"{"name":"sip_uri","value":"sip:acme01.sip.livekit.cloud"}"#,
                #"{"name":"sip_host_eu","value":"acme01.eu.sip.livekit.cloud"}"#,
            ] { #expect(settings.contains(line + "\n"), "\(line) is not in \(settings)") }
            let found = try await place.run(
                program: ["/bin/grep", "-rlF", "--", "the-secret-of-elsewhere", place.state])
            #expect(found.outputText.isEmpty, "it is in \(found.outputText)")
        }
    }

    @Test func aProjectIsNamed() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            try put(config(url, default: "elsewhere"), in: place)
            #expect(try await place.run("-c", Self.connect + " --project acme").status == 0)
            #expect(try await settings(of: place).contains("acme01.sip.livekit.cloud"))
        }
    }

    @Test func theOnlyProjectNeedsNoName() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            try put("projects: [{name: one, url: '\(url)', api_key: devkey, api_secret: secret}]", in: place)
            #expect(try await place.run("-c", Self.connect).status == 0)
            let settings = try await settings(of: place)
            #expect(settings.contains(#"{"name":"sip_host","value":"not set"}"#), "\(settings)")
            #expect(!settings.contains("sip_uri"))
        }
    }

    @Test func whatIsGivenBesideItWins() async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            try put(config(url), in: place)
            let given =
                " --project elsewhere --url \(url) --api-key devkey --sip-host sip.example.com --api-secret-stdin"
            let made = try await place.run("-c", Self.connect + given, input: "secret\n")
            #expect(made.status == 0, "\(made.errorText)")
            let settings = try await settings(of: place)
            #expect(settings.contains(#"{"name":"url","value":"\#(url)"}"#))
            #expect(settings.contains(#"{"name":"sip_host","value":"sip.example.com"}"#))
            #expect(!settings.contains("else01"))
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var file: String?
        var mode: mode_t = 0o600
        var flags = ""
        var message: String
        var help: String

        var testDescription: String { message }
    }

    private static let two = "projects: [{name: acme, url: 'ws://127.0.0.1:1', api_key: k}, {name: beta}]"

    @Test(arguments: [
        Refusal(file: nil, message: "there is no \(shown)", help: "lk project add makes it"),
        Refusal(
            file: two, mode: 0o640, message: "\(shown) holds secrets, and others may read or change it",
            help: "type: chmod 600 \(shown)"),
        Refusal(
            file: two, mode: 0o602, message: "\(shown) holds secrets, and others may read or change it",
            help: "type: chmod 600 \(shown)"),
        Refusal(file: "theme: dark\n", message: "\(shown) holds no project", help: "lk project add adds one"),
        Refusal(
            file: two, message: "\(shown) has several projects and no default one",
            help: "name one with --project; there are: acme beta"),
        Refusal(
            file: two, flags: " --project acne", message: "\(shown) has no project 'acne'", help: "did you mean 'acme'?"
        ),
        Refusal(
            file: two, flags: " --project other", message: "\(shown) has no project 'other'",
            help: "there are: acme beta"),
        Refusal(
            file: two, flags: " --project acme", message: "project 'acme' of \(shown) has no api_secret",
            help: "--api-secret-stdin: "),
        Refusal(
            file: two, flags: " --project beta", message: "project 'beta' of \(shown) has no url", help: "--url: "),
        Refusal(
            file: "projects: [{name: a}, {name: a}]", flags: " --project a",
            message: "\(shown) has more than one project 'a'", help: "give them names that differ"),
        Refusal(
            file: "projects:\n- name: a\n  api_secret: [very-secret\n", flags: " --project a",
            message: "\(shown) makes no sense: did not find expected ',' or ']', line 4", help: ""),
    ])
    func whatIsMissingIsSaid(_ refusal: Refusal) async throws {
        try await Place.with { place in
            if let file = refusal.file { try put(file, in: place, mode: refusal.mode) }
            let result = try await place.run("-c", Self.connect + refusal.flags, input: "secret\n")
            #expect(result.status == 4, "\(result.errorText)")
            #expect(result.errorText.hasPrefix("error[R220]: \(refusal.message)\n"), "\(result.errorText)")
            if !refusal.help.isEmpty {
                #expect(result.errorText.contains("= help: \(refusal.help)"), "\(result.errorText)")
            }
            #expect(!result.errorText.contains("very-secret"))
            #expect(try await place.run("--profile", "acme", "-c", "list").status == 4)
        }
    }

    /// As root this gives the file away; as anybody else it takes one of root's.
    @Test func aFileOfAnotherUserIsNotTaken() async throws {
        try await Place.with { place in
            try put(Self.two, in: place)
            let path = place.folder + "/" + Self.file
            if geteuid() == 0 {
                #expect(chown(path, 65534, 65534) == 0)
            } else {
                unlink(path)
                symlink("/etc/passwd", path)
            }
            let result = try await place.run("-c", Self.connect)
            #expect(result.status == 4)
            #expect(result.errorText.contains("\(Self.shown) belongs to another user"), "\(result.errorText)")
        }
    }

    @Test func whatIsNoPlainFileIsNotWaitedFor() async throws {
        try await Place.with { place in
            mkdir(place.folder + "/.livekit", 0o700)
            #expect(mkfifo(place.folder + "/" + Self.file, 0o600) == 0)
            let pipe = try await place.run("-c", Self.connect, limit: .seconds(10))
            #expect(pipe.errorText.contains("\(Self.shown) is no plain file"), "\(pipe.errorText)")
            let nowhere = try await place.run("-c", Self.connect, environment: ["HOME": ""])
            #expect(nowhere.status == 4)
            #expect(nowhere.errorText.contains("HOME does not name your folder"), "\(nowhere.errorText)")
        }
    }

    @Test func theFlagsGoTogether() async throws {
        try await Place.with { place in
            let alone = try await place.run("-c", "connect livekit --name acme --project acme", input: "secret\n")
            #expect(alone.status == 1)
            #expect(alone.errorText.contains("--project goes with --from-lk"), "\(alone.errorText)")
            let unnamed = try await place.run("-c", "connect livekit --from-lk")
            #expect(unnamed.status == 2)
            #expect(unnamed.errorText.contains("'connect' needs --name"), "\(unnamed.errorText)")
        }
    }
}
