/// What a number costs at a provider that does not tell, as the user has written it down.
public struct ListedPrice: Hashable, Sendable, Codable {
    /// The provider, by its registered name.
    public var provider: String
    /// ISO 3166-1 alpha-2; nil for every country.
    public var countryCode: String?
    /// The type of the number; nil for every type.
    public var numberType: NumberType?
    /// The price of a month.
    public var monthlyCost: Money

    /// Makes an entry.
    public init(provider: String, countryCode: String? = nil, numberType: NumberType? = nil, monthlyCost: Money) {
        self.provider = provider
        self.countryCode = countryCode
        self.numberType = numberType
        self.monthlyCost = monthlyCost
    }

    /// Whether two entries are about the same numbers, so that the one takes the other's place.
    public func isAboutSame(as other: ListedPrice) -> Bool {
        provider == other.provider && countryCode == other.countryCode && numberType == other.numberType
    }
}

extension [ListedPrice] {
    /// The price of a number: that of the entry which tells most about it; nil where none is about it.
    public func price(of number: AvailableNumber) -> Money? {
        let fitting = filter { entry in
            entry.provider == number.provider && entry.countryCode ?? number.countryCode == number.countryCode
                && entry.numberType ?? number.numberType == number.numberType
        }
        return fitting.max { $0.weight < $1.weight }?.monthlyCost
    }
}

extension ListedPrice {
    /// How much the entry tells; the type counts more than the country.
    fileprivate var weight: Int { (numberType == nil ? 0 : 2) + (countryCode == nil ? 0 : 1) }
}
