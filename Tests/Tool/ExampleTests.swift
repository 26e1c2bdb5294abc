import AllProviders
import Switchboard
import SwitchboardTestKit
import Testing

/// Every example that help shows does what it is there for.
@Suite struct ExampleTests {
    struct Shown: Sendable, CustomTestStringConvertible {
        var command: String
        var example: CommandSignature.Example

        var testDescription: String { example.text }
    }

    /// The example of `connect` names a vendor's own address, which no test reaches, that of `disconnect` the profile that it
    /// makes, and that of `resume` needs a run that has come to a bad end; they are checked and not run.
    static let onlyChecked: Set<String> = ["connect", "disconnect", "resume"]
    /// The account has numbers afterwards that no run of the workspace has bought: that is what it is for.
    static let seeding: Set<String> = ["sandbox seed"]

    /// What an example that reads standard input finds there.
    private static let input = "correct horse\n"

    /// The files that examples read.
    private static let files = [
        "inbound-trunk.json": #"{"trunk": {"name": "My trunk", "numbers": ["+15105550100"], "krispEnabled": true}}"#,
        "dispatch-rule.json":
            #"{"dispatch_rule": {"name": "desk", "rule": {"dispatchRuleIndividual": {"roomPrefix": "call-"}}}}"#,
        "standup.json": #"{"conferences": [{"friendly_name": "standup"}]}"#,
    ]

    static func all() throws -> [Shown] {
        let registry = try Switchboard.registry(plugins: AllProviders.plugins)
        let commands = registry.vocabulary.commands.values.sorted { $0.name < $1.name }
        return commands.flatMap { signature in signature.examples.map { Shown(command: signature.name, example: $0) } }
            + GrammarWord.all.flatMap { word in word.examples.map { Shown(command: word.name, example: $0) } }
    }

    @Test(arguments: try all())
    func itRuns(_ shown: Shown) async throws {
        try await Place.with { place in
            for (name, text) in Self.files { try place.write(text, to: name) }
            var script = shown.example.text
            if let setUp = shown.example.setUp {
                // A script of its own, so that the example is checked with what is there by then; names do not last.
                if setUp.hasPrefix("let ") { script = setUp + "\n" + script }
                let result = try await place.run("-c", setUp, input: Self.input)
                #expect(result.status == 0, "\(setUp)\n\(result.errorText)")
            }
            let path = try place.write(script + "\n", to: "example.swb")
            guard !Self.onlyChecked.contains(shown.command) else {
                let result = try await place.run("check", path)
                #expect(result.status == 0, "\(result.errorText)")
                return
            }
            // Where an example asks a person, the answer is yes.
            let result = try await place.run("--yes", "run", path, input: Self.input)
            #expect(result.status == 0, "\(script)\n\(result.errorText)")
            if !Self.seeding.contains(shown.command) { #expect(try await place.differences() == []) }
        }
    }

    @Test func everyCommandHasOne() throws {
        let registry = try Switchboard.registry(plugins: AllProviders.plugins)
        let without = registry.vocabulary.commands.values.filter { $0.examples.isEmpty }.map(\.name)
        #expect(without == [])
    }
}
