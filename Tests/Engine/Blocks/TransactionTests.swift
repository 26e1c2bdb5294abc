import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// All of a block or nothing of it.
@Suite struct TransactionTests {
    /// A workspace with a bound, a routed and a free number, a trunk with a password and a rule with a PIN.
    private func workspace(_ clock: ManualClock = ManualClock(skipsWaits: true)) async throws -> Workspace {
        let workspace = try Workspace(clock: clock)
        workspace.offer(0...9)
        workspace.carrier.hold(
            OwnedNumber(provider: "fake", providerID: "FK_99", e164: e164(20), status: .active, countryCode: "US"))
        try workspace.keep("hunter2", as: "acme")
        try workspace.keep("hunter3", as: "other")
        let outcome = await workspace.run(
            """
            agent add support
            agent add night
            purchase +14155550100 --provider fake | bind-agent support
            purchase +14155550101 --provider fake --label 'routed'
            purchase +14155550102 --provider fake
            trunk create --name main --numbers +15105550100 --auth-username a --auth-password (secret acme)
            dispatch create --name desk --direct lobby --trunk-ids +14155550101 --pin 4711
            """)
        try #require(outcome.status == 0, "\(outcome.faults)")
        return workspace
    }

    // MARK: Every command

    static let statements = [
        "search fake | first | purchase --label 'new'",
        "purchase --numbers [+14155550103 +14155550104] --provider fake",
        "purchase +14155550103 --provider fake --sip-dispatch-rule-id rule-x",
        "search fake | first | purchase | bind-agent night",
        "purchase +14155550100 --provider fake",
        "bind-agent night --number +14155550100 --replace", "bind-agent night --number +14155550101 --replace",
        "bind-agent night --number +14155550102", "unbind-agent +14155550100",
        "update +14155550101 --protected", "update +14155550101 --label 'other'", "update +14155550101 --label ''",
        "update +14155550101 --sip-dispatch-rule-id rule-x --replace",
        "update +14155550102 --sip-dispatch-rule-id rule-x",
        "agent add extra", "agent add extra; bind-agent extra --number +14155550102",
        "trunk create --name two --numbers +15105550101", "trunk update main --name desk --krisp",
        "trunk update main --auth-password (secret other)", "trunk update main --auth-username ''",
        "trunk replace main --numbers +15105550109 --auth-username a", "trunk replace main --numbers +15105550109",
        "dispatch create --name hall --direct hall --trunk-ids main", "dispatch update desk --direct hall",
        "dispatch update desk --pin 1", "dispatch update desk --individual call- --pin ''",
        "dispatch replace desk --direct hall --trunk-ids +14155550101",
        "dispatch replace desk --direct hall --trunk-ids main --force",
        "import +14155550103 --source fake --label 'new' --agent night",
        "import +15105550102 --source byoc --trunk-id main --agent night",
        "import +15105550100 --source byoc --trunk-id main",
        "adopt", "trunk create --name four --direction both --numbers +15105550104 --address acme.example",
        "get +14155550101", "search fake | first 3",
    ]

    @Test(arguments: statements)
    func theWorldIsAsBefore(_ statement: String) async throws {
        let workspace = try await workspace()
        let before = try World(workspace)
        let outcome = await workspace.run("transaction { \(statement); fail 'no' --code no }")
        #expect(outcome.error?.code.rawValue == "no", "\(outcome.faults)")
        #expect(outcome.status == 1, "\(outcome.notes)")
        #expect(try World(workspace) == before)
        #expect(outcome.told("undone").count == 1)
        #expect(outcome.notes.filter { $0.hasPrefix("done before") } == [])
    }

