import FoundationEssentials

extension Money {
    /// A thousand million of a currency, in millionths: sums of thousands are whole numbers of 64 bits.
    private static let most: Int64 = 1_000_000_000_000_000

    /// The amount in millionths of its currency, a rest rounded up; nil for a negative one and one out of all proportion.
    public var millionths: Int? {
        guard let product = ExactDecimal.multiply(amount, 1_000_000), let whole = ExactDecimal.whole(product, .up),
            (0...Self.most).contains(whole)
        else { return nil }
        return Int(whole)
    }

    /// Makes an amount of millionths of a currency.
    public init(millionths: Int, _ currency: String) {
        self.init(Decimal(sign: .plus, exponent: -6, significand: Decimal(millionths)), currency)
    }
}
