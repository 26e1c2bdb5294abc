/// A number that a provider offers for sale and holds for nobody.
public struct AvailableNumber: Hashable, Sendable, Codable {
    /// The provider's registered name.
    public var provider: String
    /// The number.
    public var e164: E164
    /// ISO 3166-1 alpha-2.
    public var countryCode: String
    /// The three digits of a US area code.
    public var areaCode: String?
    /// The type of the number.
    public var numberType: NumberType
    /// The city, as the provider spells it.
    public var locality: String?
    /// The two letters of a US state, or the provider's own name of a region.
    public var region: String?
    /// The provider's words, such as `voice`.
    public var capabilities: [String]
    /// The price of a month, or nil where the provider does not tell.
    public var monthlyCost: Money?

    /// Makes an available number.
    public init(
        provider: String, e164: E164, countryCode: String, areaCode: String? = nil, numberType: NumberType = .unknown,
        locality: String? = nil, region: String? = nil, capabilities: [String] = [], monthlyCost: Money? = nil
    ) {
        self.provider = provider
        self.e164 = e164
        self.countryCode = countryCode
        self.areaCode = areaCode
        self.numberType = numberType
        self.locality = locality
        self.region = region
        self.capabilities = capabilities
        self.monthlyCost = monthlyCost
    }
}

/// The type of a number, as far as users tell types apart.
public enum NumberType: String, Hashable, Sendable, Codable, CaseIterable {
    case local, mobile, tollFree = "toll-free", premium, shared, voip, unknown
}

/// How a number stands with its provider.
public enum NumberStatus: String, Hashable, Sendable, Codable, CaseIterable {
    /// It takes calls.
    case active
    /// The provider is still setting it up.
    case pending
    /// It is held, and no rule leads its calls anywhere.
    case offline
    /// It was given up.
    case released
}
