public import SwitchboardCore
import SwitchboardLanguage

extension Engine {
    /// A statement as a history may keep it: secrets become `(secret)`; nil where it may not be kept at all.
    ///
    /// Secrets are found by the types of the parameters that they are given to, in the values of `names`, in the profile's
    /// own settings, and among `secrets`, those that somebody was asked for. A statement that does not parse is kept only
    /// where it has none of them in it and nothing of it takes one.
    public func redacted(
        _ text: String, profile: Profile, names: [Binding] = [], definitions: [String] = [],
        knowing secrets: [Secret] = []
    ) -> String? {
        let redactor = Redactor(
            vocabulary: registry.vocabulary, names: names.map { ($0.name, $0.type) }, definitions: definitions,
            opener: host.files.opener(for: "prompt"), telling: registry.namesOfTelling)
        var known = secrets + ownSecrets(of: profile)
        for name in names { name.value.tell(&known) }
        let texts = known.map { $0.reveal() }
        return EvaluatorThread.run { redactor.redacted(text, knowing: texts) }
    }

    /// The secrets that a profile holds without a store.
    private func ownSecrets(of profile: Profile) -> [Secret] {
        switch profile.origin {
        case .sandbox, .stored: []
        case .given(let settings):
            secretSettings.compactMap { provider, setting in settings[provider]?.secret(setting.name) }
        case .environment(let environment):
            secretSettings.compactMap { _, setting in
                setting.environment.flatMap { environment[$0] }.map { Secret($0) }
            }
        }
    }

    private var secretSettings: [(provider: String, setting: ProviderSetting)] {
        registry.plugins.values.map(\.manifest).flatMap { manifest in
            manifest.settings.filter(\.isSecret).map { (manifest.name, $0) }
        }
    }
}

extension Registry {
    /// The commands that store or read secrets themselves.
    fileprivate var namesOfTelling: Set<String> { Set(commands.filter { $0.value.secrets == .any }.keys) }
}

extension Value {
    /// Adds the secrets in it.
    fileprivate func tell(_ secrets: inout [Secret]) {
        switch self {
        case .secret(let secret): secrets.append(secret)
        case .list(let items): for item in items { item.tell(&secrets) }
        case .record(let record): for field in record.fields { field.value.tell(&secrets) }
        default: break
        }
    }
}
