import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Makes a live profile, or adds a provider to one.
public enum Connect: OutsideCommand {
    /// The declaration, without the flags that the providers' settings add.
    public static let signature = CommandSignature(
        "connect", summary: "make a profile of a real account, after trying its credentials",
        parameters: [
            Parameter("provider", .positional, .provider, isRequired: true, help: "whose account it is"),
            Parameter(
                "name", .flag, .string, isRequired: true, offer: .profiles, help: "the profile's name, for --profile"),
        ],
        output: .type(
            .record(
                RecordType(fields: [
                    .init("profile", .string, "the profile's name, for --profile"),
                    .init("provider", .string, "whose account it is"),
                ]))),
        effect: .changes, inverse: "disconnect", undoing: .refused,
        examples: [
            .init(
                "connect livekit --name acme --url https://acme.livekit.cloud --api-key APIexample --api-secret-stdin",
                "reads the secret from standard input")
        ])

    /// Those that it stores.
    public static let secrets = SecretNeed.any

    /// The declaration with a flag for each provider's settings, and those of the files that hold them; secrets are asked
    /// for or read from standard input.
    public static func signature(with plugins: [Plugin]) -> CommandSignature {
        var signature = signature
        for manifest in plugins.map(\.manifest) {
            let file = manifest.settingsFile
            for flag in manifest.settings.map(flag) + (file.map(flags) ?? []) {
                if let shared = signature.parameters.firstIndex(where: { $0.name == flag.name }) {
                    signature.parameters[shared].help += "; for \(manifest.name): \(flag.help)"
                } else {
                    signature.parameters.append(flag)
                }
            }
            guard let file else { continue }
            signature.examples.append(
                .init("connect \(manifest.name) --name acme --\(file.flag)", "takes what ~/\(file.path) holds"))
        }
        return signature
    }

    private static func flag(_ setting: ProviderSetting) -> Parameter {
        let name = setting.name.replacing("_", with: "-")
        return setting.isSecret
            ? Parameter(name + "-stdin", .toggle, .bool, help: "read it from standard input: \(setting.help)")
            : Parameter(name, .flag, .string, help: setting.help)
    }

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let (provider, name) = (try call.required("provider"), try call.required("name"))
        return [
            PlannedChange(
                kind: signature.name, subject: "\(name) \(provider)",
                summary: "store the credentials of \(provider) in profile \(name)",
                undoing: .by("disconnect \(provider) --name \(name)"))
        ]
    }

    /// Tries the credentials with one reading call, and keeps them only if it succeeds.
    public static func run(_ call: CommandCall) throws -> Value {
        let (providerName, name) = (try call.required("provider"), try call.required("name"))
        guard let plugin = call.run.registry.plugins[providerName] else {
            throw SwitchboardError(.notFound, "no provider '\(providerName)' is registered")
        }
        try check(name)
        let (plain, secrets) = try settings(plugin.manifest, name, call)
        let host = call.run.host
        let provider = try plugin.provider.init(
            context: ProviderContext(
                profile: name, settings: ProviderSettings(plain: plain, secrets: secrets), transport: host.transport,
                limits: plugin.manifest.limits, time: host.time, log: host.requestLog))
        try call.run.ask { try await provider.tryCredentials() }

        let stored = try call.run.store.profiles().first { $0.name == name }
        try requireSameAccount(plugin.manifest, stored, plain, call.run)
        var profile = stored ?? ProfileRecord(name: name, createdAt: call.run.now)
        profile.settings[providerName] = plain
        let keyed = secrets.map { (SecretKey(provider: providerName, setting: $0.key), $0.value) }
        try call.run.store.save(profile, secrets: Dictionary(keyed) { first, _ in first })
        call.run.note("connected; use it with --profile \(name)")
        return .record(Record(nil, [.init("profile", .string(name)), .init("provider", .string(providerName))]))
    }

    /// A profile is the workspace of one account: with another one behind its name, the numbers that it holds would look
    /// as if they had been given up.
    private static func requireSameAccount(
        _ manifest: ProviderManifest, _ stored: ProfileRecord?, _ plain: [String: String], _ run: RunSession
    ) throws {
        guard let stored, let before = stored.settings[manifest.name],
            manifest.settings.contains(where: { $0.isAccount && before[$0.name] != plain[$0.name] })
        else { return }
        let holdsNumbers = try run.store.numbers(profile: stored.name).contains { $0.provider == manifest.name }
        guard try holdsNumbers || run.store.openIntents().contains(where: { $0.profile == stored.name }) else { return }
        throw SwitchboardError(
            .conflict, "profile '\(stored.name)' holds numbers of another \(manifest.name) account",
            help: "choose another --name for this one", provider: manifest.name)
    }

    private static func check(_ name: String) throws {
        guard PlainName.fits(name) else {
            throw SwitchboardError(.invalidArgument, "'\(name)' is no profile name", help: PlainName.rule)
        }
        // The environment's accounts have their ledgers under names that begin with its own.
        let isBuiltIn = name == Profile.sandboxName || name == Profile.environmentName
        if isBuiltIn || name.hasPrefix(Profile.environmentName + "-") {
            throw SwitchboardError(.invalidArgument, "'\(name)' is a built-in profile", help: "choose another name")
        }
    }

    /// What the call gives, then what the vendor's own file holds; secrets in neither are asked for.
    private static func settings(
        _ manifest: ProviderManifest, _ profile: String, _ call: CommandCall
    ) throws -> ([String: String], [String: Secret]) {
        let entry = try entry(manifest, call)
        var plain: [String: String] = [:]
        var secrets: [String: Secret] = [:]
        for setting in manifest.settings {
            let flag = setting.name.replacing("_", with: "-") + (setting.isSecret ? "-stdin" : "")
            if setting.isSecret {
                secrets[setting.name] = secret(setting, manifest, entry?.settings, isRead: call.isSet(flag), call)
            } else {
                plain[setting.name] = call.text(flag) ?? entry?.settings[setting.name]
            }
            let isMissing = plain[setting.name] == nil && secrets[setting.name] == nil
            if setting.isRequired && isMissing {
                let lacks = entry.map { "\($0.words) has no \(setting.name)" }
                throw SwitchboardError(
                    .unauthorized, lacks ?? "profile '\(profile)' needs the \(manifest.name) setting '\(setting.name)'",
                    help: "--\(flag): \(setting.help)", provider: manifest.name)
            }
        }
        return (plain, secrets)
    }

    private static func secret(
        _ setting: ProviderSetting, _ manifest: ProviderManifest, _ file: ProviderSettings?, isRead: Bool,
        _ call: CommandCall
    ) -> Secret? {
        if let file, !isRead { return file.secret(setting.name) }
        guard setting.isRequired || isRead else { return nil }
        let name = setting.name.replacing("_", with: "-")
        return call.run.host.askSecret("\(manifest.displayName) \(name): ", isRead ? .line : .person)
    }
}
