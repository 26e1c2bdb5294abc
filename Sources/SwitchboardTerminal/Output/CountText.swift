/// How counts are told.
public enum CountText {
    /// With a comma in front of every three digits: `10,000`.
    public static func of(_ number: Int) -> String {
        let digits = Array(String(number))
        return String(
            digits.enumerated().flatMap { index, digit in
                index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
            })
    }

    /// `1 row`, `10,000 rows`.
    public static func rows(_ number: Int) -> String { "\(of(number)) row\(number == 1 ? "" : "s")" }

    /// What of so many rows is shown: `3 rows`, `40 of 100 rows`, `rows 41-80 of 100`.
    public static func rows(_ shown: Range<Int>, of count: Int) -> String {
        if shown.count == count { return rows(count) }
        if shown.lowerBound == 0 || shown.isEmpty { return "\(of(shown.count)) of \(rows(count))" }
        return "rows \(of(shown.lowerBound + 1))-\(of(shown.upperBound)) of \(of(count))"
    }
}
