import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Secrets by name: found before the first effect, and shown nowhere.
@Suite struct NamedSecretTests {
    private static let text = "hunter2"

    private func workspace() throws -> Workspace {
        let workspace = try Workspace()
        _ = try workspace.store.setNamedSecret("acme-trunk", to: Secret(Self.text), profile: "sandbox")
        return workspace
    }

    @Test(arguments: [
        ("let x = secret acme-trnk", "did you mean 'acme-trunk'?"),
        ("let x = (secret other)", "store it with: secret set other"),
        ("let n = 'other'\nif false { secret remove $n }", "store it with: secret set other"),
        ("secret lst", "store it with: secret set lst"),
    ])
    func anUnknownNameIsFoundBeforeTheFirstEffect(script: String, help: String) async throws {
        let workspace = try workspace()
        workspace.offer(0...0)
        let outcome = await workspace.run("search fake | first | purchase\n" + script)
        #expect(outcome.status == 2)
        #expect(outcome.report.diagnostics.map(\.code) == ["C051"])
        #expect(outcome.report.diagnostics.map(\.help) == [help])
        #expect(workspace.carrier.purchases.isEmpty)
    }

    @Test func aNameThatTheScriptSetsEarlierCounts() async throws {
        let workspace = try workspace()
        let later = await workspace.run("secret set other --stdin\nlet x = secret other")
        #expect(later.status == 1, "it has begun, and nobody was there to give the secret")
        #expect(later.error?.message == "nobody gave the secret 'other'")
        let sooner = await workspace.run("let x = secret other\nsecret set other --stdin")
        #expect(sooner.status == 2)
        let any = await workspace.run("for n in ['other'] { secret set $n --stdin }\nlet x = secret other")
        #expect(any.status == 1)
    }

    @Test func aNameOfAVariableIsAskedForWhenItIsKnown() async throws {
        let outcome = try await workspace().run("for n in ['acme-trunk' 'other'] { print (secret $n) }")
        #expect(outcome.printed == ["••••••"])
        #expect(outcome.error?.code == .notFound)
        #expect(outcome.error?.message == "no secret 'other' in profile 'sandbox'")
    }

    @Test(arguments: ["set", "list", "remove", "a b", "", "ümlaut", String(repeating: "x", count: 65)])
    func aNameThatCouldNotBeUsedIsRefusedBeforehand(name: String) async throws {
        let written = try await workspace().run("secret set '\(name)' --stdin")
        #expect(written.report.diagnostics.map(\.code) == ["C007"])
        let computed = try await workspace().run("for n in ['\(name)'] { secret set $n --stdin }")
        #expect(computed.error?.code == .invalidArgument)
        #expect(computed.error?.message == written.report.diagnostics.first?.message)
    }

    @Test(arguments: [
        ("print (secret acme-trunk)", ["••••••"]),
        ("let x = secret acme-trunk\nprint $x [$x] {pw: $x}", ["•••••• [••••••] {pw: ••••••}"]),
        ("let x = secret acme-trunk\nprint \"$x\"", ["C021 a secret never becomes part of a text"]),
        ("let x = [(secret acme-trunk)] | first\nprint \"${x}\"", ["C021 a secret never becomes part of a text"]),
        ("agent add (secret acme-trunk)", ["C021 a string is wanted here, and this is a secret"]),
        ("print ((secret acme-trunk) == 'hunter2')", ["C025 a secret cannot be compared with a string"]),
        ("print ((secret acme-trunk) matches 'h*')", ["C027 'matches' compares texts, and this is a secret"]),
        ("print ('h' in (secret acme-trunk))", ["C027 nothing is in a secret"]),
        (
            "[{a: (secret acme-trunk)} {a: (secret acme-trunk)}] | sort-by .a",
            ["C021 '.a' has no order: it is a secret"]
        ),
    ])
    func itNeverBecomesAText(script: String, result: [String]) async throws {
        let outcome = try await workspace().run(script)
        #expect(outcome.printed + outcome.report.diagnostics.map { "\($0.code) \($0.message)" } == result)
    }

    @Test func aProgramsArgumentNamesASecretAndIsNone() async throws {
        let workspace = try workspace()
        let script = "param --password: secret  # of the trunk\nlet r: secret = $password\nprint $r"
        #expect(await workspace.run(script, parameters: ["password": "acme-trunk"]).printed == ["••••••"])
        let optional = "param --password: secret?\nprint ($password ?? 'none')"
        #expect(await workspace.run(optional, parameters: ["password": "acme-trunk"]).printed == ["••••••"])
        #expect(await workspace.run(optional).printed == ["none"])
        let refused = await workspace.run(script, parameters: ["password": "Tr0ub4dor"])
        #expect(
            refused.faults == [
                "C061: --password: a secret is given by its name, and profile 'sandbox' has none of this one"
            ])
        #expect(!"\(refused.report)".contains("Tr0ub4dor"))
        let fallback = "param --password: secret = (secret acme-trunk)\nprint $password"
        #expect(await workspace.run(fallback).printed == ["••••••"])
    }

    @Test func aCellThatIsNoSecretIsNotShown() async throws {
        let workspace = try workspace()
        let path = try workspace.file("s.json", #"[{"pin": ["hunter2"]}]"#)
        let outcome = await workspace.run("read \(path) --columns {pin: secret}")
        #expect(outcome.status == 2)
        #expect(outcome.faults.first?.hasSuffix("field 'pin': secret is wanted, and this is a list") == true)
    }
}
