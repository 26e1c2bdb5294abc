import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Runs that go on with a script or with data that have changed: what was bought is never bought again in silence.
@Suite struct ResumeChangedTests {
    private let place: Workspace

    init() throws {
        place = try Workspace()
        place.offer(0...20)
    }

    private static let goOn = "resume last --changed-ok"
    private static let told = "bought before and not in this script any more: +14155550100, still billed"

    // MARK: What is named

    @Test(arguments: [
        "search fake --country US | first | purchase --label 'one'",
        "for i in [1] { search fake | first | purchase --label 'one' }",
        "transaction { search fake | first | purchase --label 'one' }",
        "def buy [] { search fake | first | purchase --label 'one' }\nbuy",
        "let all = (search fake | first 2)\n$all | purchase --label 'one'",
    ])
    func aPurchaseThatIsWrittenOtherwiseIsNamedFirst(_ text: String) async throws {
        #expect(await place.runFile("search fake | first | purchase --label 'one'\nfail 'no'").status == 1)
        try place.change(text)
        let resumed = await place.run(Self.goOn)
        #expect(resumed.status == 0, "\(resumed.faults)")
        #expect(resumed.notes.contains(Self.told), "\(resumed.notes)")
        let lines = try place.store.lines(run: try #require(place.store.runs(limit: 1).first).id)
        let last = lines.lastIndex { $0.text == Self.told }
        #expect(try #require(last) < lines.count)
        #expect(place.carrier.purchases.count >= 2)
    }

    /// The search in front is what it was, and so is the number that it found.
    @Test func whatIsFoundAsBeforeIsNotBoughtTwice() async throws {
        #expect(await place.runFile("search fake | first | purchase --label 'one'\nfail 'no'").status == 1)
        try place.change("search fake | first | purchase --label 'two'")
        let resumed = await place.run(Self.goOn)
        #expect(resumed.notes.contains(Self.told))
        #expect(resumed.status == 1 && resumed.error?.code == .alreadyOwned, "\(resumed.problem)")
        #expect(place.carrier.purchases.count == 1)
    }

    @Test func otherChangesAreNamedToo() async throws {
        let script = "agent add support\nsearch fake | first | purchase | bind-agent support\nfail 'no'"
        #expect(await place.runFile(script).status == 1)
        try place.change("agent add support\nsearch fake | first | purchase")
        let resumed = await place.run(Self.goOn)
        #expect(resumed.status == 0)
        #expect(
            resumed.notes.filter { $0.contains("before and not") } == [
                "done before and not in this script any more: bind +14155550100 to support"
            ], "\(resumed.notes)")
        #expect(place.carrier.purchases.count == 1)
    }

    @Test func whatWasGivenUpSinceIsNotBilled() async throws {
        #expect(await place.runFile("search fake | first | purchase\nfail 'no'").status == 1)
        #expect(await place.run("release +14155550100").status == 0)
        let run = try #require(place.store.runs(limit: 9).last?.id)
        try place.change("search fake | first | purchase --label 'two'")
        let resumed = await place.run("resume \(run) --changed-ok")
        #expect(resumed.status == 0, "\(resumed.problem)")
        #expect(!resumed.notes.contains { $0.contains("before and not") }, "\(resumed.notes)")
    }

