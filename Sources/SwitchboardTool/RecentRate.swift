/// How many rows end in a second, over the last ten: those that were done by an earlier run pass at once and tell nothing
/// of the others.
struct RecentRate {
    private static let span = Duration.seconds(10)
    private var samples: [(done: Int, at: Duration)] = [(0, .zero)]

    mutating func add(_ done: Int, at time: Duration) {
        samples.append((done, time))
        let isOld = samples.dropLast().prefix { $0.at < time - Self.span }
        // One that is older stays, so that the span is whole.
        samples.removeFirst(max(0, isOld.count - 1))
    }

    /// nil where nothing can be said yet.
    var perSecond: Double? {
        guard let first = samples.first, let last = samples.last, last.done > first.done else { return nil }
        return Double(last.done - first.done) / ((last.at - first.at) / .seconds(1))
    }
}
