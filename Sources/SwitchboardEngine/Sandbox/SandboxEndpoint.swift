import FoundationEssentials
public import SwitchboardCore

/// Where a running sandbox listens, and the settings that a profile needs to reach it.
public struct SandboxEndpoint: Codable, Sendable {
    /// The process.
    public var pid: Int32
    /// One listener per vendor.
    public var listeners: [Listener]

    /// The listener of one vendor's emulator.
    public struct Listener: Codable, Sendable {
        /// The provider's registered name.
        public var provider: String
        /// The base URL.
        public var url: String
        /// The plain settings of a profile.
        public var settings: [String: String]
        /// The secret settings of a profile; of fictional accounts, so they are no secrets.
        public var secrets: [String: String]
    }

    /// The listener of one provider's emulator.
    ///
    /// Throws `unsupported` where the sandbox has none for it.
    public func listener(of provider: String) throws -> Listener {
        guard let listener = listeners.first(where: { $0.provider == provider }) else {
            throw SwitchboardError(
                .unsupported, "the sandbox has no emulator for \(provider)", help: "connect a real account instead",
                provider: provider)
        }
        return listener
    }

    /// The settings of one provider; throws as `listener(of:)` does.
    public func settings(of provider: String) throws -> ProviderSettings {
        let listener = try listener(of: provider)
        return ProviderSettings(plain: listener.settings, secrets: listener.secrets.mapValues { Secret($0) })
    }
}
