import Switchboard
import SwitchboardTerminal

/// How progress is told.
enum RowsText {
    /// Such as `1,234 of 100,000 rows, 12 failed, 64 running, 426/s, 3m50s left`.
    static func line(_ progress: RowsProgress, perSecond rate: Double?) -> String {
        let rows = CountText.rows(progress.total ?? progress.done)
        var parts = [progress.total == nil ? rows : "\(CountText.of(progress.done)) of \(rows)"]
        if progress.failed > 0 { parts.append("\(CountText.of(progress.failed)) failed") }
        parts.append("\(CountText.of(progress.running)) running")
        if let rate {
            parts.append(rate < 10 ? "\((rate * 10).rounded() / 10)/s" : "\(CountText.of(Int(rate)))/s")
            if let total = progress.total {
                parts.append("\(time(.seconds((Double(total - progress.done) / rate).rounded()))) left")
            }
        }
        return parts.joined(separator: ", ")
    }

    /// Such as `100,000 rows in 3m55s: 99,988 succeeded, 12 failed (8 × taken, 4 × unreachable)`; nil where there was none.
    static func summary(_ progress: RowsProgress) -> String? {
        let results = [
            (progress.succeeded, "succeeded"), (progress.unchanged, "unchanged"), (progress.failed, "failed"),
            (progress.notStarted ?? 0, "not started"),
        ]
        let told = results.filter { $0.0 > 0 }.map { number, result in
            let isWhy = result == "failed" && !progress.failures.isEmpty
            return "\(CountText.of(number)) \(result)" + (isWhy ? " (\(progress.failures.summary))" : "")
        }
        if told.isEmpty { return nil }
        let rows = CountText.rows(progress.total ?? progress.done)
        return "\(rows) in \(time(progress.elapsed)): \(told.joined(separator: ", "))"
    }

    /// A line for each of the most frequent reasons for which rows have failed, with the first of them.
    static func reasons(_ progress: RowsProgress) -> [String] { progress.failures.groups.prefix(3).map(\.text) }

    /// Whole seconds of what takes some.
    private static func time(_ duration: Duration) -> String {
        let milliseconds = Int64(duration / .milliseconds(1))
        return DurationText.text(.milliseconds(milliseconds < 10_000 ? milliseconds : milliseconds / 1000 * 1000))
    }
}
