import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// A number that is bound or protected is given up only by force, and its calls are led away only where that is said.
@Suite struct ProtectionTests {
    /// A bound number, a protected one and one that a trunk carries.
    private func workspace(_ plugins: [Plugin] = []) async throws -> Workspace {
        let workspace = try Workspace(plugins: plugins)
        workspace.offer(0...9)
        let outcome = await workspace.run(
            """
            agent add support
            agent add night
            purchase +14155550100 --provider fake | bind-agent support
            purchase +14155550101 --provider fake | update --protected
            trunk create --name main --numbers +15105550100
            import +15105550101 --source byoc --trunk-id main --agent support
            import +15105550102 --source byoc --trunk-id main | update --protected
            """)
        try #require(outcome.status == 0, "\(outcome.faults)")
        return workspace
    }

    private static let byoc = E164("+15105550102")

    @Test(arguments: ["release", "remove"])
    func aBoundOrProtectedNumberIsGivenUpOnlyByForce(_ verb: String) async throws {
        let workspace = try await workspace()
        for (digits, message) in [("0", "is bound to support"), ("1", "is protected")] {
            let number = "+1415555010\(digits)"
            let refused = await workspace.run("\(verb) \(number)")
            #expect(refused.status == 1 && refused.error?.code == .conflict)
            #expect(refused.error?.message == "\(number) \(message)")
            #expect(refused.error?.help?.contains("--force") == true)
        }
        #expect(workspace.carrier.count(.release) == 0 && workspace.carrier.count(.unbind) == 0)
        #expect(await workspace.run("\(verb) --numbers [+14155550100 +14155550101] --force").status == 0)
        #expect(!workspace.numbers.contains { $0.hasPrefix("+1415") })
    }

    @Test func aProtectedNumberOfATrunkStaysInTheWorkspace() async throws {
        let workspace = try await workspace()
        let refused = await workspace.run("remove +15105550102")
        #expect(refused.error?.message == "+15105550102 is protected")
        #expect(await workspace.run("update +15105550102 --unprotected; remove +15105550102").status == 0)
        #expect(!workspace.numbers.contains("+15105550102"))
    }

    @Test func oneIsProtectedUntilItIsSaidOtherwise() async throws {
        let workspace = try await workspace()
        let shown = await workspace.run(
            """
            update +14155550101 --label desk
            get +14155550101 | select .protected | to-json | print
            import +15105550102 --source byoc --trunk-id main | select .protected | to-json | print
            list | where .protected | count | print
            update +14155550101 --unprotected | select .protected | to-json | print
            """)
        #expect(shown.status == 0, "\(shown.faults)")
        #expect(
            shown.printed == [#"{"protected":true}"#, #"{"protected":true}"#, "2", #"{"protected":false}"#],
            "\(shown.printed)")
        let both = await workspace.run("update +14155550101 --protected --unprotected")
        #expect(both.status == 2 && both.faults.first?.contains("exclude each other") == true)
    }

    // MARK: Undo

    @Test func aTransactionThatProtectsItsPurchaseIsTakenBackWhole() async throws {
        let workspace = try await workspace()
        let outcome = await workspace.run(
            "transaction { purchase +14155550105 --provider fake | update --protected; fail 'no' }")
        #expect(outcome.status == 1)
        #expect(outcome.report.leftovers.isEmpty)
        #expect(!workspace.numbers.contains("+14155550105"))
    }