    /// Several of them one after the other, whichever of them fails; each seed makes the same ones every time.
    @Test(arguments: 1...40)
    func theWorldIsAsBeforeSeveral(_ seed: UInt64) async throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        let chosen = (0..<4).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Self.statements[Int(state >> 33) % Self.statements.count]
        }
        let workspace = try await workspace()
        let before = try World(workspace)
        let script = chosen.map { "try { transaction { \($0) } }" }.joined(separator: "\n")
        let outcome = await workspace.run("transaction {\n\(script)\nfail 'no' --code no\n}")
        #expect(outcome.error?.code.rawValue == "no", "\(outcome.faults)")
        #expect(outcome.report.leftovers == [], "\(chosen)")
        #expect(try World(workspace) == before, "\(chosen)")
    }

    @Test(arguments: statements)
    func whatSucceedsStays(_ statement: String) async throws {
        let (one, other) = (try await workspace(), try await workspace())
        #expect(await one.run(statement).status == 0)
        let outcome = await other.run("transaction { \(statement) }")
        #expect(outcome.status == 0, "\(outcome.faults)")
        #expect(try other.journal == one.journal)
        #expect(other.numbers == one.numbers)
    }

    @Test func everyCommandThatIsTakenBackIsTried() {
        let changing = BuiltIns.commands.map { $0.signature }.filter {
            $0.effect >= .changes && $0.undoing == .takenBack
        }
        for name in changing.map(\.name) {
            #expect(Self.statements.contains { $0.contains(name) }, "\(name)")
        }
    }

    // MARK: How it ends

    @Test func whatIsUndoneIsToldTheLastFirst() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let outcome = await workspace.run(
            """
            transaction {
              agent add extra
              search fake | first | purchase | bind-agent extra
              assert (1 == 2) 'no'
            }
            """)
        #expect(
            outcome.told("undone") == ["bind +14155550100 to extra; buy +14155550100 at fake; add agent extra"])
        let done = [
            "ledger done", "purchase done", "bind-agent done", "unbind-agent done", "release done", "ledger done",
        ]
        #expect(try workspace.journal == done)
        let nothing = await workspace.run("transaction { search fake --area-code 999 | first }")
        #expect(nothing.told("undone") == ["nothing to undo"])
        #expect(nothing.error?.code == .noMatch)
    }

    @Test func itsValueIsThatOfItsLastStatement() async throws {
        let outcome = try await Workspace().run(
            """
            print (transaction { let a = 1; ($a + 1) })
            {n: 4} | transaction { (.n + 1) } | print
            [1 2 3] | transaction { 'once' } | print
            def f [n: int] -> int { transaction { ($n * 2) } }
            print ([{n: 1} {n: 2}] | each { transaction { (.n + 1) } }) (f 4)
            transaction { print 'no value' }
            """)
        #expect(outcome.printed == ["2", "5", "once", "[2 3] 8", "no value"], "\(outcome.faults)")
        #expect(outcome.shown == [])
    }

    @Test(arguments: [("exit 0", 0, true), ("exit", 0, true), ("exit 5", 5, false), ("exit 64", 64, false)])
    func exitEndsIt(_ end: String, _ status: Int32, _ stays: Bool) async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run("transaction { agent add extra | print; \(end) }")
        #expect(outcome.status == status)
        #expect(try workspace.store.agents(profile: "sandbox").count == (stays ? 1 : 0))
        #expect(outcome.notes == (stays ? [] : ["undone: add agent extra"]))
    }

    @Test func aCancelledOneIsUndone() async throws {
        let clock = ManualClock()
        let workspace = try Workspace(clock: clock)
        workspace.offer(0...9)
        let (before, cancel) = (try World(workspace), CancelToken())
        async let run = workspace.run(
            "transaction { search fake | first 2 | purchase | count; wait 1h }", cancel: cancel)
        #expect(await eventually { clock.sleeperCount == 1 })
        cancel.cancel()
        let outcome = await run
        #expect(outcome.status == 130)
        #expect(outcome.told("undone") == ["buy +14155550101 at fake; buy +14155550100 at fake"])
        #expect(try World(workspace) == before)
    }

    // MARK: In other blocks, and others in it

    @Test func tryHandlesWhatIsUndoneBefore() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            """
            try { transaction { agent add extra; fail 'no' } } catch e { print $e.message (agent list | count) }
            """)
        #expect(outcome.printed == ["no 0"])
        #expect(outcome.status == 0)
    }

    @Test func anInnerOneBelongsToTheOuterOne() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            """
            transaction {
              transaction { agent add one }
              try { transaction { agent add two; fail 'x' } } catch { agent add three }
              print (agent list | select .name)
              fail 'no'
            }
            """)
        #expect(outcome.printed == ["[{name: 'one'} {name: 'three'}]"], "\(outcome.faults)")
        #expect(outcome.told("undone") == ["add agent three; add agent one"])
        #expect(try workspace.store.agents(profile: "sandbox") == [])
        let both = await workspace.run("transaction { agent add one; transaction { agent add two; fail 'no' } }")
        #expect(both.told("undone") == ["add agent two; add agent one"])
    }

    @Test func rowsSideBySideInItAreUndoneTogether() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let before = try World(workspace)
        let outcome = await workspace.run(
            """
            transaction {
              range 1 8 | each n --parallel 4 --on-error collect { search fake | first | purchase } | count
              fail 'no'
            }
            """)
        #expect(outcome.status == 1, "\(outcome.faults)")
        #expect(workspace.carrier.purchases.count == 8)
        #expect(try World(workspace) == before)
    }

    @Test func aRowIsAllOrNothing() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        workspace.carrier.script(.bind, .ok, .refused(409), .ok)
        let outcome = await workspace.run(
            """
            agent add support
            [{site: 'a'} {site: 'b'} {site: 'c'}]
            | each row --key .site --on-error collect {
              transaction { search fake | first | purchase --label $row.site | bind-agent support }
            }
            | select .site .result .error
            """)
        #expect(
            outcome.shown.last?.literalText == "[{site: 'a', result: 'succeeded', error: nothing}"
                + " {site: 'b', result: 'failed', error: 'refused; undone: buy +14155550101 at fake'}"
                + " {site: 'c', result: 'succeeded', error: nothing}]")
        #expect(outcome.status == 3)
        #expect(outcome.notes.filter { $0.hasPrefix("warning") } == [])
        #expect(try workspace.store.numbers(profile: "sandbox").map(\.label) == ["a", "c"])
        #expect(workspace.carrier.owned.count == 2)
    }

    @Test func whatIsClaimedInItIsFreeAgain() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        workspace.carrier.script(.purchase, .refused(409))
        let outcome = await workspace.run(
            """
            try { transaction { search fake | first | purchase } } catch { search fake | first | purchase }
            """)
        #expect(outcome.status == 0, "\(outcome.faults)")
        #expect(workspace.numbers == ["+14155550100"])
    }

    // MARK: What it does not hold

    @Test(arguments: [
        ("transaction { release +14155550100 }", ["C080"]), ("transaction { list | each { release .e164 } }", ["C080"]),
        ("transaction { if 1 == 1 { for n in (list) { try { trunk delete main } } } }", ["C080"]),
        ("def f [] { agent remove support }\ndef g [] { f }\ntransaction { g }", ["C080"]),
        ("transaction { transaction { secret set a } }", ["C080"]),
        ("transaction { print (secret remove a) }", ["C080"]),
        ("transaction { connect fake --name x }", ["C080"]), ("transaction { sandbox reset }", ["C080"]),
        ("transaction { explain { release +14155550100 } }", []), ("transaction { list | write ./x.csv }", []),
        ("transaction { list | report ./x.csv }", ["C080"]),
        ("transaction { sandbox fault }; release +14155550100", []), ("transaction { return 1 }", ["C065"]),
        ("def f [] { transaction { agent add a } }\ntransaction { f }", []), ("transaction --x { list }", ["C002"]),
        ("list | transaction { .e164 }", ["C012"]), ("list | first | transaction { .e164 }", []),
    ])
    func whatIsNotTakenBackIsRefused(_ script: String, _ codes: [String]) throws {
        let registry = try Registry(plugins: [Plugin(provider: FakeProvider.self)], commands: BuiltIns.commands)
        let faults = registry.check(SourceText(name: "t", text: script)).diagnostics
        #expect(faults.map(\.code) == codes, "\(faults.map(\.message))")
    }
}
