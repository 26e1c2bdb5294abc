import FoundationEssentials
import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// What takes a whole run back after its process is gone.
@Suite struct UndoRunTests {
    /// A workspace with a bound, a routed and a free number, a trunk and a rule.
    private func workspace() async throws -> Workspace {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let outcome = await workspace.run(
            """
            agent add support; agent add night
            purchase +14155550100 --provider fake | bind-agent support
            purchase +14155550101 --provider fake --label 'routed'
            purchase +14155550102 --provider fake
            trunk create --name main --numbers +15105550100
            dispatch create --name desk --direct lobby --trunk-ids +14155550101
            """)
        try #require(outcome.status == 0, "\(outcome.faults)")
        return workspace
    }

    static let statements = [
        "agent add extra", "agent add extra; bind-agent extra --number +14155550102",
        "purchase +14155550103 --provider fake --label 'new'",
        "purchase --numbers [+14155550103 +14155550104] --provider fake --sip-dispatch-rule-id rule-x",
        "purchase +14155550103 --provider fake | bind-agent night",
        "bind-agent night --number +14155550100 --replace", "bind-agent night --number +14155550101 --replace",
        "unbind-agent +14155550100", "agent remove support",
        "bind-agent night --number +14155550102; bind-agent support --number +14155550102 --replace",
        "update +14155550101 --label 'other'", "update +14155550101 --label ''",
        "update +14155550101 --label a; update +14155550101 --label b",
        "update +14155550102 --sip-dispatch-rule-id rule-x",
        "trunk create --name two --numbers +15105550101", "trunk update main --name front --krisp",
        "trunk create --name two --numbers +15105550101; trunk update two --add-numbers +15105550102",
        "dispatch create --name hall --direct hall --trunk-ids main", "dispatch update desk --direct hall",
        "dispatch replace desk --direct hall --trunk-ids +14155550101",
        "import +15105550102 --source byoc --trunk-id main --agent night",
        "trunk create --name four --direction both --numbers +15105550104 --address acme.example",
    ]

