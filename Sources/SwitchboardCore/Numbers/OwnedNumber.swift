public import FoundationEssentials

/// A number that the account holds, as its provider describes it.
public struct OwnedNumber: Hashable, Sendable, Codable {
    /// The provider's registered name.
    public var provider: String
    /// The provider's own id of the number; empty for a number that no account holds.
    public var providerID: String
    /// The number.
    public var e164: E164
    /// How it stands.
    public var status: NumberStatus
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
    /// The dispatch rules that name the number.
    public var dispatchRuleIDs: [String]
    /// The price of a month, or nil where the provider does not tell.
    public var monthlyCost: Money?
    /// When it was given up.
    public var releasedAt: Date?

    /// The provider's own id; nil where nobody has given it one.
    var knownID: String? { providerID.isEmpty ? nil : providerID }

    /// Makes an owned number.
    public init(
        provider: String, providerID: String, e164: E164, status: NumberStatus, countryCode: String,
        areaCode: String? = nil, numberType: NumberType = .unknown, locality: String? = nil, region: String? = nil,
        capabilities: [String] = [], dispatchRuleIDs: [String] = [], monthlyCost: Money? = nil,
        releasedAt: Date? = nil
    ) {
        self.provider = provider
        self.providerID = providerID
        self.e164 = e164
        self.status = status
        self.countryCode = countryCode
        self.areaCode = areaCode
        self.numberType = numberType
        self.locality = locality
        self.region = region
        self.capabilities = capabilities
        self.dispatchRuleIDs = dispatchRuleIDs
        self.monthlyCost = monthlyCost
        self.releasedAt = releasedAt
    }
}
