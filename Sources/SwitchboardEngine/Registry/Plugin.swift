public import SwitchboardCore

/// What a vendor brings: a provider type and commands of its own.
public struct Plugin: Sendable {
    /// The provider; it is constructed at its first use.
    public var provider: any NumberProvider.Type
    /// Commands that only make sense with this vendor.
    public var commands: [any Command.Type]

    /// Makes a plugin.
    public init(provider: any NumberProvider.Type, commands: [any Command.Type] = []) {
        self.provider = provider
        self.commands = commands
    }

    /// What the provider says of itself.
    public var manifest: ProviderManifest { provider.manifest }
}
