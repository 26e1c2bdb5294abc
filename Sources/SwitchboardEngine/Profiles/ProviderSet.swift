public import SwitchboardCore
import SwitchboardStore
import Synchronization

/// The providers of one profile, each made at its first use.
public final class ProviderSet: Sendable {
    /// The profile.
    public let profile: Profile
    private let registry: Registry
    private let store: any Store
    private let host: Host
    private let made = Mutex(Made())

    private struct Made {
        var providers: [String: any NumberProvider] = [:]
        var sandbox: SandboxEndpoint?
    }

    init(profile: Profile, registry: Registry, store: any Store, host: Host) {
        self.profile = profile
        self.registry = registry
        self.store = store
        self.host = host
    }

    /// The provider of a name.
    ///
    /// Throws `not_found` for an unknown one, `unauthorized` for one without its settings.
    public func provider(_ name: String) throws -> any NumberProvider {
        guard let plugin = registry.plugins[name] else {
            throw SwitchboardError(
                .notFound, "no provider '\(name)' is registered",
                help: "there are: \(registry.providerNames.joined(separator: " "))")
        }
        return try made.withLock { made in
            if let provider = made.providers[name] { return provider }
            let provider = try plugin.provider.init(context: context(of: plugin, &made))
            made.providers[name] = provider
            return provider
        }
    }

    /// The provider of a name as one with an ability; throws `unsupported` with the manifest's remark.
    public func provider<Ability>(
        _ name: String, as ability: Ability.Type, for capability: Capability
    ) throws -> Ability {
        let provider = try provider(name)
        if let able = provider as? Ability { return able }
        let remark = type(of: provider).manifest.capabilities[capability]?.remark
        throw SwitchboardError(
            .unsupported, "\(name) does not offer \(capability)", provider: name, cause: remark)
    }

    /// The platform that answers calls: that of the first registered provider which has one.
    ///
    /// Throws `unsupported` where none has.
    public func agentPlatform() throws -> any AgentPlatform {
        let name = registry.providerNames.first { registry.plugins[$0]?.provider is any CallAnswering.Type }
        guard let name, let answering = try provider(name) as? any CallAnswering else {
            throw SwitchboardError(.unsupported, "no registered provider answers calls")
        }
        return answering.agentPlatform
    }

    /// The plain settings of a provider as this profile has them, for showing.
    public func settings(of name: String) throws -> ProviderSettings {
        guard let plugin = registry.plugins[name] else { return ProviderSettings() }
        return try made.withLock { try settings(of: plugin.manifest, &$0) }
    }

    // MARK: Contexts

    private func context(of plugin: Plugin, _ made: inout Made) throws -> ProviderContext {
        ProviderContext(
            profile: profile.name, settings: try settings(of: plugin.manifest, &made), transport: host.transport,
            limits: isSandbox ? nil : plugin.manifest.limits, time: host.time, log: host.requestLog)
    }

    private var isSandbox: Bool { if case .sandbox = profile.origin { true } else { false } }

    private func settings(of manifest: ProviderManifest, _ made: inout Made) throws -> ProviderSettings {
        switch profile.origin {
        case .sandbox:
            let endpoint = try made.sandbox ?? host.sandbox()
            made.sandbox = endpoint
            return try endpoint.settings(of: manifest.name)
        case .environment(let environment):
            var plain: [String: String] = [:]
            var secrets: [String: Secret] = [:]
            for setting in manifest.settings {
                guard let variable = setting.environment, let value = environment[variable] else { continue }
                if setting.isSecret { secrets[setting.name] = Secret(value) } else { plain[setting.name] = value }
            }
            return ProviderSettings(plain: plain, secrets: secrets)
        case .stored(let settings):
            var secrets: [String: Secret] = [:]
            for setting in manifest.settings where setting.isSecret {
                let key = SecretKey(provider: manifest.name, setting: setting.name)
                secrets[setting.name] = try store.secret(key, profile: profile.name)
            }
            return ProviderSettings(plain: settings[manifest.name] ?? [:], secrets: secrets)
        }
    }

    /// How long after a lost answer a change may still take place in this profile.
    var settleTime: Duration {
        if isSandbox { return .seconds(5) }
        return registry.plugins.values.map(\.manifest.settleTime).max() ?? .zero
    }
}
