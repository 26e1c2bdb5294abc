import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Claims of numbers that a search found, so that no two runs, and no two places of one run, reach for the same one.
enum Claims {
    private static let lifetime: TimeInterval = 600

    /// The first `count` items; of numbers for sale the first that nobody else has claimed, each once.
    ///
    /// A number that came out of an earlier `first` is claimed already. Every `first` claims for itself: two places of
    /// one script reach for different numbers too.
    static func take(_ items: [Value], count: Int, _ run: RunSession) throws -> [Value] {
        let offers = items.compactMap(Offer.init)
        guard !offers.isEmpty, offers.count == items.count else { return Array(items.prefix(count)) }
        var taken: [Offer] = []
        var rest = offers[...]
        while let next = rest.first, taken.count < count {
            let alike = rest.prefix { $0.isHeld == next.isHeld && $0.number.provider == next.number.provider }
            rest = rest.dropFirst(alike.count)
            let fresh = alike.filter { offer in !taken.contains { $0.number.e164 == offer.number.e164 } }
            let claimed =
                next.isHeld
                ? fresh.map(\.number.e164) : try claim(fresh.map(\.number), count - taken.count, run)
            for number in claimed where taken.count < count && !taken.contains(where: { $0.number.e164 == number }) {
                taken += fresh.filter { $0.number.e164 == number }.prefix(1)
            }
        }
        let pool = CandidatePool(
            offers.filter { !$0.isHeld }.map(\.number).filter { !taken.map(\.number).contains($0) })
        return taken.map { Value($0.number, candidates: $0.pool ?? pool) }
    }

    /// A number for sale, with the other candidates of its search where it is claimed already.
    private struct Offer {
        let number: AvailableNumber
        let pool: CandidatePool?
        var isHeld: Bool { pool != nil }

        init?(_ value: Value) {
            guard let number = value.availableNumber, case .record(let record) = value else { return nil }
            self.number = number
            self.pool = record.candidates
        }
    }

    private static func claim(_ numbers: [AvailableNumber], _ count: Int, _ run: RunSession) throws -> [E164] {
        guard let provider = numbers.first?.provider else { return [] }
        return try run.claim(
            numbers.map(\.e164), count: count, provider: provider, until: run.now.addingTimeInterval(lifetime))
    }

    /// Claims the next candidate of a search in place of one that was gone.
    static func next(in pool: CandidatePool, _ run: RunSession) throws -> AvailableNumber? {
        while let candidate = pool.next() {
            let claimed = try claim([candidate], 1, run)
            if !claimed.isEmpty { return candidate }
        }
        return nil
    }
}
