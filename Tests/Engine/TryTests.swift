import SwitchboardCore
import SwitchboardEngine
import SwitchboardTestKit
import Testing

/// Errors that a script catches, makes and ends with.
@Suite struct TryTests {
    @Test func catchNamesTheError() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            """
            try { search fake --area-code 999 | first; print 'not here' } catch e {
              print $e.code $e.retryable $e.provider $e.attempts $e.span
            }
            try { fail 'no site' --code no_site } catch e { print "${e.message}: ${e.code}" }
            try { print 'fine' } catch { print 'not here' }
            """)
        #expect(outcome.printed == ["no_match false nothing 0 t.swb:1:37", "no site: no_site", "fine"])
        #expect(outcome.status == 0)
    }

    @Test func whatIsCaughtAndNotNamedIsTold() async throws {
        let outcome = try await Workspace().run("try { fail 'broken' }\nprint 'on'")
        #expect(outcome.printed == ["on"])
        #expect(outcome.notes == ["t.swb:1:7: broken; the script goes on"])
    }

    @Test func aValueIsGivenByBodyOrHandler() async throws {
        let outcome = try await Workspace().run(
            "def f [n: int] { try { if $n > 1 { fail 'big' }; 'fine' } catch e { $e.message } }\nprint (f 1) (f 2)")
        #expect(outcome.printed == ["fine big"])
    }

    @Test func cancellationIsNotCaught() async throws {
        let cancel = CancelToken()
        cancel.cancel()
        let outcome = try await Workspace().run("try { list } catch e { print 'caught' }", cancel: cancel)
        #expect(outcome.printed == [])
        #expect(outcome.status == 130)
    }

    @Test func anUnknownOutcomeStaysOneWhenItIsCaught() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        workspace.carrier.script(.purchase, .lost(hasHappened: true))
        workspace.carrier.script(.lookUp, .ok, .notSent)
        let outcome = await workspace.run(
            "try { search fake | first | purchase } catch e { print $e.code }\nexit 0")
        #expect(outcome.printed == ["unknown_outcome"])
        #expect(outcome.status == 6)
    }

    @Test(arguments: [
        ("exit", 0), ("exit 1", 1), ("exit 5", 5), ("exit 64", 64), ("exit 125", 125), ("let n = 70\nexit $n", 70),
        ("try { exit 5 } catch e { print 'caught' }", 5), ("def f [] { exit 66 }\nf\nprint 'not here'", 66),
        ("exit 2", 2), ("exit 126", 2), ("let n = 3\nexit $n", 1), ("fail 'x'", 1), ("fail 'x' --code unauthorized", 2),
        ("fail 'x' --code 'No'", 2), ("assert (1 == 1)", 0), ("assert (1 == 2) 'no'", 1), ("assert (nothing == 1)", 1),
        ("assert", 2),
    ])
    func theStatusIsTheScripts(script: String, status: Int32) async throws {
        let outcome = try await Workspace().run(script)
        #expect(outcome.status == status)
        #expect(outcome.printed == [])
    }

    @Test func anAssertionTellsWhyAndWhatItCompared() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run("assert (([1 2] | count) == 3) 'three'")
        #expect(outcome.error?.code.rawValue == "assertion_failed")
        #expect(outcome.error?.cause == "the condition is false: 2 == 3")
        #expect(await workspace.run("assert (1 == 1 and 'a' == 'b')").faults == ["R280: the condition is false"])
        #expect(
            await workspace.run("assert ('a' in ['b' 'c'])").faults == [
                "R280: the condition is false: 'a' in ['b' 'c']"
            ])
        #expect(
            await workspace.run("let n = nothing\nassert ($n != nothing)").faults == ["R280: the condition is false"])
        #expect(await workspace.run("assert (1 == 2) 'one is two'").faults == ["R280: one is two"])
        #expect(await workspace.run("assert (1 == 2)").faults == ["R280: the condition is false: 1 == 2"])
        #expect(await workspace.run("assert (nothing < 2)").faults == ["R280: the condition is nothing"])
    }
}
