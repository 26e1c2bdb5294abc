import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// What can be read of a run behind its end.
@Suite struct RunShowTests {
    private let place: Workspace

    init() throws {
        place = try Workspace()
        place.offer(0...9)
    }

    private func steps() async -> [Record] {
        let shown = await place.run("run show last").shown
        guard case .list(let rows)? = shown.first else { return [] }
        return rows.compactMap { if case .record(let record) = $0 { record } else { nil } }
    }

    @Test func theStepsAreATree() async throws {
        let script = """
            agent add support
            [{site: 'a'}] | each row --key .site { search fake | first | purchase | bind-agent support }
            """
        #expect(await place.run(script).status == 0)
        let lines = await steps().map { "\($0["step"]?.plainText ?? "")|\($0["result"]?.plainText ?? "")" }
        #expect(
            lines == [
                "agent add|done", "  add agent support|done", "each[site=a]|done", "  search|done", "  purchase|done",
                "    buy +14155550100 at fake|done", "  bind-agent|done", "    bind +14155550100 to support|done",
            ])
    }

    @Test func aStepThatDidNotEndIsThere() async throws {
        #expect(await place.run("search fake | first | purchase; fail 'no'").status == 1)
        let steps = await steps()
        #expect(steps.map { $0["step"]?.plainText } == ["search", "purchase", "  buy +14155550100 at fake"])
        #expect(steps.allSatisfy { $0["ms"] != nil })
    }

    @Test func aChangeTellsWhatTheProviderWasAskedFor() async throws {
        #expect(await place.run("search fake | first | purchase").status == 0)
        let bought = try #require(await steps().first { $0["step"]?.plainText?.contains("buy") == true })
        #expect(bought["attempts"] == .int(1))
        #expect(bought["monthly_cost"] == .money(try #require(Money("1.00USD"))))
        guard case .int(let milliseconds)? = bought["ms"] else { throw SwitchboardError(.internal, "no ms") }
        #expect(milliseconds >= 0)
    }

    @Test func whatARunToldCanBeReadLater() async throws {
        let script = """
            let a = agent add support
            print 'hello'
            [{a: 1}, {a: 2}] | print
            agent list | select .name
            fail 'no more'
            """
        #expect(await place.run(script).status == 1)
        let shown = await place.run("run log last").shown
        guard case .list(let rows)? = shown.first else { throw SwitchboardError(.internal, "no list") }
        let lines = rows.compactMap { row -> String? in
            guard case .record(let line) = row else { return nil }
            return "\(line["kind"]?.plainText ?? "")|\(line["text"]?.plainText ?? "")"
        }
        #expect(
            lines == [
                "printed|hello", #"printed|{"a":1}"#, #"printed|{"a":2}"#, #"shown|{"name":"support"}"#,
                "failed|no more (failed)",
            ])
    }

    /// A run of many rows is shown by its places, each once, and a row of it by its name.
    @Test func theRowsOfALongRunAreGathered() async throws {
        let rows = (1...1100).map { "{site: 's\($0)'}" }.joined(separator: " ")
        let script = """
            [\(rows)] | each row --key .site --on-error collect {
                agent add $row.site
                if $row.site == 's7' { fail 'no' }
            }
            """
        #expect(await place.run(script, limits: Limits()).status == 3)
        let shown = await place.run("run show last")
        #expect(
            zip(shown.words("step"), zip(shown.words("result"), shown.words("count"))).map { "\($0)|\($1.0)|\($1.1)" }
                == [
                    "each[…]|done|1099", "each[…]|failed|1", "  agent add|done|1100", "    ledger|done|1100",
                ], "\(shown.shown)")
        #expect(shown.notes.first?.hasPrefix("failed rows: 1 × failed, as site=s7") == true, "\(shown.notes)")
        for name in ["'site=s7'", "s7"] {
            let row = await place.run("run show last --row \(name)")
            #expect(row.words("step") == ["each[site=s7]", "  agent add", "    add agent s7"], "\(row.shown)")
        }
        #expect(await place.run("run show last --row s0").error?.code == .notFound)
    }

    private func log() async -> [String] {
        guard case .list(let rows)? = await place.run("run log last").shown.first else { return [] }
        return rows.compactMap { row in
            guard case .record(let line) = row, line["kind"] == .string("row_failed") else { return nil }
            return line["text"]?.plainText
        }
    }

    @Test func whyRowsFailedIsInTheTreeTheLogAndWhatTheHostHears() async throws {
        let file = try place.file("n.csv", "site,e164\na,+14155550100\nb/2,+14155550177\nc,\nd,+14155550178\n")
        let outcome = await place.run(
            """
            read \(file) --columns {site: string, e164: phone?}
            | each row --key .site --parallel 2 --on-error collect {
                if $row.e164 == nothing { fail 'no number' } else { purchase $row.e164 --provider fake }
              } | count
            """)
        #expect(outcome.status == 3, "\(outcome.faults)")
        let progress = outcome.events.compactMap { event -> RowsProgress? in
            if case .progress(let progress) = event { progress } else { nil }
        }
        let failures = try #require(progress.last).failures
        #expect(failures.summary == "2 × taken, 1 × failed")
        #expect(
            failures.groups.map(\.text) == [
                "2 × taken, as site=b/2, site=d: +14155550177 is not for sale",
                "1 × failed, as site=c: no number",
            ])
        let rows = await steps().filter { $0["step"]?.plainText?.hasPrefix("each[") == true }
        let told = rows.map { row in ["step", "error_code", "error"].map { row[$0]?.plainText ?? "" } }
        #expect(told.contains(["each[site=c]", "failed", "no number"]), "\(told)")
        #expect(
            await place.run("run show last").notes == [
                "failed rows: 2 × taken, as site=b/2, site=d: +14155550177 is not for sale",
                "failed rows: 1 × failed, as site=c: no number",
            ])
        #expect(
            await log().sorted() == [
                "row 2 (site=b/2) of \(file), line 3: +14155550177 is not for sale (taken)",
                "row 3 (site=c) of \(file), line 4: no number (failed)",
                "row 4 (site=d) of \(file), line 5: +14155550178 is not for sale (taken)",
            ])
    }

    @Test func theRowThatEndsARunIsInItsLog() async throws {
        #expect(
            await place.run("let a = agent add support; ['x' 'y'] | each n --retry 1 { fail \"no $n\" }").status == 1)
        #expect(await log() == ["row 1: no x (failed)"])
        #expect(await place.run("let a = agent add night; ['x'] | each n { fail \"no $n\" }").status == 1)
        #expect(await log() == ["row 1: no x (failed)"])
    }

    @Test func aLongLogEndsWithWhyItEnds() async throws {
        let script = "let a = agent add support; range 1 10100 | each n { print $n }; fail 'no more'"
        #expect(await place.run(script).status == 1)
        let lines = try place.store.lines(run: try #require(place.store.runs(limit: 1).first).id)
        #expect(lines.count == 10_002)
        #expect(lines[9_999].text == "10000")
        #expect(lines[10_000].text == "what was told from here on is not written down")
        #expect(lines.last?.kind == .failed)
    }
}
