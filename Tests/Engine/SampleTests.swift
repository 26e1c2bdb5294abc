import SwitchboardCore
import SwitchboardEngine
import SwitchboardTestKit
import Testing

/// Items that are taken at random.
@Suite struct SampleTests {
    private func sample(_ script: String) async throws -> [Value] {
        let outcome = try await Workspace().run(script)
        #expect(outcome.status == 0, "\(outcome.faults)")
        guard case .list(let values)? = outcome.shown.first else { return [] }
        return values
    }

    /// The seed decides for good: a script that is resumed after an update of the program takes the same items.
    @Test(arguments: [("1", [4, 5, 6]), ("2", [4, 5, 2]), ("-1", [6, 1, 3])])
    func aSeedTakesTheSameItemsForGood(_ seed: String, _ items: [Int64]) async throws {
        let script = "[1 2 3 4 5 6] | sample 3 --seed \(seed)"
        #expect(try await sample(script) == items.map { .int($0) })
    }

    @Test func itTakesEachItemOnceAndNoMoreThanThereAre() async throws {
        let all = try await sample("[1 2 3 4 5] | sample 9 --seed 7")
        #expect(Set(all) == Set((1...5).map { Value.int($0) }) && all.count == 5)
        #expect(try await sample("[] | sample 2 --seed 7").isEmpty)
    }

    /// Of 6 items each comes first in a sixth of 1200 seeds; five standard deviations are 65.
    @Test func everyItemIsAsLikely() async throws {
        let seeds = (0..<1200).map(String.init).joined(separator: " ")
        let outcome = try await Workspace().run("for s in [\(seeds)] { print ([0 1 2 3 4 5] | sample 1 --seed $s) }")
        let counts = Dictionary(outcome.printed.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(counts.count == 6)
        for (item, count) in counts { #expect((135...265).contains(count), "\(item) came \(count) times") }
    }

    @Test func numbersForSaleAreClaimed() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let first = await workspace.run("search fake | sample 6 --seed 3 | select .e164")
        // The same seed reaches for the same numbers, which are claimed; the rest is what another run gets.
        let second = await workspace.run("search fake | sample 6 --seed 3 | select .e164")
        let taken = [first, second].map { numbers($0) }
        #expect(taken[0].count == 6 && taken[1].count == 4)
        #expect(Set(taken[0] + taken[1]).count == 10)
        let bought = await workspace.run("search fake | where .e164 == +14155550100 | sample 1 --seed 3 | purchase")
        #expect(bought.status == 0 && workspace.numbers.isEmpty, "all are claimed by other runs: \(bought.faults)")
    }

    @Test func aSampleIsBought() async throws {
        let workspace = try Workspace()
        workspace.offer(0...9)
        let outcome = await workspace.run("search fake | sample 3 --seed 3 | purchase")
        #expect(outcome.status == 0 && workspace.numbers.count == 3, "\(outcome.faults)")
    }

    private func numbers(_ outcome: Outcome) -> [Value] {
        guard case .list(let rows)? = outcome.shown.first else { return [] }
        return rows.compactMap { if case .record(let record) = $0 { record["e164"] } else { nil } }
    }
}
