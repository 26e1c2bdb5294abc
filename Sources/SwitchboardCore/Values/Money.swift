public import FoundationEssentials

/// An exact amount of one currency.
public struct Money: Hashable, Sendable, Codable {
    /// The amount, exact.
    public var amount: Decimal
    /// ISO 4217, three capitals.
    public var currency: String

    /// Makes an amount.
    public init(_ amount: Decimal, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }
}
