import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// What is typed at a prompt is a run only where it has changed something.
@Suite struct RunKeptTests {
    private let place: Workspace

    init() throws {
        place = try Workspace()
        place.offer(0...9)
    }

    private func type(_ text: String) async -> RunReport {
        var request = Engine.Request(
            text: text, named: "prompt", profile: Profile(name: Profile.sandboxName, origin: .sandbox))
        (request.title, request.isTyped) = (Engine.inShort(text), true)
        return await place.engine.run(request) { _ in }
    }

    private var runs: [String] { get throws { try place.store.runs(limit: 99).map(\.what) } }

    @Test func whatChangedNothingIsNoRun() async throws {
        #expect(await type("agent add support").run != nil)
        for text in [
            "agent add support", "fail 'no'; agent add other", "bind-agent nobody --number +14155550100",
            "for n in [] { agent add $n }", "undo run_01M80G18MSATZRZ3G5WDQXJR2J",
        ] {
            #expect(await type(text).run == nil, "\(text)")
        }
        #expect(try runs == ["agent add support"])
        #expect(await place.run("undo last").words("what") == ["add agent support"])
    }

    @Test func whatChangedSomethingIsOneHoweverItEnded() async throws {
        let texts = [
            "purchase +14155550100 --provider fake; fail 'no'", "limits --max-purchases 5",
            "[1 2] | write \(place.folder)/n.csv", "[{a: 1}] | each row --on-error collect { fail 'no'; agent add x }",
        ]
        for text in texts { #expect(await type(text).run != nil, "\(text)") }
        #expect(try runs == texts.reversed().map(Engine.inShort))
    }

    /// A script and `-c` leave their log, whatever they have changed.
    @Test func aScriptIsARunInAnyCase() async throws {
        #expect(await place.run("fail 'no'; agent add other").status == 1)
        #expect(try runs == ["t.swb"])
    }

    @Test func anUndoIsForeseen() async throws {
        let profile = Profile(name: Profile.sandboxName, origin: .sandbox)
        func outlook(_ text: String) async throws -> UndoOutlook {
            let run = try #require(await type(text).run, "\(text)")
            return try place.engine.undoOutlook(of: run, in: profile)
        }
        #expect(try await outlook("agent add support") == .possible(isBilled: false))
        #expect(try await outlook("purchase +14155550100 --provider fake") == .possible(isBilled: true))
        #expect(try await outlook("release +14155550100") == .impossible)
        #expect(try await outlook("limits --max-purchases 5") == .nothing)
        #expect(try await outlook("transaction { agent add other; fail 'no' }") == .nothing)
        #expect(await type("agent add night").run != nil)
        #expect(try await outlook("undo last") == .nothing)
    }

    @Test func aLongStatementIsToldInShort() {
        #expect(Engine.inShort("# why\n\n  list | count  \n") == "list | count")
        #expect(Engine.inShort("list\ncount") == "list …")
        #expect(Engine.inShort(String(repeating: "ab", count: 40)) == String(repeating: "ab", count: 23) + "a…")
    }
}
