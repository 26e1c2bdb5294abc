import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Runs that have failed and go on, and what is refused to go on.
@Suite struct ResumeTests {
    private let place: Workspace

    init() throws {
        place = try Workspace()
        place.offer(0...20)
    }

    /// A limit that stopped a run holds when it goes on, too, unless another one is given.
    private static let more = Caps(numbers: 99)

    private var labels: [String] {
        get throws { try place.store.numbers(profile: Profile.sandboxName).compactMap(\.label).sorted() }
    }

    // MARK: What goes on

    @Test func aRunGoesOnBehindWhatItHasDone() async throws {
        let script = """
            let one = (search fake | first | purchase --label 'one')
            print "bought $one.e164"
            agent add support
            $one | bind-agent support
            search fake | first | purchase --label 'two'
            """
        let failed = await place.run(script, caps: Caps(numbers: 1))
        #expect(failed.error?.code == .paymentRequired)
        let asked = place.carrier.log.count
        let resumed = await place.run("resume last", caps: Self.more)
        #expect(resumed.status == 0, "\(resumed.faults)")
        #expect(resumed.printed == failed.printed)
        #expect(try labels == ["one", "two"])
        #expect(place.carrier.purchases.count == 2)
        // The search that was answered is not asked again, nor is the binding.
        #expect(!place.carrier.log.dropFirst(asked).contains { $0.call == .bind })
        #expect(try place.store.runs(limit: 9).map(\.status) == [.succeeded])
    }

    /// A prompt has many names that a statement does not use.
    @Test func namesThatAreNotUsedAreNotMissed() async throws {
        let script =
            "agent add a\nlet one = (search fake | first | purchase --label $label)\nsearch fake | first | purchase"
        let names: [Engine.Binding] = [
            .init(name: "label", value: .string("one"), type: .string),
            .init(name: "_", value: .list([.int(1)]), type: .list(.int)),
            .init(name: "hidden", value: .secret(Secret("pw")), type: .secret),
        ]
        #expect(await place.run(script, caps: Caps(numbers: 1), names: names).error?.code == .paymentRequired)
        let resumed = await place.run("resume last", caps: Self.more)
        #expect(resumed.status == 0, "\(resumed.problem)")
        #expect(place.carrier.purchases.count == 2)
    }

    /// The last run is another one by then.
    @Test func anUndoIsNoRunThatResumeGoesOnWith() async throws {
        #expect(await place.run("undo last").status != 0)
        #expect(await place.run("search fake | first | purchase --label 'kept'").status == 0)
        #expect(await place.run("resume last", caps: Self.more).error?.code == .notFound)
        let undo = try #require(place.store.runs(limit: 9).last)
        #expect(await place.run("resume \(undo.id)", caps: Self.more).error?.code == .conflict)
        #expect(try labels == ["kept"])
    }

    @Test func aRunKeepsItsOwnLimits() async throws {
        let profile = try place.engine.profile(Profile.sandboxName)
        func run(_ text: String, _ limits: [Limit: LimitValue]) async -> RunReport {
            var request = Engine.Request(text: text, profile: profile)
            request.profile.limits = limits
            return await place.engine.run(request) { _ in }
        }
        let script = "for i in (range 1 4) { search fake | first | purchase }"
        #expect(await run(script, [.purchases: .count(2)]).error?.code == .limitReached)
        #expect(await run("resume last", [:]).error?.code == .limitReached)
        #expect(place.carrier.purchases.count == 2)
        #expect(await run("resume last", [.purchases: .count(3)]).error?.code == .limitReached)
        #expect(place.carrier.purchases.count == 3)
        #expect(await run("resume last", [.purchases: .none]).exitStatus == 0)
        #expect(place.carrier.purchases.count == 4)
    }

    @Test func rowsThatFailedRunOnceMoreAndTheReportIsWhole() async throws {
        let file = try place.file("sites.csv", "site\nnorth\neast\nsouth\n")
        let report = place.folder + "/report.csv"
        let script = """
            read \(file) --columns {site: string}
            | each row --key .site --on-error collect { search fake | first | purchase --label $row.site }
            | report \(report)
            """
        let failed = await place.run(script, caps: Caps(numbers: 2))
        #expect(failed.status == 3)
        let bought = place.numbers
        let resumed = await place.run("resume last", caps: Self.more)
        #expect(resumed.status == 0, "\(resumed.faults)")
        #expect(try labels == ["east", "north", "south"])
        #expect(place.carrier.purchases.count == 3)
        let lines = try Self.lines(of: report)
        #expect(lines.count == 4)
        #expect(zip(lines.dropFirst(), place.numbers).allSatisfy { $0.contains("succeeded") && $0.contains($1) })
        #expect(place.numbers.starts(with: bought))
        #expect(await place.run("resume last", caps: Self.more).error?.code == .notFound)
    }

