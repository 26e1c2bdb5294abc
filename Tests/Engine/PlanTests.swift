import FoundationEssentials
import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Plans: what they say, what they leave alone, and runs that are held to them.
@Suite struct PlanTests {
    private func workspace(isPriced: Bool = true) throws -> Workspace {
        let workspace = try Workspace()
        let offers = (0...4).map { digits in
            var offer = available(digits)
            if !isPriced { offer.monthlyCost = nil }
            return offer
        }
        workspace.carrier.offer(offers)
        return workspace
    }

    private static let buyAndBind = """
        agent add support
        search fake --country US | first | purchase --label desk | bind-agent support
        """

    /// The changes as `kind: summary`.
    private func changes(_ report: PlanReport) -> [String] { report.plan.changes.map { "\($0.kind): \($0.summary)" } }

    // MARK: What it says

    @Test func aPlanRefusesWhatTheLimitsRefuse() async throws {
        let workspace = try workspace()
        _ = await workspace.run("limits --max-purchases 3 --max-purchases-per-day 2; search fake | first | purchase")
        #expect(await workspace.plan("search fake --country US | first | purchase").exitStatus == 0)
        let report = await workspace.plan("search fake --country US | first 2 | purchase")
        #expect(report.error?.code == .limitReached)
        #expect(report.plan.changes.count == 1)
        let raised = await workspace.plan(
            "limits --max-purchases-per-day none; search fake --country US | first 2 | purchase")
        #expect(raised.exitStatus == 0, "\(raised.diagnostics)")
        #expect(changes(raised).first == "limits: set max-purchases-per-day from 2 to none")
        #expect(await workspace.plan("search fake --country US | first 2 | purchase").exitStatus == 1)
    }

