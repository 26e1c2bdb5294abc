public import SwitchboardCore

/// The profile of a run, resolved as far as it can be without starting anything.
public struct Profile: Sendable {
    /// The name.
    public let name: String
    /// Where its provider settings come from.
    public let origin: Origin
    /// Limits that hold instead of those that are set for the profile in the store, and of the defaults.
    public var limits: [Limit: LimitValue]

    /// Where provider settings come from.
    public enum Origin: Hashable, Sendable {
        /// The emulators on this machine, started on demand.
        case sandbox
        /// The vendors' own environment variables.
        case environment([String: String])
        /// The host, by provider name.
        case given([String: ProviderSettings])
        /// The store.
        case stored([String: [String: String]])
    }

    /// The profile that is used unless another is named.
    public static let sandboxName = "sandbox"
    /// The profile that reads the vendors' environment variables.
    public static let environmentName = "env"

    /// Makes a profile.
    public init(name: String, origin: Origin, limits: [Limit: LimitValue] = [:]) {
        self.name = name
        self.origin = origin
        self.limits = limits
    }
}