    /// The key of a row and the item of a loop are the names by which its purchases are known.
    @Test func aRowOfAnotherNameIsNamedBeforeTheRowsAreRun() async throws {
        let file = try place.file("n.csv", "site\nberlin\nparis\n")
        let script = """
            read \(file) --columns {site: string}
            | each row --key .site { search fake | first | purchase --label $row.site }
            """
        #expect(await place.run(script, caps: Caps(numbers: 1)).status == 1)
        _ = try place.file("n.csv", "site\nrome\nparis\n")
        let resumed = await place.run(Self.goOn, caps: Caps(numbers: 99))
        #expect(resumed.status == 0, "\(resumed.faults)")
        #expect(
            resumed.notes.contains("bought before and of no row any more: +14155550100, still billed"),
            "\(resumed.notes)")
    }

    @Test(arguments: [
        ("for site in ['berlin' 'paris'] { search fake | first | purchase --label $site }", "'berlin'", "'rome'"),
        (
            "def buy [site: string] { search fake | first | purchase --label $site }\n['berlin' 'paris'] | buy",
            "berlin", "rome"
        ),
    ])
    func aTurnOfAnotherNameIsNamed(_ script: String, _ before: String, _ after: String) async throws {
        #expect(await place.runFile(script, caps: Caps(numbers: 1)).status == 1)
        try place.change(script.replacing(before, with: after))
        let resumed = await place.run(Self.goOn, caps: Caps(numbers: 99))
        #expect(resumed.status == 0, "\(resumed.faults)")
        let told = resumed.notes.contains {
            $0.hasPrefix("bought before and") && $0.contains("+14155550100, still billed")
        }
        #expect(told, "\(resumed.notes)")
        #expect(place.carrier.purchases.count == 3)
    }

    // MARK: What is not

    /// Every place of a script is found again where nothing but a remark has been added.
    @Test(
        arguments: ResumeCrashTests.Script.all.map(\.text) + [
            "search fake | first 2 | purchase --on-error collect",
            "search fake | first 2 | to-json | from-json | each row { search fake | first | purchase }",
            "def a [] { search fake | first | purchase }\ndef b [] { a; a }\n[1 2] | each { b }",
            "for x in [1 2] { for y in ['a' 'b'] { search fake | first | purchase --label \"$x $y\" } }",
            "def a [n: int] { search fake | first | purchase }\nfor x in [1 2] { [3 4] | a --on-error collect }",
            "let n = (search fake | first)\nif true { try { $n | purchase | bind-agent support } }",
            "transaction { for x in [1 2] { search fake | first | purchase | bind-agent support } }",
            "let n = (search fake | first 2 | purchase)\n$n | update --label (agent list | count)",
        ])
    func whatStandsAsItStoodIsNotNamed(_ script: String) async throws {
        let text = "agent add support\n\(script)\n"
        #expect(await place.runFile(text + "fail 'no'").status == 1)
        let bought = place.carrier.purchases.count
        try place.change("# as it was\n" + text)
        let resumed = await place.run(Self.goOn)
        #expect(resumed.status == 0, "\(resumed.faults)")
        #expect(!resumed.notes.contains { $0.contains("before and") }, "\(resumed.notes)")
        #expect(place.carrier.purchases.count == bought)
    }

    @Test func aRowThatIsPutInFrontIsNoReasonToAsk() async throws {
        let script = "for site in ['berlin' 'paris'] { search fake | first | purchase --label $site }"
        #expect(await place.runFile(script, caps: Caps(numbers: 1)).status == 1)
        try place.change(script.replacing("'berlin'", with: "'rome' 'berlin'"))
        let resumed = await place.run(Self.goOn, caps: Caps(numbers: 99))
        #expect(resumed.status == 0 && !resumed.notes.contains { $0.contains("before and") }, "\(resumed.notes)")
        #expect(place.carrier.purchases.count == 3)
    }

    // MARK: Who is asked

    @Test func onALiveProfileNothingIsBoughtAnewUnlessSomebodySaysSo() async throws {
        let asked = Asked(false)
        let live = try Workspace(plugins: [Plugin(provider: FarProvider.self)], confirm: { asked.ask($0) })
        live.offer(0...4)
        let script = "search fake | first | purchase --label 'one'\nfail 'no'"
        #expect(await live.runFile(script, origin: FarProvider.origin).status == 1)
        try live.change("search fake | first | purchase --label 'two'")
        let refused = await live.run(Self.goOn, origin: FarProvider.origin)
        #expect(refused.status == 2 && refused.error?.code == .cancelled, "\(refused.problem)")
        #expect(refused.notes.contains(Self.told), "\(refused.notes)")
        #expect(asked.questions.count == 1 && asked.questions[0].contains("1 number stays billed"))
        #expect(live.carrier.purchases.count == 1)
        #expect(try live.store.runs(limit: 1).first?.status == .failed)
    }

    // MARK: What has changed

    @Test func aFileThatIsUsedIsNamed() async throws {
        let library = try place.file("lib.swb", "def buy [] { search fake | first | purchase }\n")
        #expect(await place.runFile("use ./lib.swb\nbuy\nfail 'no'").status == 1)
        _ = try place.file("lib.swb", "def buy [] { search fake | first | purchase --label 'x' }\n")
        let refused = await place.run("resume last")
        #expect(refused.status == 2)
        #expect(refused.problem.hasPrefix("the file '\(library)' that the script uses has changed since run_"))
        #expect(await place.run(Self.goOn).notes.contains(Self.told))
    }

    /// Nothing has happened yet, whatever it is that is refused.
    @Test func whatIsRefusedEndsWithTwo() async throws {
        let data = try place.file("n.csv", "site\nberlin\n")
        let script = "read \(data) --columns {site: string} | each { search fake | first | purchase }\nfail 'no'"
        #expect(await place.runFile(script).status == 1)
        let run = try #require(place.store.runs(limit: 1).first?.id)
        _ = try place.file("n.csv", "site\nrome\n")
        #expect(await place.run("resume last").status == 2)
        try place.change(script + " # more")
        #expect(await place.run("resume last").status == 2)
        #expect(await place.run("resume run_00000000000000000000000000").status == 2)
        #expect(await place.run("undo \(run)").status == 0)
        let undone = await place.run("resume \(run)")
        #expect(undone.status == 2 && undone.help == "run the script again", "\(undone.help)")
        #expect(await place.run("resume last").status == 2)
    }
}

extension Workspace {
    private var script: String { "\(folder)/script.swb" }

    /// Writes the script into a file and runs that, held to a plan where one is given.
    func runFile(
        _ text: String, caps: Caps = Caps(), origin: Profile.Origin = .sandbox, within plan: PlanFile? = nil
    ) async -> Outcome {
        do { try change(text) } catch { return Outcome(report: RunReport(status: .refused), events: []) }
        return await run(SourceText(name: script, text: text), file: script, caps: caps, origin: origin, within: plan)
    }

    /// Writes another script into its place.
    func change(_ text: String) throws { _ = try file("script.swb", text) }

    /// Runs a source of a file, or statements, held to a plan.
    func run(
        _ source: SourceText, file: String? = nil, caps: Caps = Caps(), origin: Profile.Origin = .sandbox,
        within plan: PlanFile?
    ) async -> Outcome {
        let log = EventLog()
        var request = Engine.Request(
            source: source, profile: Profile(name: Profile.sandboxName, origin: origin, limits: caps.given))
        (request.file, request.within) = (file, plan)
        let (engine, asked) = (engine, request)
        let report = await onThread { engine.run(asked) { log.add($0) } }
        return Outcome(report: report, events: log.events)
    }

    /// The plan of the script's file.
    func planFile() async throws -> PlanFile? {
        let text = String(decoding: try Data(contentsOf: URL(filePath: script)), as: UTF8.self)
        let profile = Profile(name: Profile.sandboxName, origin: .sandbox)
        let request = Engine.Request(source: SourceText(name: script, text: text), profile: profile)
        let engine = engine
        return await onThread { engine.plan(request) }.file
    }
}
