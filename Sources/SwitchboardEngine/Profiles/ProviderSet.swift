public import SwitchboardCore
import SwitchboardStore
import Synchronization

/// The providers of one profile, each made at its first use and kept as long as its settings stay the same.
///
/// One set serves all runs of an engine in a profile, so that an account's limits hold across runs.
public final class ProviderSet: Sendable {
    /// The profile.
    public let profile: Profile
    let registry: Registry
    let store: any Store
    private let host: Host
    private let made = Mutex(Made())
    private let gates = Mutex<[String: AccountGate]>([:])
    /// Whose providers these lay the changes of a plan over; nil for a set that a run works with.
    private let planned: (real: ProviderSet, world: PlannedWorld)?

    private struct Made {
        /// By the provider's name, with the account where that is not the profile's own.
        var providers: [String: (settings: ProviderSettings, provider: any NumberProvider)] = [:]
        /// The settings as this run has found them.
        var settings: [String: ProviderSettings] = [:]
    }

    init(profile: Profile, registry: Registry, store: any Store, host: Host) {
        self.profile = profile
        self.registry = registry
        self.store = store
        self.host = host
        planned = nil
    }

    /// The same providers as a plan sees them: they read, and what they are asked to change they keep to themselves.
    init(planning real: ProviderSet, in world: PlannedWorld, _ store: any Store) {
        (profile, registry, host) = (real.profile, real.registry, real.host)
        self.store = store
        planned = (real, world)
    }

    /// The provider of a name.
    ///
    /// Throws `not_found` for an unknown one, `unauthorized` for one without its settings.
    public func provider(_ name: String) throws -> any NumberProvider {
        let plugin = try plugin(name)
        return try made.withLock { made in
            try provider(plugin, settings(of: plugin.manifest, &made), as: name, &made)
        }
    }

    /// The provider of a name with settings of another account than the profile's own.
    func provider(_ name: String, account id: String, _ settings: ProviderSettings) throws -> any NumberProvider {
        let plugin = try plugin(name)
        return try made.withLock { try provider(plugin, settings, as: "\(name) \(id)", &$0) }
    }

    private func provider(
        _ plugin: Plugin, _ settings: ProviderSettings, as key: String, _ made: inout Made
    ) throws -> any NumberProvider {
        if let kept = made.providers[key], kept.settings == settings { return kept.provider }
        let provider: any NumberProvider
        if let planned {
            let real = planned.real
            let there = try real.made.withLock { try real.provider(plugin, settings, as: key, &$0) }
            provider = Self.planned(there, planned.world, key)
        } else {
            provider = try plugin.provider.init(context: context(of: plugin, settings))
        }
        made.providers[key] = (settings, provider)
        return provider
    }

    private static func planned(
        _ provider: some NumberProvider, _ world: PlannedWorld, _ key: String
    ) -> any NumberProvider { PlannedProvider(provider, world, key) }

    /// The provider of a name as its own type, for what only a vendor's own commands ask of it; nil where it is another.
    ///
    /// Also in a plan this is the real one: it may be read from, and changed by an effect's `perform` alone.
    public func provider<Own: NumberProvider>(_ name: String, as own: Own.Type) throws -> Own? {
        let provider = try provider(name)
        return ((provider as? any PlannedStandIn)?.real ?? provider) as? Own
    }

    /// An id that stands in a plan for one that a vendor gives.
    func newID() throws -> String {
        guard let planned else {
            throw SwitchboardError(.internal, "a run that is no plan was asked for a placeholder")
        }
        return planned.world.newID()
    }

    /// A number that a plan has bought at a carrier, as the carrier would have it; nil for one that is there, and in a run.
    public func planned(_ number: E164, at name: String) throws -> CarrierNumber? {
        guard let planned, let owned = planned.world.read({ $0.owned[name]?[number] ?? nil }) else { return nil }
        return CarrierNumber(id: owned.providerID, e164: number, kind: .fullNumber)
    }

    /// What is registered under a name; throws `not_found` for nothing.
    func plugin(_ name: String) throws -> Plugin {
        if let plugin = registry.plugins[name] { return plugin }
        throw SwitchboardError(
            .notFound, "no provider '\(name)' is registered",
            help: "there are: \(registry.providerNames.joined(separator: " "))")
    }

