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

    @Test func byWhatTheSessionKnows() throws {
        let text = "print 'hunter2' 'hunter3'"
        #expect(try redacted(text, knowing: [Secret("hunter2")]) == "print (secret) 'hunter3'")
        let name = Engine.Binding(name: "p", value: .list([.secret(Secret("hunter3"))]), type: .list(.secret))
        #expect(try redacted(text, names: [name]) == "print 'hunter2' (secret)")
        #expect(try redacted("print ('hunter2'", knowing: [Secret("hunter2")]) == nil)
    }
}
