import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// The steps of a long run, those of all rows and turns of one loop together: how many came to which end, in the memory
/// that the script's own places take.
struct GatheredSteps {
    /// How many there are of one kind that came to one end, and when the first of them began.
    private struct Count {
        var count = 0
        var first = Date.distantFuture

        mutating func add(_ start: Date) {
            count += 1
            first = min(first, start)
        }
    }
    /// What is counted together: a kind of change or the place's own step, and how it ended.
    private struct Kind: Hashable {
        var change: String?
        var result: String
    }

    private final class Place {
        let title: String
        var counts: [Kind: Count] = [:]
        private var places: [String: Place] = [:]

        init(title: String) { self.title = title }

        func place(_ name: String) -> Place {
            if let place = places[name] { return place }
            let place = Place(title: StepTree.title(name))
            places[name] = place
            return place
        }

        /// When the first of all that is in it began.
        var first: Date {
            (counts.values.map(\.first) + places.values.map(\.first)).min() ?? .distantFuture
        }

        var inOrder: [Place] { places.values.sorted { ($0.first, $0.title) < ($1.first, $1.title) } }
    }

    private let root = Place(title: "")

    func add(_ step: StepRecord) { add(Kind(result: step.state.rawValue), step.startedAt, at: step.key) }

    func add(_ change: RunChange) {
        add(Kind(change: change.intent.kind, result: change.word), change.intent.startedAt, at: change.intent.step)
    }

    private func add(_ kind: Kind, _ start: Date, at key: String) {
        let place = key.split(separator: "/").reduce(root) { $0.place(Self.anyRow(String($1))) }
        place.counts[kind, default: Count()].add(start)
    }

    /// The part of a key with any row in the place of its own: `each:1f2e3d4c[…]`.
    private static func anyRow(_ part: String) -> String {
        guard part.last == "]", let bracket = part.firstIndex(of: "[") else { return part }
        return part[..<bracket] + "[…]"
    }

    /// The rows of all places, each behind those around it.
    var rows: [Value] { rows(of: root, depth: 0) }

    private func rows(of place: Place, depth: Int) -> [Value] {
        let changes = Set(place.counts.keys.compactMap(\.change)).sorted()
        return changes.flatMap { rows($0, of: place, $0, depth) }
            + place.inOrder.flatMap { inner in
                let own = rows(nil, of: inner, inner.title, depth)
                return (own.isEmpty ? [StepTree.row(inner.title, depth)] : own) + rows(of: inner, depth: depth + 1)
            }
    }

    /// A row for each end of the changes of a kind, or of a place's own steps, the most frequent first.
    private func rows(_ change: String?, of place: Place, _ title: String, _ depth: Int) -> [Value] {
        place.counts.filter { $0.key.change == change }
            .sorted { ($1.value.count, $0.key.result) < ($0.value.count, $1.key.result) }
            .map { StepTree.row(title, depth, result: $0.key.result, start: $0.value.first, count: $0.value.count) }
    }
}