    @Test func aRowThatChangedNothingDecidesAnew() async throws {
        place.carrier.script(.purchase, .refused(403))
        let script = "[{site: 'a'}] | each row --key .site --on-error collect { search fake | first | purchase }"
        #expect(await place.run(script).status == 3)
        let searches = place.carrier.log.count { $0.call == .search }
        #expect(await place.run("resume last", caps: Self.more).status == 0)
        #expect(place.carrier.log.count { $0.call == .search } == searches + 1)
    }

    @Test func aCaughtFailureStaysCaught() async throws {
        place.carrier.script(.purchase, .refused(403))
        let script = """
            try { search fake | first | purchase --label 'first' } catch error {
              search fake | first | purchase --label 'instead'
            }
            search fake | first | purchase --label 'behind'
            """
        #expect(await place.run(script, caps: Caps(numbers: 1)).status == 1)
        #expect(await place.run("resume last", caps: Self.more).status == 0)
        #expect(try labels == ["behind", "instead"])
    }

    @Test func aTransactionThatWasTakenBackIsDoneAnew() async throws {
        let script = """
            agent add support
            transaction {
              search fake | first | purchase --label 'one' | bind-agent support
              search fake | first | purchase --label 'two'
            }
            """
        #expect(await place.run(script, caps: Caps(numbers: 1)).status == 1)
        #expect(place.numbers.isEmpty)
        let resumed = await place.run("resume last", caps: Self.more)
        #expect(resumed.status == 0, "\(resumed.faults)")
        #expect(try labels == ["one", "two"])
        #expect(place.carrier.owned.count == 2)
    }

    @Test func namesOfThePromptAreKept() async throws {
        let pool = Engine.Binding(
            name: "names", value: .list([.string("x"), .string("y")]), type: .list(.string))
        let script = "for name in $names { search fake | first | purchase --label $name }"
        #expect(await place.run(script, caps: Caps(numbers: 1), names: [pool]).status == 1)
        #expect(await place.run("resume last", caps: Self.more).status == 0)
        #expect(try labels == ["x", "y"])
    }

    @Test func paramsAreKept() async throws {
        let script = """
            param --name: string
            for i in (range 1 2) { search fake | first | purchase --label "$name $i" }
            """
        #expect(await place.run(script, parameters: ["name": "n"], caps: Caps(numbers: 1)).status == 1)
        #expect(await place.run("resume last", caps: Self.more).status == 0)
        #expect(try labels == ["n 1", "n 2"])
    }

    // MARK: What does not

    @Test func aRunThatHasSucceededIsOver() async throws {
        #expect(await place.run("agent add support").status == 0)
        let run = try #require(try place.store.runs(limit: 1).first)
        let refused = await place.run("resume \(run.id)", caps: Self.more)
        #expect(refused.report.status == .refused && refused.error?.code == .conflict)
        #expect(await place.run("resume last", caps: Self.more).error?.code == .notFound)
        #expect(await place.run("resume run_00000000000000000000000000", caps: Self.more).error?.code == .notFound)
    }

    @Test func changedDataAreRefusedUnlessTheyMayBe() async throws {
        let file = try place.file("n.csv", "name\na\nb\n")
        let script = """
            for row in (read \(file) --columns {name: string}) { search fake | first | purchase --label $row.name }
            """
        #expect(await place.run(script, caps: Caps(numbers: 1)).status == 1)
        _ = try place.file("n.csv", "name\nc\na\nb\n")
        let refused = await place.run("resume last", caps: Self.more)
        #expect(refused.error?.code == .conflict, "\(refused.faults)")
        #expect(refused.error?.message.contains("'\(file)' has changed") == true)
        #expect(try labels == ["a"])
        #expect(await place.run("resume last --changed-ok", caps: Self.more).status == 0)
        #expect(try labels == ["a", "b", "c"])
    }

    @Test func aRunThatOnlyReadsIsNone() async throws {
        _ = await place.run("search fake | first; fail 'no'")
        #expect(try place.store.runs(limit: 9).isEmpty)
    }

    @Test func anotherProfilesRunIsNotTaken() async throws {
        #expect(await place.run("agent add x; fail 'no'").status == 1)
        let run = try #require(try place.store.runs(limit: 1).first)
        let other = Profile(name: "other", origin: .sandbox)
        let engine = place.engine
        let report = await onThread {
            engine.run(Engine.Request(text: "resume \(run.id)", named: "t", profile: other)) { _ in }
        }
        #expect(report.error?.code == .conflict)
    }

    private static func lines(of path: String) throws -> [Substring] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    }
}
