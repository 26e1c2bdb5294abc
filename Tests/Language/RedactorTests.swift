import SwitchboardLanguage
import Testing

/// What a history may keep of a statement.
@Suite struct RedactorTests {
    private static let trunk = Parameter("auth-password", .flag, .secret, aliases: ["auth-pass"], help: "")
    private static let vocabulary = Vocabulary(
        commands: [
            CommandSignature(
                "trunk create", summary: "",
                parameters: [
                    Parameter("name", .flag, .string, help: ""), trunk,
                    Parameter("headers", .flag, .list(.string), help: ""),
                ], output: .type(.nothing), effect: .changes),
            CommandSignature("trunk list", summary: "", input: .none, output: .type(.list(.any)), effect: .reads),
            CommandSignature(
                "dispatch create", summary: "",
                parameters: [
                    Parameter("pin", .flag, .either([.secret, .string]), help: ""),
                    Parameter("pins", .flag, .list(.either([.secret, .string])), help: ""),
                ], output: .type(.nothing), effect: .changes),
            CommandSignature(
                "connect", summary: "",
                parameters: [
                    Parameter("provider", .positional, .provider, isRequired: true, help: ""),
                    Parameter("name", .flag, .string, help: ""),
                    Parameter("api-secret-stdin", .toggle, .bool, help: ""),
                ], output: .type(.nothing), effect: .changes),
            CommandSignature(
                "secret set", summary: "", parameters: [Parameter("name", .positional, .string, help: "")],
                input: .none, output: .type(.nothing), effect: .changes),
            CommandSignature(
                "secret", summary: "", parameters: [Parameter("name", .positional, .string, help: "")], input: .none,
                output: .type(.secret), effect: .reads),
            CommandSignature(
                "print", summary: "", parameters: [Parameter("values", .rest, .list(.any), help: "")],
                output: .type(.nothing)),
        ], providers: ["livekit": [:]])

    private func redacted(_ text: String, knowing secrets: [String] = []) -> String? {
        redactor.redacted(text, knowing: secrets)
    }

    private var redactor: Redactor {
        let opener = ScriptOpener(identity: { _ in nil }) { _, _ throws(ScriptOpener.Refusal) in
            throw ScriptOpener.Refusal("no file is read")
        }
        return Redactor(
            vocabulary: Self.vocabulary, names: [("port", .int)],
            definitions: ["def dial [--pass: secret --to: string] { 1 }"], opener: opener,
            telling: ["connect", "secret", "secret set"])
    }

