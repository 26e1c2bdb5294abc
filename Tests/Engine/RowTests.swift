import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Rows that run one by one or side by side, and what is told of them.
@Suite struct RowTests {
    private func text(_ workspace: Workspace, _ name: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(workspace.folder)/\(name)"), encoding: .utf8)
    }

    private func exists(_ workspace: Workspace, _ name: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(workspace.folder)/\(name)")
    }

    @Test func valuesComeOutInTheOrderOfTheRows() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            """
            let factor = 10
            print (range 1 200 | each n --parallel 8 { let x = $n * $factor; $x } | last 3)
            print ([{n: 1} {n: 2}] | each { .n }) ([[1 2] [3]] | each l { $l | each --parallel 2 m { ($m + 1) } })
            print ([] | each n --parallel 4 { $n }) ([1] | each n { print "row $n" })
            """.replacing("--parallel 2 m", with: "m --parallel 2"))
        #expect(outcome.printed == ["[1980 1990 2000]", "[1 2] [[2 3] [4]]", "row 1", "nothing nothing"])
        #expect(outcome.faults == [])
    }

    @Test func fortyRowsAtEightWorkersOwnFortyNumbers() async throws {
        let workspace = try Workspace()
        workspace.offer(0...49)
        let outcome = await workspace.run(
            """
            range 1 40
            | each n --parallel 8 --on-error collect { search fake --area-code 415 | first | purchase --label "site $n" }
            | where .result == 'succeeded' | count
            """)
        #expect(outcome.shown == [.int(40)], "\(outcome.faults)")
        #expect(Set(workspace.carrier.purchases).count == 40)
        #expect(workspace.carrier.purchases.count == 40)
        #expect(workspace.numbers.count == 40)
        let labels = try workspace.store.numbers(profile: "sandbox").compactMap(\.label)
        #expect(Set(labels).count == 40)
    }

    @Test func aNumberThatIsTakenMeanwhileIsReplacedByOneThatNoOtherRowHas() async throws {
        let workspace = try Workspace()
        workspace.offer(0...19)
        workspace.carrier.script(.purchase, .taken, .taken, .taken, .taken)
        let bought = await workspace.run("range 1 8 | each n --parallel 8 { search fake | first | purchase } | count")
        #expect(bought.shown == [.int(8)], "\(bought.faults)")
        #expect(Set(workspace.carrier.purchases).count == 8)
    }

    @Test func collectedRowsTellWhatBecameOfThem() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        let file = try workspace.file("s.csv", "site,number\na,+14155550100\nb,+14155550177\nc,+14155550100\n")
        let outcome = await workspace.run(
            """
            let rows = read \(file) --columns {site: string, number: phone}
            $rows | each row --key .site --on-error collect { purchase $row.number --provider fake }
            | select .site .result .e164 .error_code
            print 'on'
            """)
        #expect(
            outcome.shown.map(\.literalText) == [
                "[{site: 'a', result: 'succeeded', e164: +14155550100, error_code: nothing}"
                    + " {site: 'b', result: 'failed', e164: nothing, error_code: 'taken'}"
                    + " {site: 'c', result: 'unchanged', e164: +14155550100, error_code: nothing}]"
            ])
        #expect(outcome.printed == ["on"])
        #expect(outcome.status == 3)
        let hidden = await workspace.run("[0] | each n --on-error collect { (1 / $n) } | count; exit 0")
        #expect(hidden.status == 3)
        #expect(await workspace.run("[0] | each n --on-error collect { (1 / $n) } | count; exit 5").status == 5)
    }

    @Test func aFailedRowTellsWhatItHadDone() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        let outcome = await workspace.run(
            "[1] | each n --on-error collect { search fake | first | purchase; fail 'no agent' } | select .result .error"
        )
        #expect(
            outcome.shown.last?.literalText
                == "[{result: 'failed', error: 'no agent; done before: buy +14155550100 at fake'}]")
    }

    @Test func theFirstFailureStopsTheRows() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            "[{site: 'a', n: 1} {site: 'b', n: 0} {site: 'c', n: 2}] | each r --key .site { print $r.site; (1 / $r.n) }"
        )
        #expect(outcome.printed == ["a", "b"])
        #expect(outcome.status == 1)
        #expect(outcome.report.diagnostics[0].notes.last == .init("row", "2 (site=b)"))
        let mapped = await workspace.run("def f [n: int] { (1 / $n) }\n[{n: 1} {n: 0}] | f")
        #expect(mapped.report.diagnostics[0].notes.last == .init("row", "2"))
    }

    @Test func theReportIsWrittenHoweverTheRowsEnd() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        let rows = "site,number\n\"a, one\",+14155550100\nb,+14155550177\nc,+14155550101\n"
        let (file, report) = (try workspace.file("s.csv", rows), workspace.folder + "/r.csv")
        let script = """
            read \(file) --columns {site: string, number: phone}
            | each row --key .site { purchase $row.number --provider fake }
            | report \(report)
            """
        let outcome = await workspace.run(script)
        #expect(outcome.status == 1)
        let lines = try text(workspace, "r.csv").split(separator: "\n").map { $0.split(separator: ",").prefix(5) }
        #expect(lines[0] == ["site", "number", "result", "e164", "error_code"])
        #expect(lines.map { $0.contains("succeeded") } == [false, true, false, false])
        #expect(lines[2].contains("failed") && lines[3].contains("not_started"))
        #expect(try text(workspace, "r.failed.csv") == "site,number\nb,\"+14155550177\"\nc,\"+14155550101\"\n")
        #expect(
            outcome.notes.contains(
                "\(report): 1 succeeded, 1 failed, 1 not started; again: \(workspace.folder)/r.failed.csv"))

        workspace.carrier.offer([available(77)])
        let again = await workspace.run(script.replacing("s.csv", with: "r.failed.csv"))
        #expect(again.status == 0)
        #expect(workspace.carrier.purchases.map(\.text).sorted() == ["+14155550100", "+14155550101", "+14155550177"])
        #expect(!exists(workspace, "r.failed.csv"))
    }

    @Test func cancelledRowsEndAndNoneBegins() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        workspace.carrier.keepBack(.purchase)
        let cancel = CancelToken()
        let report = workspace.folder + "/r.jsonl"
        async let run = workspace.run(
            """
            agent add front
            range 1 6 | each n --parallel 2 { search fake | first | purchase | bind-agent front } | report \(report)
            """, cancel: cancel)
        #expect(await eventually { workspace.carrier.count(.purchase) == 2 })
        cancel.cancel()
        workspace.carrier.letGo(.purchase)
        let outcome = await run
        #expect(outcome.status == 130)
        #expect(workspace.carrier.purchases.count == 2)
        #expect(workspace.carrier.purchases.allSatisfy { workspace.carrier.agents(of: $0) == ["front"] })
        let results = try text(workspace, "r.jsonl").split(separator: "\n").map { line in
            ["succeeded", "not_started"].first { line.contains("\"result\":\"\($0)\"") } ?? String(line)
        }
        #expect(results == ["succeeded", "succeeded"] + Array(repeating: "not_started", count: 4))
        #expect(try text(workspace, "r.failed.jsonl") == "3\n4\n5\n6\n")
    }

    @Test func exitEndsTheRowsWithItsStatus() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            "[1 2 3] | each n { print $n; if $n == 2 { exit 64 } } | report \(workspace.folder)/r.csv; print 'not here'"
        )
        #expect(outcome.printed == ["1", "2"])
        #expect(outcome.status == 64)
        #expect(try text(workspace, "r.csv").contains("3,not_started"))
    }

    @Test func twoRowsOfOneNameAreAFaultOfTheData() async throws {
        let workspace = try Workspace()
        workspace.offer(0...3)
        let twice = try workspace.file("s.csv", "site,e164\na,+14155550100\nb,+14155550101\na,+14155550101\n")
        let columns = "--columns {site: string, e164: phone}"
        let keyed = await workspace.run(
            "purchase +14155550102 --provider fake\nread \(twice) \(columns) | each r --key .site { $r.e164 }")
        #expect(keyed.faults == ["D010: \(twice): rows 1 and 3 are both site=a"])
        #expect(keyed.status == 2)
        let numbers = await workspace.run("read \(twice) \(columns) | each r { $r.e164 }")
        #expect(numbers.faults == ["D010: \(twice): rows 2 and 3 are both +14155550101"])
        let mapped = await workspace.run(
            "def f [site: string e164: phone] { $site }; read \(twice) \(columns) | f --parallel 2 --key .site")
        #expect(mapped.faults == ["D010: \(twice): rows 1 and 3 are both site=a"])
        #expect(workspace.carrier.purchases == [])
        let late = await workspace.run("let r = [{n: 1} {n: 1}]\n$r | each x --key .n { print $x.n }")
        #expect(late.faults == ["R201: rows 1 and 2 are both n=1"])
        #expect(late.printed == [])
        #expect(await workspace.run("[1 1] | each n { $n } | count").shown == [.int(2)])
    }

    @Test func aCallIsTriedAgainWhereThatIsSafe() async throws {
        let workspace = try Workspace()
        workspace.offer(0...3)
        workspace.carrier.script(.search, .notSent, .notSent)
        let outcome = await workspace.run(
            "[1] | each n --retry 2 --on-error collect { search fake | first | purchase } | select .result .attempts")
        #expect(outcome.shown.map(\.literalText) == ["[{result: 'succeeded', attempts: 3}]"])
        #expect(workspace.clock.waits == [.milliseconds(500), .seconds(1)])
        #expect(workspace.carrier.purchases.count == 1)
        workspace.carrier.script(.search, .notSent, .notSent)
        #expect(await workspace.run("[1] | each n --retry 1 { search fake | count }").status == 1)
        workspace.carrier.script(.search, .refused(400))
        #expect(await workspace.run("[1] | each n --retry 5 { search fake | count }").status == 1)
        #expect(workspace.carrier.count(.search) == 6)
    }

    @Test func aRowThatTakesTooLongFails() async throws {
        let workspace = try Workspace(clock: ManualClock())
        workspace.carrier.keepBack(.search)
        async let run = workspace.run(
            "[1] | each n --timeout 60s --on-error collect { search fake | count } | select .error_code .error")
        #expect(await eventually { workspace.carrier.count(.search) == 1 && workspace.clock.sleeperCount == 1 })
        workspace.clock.advance(by: .seconds(60))
        let outcome = await run
        #expect(outcome.shown.map(\.literalText) == ["[{error_code: 'timeout', error: 'the row took longer than 1m'}]"])
        #expect(outcome.status == 3)
    }

    @Test func rowsBeginNoFasterThanTheRate() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run("range 1 4 | each n --rate 5/s { $n } | count")
        #expect(outcome.shown == [.int(4)])
        #expect(workspace.clock.waits.map { Int($0 / .milliseconds(1)) } == [200, 200, 200])
        #expect(await workspace.run("[1] | each n --timeout 0s { $n }").status == 1)
    }

    @Test func aCommandMapsOverRowsSideBySide() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let rows = (0...9).map { "+1415555010\($0),site \($0)\n" }.joined()
        let file = try workspace.file("n.csv", "e164,label\n" + rows + "+14155550177,none\n")
        let outcome = await workspace.run(
            """
            read \(file) --columns {e164: phone, label: string}
            | purchase --provider fake --parallel 4 --on-error collect | report \(workspace.folder)/r.csv
            """)
        #expect(outcome.status == 3)
        #expect(workspace.carrier.purchases.count == 10)
        #expect(try text(workspace, "r.failed.csv") == "e164,label\n\"+14155550177\",none\n")
        let lines = try text(workspace, "r.csv").split(separator: "\n")
        #expect(lines[0] == "e164,label,result,error_code,error,attempts,ms", "the input's order, the results behind")
        #expect(lines[3].hasPrefix("\"+14155550102\",site 2,succeeded,"))
        #expect(lines[11].hasPrefix("\"+14155550177\",none,failed,taken,"))
        // What was no number stays to be read where it was.
        let bad = try workspace.file("b.csv", "e164,label\n0800,x\n")
        let report = "\(workspace.folder)/b-report.csv"
        let refused = await workspace.run(
            "read \(bad) | each row --on-error collect { fail $row.label } | report \(report)")
        #expect(refused.status == 3)
        #expect(try text(workspace, "b-report.csv").contains("\n0800,x,failed,failed,x,1,"))
    }

    @Test func aFileWithoutRowsMakesAReportWithItsHeader() async throws {
        let workspace = try Workspace()
        let file = try workspace.file("n.csv", "label,e164\n")
        let outcome = await workspace.run(
            """
            read \(file) | where .label != '' | purchase --provider fake --on-error collect | report \(workspace.folder)/r.csv
            let rows = read \(file)
            $rows | each row --on-error collect { purchase $row.e164 --provider fake } | report \(workspace.folder)/l.csv
            read \(file) | write \(workspace.folder)/w.csv
            read \(workspace.folder)/r.csv | count
            """)
        #expect(outcome.status == 0 && outcome.shown == [.int(0)], "\(outcome.faults)")
        #expect(try text(workspace, "r.csv") == "label,e164,result,error_code,error,attempts,ms\n")
        #expect(try text(workspace, "l.csv") == "result,e164,error_code,error,attempts,ms\n")
        #expect(try text(workspace, "w.csv") == "label,e164\n")
    }

    /// An earlier report is set aside while the rows run, so that a crash leaves none that looks like this run's.
    @Test func anEarlierReportIsOutOfTheWayWhileRowsRun() async throws {
        let workspace = try Workspace()
        let report = try workspace.file("r.csv", "old\n")
        _ = try workspace.file("r.failed.csv", "old failed\n")
        let outcome = await workspace.run(
            """
            let files = [{now: '\(report)', earlier: '\(workspace.folder)/r.previous.csv'}]
            [1 2] | each n { print (read ($files | first).earlier | count); read ($files | first).now | count }
            | report \(report)
            """)
        #expect(outcome.status == 1)
        #expect(outcome.printed == ["0"] && outcome.error?.message.contains("there is no such file") == true)
        #expect(try text(workspace, "r.csv").hasPrefix("value,result,"))
        #expect(try text(workspace, "r.failed.csv") == "value\n1\n2\n")
        #expect(!exists(workspace, "r.previous.csv") && !exists(workspace, "r.failed.previous.csv"))
        // Neither is a file of the user's own overwritten, nor taken away.
        _ = try workspace.file("r.previous.csv", "mine\n")
        let file = "{now: '\(report)', earlier: '\(workspace.folder)/r.previous-2.csv'}"
        let third = await workspace.run(
            "let files = [\(file)]; [1] | each n { read ($files | first).earlier | count } | report \(report)")
        #expect(third.status == 0, "\(third.faults)")
        #expect(try text(workspace, "r.previous.csv") == "mine\n" && !exists(workspace, "r.previous-2.csv"))
        _ = try workspace.file("r.failed.csv", "value\n1\n")
        // What the run reads its rows from stays where it is.
        let again = await workspace.run(
            "read \(workspace.folder)/r.failed.csv | each row { read \(workspace.folder)/r.failed.csv | count } | report \(report)"
        )
        #expect(again.status == 0, "\(again.faults)")
        #expect(!exists(workspace, "r.failed.csv"))
    }
}
