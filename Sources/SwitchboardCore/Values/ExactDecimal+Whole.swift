public import FoundationEssentials

extension ExactDecimal {
    /// Which whole number is taken for one that is not whole.
    public enum Direction: Sendable {
        /// The next one below.
        case down
        /// The next one above.
        case up
        /// The nearest; of two the one that is farther from zero.
        case nearest
    }

    /// The whole number that lies there; nil where 64 bits do not hold it.
    public static func whole(_ value: Decimal, _ direction: Direction) -> Int64? {
        DecimalParts(value)?.whole(direction)
    }
}

extension DecimalParts {
    fileprivate func whole(_ direction: ExactDecimal.Direction) -> Int64? {
        guard let towardsZero = wholeMagnitude, let magnitude = Int128(exactly: towardsZero) else { return nil }
        let isAwayFromZero =
            switch direction {
            case .down: isNegative && !isWhole
            case .up: !isNegative && !isWhole
            case .nearest: isAtLeastHalfway
            }
        let (whole, overflows) = magnitude.addingReportingOverflow(isAwayFromZero ? 1 : 0)
        return overflows ? nil : Int64(exactly: isNegative ? -whole : whole)
    }

    /// No digit is lost that is not zero: a value never ends in zeros.
    private var isWhole: Bool { exponent >= 0 }

    /// What stands before the point; nil far beyond 64 bits.
    private var wholeMagnitude: UInt128? {
        if exponent > 18 { return nil }
        if exponent < -38 { return 0 }
        if exponent < 0 { return digits / Self.power(-exponent) }
        let (product, overflows) = digits.multipliedReportingOverflow(by: Self.power(exponent))
        return overflows ? nil : product
    }

    /// Whether what stands behind the point is a half or more.
    private var isAtLeastHalfway: Bool {
        guard (-38 ... -1).contains(exponent) else { return false }
        let unit = Self.power(-exponent)
        return digits % unit >= unit / 2
    }
}
