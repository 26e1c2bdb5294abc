/// The text form of lengths of time: `90s`, `250ms`, `1h30m`, `7d`, `2w`; a day has 24 hours.
public enum DurationText {
    /// The units with their length in milliseconds, longest first.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads whole numbers with their units, longer units first, each at most once; nil for any other text and for more
    /// than 292 million years.
    public static func parse(_ text: String) -> Duration? {
        var total: Int64 = 0
        var rest = Substring(text)
        var allowed = units[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) && $0.isASCII }
            let name = rest.dropFirst(digits.count).prefix { $0.isASCII && $0.isLetter }
            guard let count = Int64(digits), let index = allowed.firstIndex(where: { $0.name == name }) else {
                return nil
            }
            let (milliseconds, overflows) = count.multipliedReportingOverflow(by: units[index].milliseconds)
            let (sum, sumOverflows) = total.addingReportingOverflow(milliseconds)
            guard !overflows, !sumOverflows else { return nil }
            total = sum
            allowed = units[(index + 1)...]
            rest = rest.dropFirst(digits.count + name.count)
        }
        return .milliseconds(total)
    }

    /// Writes days, hours, minutes, seconds and milliseconds, those that are not zero; `0s` for none.
    ///
    /// What is below a millisecond is left out; a negative length begins with `-`.
    public static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        var rest = seconds.magnitude
        var out = ""
        for (name, milliseconds) in units.dropFirst() where milliseconds >= 1000 {
            let (count, remainder) = rest.quotientAndRemainder(dividingBy: UInt64(milliseconds / 1000))
            if count != 0 { out += "\(count)\(name)" }
            rest = remainder
        }
        let milliseconds = attoseconds.magnitude / 1_000_000_000_000_000
        if milliseconds != 0 { out += "\(milliseconds)ms" }
        guard !out.isEmpty else { return "0s" }
        return (duration < .zero ? "-" : "") + out
    }
}