    /// The gate of an account, the same for all runs.
    public func gate(_ provider: String, account id: String) -> AccountGate {
        gates.withLock { gates in
            let gate = gates["\(provider) \(id)"] ?? AccountGate(provider, id, store)
            gates["\(provider) \(id)"] = gate
            return gate
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
    public func agentPlatform() throws -> any AgentPlatform { try callAnswering().agentPlatform }

    /// The first registered provider that answers calls; the numbers that it holds itself need no trunk.
    ///
    /// Throws `unsupported` where none does.
    public func callAnswering() throws -> any CallAnswering {
        let name = registry.providerNames.first { registry.plugins[$0]?.provider is any CallAnswering.Type }
        guard let name, let answering = try provider(name) as? any CallAnswering else {
            throw SwitchboardError(.unsupported, "no registered provider answers calls")
        }
        return answering
    }

    /// The trunks and dispatch rules of the platform that answers calls.
    ///
    /// Throws `unsupported` where it has none.
    public func callRouting() throws -> any CallRouting {
        let answering = try callAnswering()
        guard let routing = answering.agentPlatform as? any CallRouting else {
            let name = type(of: answering).manifest.name
            throw SwitchboardError(.unsupported, "\(name) offers no trunks and dispatch rules", provider: name)
        }
        return routing
    }

    /// The same where a run has made it already: makes nothing, starts no sandbox and unlocks no secret.
    var usedRouting: (any CallRouting)? {
        made.withLockIfAvailable { made -> (any CallRouting)? in
            let used = registry.providerNames.compactMap { made.providers[$0]?.provider }
            return used.lazy.compactMap { $0 as? any CallAnswering }.first?.agentPlatform as? any CallRouting
        } ?? nil
    }

    /// The plain settings of a provider as this profile has them, for showing.
    public func settings(of name: String) throws -> ProviderSettings {
        guard let plugin = registry.plugins[name] else { return ProviderSettings() }
        return try made.withLock { try settings(of: plugin.manifest, &$0) }
    }

    /// The accounts that the profile leads to now, by provider; none in the sandbox, whose addresses come and go.
    var accounts: [String: String] {
        get throws {
            if isSandbox { return [:] }
            return try made.withLock { made in
                var accounts: [String: String] = [:]
                for manifest in registry.plugins.values.map(\.manifest) {
                    let settings = try plainSettings(of: manifest, &made)
                    let values = manifest.settings.filter(\.isAccount).compactMap { settings[$0.name] }
                    if !values.isEmpty { accounts[manifest.name] = values.joined(separator: " ") }
                }
                return accounts
            }
        }
    }

    /// Looks the settings up anew at their next use: a sandbox may have moved, an account may have been connected.
    func refresh() { made.withLock { $0.settings = [:] } }

    // MARK: Contexts

    private func context(of plugin: Plugin, _ settings: ProviderSettings) -> ProviderContext {
        ProviderContext(
            profile: profile.name, settings: settings, transport: host.transport,
            limits: isSandbox ? nil : plugin.manifest.limits, time: host.time, log: host.requestLog)
    }

    /// Whether the profile is the sandbox.
    public var isSandbox: Bool { if case .sandbox = profile.origin { true } else { false } }

    private func settings(of manifest: ProviderManifest, _ made: inout Made) throws -> ProviderSettings {
        if let found = made.settings[manifest.name] { return found }
        let found = try findSettings(of: manifest)
        made.settings[manifest.name] = found
        return found
    }

    /// The settings without stored secrets, which nobody is asked to unlock for them.
    private func plainSettings(of manifest: ProviderManifest, _ made: inout Made) throws -> ProviderSettings {
        guard case .stored(let settings) = profile.origin else { return try self.settings(of: manifest, &made) }
        return ProviderSettings(plain: settings[manifest.name] ?? [:])
    }

    private func findSettings(of manifest: ProviderManifest) throws -> ProviderSettings {
        switch profile.origin {
        case .sandbox: return try host.sandbox().settings(of: manifest.name)
        case .environment(let environment):
            var plain: [String: String] = [:]
            var secrets: [String: Secret] = [:]
            for setting in manifest.settings {
                guard let variable = setting.environment, let value = environment[variable] else { continue }
                if setting.isSecret { secrets[setting.name] = Secret(value) } else { plain[setting.name] = value }
            }
            return ProviderSettings(plain: plain, secrets: secrets)
        case .given(let settings): return settings[manifest.name] ?? ProviderSettings()
        case .stored(let settings):
            return try storedSettings(of: manifest, settings, profile: profile.name)
        }
    }

    /// What a stored profile says of a provider, with its secrets.
    func storedSettings(
        of manifest: ProviderManifest, _ settings: [String: [String: String]], profile: String
    ) throws -> ProviderSettings {
        var secrets: [String: Secret] = [:]
        for setting in manifest.settings where setting.isSecret {
            let key = SecretKey(provider: manifest.name, setting: setting.name)
            secrets[setting.name] = try store.secret(key, profile: profile)
        }
        return ProviderSettings(plain: settings[manifest.name] ?? [:], secrets: secrets)
    }

    /// How long after a lost answer a change may still take place in this profile.
    var settleTime: Duration {
        if isSandbox { return .seconds(5) }
        return registry.plugins.values.map(\.manifest.settleTime).max() ?? .zero
    }
}
