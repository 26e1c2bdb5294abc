import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// What the ledger adds to what the text tells.
@Suite struct LedgerCompletionTests {
    private func complete(_ workspace: Workspace, _ text: String, names: [Engine.Binding] = []) -> Completion {
        workspace.engine.complete(
            text, at: text.utf8.count, profile: Profile(name: "sandbox", origin: .sandbox), names: names)
    }

    private func texts(_ workspace: Workspace, _ text: String) -> [String] {
        complete(workspace, text).candidates.filter { $0.kind != .flag }.map(\.text)
    }

    @Test func thingsOfTheWorkspaceFitWhereTheyAreNamed() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        _ = await workspace.run(
            """
            agent add support; agent add 'night desk'; agent add "o'clock"
            search fake --limit 2 | purchase
            trunk create --name main --numbers [+15105550100]
            """)
        #expect(texts(workspace, "list | first | bind-agent ") == ["\"o'clock\"", "'night desk'", "support"])
        #expect(texts(workspace, "list | first | bind-agent su") == ["support"])
        #expect(texts(workspace, "get ") == ["+14155550100", "+14155550101"])
        #expect(texts(workspace, "release --numbers [+1415555010") == ["+14155550100", "+14155550101"])
        #expect(texts(workspace, "trunk get m") == ["main"])
        #expect(texts(workspace, "dispatch create --agents [support n") == ["'night desk'"])
        #expect(complete(workspace, "bind-agent su").candidates.first?.kind == .agent)
        #expect(workspace.carrier.purchases.count == 2)
    }

    @Test func filesAreTheHosts() throws {
        let workspace = try Workspace()
        let completion = complete(workspace, "read ./nu")
        #expect(completion.sources == [.paths] && completion.candidates.isEmpty)
        #expect(completion.span == Span(5, 9))
    }

    @Test func namesOfEarlierStatementsFit() throws {
        let workspace = try Workspace()
        let names = [Engine.Binding(name: "half", value: .int(3), type: .int)]
        #expect(complete(workspace, "print $h", names: names).candidates.map(\.text) == ["$half"])
    }

    @Test(arguments: ["list", "list |", "print (1 +", "each {"])
    func whetherATextIsComplete(_ text: String) { #expect(Engine.isComplete(text) == (text == "list")) }
}
