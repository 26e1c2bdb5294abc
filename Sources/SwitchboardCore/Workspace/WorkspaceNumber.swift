public import FoundationEssentials

/// A number of the workspace: what the ledger keeps of it.
public struct WorkspaceNumber: Hashable, Sendable, Codable {
    /// `phone_` and 26 characters.
    public var id: String
    /// The number; never changes.
    public var e164: E164
    /// How it came into the workspace; set by the outcome, never changes.
    public var source: NumberSource
    /// The provider that holds it, by its registered name.
    public var provider: String
    /// The provider's id of the account that holds it, where its calls come by a trunk of that account; nil for a number
    /// whose calls its provider answers itself, and for one that no account holds.
    public var account: String?
    /// The provider's own id of the number.
    public var providerID: String?
    /// How it stood when the provider was last asked.
    public var status: NumberStatus
    /// `inbound`, `outbound` or both, derived from the source.
    public var capabilities: [String]
    /// The user's own words.
    public var label: String?
    /// Whether it is given up only by force; nil for no.
    public var isProtected: Bool?
    /// The agent that answers.
    public var agentID: String?
    /// The trunk behind the number.
    public var trunkID: String?
    /// Whether its import put it on the trunk's list of numbers, so that its removal takes it off again; nil where no
    /// trunk of the user's was asked to carry it.
    public var isListedByImport: Bool?
    /// Where its calls went before its account's trunk took them, so that its removal leads them there again; nil until
    /// the trunk takes them.
    public var earlierRoute: CarrierNumber.Route?
    /// ISO 3166-1 alpha-2.
    public var countryCode: String
    /// The three digits of a US area code.
    public var areaCode: String?
    /// The type of the number.
    public var numberType: NumberType
    /// The city.
    public var locality: String?
    /// The two letters of a US state, or the provider's own name of a region.
    public var region: String?
    /// The dispatch rules that name the number.
    public var dispatchRuleIDs: [String]
    /// The price of a month, or nil where unknown.
    public var monthlyCost: Money?
    /// When it came into the workspace.
    public var createdAt: Date
    /// When anything of it last changed.
    public var updatedAt: Date

    /// Makes a number of the workspace from what the provider says of it.
    public init(id: String, source: NumberSource, owned: OwnedNumber, label: String? = nil, at time: Date) {
        self.id = id
        self.e164 = owned.e164
        self.source = source
        self.provider = owned.provider
        self.account = nil
        self.providerID = owned.knownID
        self.status = owned.status
        self.capabilities = source.capabilities
        self.label = label
        self.isProtected = nil
        self.agentID = nil
        self.trunkID = nil
        self.isListedByImport = nil
        self.earlierRoute = nil
        self.countryCode = owned.countryCode
        self.areaCode = owned.areaCode
        self.numberType = owned.numberType
        self.locality = owned.locality
        self.region = owned.region
        self.dispatchRuleIDs = owned.dispatchRuleIDs
        self.monthlyCost = owned.monthlyCost
        self.createdAt = time
        self.updatedAt = time
    }

    /// Takes over what the provider says now and keeps what is the workspace's own.
    public mutating func refresh(from owned: OwnedNumber, at time: Date) {
        let before = self
        providerID = owned.knownID
        status = owned.status
        countryCode = owned.countryCode
        areaCode = owned.areaCode
        numberType = owned.numberType
        locality = owned.locality
        region = owned.region
        dispatchRuleIDs = owned.dispatchRuleIDs
        monthlyCost = owned.monthlyCost ?? monthlyCost
        if self != before { updatedAt = time }
    }
}

extension WorkspaceNumber {
    /// Takes over what differs between two states of this number, and keeps the rest as it is now.
    public mutating func take(from before: WorkspaceNumber, to after: WorkspaceNumber) {
        func take<Field: Equatable>(_ field: WritableKeyPath<WorkspaceNumber, Field>) {
            if before[keyPath: field] != after[keyPath: field] { self[keyPath: field] = after[keyPath: field] }
        }
        take(\.providerID)
        take(\.status)
        take(\.capabilities)
        take(\.label)
        take(\.isProtected)
        take(\.agentID)
        take(\.trunkID)
        take(\.account)
        take(\.isListedByImport)
        take(\.earlierRoute)
        take(\.countryCode)
        take(\.areaCode)
        take(\.numberType)
        take(\.locality)
        take(\.region)
        take(\.dispatchRuleIDs)
        take(\.monthlyCost)
        take(\.updatedAt)
    }
}

/// How a number came into the workspace.
///
/// The set is open so that a provider can bring its own.
public struct NumberSource: RawRepresentable, Hashable, Sendable, Codable {
    /// The printed name.
    public let rawValue: String

    /// Makes a source from its printed name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Bought at LiveKit: US numbers, inbound only.
    public static let livekit = NumberSource(rawValue: "livekit")
    /// The customer's own Twilio number.
    public static let twilio = NumberSource(rawValue: "twilio")
    /// Any carrier's number, registered on a trunk of the customer's.
    public static let byoc = NumberSource(rawValue: "byoc")
    /// Bought at Twilio through this workspace.
    public static let twilioPurchased = NumberSource(rawValue: "twilio_purchased")
    /// A verified outgoing caller id of the customer's Twilio account.
    public static let verifiedCallerID = NumberSource(rawValue: "verified_caller_id")

    /// Whether an account with a provider holds its numbers; a number of any other carrier's is known by its trunk alone.
    public var hasAccount: Bool { self != .byoc }

    /// `inbound`, `outbound` or both.
    public var capabilities: [String] {
        switch self {
        case .livekit: ["inbound"]
        case .verifiedCallerID: ["outbound"]
        default: ["inbound", "outbound"]
        }
    }
}
