/// All that a provider is given at its construction; making one has no effect and opens nothing.
public struct ProviderContext: Sendable {
    /// The profile's name, for messages.
    public var profile: String
    /// The values of the settings that the manifest declares.
    public var settings: ProviderSettings
    /// The door to the network.
    public var transport: any HTTPTransport
    /// The profile's rate and concurrency, or nil for none.
    public var limits: RequestLimits?
    /// The clock.
    public var time: TimeSource
    /// Takes a line of the request log, already redacted; nil when nobody listens.
    public var log: (@Sendable (String) -> Void)?

    /// Makes a context.
    public init(
        profile: String, settings: ProviderSettings, transport: any HTTPTransport, limits: RequestLimits? = nil,
        time: TimeSource = .system, log: (@Sendable (String) -> Void)? = nil
    ) {
        self.profile = profile
        self.settings = settings
        self.transport = transport
        self.limits = limits
        self.time = time
        self.log = log
    }
}

/// The values of one provider's settings in one profile, by the names that its manifest declares.
public struct ProviderSettings: Hashable, Sendable {
    private var plain: [String: String]
    private var secrets: [String: Secret]

    /// Makes settings from plain values and secrets.
    public init(plain: [String: String] = [:], secrets: [String: Secret] = [:]) {
        self.plain = plain
        self.secrets = secrets
    }

    /// The value of a setting that is no secret.
    public subscript(name: String) -> String? { plain[name] }

    /// The value of a secret setting.
    public func secret(_ name: String) -> Secret? { secrets[name] }

    /// The value of a setting, or the error `unauthorized` that names it.
    public func required(_ name: String, provider: String, profile: String) throws -> String {
        if let value = plain[name], !value.isEmpty { return value }
        throw Self.missing(name, provider, profile)
    }

    /// The value of a secret setting, or the error `unauthorized` that names it.
    public func requiredSecret(_ name: String, provider: String, profile: String) throws -> Secret {
        if let value = secrets[name] { return value }
        throw Self.missing(name, provider, profile)
    }

    private static func missing(_ name: String, _ provider: String, _ profile: String) -> SwitchboardError {
        SwitchboardError(
            .unauthorized, "profile '\(profile)' has no \(provider) setting '\(name)'",
            help: "set it with: connect \(provider)", provider: provider, fields: [name: "missing"])
    }
}

/// How fast and how wide one account may be asked; shared by everything that uses the account in this process.
public struct RequestLimits: Hashable, Sendable {
    /// Requests per second on average, or nil for no limit; a second's worth may go at once.
    public var perSecond: Double?
    /// Requests in flight at one time, or nil for no limit.
    public var concurrency: Int?

    /// Makes limits.
    public init(perSecond: Double? = nil, concurrency: Int? = nil) {
        self.perSecond = perSecond
        self.concurrency = concurrency
    }
}
