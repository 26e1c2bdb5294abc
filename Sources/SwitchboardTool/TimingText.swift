import Switchboard
import SwitchboardTerminal

/// What is told behind a statement: how many rows it has shown, and how long it took.
enum TimingText {
    /// Such as `3 rows, 212 ms`; without rows where it has shown no list.
    static func line(_ shown: ShownResult?, took duration: Duration) -> String {
        guard let shown, case .list = shown.value else { return time(duration) }
        return "\(CountText.rows(0..<shown.seen, of: shown.count)), \(time(duration))"
    }

    /// Such as `0.4 ms`, `212 ms`, `1.9 s`, `2m10s`.
    static func time(_ duration: Duration) -> String {
        let milliseconds = duration / .milliseconds(1)
        if milliseconds < 9.95 { return "\((milliseconds * 10).rounded() / 10) ms" }
        if milliseconds < 999.5 { return "\(Int(milliseconds.rounded())) ms" }
        if milliseconds < 59_950 { return "\((milliseconds / 100).rounded() / 10) s" }
        return DurationText.text(.seconds(Int64((milliseconds / 1000).rounded())))
    }
}
