import SwitchboardEngine
import SwitchboardLanguage
import Testing

/// Commands that a script defines, and what ends them.
@Suite struct DefTests {
    private func lines(_ script: String) async throws -> [String] {
        let outcome = try await Workspace().run(script)
        return outcome.printed + outcome.report.diagnostics.map { "\($0.code) \($0.message)" }
    }

    @Test func aDefGivesItsLastValueOrWhatItReturns() async throws {
        let script = """
            print (size 1) (size 50) (size 7 --big 5)
            def size [n: int --big: int = 10] {
              for i in (range 1 3) { if $n == $i { return "just $i" } }
              if $n > $big { return 'big' }
              if $n == 5 { 'five' } else { 'small' }
            }
            print (size 5) (double 4) (area 2 3)
            def double [n: int] -> int { ($n * 2) }
            def area [a: int b: int] { let c = $a * $b; double $c }
            """
        #expect(try await lines(script) == ["just 1 big big", "five 8 12"])
    }

    @Test func namesOfADefAreItsOwn() async throws {
        let script = """
            let n = 1
            def inner [n: int] { let x = $n + 1; $x }
            def outer [n: int] { let x = inner ($n * 10); ((inner $x) + $n + $x) }
            let x = 5
            print (outer 2) (inner (inner (inner 0))) $n $x
            """
        #expect(try await lines(script) == ["45 3 1 5"])
    }

    @Test func itemsBindToItsParameters() async throws {
        let script = """
            def greet [who: string --times: int = 1] { "$who $times" }
            print ([{who: 'ann', times: 2} {who: 'bob', times: 3}] | greet)
            print (['cy' 'di'] | greet --times 4) ({who: 'ed'} | greet)
            def note [text: string] { print $text }
            ['a' 'b'] | note
            """
        #expect(try await lines(script) == ["['ann 2' 'bob 3']", "['cy 4' 'di 4'] ed 1", "a", "b"])
        let typed = "def f [p: phone] { \"$p\" }\n[{p: '+1415x'}] | f"
        #expect(try await lines(typed) == ["R201 '+1415x' is not a number in E.164 form, such as +14155550100"])
    }

    @Test func returnEndsAScript() async throws {
        let outcome = try await Workspace().run("print 1\nif true { for i in [1 2] { return $i } }\nprint 2")
        #expect(outcome.printed == ["1"])
        #expect(outcome.shown == [.int(1)])
        #expect(outcome.status == 0)
    }

    @Test func aFailureInADefTellsBothPlaces() async throws {
        let outcome = try await Workspace().run("def ratio [a: int b: int] { ($a / $b) }\n\nlet x = ratio 1 0")
        let notes = outcome.report.diagnostics[0].notes.map { "\($0.label): \($0.text)" }
        #expect(notes == ["cause: invalid_argument", "in: 'ratio', called at t.swb:3:9"])
    }

    /// The deepest script that the check lets pass neither overflows the stack of the check nor that of the run.
    @Test func theDeepestScriptRuns() async throws {
        let nested = String(repeating: "(", count: 90) + "$n + 0" + String(repeating: ")", count: 90)
        let call = { (name: String) in
            String(repeating: "(", count: 90) + "\(name) $n" + String(repeating: ")", count: 90)
        }
        let defs = (1..<32).map { "def f\($0) [n: int] { \(call("f\($0 + 1)")) }\n" }.joined()
        #expect(try await lines(defs + "def f32 [n: int] { \(nested) }\nprint (f1 7)") == ["7"])
    }

    @Test func aPromptKeepsItsDefs() async throws {
        let workspace = try Workspace()
        let first = await workspace.run("def f [n: int] { ($n + 1) }\nlet x = f 1")
        #expect(first.report.definitions == ["def f [n: int] { ($n + 1) }"])
        let second = await workspace.run(
            "print (f $x)", names: first.report.bindings, definitions: first.report.definitions)
        #expect(second.printed == ["3"])
    }
}
