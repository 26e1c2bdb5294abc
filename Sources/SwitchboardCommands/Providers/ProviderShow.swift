import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Shows what a provider can do and how the profile reaches it.
public enum ProviderShow: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "provider show", summary: "show what a provider can do, its settings in this profile and its addresses",
        parameters: [Parameter("provider", .positional, .provider, isRequired: true, help: "a registered provider")],
        output: .type(.list(.record(type))), effect: .reads,
        examples: [
            .init("provider show livekit", "capabilities with remarks, settings, addresses"),
            .init(
                "provider show livekit | where .kind == 'endpoint' | select .name .value", "where carriers send calls"),
        ])

    /// Those of the accounts that it asks.
    public static let secrets = SecretNeed.accounts

    private static let type = RecordType(
        fields: [
            .init("kind", .string, "capability, setting or endpoint"), .init("name", .string, "its name"),
            .init("value", .string, "yes, no or not yet; the setting's value; the address"),
            .init("remark", .string, "what there is to know about it"),
        ])

    /// Shows; secrets as dots.
    public static func run(_ call: CommandCall) throws -> Value {
        let name = try call.required("provider")
        guard let manifest = call.run.registry.plugins[name]?.manifest else {
            throw SwitchboardError(.notFound, "no provider '\(name)' is registered")
        }
        let settings = try call.run.providers.settings(of: name)
        let capabilities = Capability.all.map { capability in
            let support = manifest.capabilities[capability]
            return row("capability", capability.rawValue, word(support), support?.remark ?? "")
        }
        let values = manifest.settings.map { setting in
            let value =
                setting.isSecret
                ? settings.secret(setting.name)?.description : settings[setting.name] ?? setting.defaultValue
            return row("setting", setting.name, value, setting.help)
        }
        let endpoints = manifest.endpoints(settings).map { row("endpoint", $0.name, $0.value, $0.remark) }
        return .list(capabilities + values + endpoints)
    }

    private static func word(_ support: Support?) -> String {
        switch support {
        case .yes?: "yes"
        case .noBecause?: "no"
        case .notYet?, nil: "not yet"
        }
    }

    private static func row(_ kind: String, _ name: String, _ value: String?, _ remark: String) -> Value {
        .record(
            Record(
                nil,
                [
                    .init("kind", .string(kind)), .init("name", .string(name)),
                    .init("value", .string(value ?? "not set")), .init("remark", .string(remark)),
                ]))
    }
}
