public import SwitchboardCore
import SwitchboardStore

/// The accounts of one vendor that a profile may act on: its own, those of other profiles, and those whose secret it
/// keeps under a name.
extension ProviderSet {
    /// The provider of a name as it acts on the account of this id; nil means the profile's own.
    ///
    /// A secret that the profile keeps for the account comes first, then its own settings, then those of any other
    /// profile. Errors: `unauthorized` where there is none, and where a profile that is not live would act on an account
    /// that is.
    public func provider(_ name: String, account id: String?) throws -> any NumberProvider {
        guard let id else { return try provider(name) }
        let manifest = try plugin(name).manifest
        let own = try settings(of: name)
        let kept = try store.namedSecret(Self.secretName(name, account: id), profile: profile.name)
        if kept == nil, manifest.account(in: own) == id { return try provider(name) }
        if let kept { return try provider(name, account: id, secret: kept) }
        guard let found = try settings(of: manifest, account: id) else {
            throw SwitchboardError(
                .unauthorized, "profile '\(profile.name)' has no credentials of the \(name) account \(id)",
                help: "connect \(name), or: secret set \(Self.secretName(name, account: id))", provider: name)
        }
        return try provider(name, account: id, requireOnThisMachine(found, manifest))
    }

    /// The provider of a name as it acts on an account with this secret, where the profile's own is asked.
    public func provider(_ name: String, account id: String, secret: Secret) throws -> any NumberProvider {
        let manifest = try plugin(name).manifest
        let own = try settings(of: name)
        var plain: [String: String] = [:]
        for setting in manifest.settings where setting.isURL && !setting.isAccount {
            plain[setting.name] = own[setting.name]
        }
        for setting in manifest.settings where setting.isAccount { plain[setting.name] = id }
        let secrets = manifest.settings.filter { $0.isSecret && $0.isRequired }.map { ($0.name, secret) }
        let settings = ProviderSettings(plain: plain, secrets: Dictionary(secrets) { first, _ in first })
        return try provider(name, account: id, requireOnThisMachine(settings, manifest))
    }

    /// The id of the account that a profile of this name leads to, or the name itself, which may be an id; of nil the
    /// profile's own.
    ///
    /// Throws `unauthorized` where the profile has no account of its own.
    public func accountID(_ name: String?, of provider: String) throws -> String {
        let manifest = try plugin(provider).manifest
        if let name {
            let named = try store.profiles().first { $0.name == name }?.settings[provider]
            return named.flatMap { manifest.account(in: ProviderSettings(plain: $0)) } ?? name
        }
        if let own = manifest.account(in: try settings(of: provider)) { return own }
        let setting = manifest.settings.first(where: \.isAccount)?.name ?? "account"
        return try settings(of: provider).required(setting, provider: provider, profile: profile.name)
    }

    /// Whether an account needs nothing kept: what is used for it is this secret.
    public func knows(account id: String, of provider: String, secret: Secret) throws -> Bool {
        let manifest = try plugin(provider).manifest
        guard let name = manifest.settings.first(where: { $0.isSecret && $0.isRequired })?.name else { return false }
        if let kept = try store.namedSecret(Self.secretName(provider, account: id), profile: profile.name) {
            return kept == secret
        }
        let own = try settings(of: provider)
        if manifest.account(in: own) == id, own.secret(name) == secret { return true }
        return try settings(of: manifest, account: id)?.secret(name) == secret
    }

    /// The name under which a profile keeps the secret of an account, such as `twilio-AC…`.
    public static func secretName(_ provider: String, account id: String) -> String { "\(provider)-\(id)" }

    /// Whether the profile has stored credentials: its own, or those of an account that it keeps a secret for.
    var hasStoredSecrets: Bool {
        get throws {
            if case .stored = profile.origin { return true }
            let beginnings = registry.providerNames.map { Self.secretName($0, account: "") }
            return try store.namedSecrets(profile: profile.name).contains { secret in
                beginnings.contains { secret.name.hasPrefix($0) }
            }
        }
    }

    /// What some stored profile says of an account.
    private func settings(of manifest: ProviderManifest, account id: String) throws -> ProviderSettings? {
        let profile = try store.profiles().first { record in
            record.settings[manifest.name].map { manifest.account(in: ProviderSettings(plain: $0)) == id } ?? false
        }
        return try profile.map { try storedSettings(of: manifest, $0.settings, profile: $0.name) }
    }

    /// A profile that is not live never touches what is.
    private func requireOnThisMachine(
        _ settings: ProviderSettings, _ manifest: ProviderManifest
    ) throws -> ProviderSettings {
        if try isLive || manifest.isOnThisMachine(settings) { return settings }
        throw SwitchboardError(
            .unauthorized, "profile '\(profile.name)' is not live, and this \(manifest.name) account is",
            help: "name a live profile with --profile", provider: manifest.name)
    }

    private var isLive: Bool {
        get throws {
            if isSandbox { return false }
            return try registry.plugins.values.map(\.manifest).contains { manifest in
                let settings = try settings(of: manifest.name)
                return manifest.settings.contains { settings[$0.name] != nil } && !manifest.isOnThisMachine(settings)
            }
        }
    }
}

extension ProviderManifest {
    /// The account that settings lead to; nil where they name none.
    func account(in settings: ProviderSettings) -> String? {
        self.settings.first(where: \.isAccount).flatMap { settings[$0.name] }
    }

    /// Whether every URL of the settings is on this machine.
    func isOnThisMachine(_ settings: ProviderSettings) -> Bool {
        let urls = self.settings.filter(\.isURL).compactMap { settings[$0.name] ?? $0.defaultValue }
        return urls.allSatisfy { LoopbackURL.isLoopback(url: $0) }
    }
}
