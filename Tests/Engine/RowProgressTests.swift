import SwitchboardCore
import SwitchboardEngine
import SwitchboardTestKit
import Testing

/// What a host is told while rows run.
@Suite struct RowProgressTests {
    private func progress(_ outcome: Outcome) -> [RowsProgress] {
        outcome.events.compactMap { if case .progress(let progress) = $0 { progress } else { nil } }
    }

    @Test func theFirstRowAndTheEndAreTold() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let outcome = await workspace.run("search fake --limit 10 | purchase --parallel 4 | count")
        #expect(outcome.shown == [.int(10)])
        let told = progress(outcome)
        // Each row begins and ends, and then all of them have.
        #expect(told.count == 21)
        #expect(zip(told, told.dropFirst()).allSatisfy { $0.done <= $1.done && $0.running <= 4 })
        let first = try #require(told.first)
        #expect(first.total == 10 && first.done == 0 && first.running == 1 && !first.isOver && first.mayChange)
        let last = try #require(told.last)
        #expect(last.succeeded == 10 && last.running == 0 && last.notStarted == 0 && last.isOver)
    }

    @Test func whatDidNotBeginIsCounted() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run("range 1 5 | each n { agent add \"a$n\"; if $n == 2 { fail 'no' } }")
        let last = try #require(progress(outcome).last)
        #expect(last.total == 5 && last.succeeded == 1 && last.failed == 1 && last.notStarted == 3 && last.isOver)
    }

    @Test func whatIsSoAlreadyIsUnchanged() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        let script = "[+14155550100 +14155550101] | purchase --provider fake --on-error collect | count"
        #expect(progress(await workspace.run(script)).last?.succeeded == 2)
        #expect(progress(await workspace.run(script)).last?.unchanged == 2)
    }

    @Test func onlyTheOutermostRowsAreTold() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run("[1 2] | each n { [1 2 3] | each m { agent add \"a$n$m\" } }")
        #expect(outcome.faults == [])
        #expect(progress(outcome).map(\.total) == [2, 2, 2, 2, 2])
    }

    @Test func whoOnlyComputesTellsNothingAndWhoOnlyLooksSaysSo() async throws {
        let workspace = try Workspace()
        #expect(progress(await workspace.run("range 1 100 | each n --parallel 4 { ($n * 2) } | count")) == [])
        let looking = progress(await workspace.run("range 1 2 | each n { list }"))
        #expect(looking.count == 5 && !looking.contains(where: \.mayChange))
    }

    @Test(arguments: zip(["", "| where .site != 'b'"], [3, 2]))
    func theRowsOfAFileAreCounted(_ filter: String, _ total: Int) async throws {
        let workspace = try Workspace()
        let file = try workspace.file("s.csv", "site\na\nb\nc\n")
        for (key, prefix) in [("", "one"), ("--key .site", "two")] {
            let outcome = await workspace.run(
                "read \(file) --columns {site: string} \(filter) | each row \(key) { agent add \"\(prefix)-$row.site\" }"
            )
            #expect(progress(outcome).last?.total == total, "\(outcome.faults)")
        }
    }
}
