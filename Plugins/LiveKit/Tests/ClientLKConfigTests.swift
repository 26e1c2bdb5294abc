import SwitchboardCore
import Testing

@testable import LiveKitProvider

/// The file of LiveKit's own tool, in all the ways in which YAML can write it.
@Suite struct ClientLKConfigTests {
    private func entries(_ text: String) throws -> [SettingsFile.Entry] { try LKConfig.entries(Array(text.utf8)) }

    /// A project as one line: what a profile would get.
    private func lines(_ text: String) throws -> [String] {
        try entries(text).map { entry in
            let plain = ["url", "api_key", "sip_host"].map { entry.settings[$0] ?? "-" }
            return
                ([entry.name, entry.isDefault ? "default" : "other"] + plain
                + [entry.settings.secret("api_secret")?.reveal() ?? "-"]).joined(separator: " ")
        }
    }

    private static let acme = "acme default wss://acme.livekit.cloud APIkey01 abc123.sip.livekit.cloud s3cr3t: #1"

    @Test(arguments: [
        """
        default_project: acme
        projects:
            - name: acme
              project_id: p_abc123
              url: wss://acme.livekit.cloud
              api_key: APIkey01
              api_secret: 's3cr3t: #1'
        device_name: laptop
        theme: ""
        """,
        """
        {"theme": null, "default_project": "acme", "projects": [{"name": "acme", "project_id": "p_abc123",
          "url": "wss://acme.livekit.cloud", "api_key": "APIkey01", "api_secret": "s3cr3t: #1"}]}
        """,
        """
        # written by hand
        common: &common {url: wss://acme.livekit.cloud, api_key: &key APIkey01}
        users: [{id: u_1, session_token: t, projects: [{project_id: p_abc123, name: acme}]}]
        projects:
        - api_secret: "s3cr3t\\x3a #1"
          url: >-
            wss://acme.livekit.cloud
          api_key: *key
          name: !!str acme
          project_id: p_abc123   # its id
          colour: [1, {a: b}]
        default_project: acme
        """,
        "\u{FEFF}---\r\ndefault_project: acme\r\nprojects:\r\n- {name: acme, project_id: p_abc123,\r\n"
            + "   url: 'wss://acme.livekit.cloud', api_key: APIkey01, api_secret: \"s3cr3t: #1\"}\r\n...\r\n",
    ])
    func readsAProject(_ text: String) throws { #expect(try lines(text) == [Self.acme]) }

    @Test func readsWhatIsThereOfSeveral() throws {
        let text = """
            projects:
            - {name: a, url: ws://127.0.0.1:7880, api_key: k, api_secret: s}
            - {name: b, url: "", api_key: ~, project_id: q_1}
            - {name: "~", api_secret: 00123, api_key: yes}
            """
        #expect(
            try lines(text) == ["a other ws://127.0.0.1:7880 k - s", "b other - - - -", "~ other - yes - 00123"])
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "null", "projects:\n", "projects: []", "default_project: a"])
    func aFileWithoutProjects(_ text: String) throws { #expect(try entries(text).isEmpty) }

    @Test(arguments: [
        ("projects: [", "did not find expected node content, line 2"),
        ("a: b\nprojects:\n- name: x\n url: y\n", "did not find expected key, line 4"),
        ("projects: *none\n", "found undefined alias, line 1"),
        ("- acme", "it is no mapping"),
        ("projects: acme", "'projects' is no list"),
        ("projects: [acme]", "project 1 has no name"),
        ("projects: [{name: a}, {url: b}]", "project 2 has no name"),
        ("projects: [{name: [a]}]", "'name' of project 1 is no text"),
        ("projects: [{name: a, api_secret: {very: secret}}]", "'api_secret' of project 'a' is no text"),
        ("projects: [{name: a, api_secret: very, api_secret: secret}]", "'api_secret' of project 'a' stands twice"),
        ("projects: []\nprojects: []", "'projects' of the file stands twice"),
    ])
    func saysWhatIsWrongAndNoWordOfIt(_ text: String, _ message: String) throws {
        let error = #expect(throws: SwitchboardError.self) { try entries(text) }
        #expect(error?.message == message)
        #expect(error?.code == .invalidArgument)
        #expect(error.map { "\($0)".contains("secret:") || "\($0)".contains("very") } == false)
    }

    @Test func bytesThatAreNoText() {
        #expect(throws: SwitchboardError.self) { try LKConfig.entries([0x61, 0x3A, 0x20, 0xFF, 0xFE]) }
        #expect(throws: SwitchboardError.self) { try LKConfig.entries([0, 1, 2]) }
    }

    /// Aliases that name each other a thousand million times over, or themselves.
    @Test func aDocumentThatGrowsByItsAliasesIsRefused() throws {
        let levels = (1...9).map {
            "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ","))]"
        }
        let bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + levels.joined(separator: "\n")
        for text in [bomb, "projects: &p [*p]"] {
            let error = #expect(throws: SwitchboardError.self) { try entries(text) }
            #expect(error?.message.hasPrefix("it is too deep, line ") == true)
        }
    }
}
