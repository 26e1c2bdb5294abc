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

    @Test(.disabled("of a change that succeeds, neither its requests' ids nor its attempts and cost are journaled yet"))
    func aChangeTellsWhatTheProviderWasAskedFor() async throws {
        #expect(await place.run("search fake | first | purchase").status == 0)
        let bought = try #require(await steps().first { $0["step"]?.plainText?.contains("buy") == true })
        #expect(bought["attempts"] == .int(1))
        #expect(bought["monthly_cost"] == .money(try #require(Money("1.00USD"))))
        #expect(bought["request_ids"] != nil)
    }

    @Test(.disabled("what a run printed and noted is not journaled yet"))
    func whatARunToldCanBeReadLater() async throws {
        #expect(await place.run("agent add support; print 'hello'").status == 0)
        let told = await place.run("run show last --log")
        #expect(told.status == 0)
        #expect(told.printed.contains("hello"))
    }
}