    /// Somebody else has protected what the transaction has bought, before it fails.
    @Test func whatOthersHaveProtectedSinceIsNotTakenBack() async throws {
        let workspace = try await workspace()
        workspace.carrier.keepBack(.search)
        async let run = workspace.run(
            "transaction { purchase +14155550105 --provider fake; let n = search fake | count; fail 'no' }")
        #expect(await eventually { workspace.carrier.count(.search) == 1 })
        #expect(await workspace.run("update +14155550105 --protected").status == 0)
        workspace.carrier.letGo(.search)
        let outcome = await run
        #expect(outcome.status == 6)
        #expect(
            outcome.report.leftovers == ["buy +14155550105 at fake: +14155550105 is protected"],
            "\(outcome.report.leftovers)")
        #expect(workspace.numbers.contains("+14155550105") && workspace.carrier.count(.release) == 0)
    }

    /// Its agent goes on answering, and everything else is taken back.
    @Test func aTransactionLeavesANumberThatOthersHaveProtectedWhole() async throws {
        let workspace = try await workspace()
        workspace.carrier.keepBack(.search)
        async let run = workspace.run(
            """
            transaction {
                agent add extra
                purchase +14155550105 --provider fake | bind-agent support
                let n = search fake | count
                fail 'no'
            }
            """)
        #expect(await eventually { workspace.carrier.count(.search) == 1 })
        #expect(await workspace.run("update +14155550105 --protected").status == 0)
        workspace.carrier.letGo(.search)
        let outcome = await run
        #expect(outcome.status == 6)
        #expect(
            outcome.report.leftovers == [
                "bind +14155550105 to support: +14155550105 is protected",
                "buy +14155550105 at fake: +14155550105 is protected",
            ], "\(outcome.report.leftovers)")
        #expect(workspace.carrier.agents(of: e164(5)) == ["support"] && workspace.carrier.count(.unbind) == 0)
        #expect(try workspace.number(e164(5))?.agentID != nil)
        #expect(try workspace.store.agents(profile: "sandbox").map(\.name) == ["night", "support"])
        // What the fault says is not said again.
        let told = outcome.report.diagnostics.flatMap(\.notes).filter { $0.label == "not undone" }
        #expect(told.count == 2 && !outcome.notes.contains { $0.hasPrefix("not undone") }, "\(outcome.notes)")
    }

    /// Its agent goes on answering: half of an undo would only take that away.
    @Test func theUndoOfARunLeavesAProtectedNumberWhole() async throws {
        let workspace = try await workspace()
        let buy =
            "agent add extra; purchase +14155550105 --provider fake | bind-agent extra; update +14155550105 --label a"
        #expect(await workspace.run(buy).status == 0)
        let run = try #require(workspace.store.runs(limit: 1).first?.id)
        #expect(await workspace.run("update +14155550105 --protected").status == 0)
        let look = await workspace.run("undo \(run) --dry-run")
        #expect(look.words("result") == ["left", "left", "left", "left"], "\(look.shown)")
        #expect(look.words("why_not").prefix(3).allSatisfy { $0 == "+14155550105 is protected" })
        let undo = await workspace.run("undo \(run)")
        #expect(undo.status == 6 && undo.words("result") == look.words("result"), "\(undo.shown)")
        #expect(undo.notes.contains("cannot be taken back: buy +14155550105 at fake: +14155550105 is protected"))
        #expect(workspace.carrier.agents(of: e164(5)) == ["extra"] && workspace.carrier.count(.release) == 0)
        #expect(await workspace.run("update +14155550105 --unprotected; undo \(run)").status == 0)
        #expect(!workspace.numbers.contains("+14155550105"))
    }

    @Test func theUndoOfARunTakesItsOwnProtectionOff() async throws {
        let workspace = try await workspace()
        let buy = "purchase +14155550105 --provider fake | bind-agent support | update --protected"
        #expect(await workspace.run(buy).status == 0)
        let look = await workspace.run("undo last --dry-run")
        #expect(look.words("result") == ["planned", "planned", "planned"], "\(look.shown)")
        #expect(await workspace.run("undo last").status == 0)
        #expect(!workspace.numbers.contains("+14155550105"))
    }

    // MARK: Calls

    @Test func aBindingIsDisplacedOnlyWhereThatIsSaid() async throws {
        let workspace = try await workspace()
        _ = await workspace.run("update +14155550101 --sip-dispatch-rule-id rule-x")
        let statements = [
            ("bind-agent night --number +14155550100", "+14155550100 is bound to support"),
            ("bind-agent night --number +14155550101", "the dispatch rule rule-x takes the calls to +14155550101"),
            (
                "update +14155550101 --sip-dispatch-rule-id rule-y",
                "the dispatch rule rule-x takes the calls to +14155550101"
            ),
            (
                "import +14155550101 --source fake --agent night",
                "the dispatch rule rule-x takes the calls to +14155550101"
            ),
        ]
        for (statement, message) in statements {
            let refused = await workspace.run(statement)
            #expect(refused.error?.code == .conflict && refused.error?.message == message, "\(refused.faults)")
            #expect(refused.error?.help?.contains("--replace") == true)
        }
        #expect(try workspace.number(e164(1))?.dispatchRuleIDs == ["rule-x"])
        for (statement, _) in statements.prefix(3).reversed() {
            let done = await workspace.run(statement + " --replace")
            #expect(done.status == 0, "\(done.faults)")
        }
        #expect(
            workspace.carrier.agents(of: e164(0)) == ["night"] && workspace.carrier.agents(of: e164(1)) == ["night"])
    }
}
