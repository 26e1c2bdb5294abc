import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// The list of runs tells what became of each.
@Suite struct RunsTests {
    private let place: Workspace

    init() throws {
        place = try Workspace()
        place.offer(0...9)
    }

    private static let buy = "purchase --numbers [+14155550100 +14155550101] --provider fake"

    @Test func aRunThatWasTakenBackIsUndone() async throws {
        #expect(await place.run(Self.buy).status == 0)
        #expect(await place.run("undo last").status == 0)
        let runs = await place.run("runs")
        #expect(runs.words("status") == ["succeeded", "undone"])
        #expect(runs.words("undoes") == [runs.words("id")[1], ""])
        let (undo, run) = (runs.words("id")[0], runs.words("id")[1])
        let shown = await place.run("run show \(run)")
        #expect(shown.words("result") == ["done", "undone", "undone"], "\(shown.shown)")
        #expect(shown.notes == ["\(run): undone by \(undo)"])
        #expect(await place.run("run show \(undo)").notes == ["\(undo): it takes \(run) back"])
    }

    @Test func anUndoThatLeavesSomethingHasFailed() async throws {
        #expect(await place.run(Self.buy).status == 0)
        place.carrier.script(.release, .refused(409))
        #expect(await place.run("undo last").status == 6)
        #expect(await place.run("runs").words("status") == ["failed", "partly-undone"])
        // What it has left is listed once.
        #expect(await place.run("todo").words("what") == ["buy +14155550101 at fake"])
        #expect(await place.run("undo last").status == 0)
        #expect(await place.run("runs").words("status") == ["succeeded", "failed", "undone"])
        #expect(await place.run("todo").words("what") == [])
    }

    /// The second one has taken back all that was left, whatever else has failed in its run.
    @Test func twoUndosThatTakeAllBackTogetherAreOne() async throws {
        #expect(await place.run(Self.buy).status == 0)
        let run = try #require(place.store.runs(limit: 1).first?.id)
        place.carrier.script(.release, .refused(409))
        #expect(await place.run("undo last").status == 6)
        #expect(await place.run("undo \(run); fail 'no'").status == 1)
        let runs = await place.run("runs")
        #expect(runs.words("status") == ["failed", "failed", "undone"])
        #expect(await place.run("run show \(run)").notes.last?.hasPrefix("\(run): undone by") == true)
    }

    /// Whoever ticks off the rest has not taken it back.
    @Test func whatAPersonLeavesIsPartlyUndone() async throws {
        #expect(await place.run(Self.buy).status == 0)
        let run = try #require(place.store.runs(limit: 1).first?.id)
        place.carrier.script(.release, .refused(409))
        #expect(await place.run("undo last").status == 6)
        try place.store.dealWith(run)
        #expect(await place.run("runs").words("status") == ["failed", "partly-undone"])
    }

    @Test func anUndoThatTakesNothingBackLeavesTheRunAsItWas() async throws {
        #expect(await place.run("purchase +14155550100 --provider fake").status == 0)
        place.carrier.script(.release, .refused(409))
        #expect(await place.run("undo last").status == 6)
        #expect(await place.run("runs").words("status") == ["failed", "succeeded"])
    }

    /// Nothing takes a release back, and nobody can do anything about it: it is told once.
    @Test func whatIsGoneForEverIsToldOnce() async throws {
        #expect(await place.run("agent add older").status == 0)
        #expect(await place.run("purchase +14155550100 --provider fake; release +14155550100").status == 0)
        #expect(await place.run("undo last").status == 6)
        #expect(await place.run("todo").words("what") == [])
        let next = await place.run("undo last")
        #expect(next.status == 0 && next.words("what") == ["add agent older"])
    }

    @Test func whoeverOnlyLooksAtTheLimitsRunsNothing() async throws {
        #expect(await place.run("limits").status == 0)
        #expect(try place.store.runs(limit: 9).isEmpty)
        #expect(await place.run("limits --max-purchases 5").status == 0)
        #expect(try place.store.runs(limit: 9).count == 1)
    }
}
