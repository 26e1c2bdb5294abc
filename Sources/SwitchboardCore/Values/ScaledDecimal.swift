public import FoundationEssentials

/// An exact number that remembers how many fraction digits it shows: `1.10 + 2.20` is `3.30`.
///
/// At most 34 significant digits, rounded half to even. Equality and order are those of the numbers; how many zeros are
/// shown makes no difference.
public struct ScaledDecimal: Sendable {
    /// The number.
    public let value: Decimal
    /// The least number of fraction digits that are shown.
    public let scale: Int

    /// Makes a number that shows no needless zeros.
    public init(_ value: Decimal) { self.init(value, scale: 0) }

    private init(_ value: Decimal, scale: Int) {
        self.value = value
        self.scale = min(scale, ExactDecimal.precision)
    }

    /// Reads `-`, digits, and a fraction after a `.`; nil for any other text and for more than 34 significant digits.
    public init?(_ text: String) {
        guard let value = ExactDecimal.parse(text) else { return nil }
        self.init(value, scale: ExactDecimal.scale(of: text))
    }

    /// Adds, with the digits of the more exact one; nil for a result out of range.
    public func adding(_ other: ScaledDecimal) -> ScaledDecimal? {
        ExactDecimal.add(value, other.value).map { ScaledDecimal($0, scale: max(scale, other.scale)) }
    }

    /// Subtracts, with the digits of the more exact one; nil for a result out of range.
    public func subtracting(_ other: ScaledDecimal) -> ScaledDecimal? {
        ExactDecimal.subtract(value, other.value).map { ScaledDecimal($0, scale: max(scale, other.scale)) }
    }

    /// Multiplies, with the digits of both, as on paper: `1.10 * 2.0` is `2.200`; nil for a result out of range.
    public func multiplied(by other: ScaledDecimal) -> ScaledDecimal? {
        ExactDecimal.multiply(value, other.value).map { ScaledDecimal($0, scale: scale + other.scale) }
    }

    /// Divides; a quotient shows no trailing zeros; nil for a division by zero and for a result out of range.
    public func divided(by other: ScaledDecimal) -> ScaledDecimal? {
        ExactDecimal.divide(value, other.value).map { ScaledDecimal($0) }
    }
}

extension ScaledDecimal: Hashable, Comparable {
    /// Whether the numbers are equal.
    public static func == (left: ScaledDecimal, right: ScaledDecimal) -> Bool { left.value == right.value }

    /// The order of the numbers.
    public static func < (left: ScaledDecimal, right: ScaledDecimal) -> Bool { left.value < right.value }

    /// Hashes the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension ScaledDecimal: CustomStringConvertible {
    /// The number without an exponent, with no more zeros than 34 digits leave room for.
    public var description: String {
        let plain = ExactDecimal.text(value)
        guard scale > 0 else { return plain }
        let whole = plain.utf8.prefix { $0 != UInt8(ascii: ".") }.count { $0 != UInt8(ascii: "-") }
        return ExactDecimal.text(value, minimumScale: min(scale, max(0, ExactDecimal.precision - whole)))
    }
}
