import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Lists the registered providers.
public enum ProviderList: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "provider list", summary: "list the providers of this program", otherNames: ["providers"],
        output: .type(.list(.record(type))),
        examples: [.init("provider list", "what can be searched and bought where")])

    private static let type = RecordType(
        name: "provider-entry", summary: "a provider of this program",
        fields: [
            .init("name", .string, "the name that commands take"),
            .init("product", .string, "the vendor's own name of it"),
            .init("countries", .list(.string), "whose numbers it sells, two letters each"),
            .init("can", .list(.string), "its capabilities"),
        ])

    /// Lists in the order of registration; asks nobody.
    public static func run(_ call: CommandCall) throws -> Value {
        let registry = call.run.registry
        return .list(
            registry.providerNames.compactMap { registry.plugins[$0]?.manifest }.map { manifest in
                let can = Capability.all.filter { manifest.capabilities[$0]?.isYes ?? false }
                return .record(
                    Record(
                        "provider-entry",
                        [
                            .init("name", .string(manifest.name)), .init("product", .string(manifest.displayName)),
                            .init("countries", .list(manifest.countries.map { .string($0) })),
                            .init("can", .list(can.map { .string($0.rawValue) })),
                        ]))
            })
    }
}
