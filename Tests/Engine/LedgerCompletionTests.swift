import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
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

    @Test func namesAndIdsFitByAnyPart() async throws {
        let workspace = try Workspace()
        _ = await workspace.run("agent add support-en; agent add support-de; agent add 'night desk'")
        let agents = try workspace.store.agents(profile: "sandbox")
        let night = try #require(agents.first { $0.name == "night desk" })
        #expect(texts(workspace, "bind-agent port") == ["support-de", "support-en"])
        #expect(texts(workspace, "bind-agent DESK") == ["'night desk'"])
        #expect(texts(workspace, "bind-agent 'night d") == ["'night desk'"])
        #expect(texts(workspace, "bind-agent \(night.id)") == [night.id])
        #expect(texts(workspace, "bind-agent \(night.id.suffix(8))") == [night.id])
        #expect(texts(workspace, "bind-agent agent_").count == 3)
        let found = complete(workspace, "bind-agent \(night.id)").candidates
        #expect(found.map(\.help) == ["night desk"])
        #expect(complete(workspace, "bind-agent night").candidates.first?.help == night.id)
    }

    @Test func numbersFitByTheDigitsOfTheirBeginning() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        _ = await workspace.run("search fake --limit 3 | purchase --label 'front desk'")
        for written in ["+1415", "1415"] {
            let found = complete(workspace, "get \(written)").candidates.filter { $0.kind == .number }
            #expect(found.map(\.text) == ["+14155550100", "+14155550101", "+14155550102"], "\(written)")
            #expect(Set(found.map(\.help)) == ["front desk"])
        }
        #expect(texts(workspace, "get +1212").isEmpty)
    }

    @Test(arguments: [
        ("get 0101", ["+14155550101"]), ("get 415555010", ["+14155550100", "+14155550101", "+14155550102"]),
        ("get +4155550102", ["+14155550102"]), ("get FRONT", ["+14155550100"]), ("get 'front d", ["+14155550100"]),
        ("bind-agent a --number desk", ["+14155550100", "+14155550101"]), ("get nobody", []),
        ("list | where .e164 == 0102", ["+14155550102"]),
    ])
    func numbersFitByAnyPartOfTheirDigitsAndByLabel(text: String, found: [String]) async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        _ = await workspace.run(
            """
            purchase +14155550100 --provider fake --label 'front desk'
            purchase +14155550101 --provider fake --label 'night desk'
            purchase +14155550102 --provider fake
            """)
        #expect(texts(workspace, text) == found)
    }

    @Test func inAnExpressionAgentsAndTrunksGoByTheirIDs() async throws {
        let workspace = try Workspace()
        _ = await workspace.run("agent add support; agent add sales; trunk create --name main --numbers [+15105550100]")
        let agents = try workspace.store.agents(profile: "sandbox")
        let support = try #require(agents.first { $0.name == "support" })
        let trunk = try #require(try workspace.store.trunks(profile: "sandbox").first)
        for text in ["sup", "'sup", support.id] {
            let found = complete(workspace, "list | where .agent_id == \(text)").candidates
            #expect(found == [.init(support.id, .agent, help: "support")], "\(text)")
        }
        #expect(texts(workspace, "list | where .agent_id in [\(support.id) ") == agents.map(\.id).sorted())
        #expect(
            complete(workspace, "list | where .trunk_id == mai").candidates == [.init(trunk.id, .trunk, help: "main")])
    }

    @Test(arguments: ["a\u{202E}gent", "a\u{1B}[31mb", "o'clock\u{200B}", "a\nb"])
    func aNameThatNobodyCanTypeIsWrittenWithEscapes(name: String) async throws {
        let workspace = try Workspace()
        let agent = Agent(id: IDKind.agent.make(at: .now), name: name, dispatchName: "d", createdAt: .now)
        try workspace.store.apply([.putAgent(agent)], profile: "sandbox")
        let text = try #require(texts(workspace, "agent get \(name.prefix(1))").first)
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }, "\(text)")
        #expect(texts(workspace, "agent get \(text.dropLast())") == [text])
        let outcome = await workspace.run("agent get \(text)")
        #expect(outcome.status == 0 && outcome.shownField("id") == .id(agent.id), "\(outcome.problem)")
    }

    @Test func secretsAndProfilesAreNamed() async throws {
        let workspace = try Workspace()
        _ = try workspace.store.setNamedSecret("acme-trunk", to: Secret("hunter2"), profile: "sandbox")
        try workspace.store.save(ProfileRecord(name: "acme", createdAt: .now), secrets: [:])
        #expect(texts(workspace, "secret ac") == ["acme-trunk"] && texts(workspace, "secret remove ") == ["acme-trunk"])
        #expect(texts(workspace, "disconnect fake --name ac") == ["acme"])
    }

    @Test func runsAreKnownByTheirIds() async throws {
        let workspace = try Workspace()
        #expect(texts(workspace, "undo ") == [])
        _ = await workspace.run("agent add support")
        _ = await workspace.run("agent add night; fail 'no'")
        let runs = try workspace.store.runs(profile: "sandbox", limit: 9).map(\.id)
        for command in ["undo", "resume", "run show", "run log"] {
            let found = complete(workspace, "\(command) ").candidates.filter { $0.kind == .run }
            #expect(found.map(\.text) == ["last"] + runs, "\(command)")
            #expect(found.dropFirst().map(\.help) == ["t.swb (failed)", "t.swb (succeeded)"])
        }
        #expect(texts(workspace, "undo run_") == runs && texts(workspace, "undo la") == ["last"])
    }

    @Test func providersAreNamed() throws {
        #expect(complete(try Workspace(), "search fa").candidates.map(\.help) == [FakeProvider.manifest.displayName])
    }

    @Test func columnsOfAFileFit() throws {
        let workspace = try Workspace()
        let csv = try workspace.file("sites.csv", "site,area code,area\nmain,1,415\n")
        let lines = try workspace.file("sites.jsonl", #"{"name": "main", "open": true}"# + "\n")
        #expect(texts(workspace, "read \(csv) | where .s") == ["site"])
        #expect(texts(workspace, "read \(csv) --columns {a") == ["area"])
        #expect(texts(workspace, "read \(csv) --columns {") == ["'area code'", "area", "site"])
        #expect(texts(workspace, "read \(lines) | select .") == ["name", "open"])
        #expect(texts(workspace, "read \(csv)x | where .").isEmpty)
    }

    @Test func fieldsOfAValueFitWhereItsTypeDoesNotTellThem() throws {
        let workspace = try Workspace()
        let row = Value.record(Record(nil, [.init("site", .string("main")), .init("area", .string("415"))]))
        let open = ValueType.record(RecordType(fields: [], isOpen: true))
        let names = [
            Engine.Binding(name: "rows", value: .list([row]), type: .list(open)),
            Engine.Binding(name: "row", value: row, type: .any),
        ]
        #expect(complete(workspace, "$rows | where .s", names: names).candidates.map(\.text) == ["site"])
        #expect(complete(workspace, "print $row.", names: names).candidates.map(\.text) == ["area", "site"])
    }

    /// Only the platform knows dispatch rules: it is asked once a run has used it, and not before.
    @Test func dispatchRulesAreAskedOfAPlatformThatIsInUse() async throws {
        let workspace = try Workspace()
        #expect(texts(workspace, "dispatch delete ").isEmpty)
        let outcome = await workspace.run(
            "agent add support; trunk create --name main --numbers +15105550100\n"
                + "dispatch create --name desk --individual call- --trunk-ids main --agents [support]")
        #expect(outcome.status == 0, "\(outcome.faults)")
        let fresh = try Workspace(folder: workspace.folder, carrier: workspace.carrier)
        #expect(texts(fresh, "dispatch delete ").isEmpty, "this session has not talked to the platform")
        // A late answer is there the next time.
        #expect(await eventually { texts(workspace, "dispatch delete ") == ["desk"] })
        #expect(texts(workspace, "dispatch delete SDR") == texts(workspace, "dispatch delete sdr"))
        withExtendedLifetime(workspace) {}
    }

    @Test func hintsFollowTheCommand() throws {
        let engine = try Workspace().engine
        #expect(engine.hint("bind-agent ", at: 11) == "<agent> --number phone [--replace]")
        #expect(engine.hint("", at: 0) == nil)
    }

    @Test(arguments: [
        ("a.csv", "a.csv"), ("my file.csv", "'my file.csv'"), ("o'clock", "\"o'clock\""), ("./x/y", "./x/y"),
        ("a'b$c\"d\\", #""a'b\$c\"d\\""#), ("-x", "'-x'"), ("", "''"), ("a\u{202E}$b", #""a\u{202E}\$b""#),
        ("a\u{301}é 東", "'a\u{301}é 東'"),
    ])
    func aTextIsQuotedAsAStatementHasIt(text: String, operand: String) { #expect(Engine.operand(text) == operand) }

    @Test func filesAreTheHosts() throws {
        let workspace = try Workspace()
        let completion = complete(workspace, "read ./nu")
        #expect(completion.sources == [.paths(endings: [".csv", ".json", ".jsonl"])] && completion.candidates.isEmpty)
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
