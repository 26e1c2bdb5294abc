import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// What a history may keep of statements of the stock commands.
@Suite struct RedactTests {
    private func redacted(
        _ text: String, names: [Engine.Binding] = [], knowing secrets: [Secret] = []
    ) throws -> String? {
        try Workspace().engine.redacted(
            text, profile: Profile(name: "sandbox", origin: .sandbox), names: names, knowing: secrets)
    }

    @Test(arguments: [
        ("trunk create --name a --auth-password hunter2", "trunk create --name a --auth-password (secret)"),
        ("dispatch create --name d --pin 4711", "dispatch create --name d --pin (secret)"),
        ("connect fake --name acme --api-secret hunter2", "connect fake --name acme --api-secret (secret)"),
        ("secret set acme hunter2", "secret set acme (secret)"),
        ("let password = (secret acme)", "let password = (secret acme)"),
        ("list | where .label == 'hunter2'", "list | where .label == 'hunter2'"),
        ("agent add support --metadata 'x'", "agent add support --metadata 'x'"),
    ])
    func byTheTypeOfTheParameter(text: String, kept: String) throws { #expect(try redacted(text) == kept) }

    @Test(arguments: [
        ("trunk create --name a --auth-password $text", ["hunter2"]),
        ("trunk create --name a --auth-password $row.pw", ["hunter3"]),
        ("for r in $rows { dispatch create --name a --pin $r.code }", ["4711", "4712"]),
        ("$rows | each r { dispatch create --name a --pin $r.code }", ["4711", "4712"]),
        ("$row | trunk create", ["hunter4"]), ("print $text", []), ("trunk create --name $text", []),
    ])
    func aNameTellsWhatItGivesToASecretParameter(text: String, secrets: [String]) throws {
        let row = Value.record(
            Record(nil, [.init("pw", .string("hunter3")), .init("auth_password", .string("hunter4"))]))
        let rows = Value.list(["4711", "4712"].map { .record(Record(nil, [.init("code", .string($0))])) })
        let names = [
            Engine.Binding(name: "text", value: .string("hunter2"), type: .string),
            Engine.Binding(name: "row", value: row, type: .any), Engine.Binding(name: "rows", value: rows, type: .any),
        ]
        let found = try Workspace().engine.secrets(in: text, names: names)
        #expect(Set(found.map { $0.reveal() }) == Set(secrets))
    }

    /// Whatever is wrong with a statement, what it says and shows of it has no secret.
    @Test(arguments: [
        "trunk create --name a --auth-password X9-X9-X9", "trunk create --name a --auth-password (X9-X9-X9)",
        "trunk create --name a --auth-password ('X9-X9-X9')", "trunk create --name a --auth-password ['X9-X9-X9']",
        "trunk create --name a --auth-password ('X9-X9-X9' | upper)",
        "trunk create --name a --auth-password (X9-X9-X9 | first)",
        "for x in ['X9-X9-X9'] { trunk create --name a --auth-password $x }",
        "['X9-X9-X9'] | each x { trunk create --name a --auth-password $x }",
        "let pw = 'X9-X9-X9'; trunk create --name a --auth-password $pw",
        "[{n: 'a', pw: 'X9-X9-X9'}] | each r { trunk create --name $r.n --auth-password $r.pw }",
        "{name: 'a', auth_password: 'X9-X9-X9'} | trunk create", "trunk create --auth-password 'X9-X9-X9 --name a",
        "trunk create --name a --auth-password 'X9-X9-X9' )", "trunk create --bogus --auth-password X9-X9-X9 )",
        "trunk create --name a --auth-pasword X9-X9-X9", "secret set acme X9-X9-X9", "'X9-X9-X9' | secret set acme",
        "connect livekit --name acme --api-secret X9-X9-X9", "conect livekit --api-secret X9-X9-X9",
        "dispatch create --nmae a --pin 'X9-X9-X9'", "list 'wss://me:X9-X9-X9@acme.example' --bogus",
        "def f [x: any] { trunk create --name a --auth-password $x }; f 'X9-X9-X9'; bogus",
        "'{\"pw\": \"X9-X9-X9\"}' | from-json | each r { trunk create --name a --auth-password $r.pw } | bogus",
        "trunk create --name a --headers {'Authorization': 'X9-X9-X9'} --bogus",
        "let p: secret = 'X9-X9-X9'", "def f [--p: secret = 'X9-X9-X9'] { 1 }", "connect livekit X9-X9-X9 (",
    ])
    func noFaultShowsASecret(text: String) throws {
        let engine = try Workspace().engine
        let source = SourceText(name: "prompt", text: text)
        let report = engine.check(
            Engine.Request(source: source, profile: Profile(name: "sandbox", origin: .sandbox)))
        #expect(!report.diagnostics.isEmpty)
        let renderer = DiagnosticRenderer(report.program.source)
        for shown in [renderer.render(report.diagnostics), renderer.json(report.diagnostics)] {
            #expect(!shown.contains("X9"), "\(shown)")
        }
    }

    @Test func aFaultBesideNoSecretShowsItsLine() throws {
        let text = "trunk create --nmae 'front' --numbers '+14155550100' --auth-password (secret pw)"
        let report = try Workspace().engine.check(
            Engine.Request(
                source: SourceText(name: "prompt", text: text), profile: Profile(name: "sandbox", origin: .sandbox)))
        #expect(DiagnosticRenderer(report.program.source).render(report.diagnostics).contains(text))
    }

    @Test func byWhatTheSessionKnows() throws {
        let text = "print 'hunter2' 'hunter3'"
        #expect(try redacted(text, knowing: [Secret("hunter2")]) == "print (secret) 'hunter3'")
        let name = Engine.Binding(name: "p", value: .list([.secret(Secret("hunter3"))]), type: .list(.secret))
        #expect(try redacted(text, names: [name]) == "print 'hunter2' (secret)")
        #expect(try redacted("print ('hunter2'", knowing: [Secret("hunter2")]) == nil)
    }
}