    @Test(arguments: [
        ("trunk create --name a --auth-password hunter2", "trunk create --name a --auth-password (secret)"),
        ("trunk create --auth-password='hunter 2' --name b", "trunk create --auth-password=(secret) --name b"),
        ("trunk create --auth-pass \"h$port\"", "trunk create --auth-pass (secret)"),
        (
            "trunk create --auth-password 4711 --headers ['a' 'b']",
            "trunk create --auth-password (secret) --headers ['a' 'b']"
        ),
        ("dispatch create --pin 4711", "dispatch create --pin (secret)"),
        ("dispatch create --pins [4711 '4712']", "dispatch create --pins [(secret) (secret)]"),
        ("let p = '4711'\ndispatch create --pin $p", "let p = (secret)\ndispatch create --pin $p"),
        ("let p: secret = 'hunter2'", "let p: secret = (secret)"),
        ("param --p: secret = 'hunter2'", "param --p: secret = (secret)"),
        ("dispatch create --pin ('47' ?? \"11\")", "dispatch create --pin ((secret) ?? (secret))"),
        ("{auth_password: 'hunter2', name: 'a'} | trunk create", "{auth_password: (secret), name: 'a'} | trunk create"),
        (
            "[{pin: '1'}] | each r { dispatch create --pin $r.pin }",
            "[{pin: (secret)}] | each r { dispatch create --pin $r.pin }"
        ),
        ("dial --pass hunter2 --to hunter3", "dial --pass (secret) --to hunter3"),
        ("def f [--p: secret = 'hunter2'] { 1 }", "def f [--p: secret = (secret)] { 1 }"),
        ("if true { trunk create --auth-password 'é hunter2' }", "if true { trunk create --auth-password (secret) }"),
    ])
    func whatIsGivenToASecretParameterIsTakenOut(text: String, kept: String) { #expect(redacted(text) == kept) }

    @Test(arguments: [
        "trunk create --auth-password hunter2 --help", "def dial [] { trunk create --auth-password hunter2 }",
        "explain { trunk create --auth-password hunter2 }", "transaction { trunk create --auth-password hunter2 }",
        "wait-until --timeout 5s { trunk create --auth-password hunter2 }",
        "try { nobody } catch e { trunk create --auth-password hunter2 }", "trunk create hunter2",
        "if (trunk create --auth-password hunter2) { 1 }", "print (trunk create --auth-password hunter2)",
        "for x in 3 { trunk create --auth-password hunter2 }", "return (trunk create --auth-password hunter2)",
        "[1 2] | each r --parallel 1000 { trunk create --auth-password hunter2 }",
        "trunk create --auth-password a --auth-password hunter2", "trunk create --auth-password [hunter2]",
        "trunk create --auth-password {p: 'hunter2'}", "let x = if true { dial --pass hunter2 } else { 1 }",
    ])
    func noFaultKeepsASecretIn(text: String) throws {
        let many = String(repeating: "nobody\n", count: 30)
        #expect(try #require(redacted(many + text)).contains("(secret)"))
        #expect(try #require(redacted(many + text)).contains("hunter2") == false)
    }

    @Test(arguments: [
        ("connect livekit --api-secret hunter2", "connect livekit --api-secret (secret)"),
        ("connect livekit --api-secret-stdin hunter2", "connect livekit --api-secret-stdin (secret)"),
        ("connect livekit --api-secret-stdin=hunter2", "connect livekit --api-secret-stdin=(secret)"),
        ("secret set acme hunter2", "secret set acme (secret)"),
        ("secrt set acme hunter2", "secrt set (secret) (secret)"),
        ("conect livekit --name a --api-secret hunter2", "conect livekit --name a --api-secret (secret)"),
        ("trunk craete --auth-pasword hunter2 --name a", "trunk craete --auth-pasword (secret) --name a"),
        ("trunk create --auth-pasword hunter2", "trunk create --auth-pasword (secret)"),
        ("mystery --token hunter2 rest", "mystery --token (secret) rest"),
    ])
    func whatHasNoParameterIsTakenOutWhereItMayBeASecret(text: String, kept: String) { #expect(redacted(text) == kept) }

    @Test(arguments: [
        "trunk list", "trunk create --name a --auth-password (secret acme)", "print 'hunter2'", "trunk lst",
        "secret set acme", "dispatch create --pin $port", "let x = secret acme", "connect livekit --name acme",
        "print (", "trunk list |", "print 'x", "  print 1 # comment",
    ])
    func whatHoldsNoSecretStaysAsItIs(text: String) { #expect(redacted(text) == text) }

    @Test(arguments: [
        ("print 'hunter2'", "print (secret)"), ("print \"say hunter2 twice\"", "print \"say (secret) twice\""),
        ("print hunter2 # hunter2", "print (secret) # (secret)"), ("nobody hunter2", "nobody (secret)"),
        ("print \"hunter\\u{32}\"", "print (secret)"), ("print +14155551234", "print +14155551234"),
        ("print 1234", "print (secret)"), ("print '1234'", "print (secret)"), ("print xhunter2x", "print x(secret)x"),
    ])
    func aKnownSecretIsTakenOutWhereverItStands(text: String, kept: String) {
        #expect(redacted(text, knowing: ["hunter2", "1234", ""]) == kept)
    }

    @Test(arguments: [
        "print (hunter2", "trunk create --auth-password 'hunter3", "connect livekit --x (", "secret set acme hunter3 )",
        "nobody --token hunter3 (", "secret acme |", "trunk create --name a )",
    ])
    func whatDoesNotParseIsKeptOnlyWhereNothingOfItTakesASecret(text: String) {
        #expect(redacted(text, knowing: ["hunter2"]) == nil)
    }

    @Test(arguments: [
        "echo \"X9\" | connect livekit --name x --api-secret-stdin", "\"X9\" | secret set foo",
        "secret set zz\nX9\nX9", "secret set foo; print X9", "# secret set foo X9",
        "print 1 # trunk create --auth-password X9",
        "for x in [\"X9\"] { trunk create --auth-password $x }", "[\"X9\"] | each { trunk create --auth-password $it }",
        "\"X9\" | trunk create --auth-password $it", "[{name: \"t4\", auth_password: \"X9\"}] | each { trunk create }",
        "{name: \"t\", pw: \"X9\"} | rename pw auth_password | trunk create", "help secret set X9",
        "trunk list --auth-password X9", "trunk list --auth-pass=X9", "set secret set X9",
    ])
    func whatMayHaveASecretIsNotKept(_ text: String) {
        #expect(redacted(text)?.contains("X9") != true, "\(redacted(text) ?? "")")
    }

    @Test(arguments: [
        ("print \"wss://me:hunter2@acme.example\"", "print \"wss://me:(secret)@acme.example\""),
        ("print 'https://me:a:b@c@h/p?q#f'", "print 'https://me:(secret)@h/p?q#f'"),
        ("print 'https://acme.example/a:b@c'", "print 'https://acme.example/a:b@c'"),
        ("print 'https://me@acme.example:80'", "print 'https://me@acme.example:80'"),
        (
            "trunk create --name a --headers {'Authorization': 'Bearer x', 'X-Api-Key': \"k1\", 'X-Site': 'y'}",
            "trunk create --name a --headers {'Authorization': (secret), 'X-Api-Key': (secret), 'X-Site': 'y'}"
        ),
        ("let pw: secret = hunter2", "let pw: secret = (secret)"),
    ])
    func whatHasTheFormOfOneIsTakenOut(text: String, kept: String) { #expect(redacted(text) == kept) }

    @Test(arguments: ["connect", "secret", "livekit", "name"])
    func aWordOfTheLanguageIsNoSecretWhereItIsOne(secret: String) {
        let text = "connect livekit --name acme --api-secret-stdin"
        #expect(redacted(text, knowing: [secret]) == text)
        #expect([nil, "print 'x (secret)'"].contains(redacted("print 'x \(secret)'", knowing: [secret])))
    }

    @Test func aShortNumberIsInEveryStatement() {
        #expect(redacted("print 100", knowing: ["100", "1"]) == "print 100")
        #expect(redacted("dispatch create --pin 100") == "dispatch create --pin (secret)")
    }

    @Test(arguments: [
        ("trunk create --auth-password hunter2", ["hunter2"]),
        ("trunk create --auth-password \"hun\\u{74}er 2\"", ["hunter 2"]),
        ("dispatch create --pins [4711 '4712']", ["4711", "4712"]),
        ("trunk create --auth-password (hunter2)", ["hunter2"]),
        ("for x in ['hunter1' 'hunter2'] { trunk create --auth-password $x }", ["hunter1", "hunter2"]),
        ("['hunter1'] | each r { trunk create --auth-password $r }", ["hunter1"]),
        (
            "['hunter1'] | where true | each r { trunk create --auth-password ($r ?? 'hunter2') }",
            ["hunter1", "hunter2"]
        ),
        ("secret set acme hunter2", ["hunter2"]), ("'hunter2' | secret set acme", ["hunter2"]),
        ("connect livekit --name acme --api-secret hunter2", ["hunter2"]),
        ("trunk create --auth-pasword hunter2 --nmae main", ["hunter2"]),
        ("secret set acme", []), ("trunk create --name main --auth-password (secret pw)", []), ("print 'hunter1'", []),
        ("secrt set acme hunter2", []), ("trunk create --name main --auth-password (secrt pw)", []),
        // What is as often something else
        ("trunk create --auth-password support", []), ("trunk create --auth-password a1", []),
        ("trunk create --auth-password 'support'", ["support"]),
        // The settings of a shell
        ("print API_TOKEN=hunter2 x=hunter3 == a_key=b", ["hunter2"]), ("print SECRET== b", []),
    ])
    func whatIsGivenToASecretParameterIsKnownFromThenOn(text: String, secrets: [String]) {
        #expect(Set(redactor.places(in: text).texts) == Set(secrets))
    }

    @Test(arguments: [
        ("print 'hunter2'", "print (secret)"), ("print 'hunter3'", "print 'hunter3'"), ("print ('hunter2'", nil),
        ("print \"hun\\u{74}er2\" # x", "print (secret) # x"), ("print (", "print ("),
    ])
    func whatWasKeptBeforeIsKeptWithout(text: String, kept: String?) {
        #expect(redactor.without(["hunter2"], text) == kept)
    }

    @Test(arguments: [
        "trunk create --name main --auth-password (secret pw)",
        "secret set pw", "connect livekit --name acme", "print 1 # of the trunk", "trunk list | each { print $it }",
        "let pw = secret acme",
    ])
    func whatNamesASecretIsKept(_ text: String) { #expect(redacted(text) == text) }
}
