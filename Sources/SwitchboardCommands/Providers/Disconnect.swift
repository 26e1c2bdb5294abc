import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Forgets the credentials that `connect` has stored.
public enum Disconnect: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "disconnect", summary: "forget a provider's credentials in a profile; its ledger stays",
        parameters: [
            Parameter("provider", .positional, .provider, isRequired: true, help: "whose credentials"),
            Parameter(
                "name", .flag, .string, isRequired: true, offer: .profiles,
                help: "the profile's name, as connect was given it"),
            Parameter("force", .toggle, .bool, help: "also where numbers need the credentials"),
        ],
        output: .type(.record(type)), effect: .changes, inverse: "connect", undoing: .refused,
        examples: [.init("disconnect livekit --name acme", "its secret is stored nowhere any more")])

    private static let type = RecordType(
        fields: [
            .init("profile", .string, "the profile's name"), .init("provider", .string, "whose credentials"),
            .init("numbers", .int, "how many numbers need the credentials"),
        ])

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let (provider, name) = (try call.required("provider"), try call.required("name"))
        return [
            PlannedChange(
                kind: signature.name, subject: "\(name) \(provider)",
                summary: "forget the credentials of \(provider) in profile \(name)",
                undoing: .never("nobody knows them any more"))
        ]
    }

    /// Removes the credentials, at once, and says what is left.
    public static func run(_ call: CommandCall) throws -> Value {
        let (provider, name) = (try call.required("provider"), try call.required("name"))
        let store = call.run.store
        let profile = try profile(name, store)
        let numbers = try numbers(of: profile, that: provider, call.run)
        let isNeeded = try !numbers.isEmpty || store.openIntents().contains { $0.profile == name }
        if isNeeded && !call.isSet("force") { throw refusal(profile, provider, numbers) }
        var left = profile
        left.settings[provider] = isNeeded ? account(of: profile, provider, call.run.registry) : nil
        let secrets = try store.save(left, removingSecretsOf: provider)
        if secrets == 0 && left == profile {
            try call.run.unchanged("profile '\(name)' has no credentials of \(provider)")
        } else {
            call.run.note(try remains(of: left, provider, store))
        }
        return .record(
            Record(
                nil,
                [
                    .init("profile", .string(name)), .init("provider", .string(provider)),
                    .init("numbers", .int(Int64(numbers.count))),
                ]))
    }

    private static func profile(_ name: String, _ store: any Store) throws -> ProfileRecord {
        let stored = try store.profiles()
        if let profile = stored.first(where: { $0.name == name }) { return profile }
        throw SwitchboardError(
            .notFound, "connect has made no profile '\(name)'",
            help: NearName.help(for: name, among: stored.map(\.name)) ?? "there are: \(list(stored.map(\.name)))")
    }

    /// All of the profile's where the provider answers the calls, else those of the account; also those of other profiles
    /// where nothing else has the account's credentials.
    private static func numbers(
        of profile: ProfileRecord, that provider: String, _ run: RunSession
    ) throws -> [WorkspaceNumber] {
        let plugin = run.registry.plugins[provider]
        let account = plugin?.manifest.settings.first(where: \.isAccount).flatMap { setting in
            profile.settings[provider]?[setting.name].map { (setting: setting.name, id: $0) }
        }
        let answersCalls = account != nil && plugin?.provider is any CallAnswering.Type
        let own = try run.store.numbers(profile: profile.name).filter {
            answersCalls || $0.provider == provider && ($0.account == nil || $0.account == account?.id)
        }
        guard let account else { return own }
        let others = try run.store.profiles().filter { $0.name != profile.name }
        if others.contains(where: { $0.settings[provider]?[account.setting] == account.id }) { return own }
        let kept = ProviderSet.secretName(provider, account: account.id)
        let names = try (others.map(\.name) + [Profile.sandboxName]).filter { name in
            try !run.store.namedSecrets(profile: name).contains { $0.name == kept }
        }
        return try own + names.flatMap { try run.store.numbers(profile: $0).filter { $0.account == account.id } }
    }

    private static func refusal(
        _ profile: ProfileRecord, _ provider: String, _ numbers: [WorkspaceNumber]
    ) -> SwitchboardError {
        let some = numbers.prefix(3).map(\.e164.text).joined(separator: ", ")
        let more = numbers.count > 3 ? ", …" : ""
        let subject =
            numbers.isEmpty
            ? "changes that are under way need"
            : "\(count(numbers.count, "number")) (\(some)\(more)) \(numbers.count == 1 ? "needs" : "need")"
        return SwitchboardError(
            .conflict, "\(subject) the \(provider) credentials of profile '\(profile.name)'",
            help: "release or remove them first, or give --force: all stays as it is, and cannot be changed until "
                + "connect is given the credentials again",
            provider: provider)
    }

    /// What tells the account stays with the numbers, so that no other account is put behind them.
    private static func account(
        of profile: ProfileRecord, _ provider: String, _ registry: Registry
    ) -> [String: String]? {
        let names = registry.plugins[provider]?.manifest.settings.filter(\.isAccount).map(\.name) ?? []
        return profile.settings[provider]?.filter { names.contains($0.key) }
    }

    private static func remains(of profile: ProfileRecord, _ provider: String, _ store: any Store) throws -> String {
        let name = profile.name
        let counts = [
            (try store.numbers(profile: name).count, "number"), (try store.trunks(profile: name).count, "trunk"),
            (try store.agents(profile: name).count, "agent"),
            (try store.namedSecrets(profile: name).count, "named secret"),
        ]
        let others = profile.settings.keys.filter { $0 != provider }.sorted()
        let left = counts.filter { $0.0 > 0 }.map { count($0.0, $0.1) } + others
        return "disconnected; left in profile \(name): \(list(left)); at \(provider) nothing has changed"
    }

    private static func count(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

    private static func list(_ words: [String]) -> String { words.isEmpty ? "nothing" : words.joined(separator: ", ") }
}
