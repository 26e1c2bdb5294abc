/// What a provider says of itself before anything is asked of it: read by the checker, help and `provider show`.
public struct ProviderManifest: Sendable {
    /// The name that users type, in lower case.
    public var name: String
    /// The vendor's own name of the product.
    public var displayName: String
    /// One sentence on what it is.
    public var summary: String
    /// The settings that a profile holds for it.
    public var settings: [ProviderSetting]
    /// The file of the vendor's own tool that `connect` can take the settings from; nil for none.
    public var settingsFile: SettingsFile?
    /// The addresses that an account with these settings has at the vendor.
    public var endpoints: @Sendable (ProviderSettings) -> [ProviderEndpoint]
    /// Every capability with its answer; one that is missing here fails a test.
    public var capabilities: [Capability: Support]
    /// The kinds of ids that the vendor hands out.
    public var idKinds: [IDKind]
    /// The ISO 3166-1 codes of the countries whose numbers it offers.
    public var countries: [String]
    /// The limits that a live profile starts with.
    public var limits: RequestLimits
    /// How the vendor recognises a repeated write.
    public var idempotency: Idempotency
    /// How long after a lost answer the vendor may still carry the change out.
    public var settleTime: Duration
    /// The source of a number that was bought here.
    public var purchaseSource: NumberSource

    /// Makes a manifest; the source of bought numbers has the provider's name unless said otherwise.
    public init(
        name: String, displayName: String, summary: String, settings: [ProviderSetting],
        settingsFile: SettingsFile? = nil,
        endpoints: @escaping @Sendable (ProviderSettings) -> [ProviderEndpoint] = { _ in [] },
        capabilities: [Capability: Support], idKinds: [IDKind], countries: [String], limits: RequestLimits,
        idempotency: Idempotency, settleTime: Duration, purchaseSource: NumberSource? = nil
    ) {
        self.name = name
        self.displayName = displayName
        self.summary = summary
        self.settings = settings
        self.settingsFile = settingsFile
        self.endpoints = endpoints
        self.capabilities = capabilities
        self.idKinds = idKinds
        self.countries = countries
        self.limits = limits
        self.idempotency = idempotency
        self.settleTime = settleTime
        self.purchaseSource = purchaseSource ?? NumberSource(rawValue: name)
    }
}

/// One setting of a provider, as data: `connect`, help and error texts are made from it.
public struct ProviderSetting: Hashable, Sendable {
    /// The name in lower snake case; the flag of `connect` has `-` instead of `_`.
    public var name: String
    /// One sentence on what it is and where to find it.
    public var help: String
    /// Whether a profile is of no use without it.
    public var isRequired: Bool
    /// Whether it is stored encrypted and never shown.
    public var isSecret: Bool
    /// Whether the value is a base URL; a profile is live unless all of these are loopback.
    public var isURL: Bool
    /// Whether another value means another account, whose numbers have nothing to do with this one's.
    public var isAccount: Bool
    /// The vendor's environment variable, read by the profile `env` only.
    public var environment: String?
    /// The value that the provider takes where a profile has none; nil where it takes none.
    public var defaultValue: String?

    /// Makes a setting.
    public init(
        _ name: String, help: String, isRequired: Bool = true, isSecret: Bool = false, isURL: Bool = false,
        isAccount: Bool = false, environment: String? = nil, defaultValue: String? = nil
    ) {
        self.name = name
        self.help = help
        self.isRequired = isRequired
        self.isSecret = isSecret
        self.isURL = isURL
        self.isAccount = isAccount
        self.environment = environment
        self.defaultValue = defaultValue
    }
}

/// Something that a provider can or cannot do.
public struct Capability: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The printed name.
    public let rawValue: String

    /// Makes a capability from its printed name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The printed name.
    public var description: String { rawValue }

    /// Searching numbers for sale.
    public static let search = Capability(rawValue: "search")
    /// Buying a number.
    public static let purchase = Capability(rawValue: "purchase")
    /// Giving a bought number up.
    public static let release = Capability(rawValue: "release")
    /// Pointing a number at a SIP dispatch rule named by id.
    public static let assignDispatchRule = Capability(rawValue: "assign-dispatch-rule")
    /// Taking a number that a customer already owns into the workspace.
    public static let importNumbers = Capability(rawValue: "import")
    /// Calls to the number.
    public static let inboundCalls = Capability(rawValue: "inbound-calls")
    /// Calls from the number.
    public static let outboundCalls = Capability(rawValue: "outbound-calls")
    /// Telling what a number costs.
    public static let prices = Capability(rawValue: "prices")

    /// Every capability that a manifest has to answer, in the order shown to users.
    public static let all: [Capability] = [
        .search, .purchase, .release, .assignDispatchRule, .importNumbers, .inboundCalls, .outboundCalls, .prices,
    ]
}

/// A provider's answer to one capability; the remark is what users read.
public enum Support: Hashable, Sendable {
    /// It can.
    case yes(String)
    /// It cannot, because of the vendor.
    case noBecause(String)
    /// The vendor can and this conformer does not yet.
    case notYet(String)

    /// Whether the answer is yes.
    public var isYes: Bool { if case .yes = self { true } else { false } }

    /// The remark.
    public var remark: String {
        switch self {
        case .yes(let remark), .noBecause(let remark), .notYet(let remark): remark
        }
    }
}

/// How a vendor recognises a repeated write.
public enum Idempotency: Hashable, Sendable {
    /// By a request header of this name.
    case header(String)
    /// By what the write names, such as the number itself.
    case naturalKey
    /// Not at all.
    case none
}
