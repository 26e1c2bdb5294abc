/// A source of phone numbers: little is required, and each ability is a protocol of its own.
///
/// Implementations throw `SwitchboardError`, with `mayHaveHappened` set wherever a change may have taken place
/// although its call failed. They never retry a write whose outcome is open: the engine asks `lookUp` first.
public protocol NumberProvider: Sendable {
    /// What the provider says of itself.
    static var manifest: ProviderManifest { get }

    /// Makes a provider; does no I/O. Throws `unauthorized` for a missing setting, `invalid_argument` for a bad one.
    init(context: ProviderContext) throws

    /// Returns the numbers that the account holds, all pages of them, in ascending order of number.
    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber]

    /// Returns the number if the account holds it now, else nil. This is the question "did it happen?".
    func lookUp(_ number: E164) async throws -> OwnedNumber?

    /// Makes the smallest reads that tell whether the credentials are good for all that the provider does; throws what
    /// the vendor answers.
    func tryCredentials() async throws
}

/// A provider that offers numbers for sale.
public protocol NumberSearching: NumberProvider {
    /// Returns numbers for sale, at most `query.limit` of them; none is a valid answer.
    func search(_ query: NumberQuery) async throws -> [AvailableNumber]
}

/// A provider that sells numbers.
public protocol NumberPurchasing: NumberProvider {
    /// Buys exactly this number and returns it as the account now holds it.
    ///
    /// `key` stays the same for every attempt at the same purchase. Errors: `taken` when it is no longer for sale,
    /// `already_owned` when the account holds it already, `payment_required` for a plan or quota.
    func purchase(_ number: E164, key: String) async throws -> OwnedNumber

    /// Gives the number up. A number that the account does not hold is `not_found`.
    func release(_ number: OwnedNumber, key: String) async throws
}

/// A provider whose numbers point at SIP dispatch rules named by id.
public protocol DispatchRuleAssigning: NumberProvider {
    /// Throws what `assign` would throw for the rule's sake, asked before a number is bought for it; changes nothing.
    func requireAssignable(toDispatchRule ruleID: String) async throws

    /// Points the number at the rule, away from every other, and returns it as it is afterwards.
    func assign(_ number: OwnedNumber, toDispatchRule ruleID: String, key: String) async throws -> OwnedNumber
}

extension DispatchRuleAssigning {
    /// Leaves it to `assign`.
    public func requireAssignable(toDispatchRule ruleID: String) async throws {}
}

/// A provider whose vendor also answers calls: it brings the platform that binds numbers to agents.
public protocol CallAnswering: NumberProvider {
    /// The platform; it shares the provider's account, and so its limits.
    var agentPlatform: any AgentPlatform { get }
}

/// What to look for among the numbers for sale.
public struct NumberQuery: Hashable, Sendable {
    /// ISO 3166-1 alpha-2, in capitals.
    public var countryCode: String
    /// The three digits of a US area code.
    public var areaCode: String?
    /// The most numbers to return, 1 or more.
    public var limit: Int

    /// Makes a query.
    public init(countryCode: String, areaCode: String? = nil, limit: Int = 50) {
        self.countryCode = countryCode
        self.areaCode = areaCode
        self.limit = limit
    }

    /// Throws `invalid_argument` for a limit below 1.
    public func requireLimit(provider: String) throws {
        guard limit >= 1 else {
            throw SwitchboardError(.invalidArgument, "a search asks for 1 number or more", provider: provider)
        }
    }
}

/// Which of the account's numbers to return; an empty filter means all that it holds now.
public struct OwnedNumberFilter: Hashable, Sendable {
    /// The statuses wanted; empty for all but `released`.
    public var statuses: [NumberStatus]
    /// Only numbers that this dispatch rule names.
    public var dispatchRuleID: String?

    /// Makes a filter.
    public init(statuses: [NumberStatus] = [], dispatchRuleID: String? = nil) {
        self.statuses = statuses
        self.dispatchRuleID = dispatchRuleID
    }

    /// Returns those of the numbers that it lets through, in ascending order, each id once.
    public func apply(to numbers: [OwnedNumber]) -> [OwnedNumber] {
        let wanted = numbers.filter { number in
            (statuses.isEmpty ? number.status != .released : statuses.contains(number.status))
                && (dispatchRuleID.map(number.dispatchRuleIDs.contains) ?? true)
        }
        let byID = Dictionary(wanted.map { ($0.providerID, $0) }, uniquingKeysWith: { _, last in last })
        return byID.values.sorted { ($0.e164, $0.providerID) < ($1.e164, $1.providerID) }
    }
}