    @Test(arguments: statements)
    func theWorldIsAsBeforeTheRun(_ statement: String) async throws {
        let workspace = try await workspace()
        let before = try World(workspace)
        let changing = await workspace.run(statement)
        #expect(changing.status == 0, "\(changing.problem)")
        let changed = try World(workspace)
        #expect(changed != before)

        let look = await workspace.run("undo last --dry-run")
        #expect(look.status == 0, "\(look.problem)")
        #expect(look.words("result").allSatisfy { $0 == "planned" }, "\(look.shown)")
        #expect(try World(workspace) == changed)

        let outcome = await workspace.run("undo last")
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.notes)")
        #expect(outcome.words("what") == look.words("what"))
        #expect(try World(workspace) == before)
    }

    /// A second undo finds nothing of that run, and never takes a part of it back twice.
    @Test func whatIsUndoneIsUndoneOnce() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        _ = await workspace.run("agent add extra; purchase +14155550100 --provider fake | bind-agent extra")
        let run = try #require(try workspace.store.runs(limit: 1).first?.id)
        #expect(await workspace.run("undo \(run)").status == 0)
        let releases = workspace.carrier.count(.release)
        let again = await workspace.run("undo \(run)")
        #expect(again.status == 0)
        #expect(again.words("what") == [])
        #expect(workspace.carrier.count(.release) == releases)
        let last = await workspace.run("undo last")
        #expect(last.error?.code == .notFound, "\(last.problem)")
    }

    @Test(arguments: [
        ("search fake | first | purchase", "1.00USD"),
        ("purchase +14155550100 --provider fake", "the price is not known"),
    ])
    func aPurchaseSaysWhatStaysBilled(_ statement: String, _ price: String) async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        _ = await workspace.run(statement)
        let look = await workspace.run("undo last --dry-run")
        #expect(look.words("how") == ["release +14155550100 at fake; the month stays billed, \(price)"])
    }

    // MARK: What cannot be undone

    @Test func whatCannotBeTakenBackIsSaidBeforeAndAfter() async throws {
        let workspace = try await workspace()
        _ = await workspace.run("update +14155550101 --label 'other'; release +14155550102")
        let look = await workspace.run("undo last --dry-run")
        let reason = "a released number may be sold to somebody else at once"
        #expect(look.words("why_not") == [reason, ""])
        #expect(look.words("result") == ["left", "planned"])
        let outcome = await workspace.run("undo last")
        #expect(outcome.status == 6)
        #expect(outcome.notes.contains("cannot be taken back: release +14155550102 at fake: \(reason)"))
        #expect(outcome.report.leftovers == ["release +14155550102 at fake: \(reason)"])
        #expect(try workspace.number(e164(1))?.label == "routed")
    }

    /// The journal has no password, so it says so instead of taking half of it back.
    @Test func aPasswordThatNobodyKeepsIsSaidBefore() async throws {
        let workspace = try await workspace()
        try workspace.keep("hunter2", as: "one")
        try workspace.keep("hunter3", as: "two")
        _ = await workspace.run("trunk update main --auth-username a --auth-password (secret one)")
        _ = await workspace.run("trunk update main --auth-password (secret two)")
        let look = await workspace.run("undo last --dry-run")
        #expect(look.words("why_not") == ["its earlier password or PIN is not kept"])
    }

    /// The other account knows nothing of the number, or has one of its own under that name.
    @Test func anAccountThatMovedIsLeftAlone() async throws {
        let workspace = try Workspace(plugins: [Plugin(provider: MovingProvider.self)])
        workspace.offer(0...0)
        let statement = "purchase +14155550100 --provider fake"
        #expect(await workspace.run(statement, origin: MovingProvider.origin("one")).status == 0)
        let other = await workspace.run("undo last", origin: MovingProvider.origin("two"))
        #expect(other.status == 6)
        #expect(
            other.words("why_not") == ["the profile leads to another moving account than when that was done"],
            "\(other.problem)")
        #expect(workspace.carrier.owned == [e164(0)])
        #expect(await workspace.run("undo last", origin: MovingProvider.origin("one")).status == 0)
        #expect(workspace.carrier.owned == [])
    }

    // MARK: What others have done since

    @Test func whatAnotherRunHasBoundSinceIsLeft() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        _ = await workspace.run("agent add support; agent add night")
        _ = await workspace.run("purchase +14155550100 --provider fake | bind-agent support")
        let run = try #require(try workspace.store.runs(limit: 1).first?.id)
        _ = await workspace.run("bind-agent night --number +14155550100 --replace")
        let changed = try World(workspace)
        for statement in ["undo \(run) --dry-run", "undo \(run)"] {
            let outcome = await workspace.run(statement)
            #expect(
                outcome.words("why_not") == [
                    "it is bound to night by now", "what was done with it later is not undone",
                ],
                "\(outcome.problem)")
            #expect(try World(workspace) == changed)
            #expect(outcome.status == (statement.hasSuffix("n") ? 0 : 6))
        }
        // Once the other run is undone, this one can be.
        let runs = try workspace.store.runs(limit: 3).map(\.id)
        #expect(await workspace.run("undo \(runs[1])").status == 0)
        #expect(workspace.carrier.agents(of: e164(0)) == ["support"])
        let outcome = await workspace.run("undo \(run)")
        #expect(outcome.status == 0, "\(outcome.notes)")
        #expect(workspace.carrier.owned == [])
    }

    @Test func whatIsGoneAlreadyCountsAsUndone() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        _ = await workspace.run("agent add extra")
        _ = await workspace.run("purchase +14155550100 --provider fake | bind-agent extra")
        let run = try #require(try workspace.store.runs(limit: 1).first?.id)
        _ = await workspace.run("release +14155550100 --force")
        let releases = workspace.carrier.count(.release)
        let outcome = await workspace.run("undo \(run)")
        #expect(outcome.status == 0, "\(outcome.notes)")
        #expect(outcome.words("result") == ["gone", "gone"])
        #expect(workspace.carrier.count(.release) == releases)
        #expect(await workspace.run("undo \(run)").words("what") == [])
    }

    @Test func anAgentThatAnotherRunUsesStays() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        _ = await workspace.run("agent add extra")
        let run = try #require(try workspace.store.runs(limit: 1).first?.id)
        _ = await workspace.run("purchase +14155550100 --provider fake | bind-agent extra")
        let outcome = await workspace.run("undo \(run)")
        #expect(outcome.words("why_not") == ["+14155550100 is bound to it"])
        #expect(try workspace.store.agents(profile: "sandbox").count == 1)
    }

    @Test func aTrunkThatCarriesAnotherRunsNumberStays() async throws {
        let workspace = try Workspace()
        _ = await workspace.run("trunk create --name main --numbers +15105550100")
        let run = try #require(try workspace.store.runs(limit: 1).first?.id)
        #expect(await workspace.run("import +15105550100 --source byoc --trunk-id main").status == 0)
        let outcome = await workspace.run("undo \(run)")
        #expect(outcome.words("why_not") == ["+15105550100 is on it"])
        #expect(workspace.carrier.trunks.count == 1)
    }

    // MARK: Which runs

    @Test func whatATransactionHasTakenBackIsNotUndoneAgain() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        _ = await workspace.run(
            "agent add one; try { transaction { agent add two; purchase +14155550100 --provider fake; fail 'no' } }")
        let outcome = await workspace.run("undo last")
        #expect(outcome.words("what") == ["add agent one"])
        #expect(outcome.status == 0)
    }

    @Test func anUndoIsNotUndone() async throws {
        let workspace = try Workspace()
        _ = await workspace.run("agent add one")
        _ = await workspace.run("undo last")
        let undo = try #require(try workspace.store.runs(limit: 1).first?.id)
        let outcome = await workspace.run("undo \(undo)")
        #expect(outcome.error?.code == .conflict)
        #expect(outcome.problem == "\(undo) is an undo itself")
    }

    @Test func aRunThatGoesOnIsRefused() async throws {
        let workspace = try Workspace()
        let run = RunRecord(
            id: "run_1", session: workspace.store.session, profile: "sandbox", script: "x",
            startedAt: workspace.clock.now)
        try workspace.store.begin(run)
        #expect(await workspace.run("undo run_1").problem == "run_1 is running still")
        var other = run
        (other.id, other.profile) = ("run_2", "live")
        try workspace.store.begin(other)
        let outcome = await workspace.run("undo run_2")
        #expect(outcome.problem == "run_2 is a run of the profile 'live', not of 'sandbox'")
        #expect(outcome.help == "give --profile live")
        #expect(await workspace.run("undo run_3").error?.code == .notFound)
    }

    @Test func noTransactionHoldsIt() async throws {
        let outcome = try await Workspace().run("transaction { undo last }")
        #expect(outcome.status == 2, "\(outcome.faults)")
    }

    @Test func aLiveProfileAsksOnceAndIsToldHowMuch() async throws {
        let asked = Asked(false)
        let workspace = try Workspace(plugins: [Plugin(provider: FarProvider.self)], confirm: { asked.ask($0) })
        _ = await workspace.run("agent add one; agent add two", origin: FarProvider.origin)
        #expect(await workspace.run("undo last --dry-run", origin: FarProvider.origin).status == 0)
        #expect(asked.questions == [])
        let outcome = await workspace.run("undo last", origin: FarProvider.origin)
        #expect(outcome.error?.code == .cancelled)
        #expect(asked.questions.count == 1 && asked.questions[0].contains("2 changes of run_"), "\(asked.questions)")
        #expect(try workspace.store.agents(profile: "sandbox").count == 2)
    }

    // MARK: When it ends early

    @Test func whatFailsIsTriedAgainByTheNextUndo() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        _ = await workspace.run("purchase --numbers [+14155550100 +14155550101] --provider fake; agent add one")
        workspace.carrier.script(.release, .refused(409))
        let first = await workspace.run("undo last")
        #expect(first.status == 6)
        #expect(first.words("result") == ["undone", "left", "undone"])
        #expect(workspace.carrier.owned == [e164(1)])
        let second = await workspace.run("undo last")
        #expect(second.words("what") == ["buy +14155550101 at fake"])
        #expect(second.status == 0, "\(second.notes)")
        #expect(workspace.carrier.owned == [])
    }

    @Test func aCancelledUndoGoesOnWhereItEnded() async throws {
        let cancel = CancelToken()
        let workspace = try Workspace(observe: { step in
            if case .settled(let intent) = step, intent.kind == "release" { cancel.cancel() }
        })
        workspace.offer(0...1)
        _ = await workspace.run("purchase --numbers [+14155550100 +14155550101] --provider fake")
        let first = await workspace.run("undo last", cancel: cancel)
        #expect(first.status == 130, "\(first.problem)")
        #expect(workspace.carrier.owned == [e164(0)])
        #expect(await workspace.run("undo last").status == 0)
        #expect(workspace.carrier.owned == [])
    }
}

/// A provider whose account the environment names.
private struct MovingProvider: NumberProvider {
    static let manifest = ProviderManifest(
        name: "moving", displayName: "Moving", summary: "of this account today",
        settings: [ProviderSetting("account", help: "its account", isAccount: true, environment: "MOVING_ACCOUNT")],
        capabilities: [:], idKinds: [], countries: [], limits: RequestLimits(), idempotency: .none, settleTime: .zero)

    static func origin(_ account: String) -> Profile.Origin { .environment(["MOVING_ACCOUNT": account]) }

    init(context: ProviderContext) {}

    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }

    func lookUp(_ number: E164) async throws -> OwnedNumber? { nil }
}

extension Outcome {
    /// One column of the table that is shown last, as words; an empty one for nothing.
    func words(_ column: String) -> [String] {
        guard case .list(let rows)? = shown.last else { return [] }
        return rows.map { row in
            guard case .record(let record) = row, let value = record[column], !value.isNothing else { return "" }
            return value.plainText ?? value.literalText
        }
    }
}
