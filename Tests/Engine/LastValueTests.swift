import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import Testing

/// What a run leaves for the next one at a prompt: the type of what it has shown, and its error as a record.
@Suite struct LastValueTests {
    private func shown(_ script: String) async throws -> String? {
        try await Workspace().run(script).report.shown?.description
    }

    @Test func theTypeOfOnePipelineIsKnown() async throws {
        #expect(try await shown("search fake | first 2") == "list<available-number>")
        #expect(try await shown("[1 2] | count") == "int")
        #expect(try await shown("[{a: 1}] | each row { search fake }") == "list<list<available-number>>")
        #expect(try await shown("print 'x'") == "nothing")
    }

    @Test func ofAnythingElseItIsNot() async throws {
        #expect(try await shown("let a = 1") == nil)
        #expect(try await shown("1\n2") == nil)
        #expect(try await shown("for n in [1] { $n }") == nil)
        #expect(try await shown("if true { 1 }") == nil)
        #expect(try await shown("def f [] { 1 }") == nil)
    }

    @Test func anErrorIsTheRecordThatCatchNames() async throws {
        func error(_ script: String) async throws -> Record? {
            guard case .record(let record)? = try await Workspace().run(script).report.errorValue else { return nil }
            return record
        }
        #expect(try await error("print 'x'") == nil)
        let failure = try #require(try await error("fail 'no luck'"))
        #expect(failure["message"] == .string("no luck"))
        #expect(failure.typeName == "error")
        #expect(Set(failure.fields.map(\.name)) == Set(RecordType.error.fields.map(\.name)))
        let fault = try #require(try await error("let a = 1\nlsit"))
        #expect(fault["code"] == .string("C001"))
        #expect(fault["span"] == .string("t.swb:2:1"))
    }

    @Test func nobodyIsAskedOnBehalfOfARunThatMayNotAsk() async throws {
        let workspace = try Workspace()
        var request = Engine.Request(
            text: "confirm 'go on?'", profile: Profile(name: Profile.sandboxName, origin: .sandbox))
        let asked = await workspace.engine.run(request) { _ in }
        #expect(asked.status == .succeeded)
        request.mayAsk = false
        let unasked = await workspace.engine.run(request) { _ in }
        #expect(unasked.diagnostics.map(\.code) == ["C042"])
    }
}
