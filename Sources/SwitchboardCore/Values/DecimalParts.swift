import FoundationEssentials

/// A decimal as an integer of at most 34 digits and a power of ten, always without trailing zeros.
struct DecimalParts: Equatable {
    let isNegative: Bool
    let digits: UInt128
    let exponent: Int

    static let zero = DecimalParts(isNegative: false, 0, 0)

    /// The first number of 35 digits.
    private static let limit = power(ExactDecimal.precision)
    private static let exponents = -127...127

    private init(isNegative: Bool, _ digits: UInt128, _ exponent: Int) {
        var digits = digits
        var exponent = exponent
        while digits != 0, digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
        self.isNegative = isNegative && digits != 0
        self.digits = digits
        self.exponent = digits == 0 ? 0 : exponent
    }

    /// Rounds to 34 digits, half to even; `hasRest` says that something not zero follows the digits.
    private init(rounding digits: UInt128, hasRest: Bool, isNegative: Bool, exponent: Int) {
        var digits = digits
        var exponent = exponent
        var hasRest = hasRest
        while digits >= Self.limit {
            let (quotient, last) = digits.quotientAndRemainder(dividingBy: 10)
            digits = quotient
            exponent += 1
            if digits < Self.limit {
                let isUp = last > 5 || last == 5 && (hasRest || digits % 2 == 1)
                if isUp { digits += 1 }
            }
            hasRest = hasRest || last != 0
        }
        self.init(isNegative: isNegative, digits, exponent)
    }

    /// Takes a `Decimal` apart; nil for NaN.
    init?(_ value: Decimal) {
        guard !value.isNaN, let digits = UInt128(value.significand.description) else { return nil }
        self.init(rounding: digits, hasRest: false, isNegative: value.isSignMinus, exponent: value.exponent)
    }

    /// Reads the text form; nil for anything else and for more than 34 significant digits.
    init?(_ text: String) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        var digits: UInt128 = 0
        var fraction: Int?
        var previous: UInt8?
        for byte in text.utf8.dropFirst(isNegative ? 1 : 0) {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits = digits * 10 + UInt128(byte - UInt8(ascii: "0"))
                guard digits < Self.limit else { return nil }
                if let count = fraction { fraction = count + 1 }
            case UInt8(ascii: ".") where fraction == nil && previous != nil:
                fraction = 0
            default: return nil
            }
            previous = byte
        }
        guard let previous, previous != UInt8(ascii: ".") else { return nil }
        self.init(isNegative: isNegative, digits, -(fraction ?? 0))
    }

    /// The same as a `Decimal`; nil where the power of ten is out of its range.
    var decimal: Decimal? {
        guard Self.exponents.contains(exponent) else { return nil }
        let small = UInt64(exactly: digits).map { Decimal($0) }
        guard let significand = small ?? Decimal(string: digits.description) else { return nil }
        return Decimal(sign: isNegative ? .minus : .plus, exponent: exponent, significand: significand)
    }

    func text(minimumScale: Int) -> String {
        var whole = digits.description + String(repeating: "0", count: max(exponent, 0))
        var fraction = ""
        if exponent < 0 {
            let missing = max(1 - exponent - whole.count, 0)
            whole = String(repeating: "0", count: missing) + whole
            fraction = String(whole.suffix(-exponent))
            whole.removeLast(-exponent)
        }
        fraction += String(repeating: "0", count: max(minimumScale - fraction.count, 0))
        return (isNegative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }

    var negated: DecimalParts { DecimalParts(isNegative: !isNegative, digits, exponent) }

    func adding(_ other: DecimalParts) -> DecimalParts {
        let (high, low) = exponent >= other.exponent ? (self, other) : (other, self)
        guard high.digits != 0 else { return low }
        guard low.digits != 0 else { return high }
        // 37 digits fit beside a sign of overflow; what lies below them only decides the rounding.
        let shift = min(high.exponent - low.exponent, 37 - high.digits.description.count)
        let scaled = high.digits * Self.power(shift)
        let drop = high.exponent - shift - low.exponent
        let (kept, rest) = drop > 38 ? (0, low.digits) : low.digits.quotientAndRemainder(dividingBy: Self.power(drop))
        let exponent = high.exponent - shift
        if high.isNegative == low.isNegative {
            return DecimalParts(
                rounding: scaled + kept, hasRest: rest != 0, isNegative: high.isNegative, exponent: exponent)
        }
        let taken = kept + (rest == 0 ? 0 : 1)
        let isSwapped = taken > scaled
        return DecimalParts(
            rounding: isSwapped ? taken - scaled : scaled - taken, hasRest: rest != 0,
            isNegative: isSwapped ? low.isNegative : high.isNegative, exponent: exponent)
    }

    func multiplied(by other: DecimalParts) -> DecimalParts {
        let product = digits.multipliedFullWidth(by: other.digits)
        let isNegative = isNegative != other.isNegative
        guard product.high != 0 else {
            return DecimalParts(
                rounding: product.low, hasRest: false, isNegative: isNegative, exponent: exponent + other.exponent)
        }
        let (quotient, rest) = Self.limit.dividingFullWidth(product)
        return Self.join(quotient, rest, isNegative: isNegative, exponent: exponent + other.exponent)
    }

    /// Rounds `high` times 10^34 plus `low`, where `low` has at most 34 digits.
    private static func join(_ high: UInt128, _ low: UInt128, isNegative: Bool, exponent: Int) -> DecimalParts {
        // As many digits of the low part as fit are moved up, so that the digit that decides the rounding is there.
        let room = min(max(36 - high.description.count, 0), ExactDecimal.precision)
        let below = power(ExactDecimal.precision - room)
        let (moved, rest) = low.quotientAndRemainder(dividingBy: below)
        return DecimalParts(
            rounding: high * power(room) + moved, hasRest: rest != 0, isNegative: isNegative,
            exponent: exponent + ExactDecimal.precision - room)
    }

    func divided(by other: DecimalParts) -> DecimalParts? {
        guard other.digits != 0 else { return nil }
        var (quotient, rest) = digits.quotientAndRemainder(dividingBy: other.digits)
        var exponent = exponent - other.exponent
        while rest != 0, quotient < Self.limit {
            let (digit, next) = (rest * 10).quotientAndRemainder(dividingBy: other.digits)
            quotient = quotient * 10 + digit
            rest = next
            exponent -= 1
        }
        return DecimalParts(
            rounding: quotient, hasRest: rest != 0, isNegative: isNegative != other.isNegative, exponent: exponent)
    }

    /// 10 to the power of 0 to 38.
    static func power(_ exponent: Int) -> UInt128 {
        (0..<exponent).reduce(UInt128(1)) { power, _ in power * 10 }
    }
}
