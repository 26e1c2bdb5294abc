public import FoundationEssentials

/// An exact amount of one currency.
///
/// Equality is that of amount and currency; how many zeros are shown makes no difference.
public struct Money: Sendable {
    /// The amount, exact.
    public var amount: Decimal
    /// ISO 4217, three capitals.
    public var currency: String
    /// The least number of fraction digits that are shown, at least what the currency needs.
    public let scale: Int

    /// Makes an amount.
    public init(_ amount: Decimal, _ currency: String) { self.init(amount, currency, scale: 0) }

    private init(_ amount: Decimal, _ currency: String, scale: Int) {
        self.amount = amount
        self.currency = currency
        self.scale = max(scale, Self.fractionDigits(of: currency))
    }

    /// Reads `2.00USD`: digits, an optional fraction, three capitals; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.first != UInt8(ascii: "-") else { return nil }
        self.init(amount: String(text.dropLast(3)), currency: String(text.suffix(3)))
    }

    /// Reads the amount, which may be negative, and the currency; nil where either is not of its form.
    public init?(amount: String, currency: String) {
        guard currency.utf8.count == 3, currency.utf8.allSatisfy((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains),
            let value = ExactDecimal.parse(amount)
        else { return nil }
        self.init(value, currency, scale: ExactDecimal.scale(of: amount))
    }

    /// The amount as it is shown, without the currency.
    public var amountText: String { ExactDecimal.text(amount, minimumScale: scale) }

    /// Adds two amounts of one currency; throws `invalid_argument` for two currencies and a sum out of range.
    public static func + (left: Money, right: Money) throws -> Money {
        try left.combined(with: right, "add", ExactDecimal.add)
    }

    /// Subtracts amounts of one currency; throws `invalid_argument` for two currencies and a result out of range.
    public static func - (left: Money, right: Money) throws -> Money {
        try left.combined(with: right, "subtract", ExactDecimal.subtract)
    }

    /// Multiplies, rounding half to even at 34 digits; throws `invalid_argument` for a product out of range.
    public static func * (left: Money, right: Decimal) throws -> Money {
        try left.with(ExactDecimal.multiply(left.amount, right), scale: left.scale)
    }

    /// Divides, rounding half to even at 34 digits; throws `invalid_argument` for a division by zero.
    public static func / (left: Money, right: Decimal) throws -> Money {
        guard right != 0 else { throw SwitchboardError(.invalidArgument, "\(left) cannot be divided by zero") }
        return try left.with(ExactDecimal.divide(left.amount, right), scale: left.scale)
    }

    /// Returns -1, 0 or 1 as the amount is less, equal or more; throws `invalid_argument` for two currencies.
    public func compare(_ other: Money) throws -> Int {
        try checkCurrency(other, "compare")
        return amount < other.amount ? -1 : amount == other.amount ? 0 : 1
    }

    private func combined(
        with other: Money, _ verb: String, _ operation: (Decimal, Decimal) -> Decimal?
    ) throws -> Money {
        try checkCurrency(other, verb)
        return try with(operation(amount, other.amount), scale: max(scale, other.scale))
    }

    private func with(_ amount: Decimal?, scale: Int) throws -> Money {
        guard let amount else { throw SwitchboardError(.invalidArgument, "an amount of \(currency) is out of range") }
        return Money(amount, currency, scale: scale)
    }

    private func checkCurrency(_ other: Money, _ verb: String) throws {
        guard currency == other.currency else {
            throw SwitchboardError(
                .invalidArgument, "cannot \(verb) \(self) and \(other): they are of two currencies",
                help: "no rate of exchange is known; keep to one currency")
        }
    }

    /// The fraction digits of a currency by ISO 4217.
    private static func fractionDigits(of currency: String) -> Int {
        switch currency {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
            "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        default: 2
        }
    }
}

extension Money: Hashable {
    /// Whether amount and currency are equal.
    public static func == (left: Money, right: Money) -> Bool {
        left.amount == right.amount && left.currency == right.currency
    }

    /// Hashes amount and currency.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(amount)
        hasher.combine(currency)
    }
}

extension Money: CustomStringConvertible {
    /// The text form, `2.00USD`.
    public var description: String { amountText + currency }
}

extension Money: Codable {
    private enum CodingKeys: String, CodingKey {
        case amount, currency
    }

    /// Decodes `{"amount":"2.00","currency":"USD"}`; the amount is a string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let amount = try container.decode(String.self, forKey: .amount)
        let currency = try container.decode(String.self, forKey: .currency)
        guard let money = Money(amount: amount, currency: currency) else {
            throw DecodingError.dataCorruptedError(
                forKey: .amount, in: container,
                debugDescription: "'\(amount)' of '\(currency)' is not an amount of money")
        }
        self = money
    }

    /// Encodes the amount as a string, exact, and the currency.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(amountText, forKey: .amount)
        try container.encode(currency, forKey: .currency)
    }
}