    @Test func whatTakesRunsBackOrOnIsPlannedAndNotDone() async throws {
        let workspace = try workspace()
        _ = await workspace.run(Self.buyAndBind)
        let before = try workspace.journal
        let undo = await workspace.plan("undo last")
        #expect(
            changes(undo) == [
                "undo: take back: bind +14155550100 to support", "undo: take back: buy +14155550100 at fake",
                "undo: take back: add agent support",
            ], "\(undo.diagnostics)")
        let look = await workspace.plan("undo last --dry-run | count")
        #expect(look.exitStatus == 0 && look.plan.changes.isEmpty, "\(look.diagnostics)")
        #expect(await changes(workspace.plan("todo done run_x")).count == 1)
        let resume = await workspace.plan("resume last")
        #expect(changes(resume) == ["resume: go on with run last, whose rest is planned nowhere"])
        #expect(try workspace.journal == before)
        #expect(try workspace.store.runs(limit: 9).count == 1)
    }

    @Test func aPlanIsWhatTheRunThenDoes() async throws {
        let workspace = try workspace()
        let report = await workspace.plan(Self.buyAndBind)
        #expect(report.exitStatus == 0, "\(report.diagnostics)")
        #expect(
            changes(report) == [
                "ledger: add agent support", "purchase: buy +14155550100 at fake",
                "bind-agent: bind +14155550100 to support",
            ])
        #expect(report.plan.numbers == PlannedHolding(before: 0, after: 1, cap: 100))
        let outcome = await workspace.run(Self.buyAndBind)
        #expect(outcome.status == 0)
        #expect(try workspace.journal == report.plan.changes.map { "\($0.kind) done" })
    }

    @Test func aPlanChangesNothing() async throws {
        let workspace = try workspace()
        let path = workspace.folder + "/out.csv"
        let report = await workspace.plan(Self.buyAndBind + "; list | write \(path)")
        #expect(report.exitStatus == 0, "\(report.diagnostics)")
        #expect(changes(report).last == "write: write \(path)")
        for method in [FakeCarrier.Call.purchase, .bind] { #expect(workspace.carrier.count(method) == 0) }
        #expect(workspace.carrier.owned == [])
        #expect(workspace.numbers == [])
        #expect(try workspace.store.agents(profile: "sandbox") == [])
        #expect(try workspace.store.runs(limit: 9) == [])
        #expect(!FileManager.default.fileExists(atPath: path))
        // What it looked at is claimed by nobody.
        let outcome = await workspace.run("search fake --country US | first | purchase")
        #expect(outcome.status == 0)
        #expect(workspace.numbers == [e164(0).text])
    }

    @Test func everyPurchaseOfAPlanHasANumberOfItsOwn() async throws {
        let workspace = try workspace()
        let report = await workspace.plan(
            """
            for i in (range 1 3) { search fake --country US | first | purchase }
            search fake --country US | count
            """)
        #expect(
            report.plan.changes.map(\.summary)
                == (0...2).map { "buy \(e164($0)) at fake" })
        #expect(report.plan.changes.allSatisfy { $0.anyOf == "fake US 415" })
    }

    @Test func rowsAreNamed() async throws {
        let workspace = try workspace()
        let report = await workspace.plan(
            """
            [{site: 'a'} {site: 'b'}] | each row --parallel 8 --key .site {
              search fake --country US | first | purchase --label $row.site
            }
            """)
        #expect(report.plan.changes.map(\.within) == [["row site=a"], ["row site=b"]])
    }

    @Test func whatTheRunWouldRefuseIsRefused() async throws {
        let workspace = try workspace()
        let report = await workspace.plan(
            "search fake --country US | first 3 | purchase", limits: [.numbers: .count(2)])
        #expect(report.exitStatus == 1)
        #expect(report.error?.code == .paymentRequired)
        #expect(report.plan.changes.count == 2)
        #expect(report.file == nil)
        let bad = await workspace.plan("search fake | frist")
        #expect(bad.exitStatus == 2)
        #expect(!bad.isPlanned)
    }

    @Test func aTransactionThatFailsPlansNothing() async throws {
        let workspace = try workspace()
        let report = await workspace.plan(
            "try { transaction { search fake --country US | first | purchase; fail 'no' } } catch e { print $e.code }")
        #expect(report.exitStatus == 0)
        #expect(report.plan.changes == [])
        #expect(report.plan.numbers.after == 0)
    }

    @Test func whatCannotBeTakenBackIsSaid() async throws {
        let workspace = try workspace()
        _ = await workspace.run("purchase +14155550100 --provider fake")
        let report = await workspace.plan("release +14155550100")
        #expect(report.plan.irreversible.map(\.summary) == ["release +14155550100 at fake"])
        #expect(report.plan.text.contains("cannot be undone: release +14155550100 at fake (a released number may be"))
        #expect(workspace.numbers == [e164(0).text])
    }

    // MARK: Prices

    @Test func anUnknownPriceIsNeverZero() async throws {
        let workspace = try workspace(isPriced: false)
        let script = "search fake --country US | first 2 | purchase"
        let unknown = await workspace.plan(script)
        #expect(unknown.plan.purchases == 2)
        #expect(unknown.plan.unpriced == 2)
        #expect(unknown.plan.monthlyCost == [])
        #expect(unknown.plan.text.contains("cost     unknown for 2 numbers"), "\(unknown.plan.text)")
        let set = await workspace.run("price set fake 1.15USD; price set fake 9.00USD --country DE")
        #expect(set.status == 0)
        let priced = await workspace.plan(script)
        #expect(priced.plan.unpriced == 0)
        #expect(priced.plan.monthlyCost.map(\.description) == ["2.30USD"])
    }

    // MARK: What only the run knows

    private static let undecided = """
        agent add support
        let n = search fake --country US | first | purchase
        if $n.status == 'active' { $n | bind-agent support } else { release $n }
        """

    @Test func bothWaysOfAnUndecidedConditionArePlanned() async throws {
        let workspace = try workspace()
        let report = await workspace.plan(Self.undecided)
        #expect(report.exitStatus == 0, "\(report.diagnostics)")
        #expect(
            report.plan.changes.dropFirst(2).map { "\($0.within.joined()): \($0.summary)" } == [
                "if $n.status == 'active': bind +14155550100 to support",
                "else, where not $n.status == 'active': release +14155550100 at fake",
            ])
        #expect(report.plan.changes.map(\.isConditional) == [false, false, true, true])
        #expect(report.plan.open.map(\.text) == ["if $n.status == 'active'"])
        #expect(report.plan.numbers.after == 1)
    }

    private static let openTexts = [
        "assert ($n.created_at > 2020-01-01) 'old'", "if not ($n.status == 'offline') { print 'x' }",
        "if $n.status == 'offline' or false { print 'x' }", "if (\"${n.id}\" matches 'phone_*') { print 'x' }",
        "[$n] | where .status == 'offline' | count", "wait-until --timeout 5s { ($n.status == 'offline') }",
        "let s = if $n.status == 'offline' { 1 } else { 2 }; if $s == 1 { print 'x' }",
    ]

    @Test(arguments: openTexts) func aConditionOnAPlaceholderStaysOpen(statement: String) async throws {
        let workspace = try workspace()
        let report = await workspace.plan("let n = search fake --country US | first | purchase\n" + statement)
        #expect(report.exitStatus == 0, "\(report.diagnostics)")
        #expect(!report.plan.open.isEmpty)
        #expect(report.plan.changes.count == 1)
    }

    private static let decided = [
        "if $n.e164 != +14155550100 { fail 'other' }", "if $n.agent_id != nothing { fail 'bound' }",
        "let m = get $n.id; assert ($m.e164 == $n.e164) 'other'", "assert ($n.id == $n.id) 'other'",
        "assert ((list | count) == 1) 'none'", "$n.id | update --label x",
    ]

    @Test(arguments: decided) func whatIsKnownDecides(statement: String) async throws {
        let workspace = try workspace()
        let report = await workspace.plan("let n = search fake --country US | first | purchase\n" + statement)
        #expect(report.exitStatus == 0, "\(report.diagnostics)")
        #expect(report.plan.open == [])
    }

    @Test func aWayThatFailsEndsThere() async throws {
        let workspace = try workspace()
        let report = await workspace.plan(
            """
            let n = search fake --country US | first | purchase
            if $n.status != 'active' { fail 'not active' }
            update $n --label done
            """)
        #expect(report.exitStatus == 0, "\(report.diagnostics)")
        #expect(report.plan.remarks.map(\.text).contains { $0.hasSuffix("the script ends here: not active") })
        #expect(changes(report).last == "ledger: label +14155550100")
    }

    // MARK: Held to a plan

    @Test func aRunWithinItsPlanIsDone() async throws {
        let workspace = try workspace()
        let plan = try #require(await workspace.plan(Self.buyAndBind).file)
        let outcome = await workspace.run(Self.buyAndBind, within: plan)
        #expect(outcome.status == 0, "\(outcome.faults)")
        #expect(workspace.carrier.agents(of: e164(0)) == ["support"])
    }

    @Test func anotherNumberOfTheSameSearchIsWithinThePlan() async throws {
        let workspace = try workspace()
        let plan = try #require(await workspace.plan(Self.buyAndBind).file)
        workspace.carrier.script(.purchase, .taken)
        let outcome = await workspace.run(Self.buyAndBind, within: plan)
        #expect(outcome.status == 0, "\(outcome.faults)")
        #expect(workspace.numbers.count == 1)
        #expect(workspace.numbers != [e164(0).text])
    }

    @Test func theFirstChangeThatThePlanDoesNotHaveIsNotMade() async throws {
        let workspace = try workspace()
        let script = """
            let all = search fake --country US --limit 5
            for n in ($all | first 5) { if (list | count) < 2 or $n.e164 > +14155550103 { $n | purchase } }
            """
        var plan = try #require(await workspace.plan(script).file)
        #expect(plan.permits.map(\.count).reduce(0, +) == 3)
        plan.permits[0].count = 2
        let outcome = await workspace.run(script, within: plan)
        #expect(outcome.status == 1)
        #expect(outcome.error?.code == .notPlanned)
        #expect(workspace.carrier.count(.purchase) == 2)
        #expect(try workspace.journal == ["purchase done", "purchase done"])
    }

    @Test func aDearerNumberIsNotWithinThePlan() async throws {
        let workspace = try workspace(isPriced: false)
        let script = "search fake --country US | first | purchase"
        _ = await workspace.run("price set fake 1.00USD")
        let plan = try #require(await workspace.plan(script).file)
        _ = await workspace.run("price set fake 1.01USD")
        let outcome = await workspace.run(script, within: plan)
        #expect(outcome.error?.code == .notPlanned)
        #expect(outcome.error?.message.contains("the plan has it at 1.00USD a month, and it costs 1.01USD") == true)
        _ = await workspace.run("price remove fake")
        let unpriced = await workspace.run(script, within: plan)
        #expect(unpriced.error?.message.contains("and it has no known price") == true)
        #expect(unpriced.error?.help?.hasPrefix("write its price down with: price set") == true)
        #expect(workspace.carrier.count(.purchase) == 0)
    }

    @Test func anotherScriptOtherParamsAndOtherDataAreRefused() async throws {
        let workspace = try workspace()
        let path = try workspace.file("rows.csv", "label\na\n")
        let script = "param --area: string = '415'\nread \(path) --columns {label: string} | count"
        let plan = try #require(await workspace.plan(script).file)
        #expect(plan.data.keys.sorted() == [path])
        #expect(await workspace.run(script, within: plan).status == 0)
        let changed = await workspace.run(script + " ", within: plan)
        #expect(changed.status == 2)
        #expect(changed.error?.code == .notPlanned)
        #expect(await workspace.run(script, parameters: ["area": "212"], within: plan).status == 2)
        _ = try workspace.file("rows.csv", "label\nb\n")
        #expect(await workspace.run(script, within: plan).status == 2)
    }

    @Test func aRunThatIsResumedIsHeldToItsPlan() async throws {
        let workspace = try workspace()
        let script = "search fake --country US | first 3 | purchase"
        var plan = try #require(await workspace.plan(script).file)
        plan.permits[0].count = 2
        workspace.carrier.script(.purchase, .ok, .refused(403))
        #expect(await workspace.run(script, within: plan).status == 1)
        #expect(workspace.carrier.purchases.count == 1)
        let resumed = await workspace.run("resume last")
        #expect(resumed.error?.code == .notPlanned)
        #expect(workspace.carrier.purchases.count == 2)
    }

    @Test func aPlanFileIsReadAsItIsWritten() async throws {
        let workspace = try workspace()
        let plan = try #require(await workspace.plan(Self.undecided).file)
        let text = try plan.text
        #expect(try PlanFile(Array(text.utf8), named: "p") == plan)
        #expect(throws: SwitchboardError.self) { try PlanFile(Array("{}".utf8), named: "p") }
    }
}

extension Workspace {
    /// Plans a script on a thread of its own, as hosts do.
    fileprivate func plan(
        _ text: String, parameters: ScriptArguments = [:], limits: [Limit: LimitValue] = [:]
    ) async -> PlanReport {
        let profile = Profile(name: Profile.sandboxName, origin: .sandbox, limits: limits)
        let request = Engine.Request(
            source: SourceText(name: "t.swb", text: text), profile: profile, parameters: parameters)
        let engine = engine
        return await onThread { engine.plan(request) }
    }

    /// Runs a script held to a plan.
    fileprivate func run(
        _ text: String, parameters: ScriptArguments = [:], within plan: PlanFile
    ) async -> Outcome {
        let profile = Profile(name: Profile.sandboxName, origin: .sandbox)
        var request = Engine.Request(
            source: SourceText(name: "t.swb", text: text), profile: profile, parameters: parameters)
        request.within = plan
        let (engine, asked, log) = (engine, request, EventLog())
        let report = await onThread { engine.run(asked) { log.add($0) } }
        return Outcome(report: report, events: log.events)
    }
}
