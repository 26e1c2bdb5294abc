extension Duration {
    /// Whole milliseconds, rounded up.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 40 else { return Int.max }
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// The duration as people read it: `10 s` or `250 ms`.
    var inWords: String {
        let milliseconds = self.milliseconds
        return milliseconds % 1000 == 0 && milliseconds != 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
