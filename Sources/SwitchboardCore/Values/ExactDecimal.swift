public import FoundationEssentials

/// Exact decimal arithmetic and its text form: at most 34 significant digits, rounded half to even.
///
/// `Decimal` itself rounds differently, reads the beginning of a wrong text, and forgets trailing zeros; so whoever shows
/// `3.30` says how many fraction digits to show.
public enum ExactDecimal {
    /// How many significant digits a value has at most.
    public static let precision = 34

    /// Reads `-`, digits, and a fraction after a `.`; nil for any other text and for more than 34 significant digits.
    public static func parse(_ text: String) -> Decimal? { DecimalParts(text)?.decimal }

    /// Returns how many digits stand after the point: 2 for `3.30`, 0 for a text without a point.
    public static func scale(of text: String) -> Int {
        text.utf8.firstIndex(of: UInt8(ascii: ".")).map { text.utf8[$0...].count - 1 } ?? 0
    }

    /// Writes a value without an exponent, with at least so many fraction digits and no needless zeros beyond them.
    public static func text(_ value: Decimal, minimumScale: Int = 0) -> String {
        guard let parts = DecimalParts(value) else { return "NaN" }
        return parts.text(minimumScale: minimumScale)
    }

    /// Adds; nil for a result out of range.
    public static func add(_ left: Decimal, _ right: Decimal) -> Decimal? {
        combine(left, right) { $0.adding($1) }
    }

    /// Subtracts; nil for a result out of range.
    public static func subtract(_ left: Decimal, _ right: Decimal) -> Decimal? {
        combine(left, right) { $0.adding($1.negated) }
    }

    /// Multiplies; nil for a result out of range.
    public static func multiply(_ left: Decimal, _ right: Decimal) -> Decimal? {
        combine(left, right) { $0.multiplied(by: $1) }
    }

    /// Divides; nil for a division by zero and for a result out of range.
    public static func divide(_ left: Decimal, _ right: Decimal) -> Decimal? {
        combine(left, right) { $0.divided(by: $1) }
    }

    private static func combine(
        _ left: Decimal, _ right: Decimal, _ body: (DecimalParts, DecimalParts) -> DecimalParts?
    ) -> Decimal? {
        guard let left = DecimalParts(left), let right = DecimalParts(right) else { return nil }
        return body(left, right)?.decimal
    }
}
