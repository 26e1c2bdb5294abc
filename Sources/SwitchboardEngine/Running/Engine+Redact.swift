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
        let redactor = redactor(names, definitions)
        var known = secrets + ownSecrets(of: profile)
        for name in names { name.value.tell(&known) }
        let texts = known.map { $0.reveal() }
        return EvaluatorThread.run { redactor.redacted(text, knowing: texts) }
    }

    /// The texts in a statement, and in the values of `names`, that the statement gives to parameters which take a secret,
    /// whether or not they take it as a text.
    public func secrets(in text: String, names: [Binding] = [], definitions: [String] = []) -> [Secret] {
        let redactor = redactor(names, definitions)
        let places = EvaluatorThread.run { redactor.places(in: text) }
        var values: [String] = []
        for (name, path) in places.named { names[name].value.tell(&values, at: path[...]) }
        let typed = values.prefix(Self.mostTyped).filter { $0.utf8.count >= SecretPlaces.shortest }
        return Set(places.texts + typed).map { Secret($0) }
    }
    /// Nobody types a longer list: it was read from a file.
    private static let mostTyped = 100

    /// A text of before without secrets that became known since; nil where it may not be kept any longer.
    public func redacted(_ text: String, knowing secrets: [Secret]) -> String? {
        redactor([], []).without(secrets.map { $0.reveal() }, text)
    }

    private func redactor(_ names: [Binding], _ definitions: [String]) -> Redactor {
        Redactor(
            vocabulary: registry.vocabulary, names: names.map { ($0.name, $0.type) }, definitions: definitions,
            opener: host.files.opener(for: "prompt"), telling: registry.namesOfTelling)
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

extension Engine.Request {
    /// Whether a secret that the host knows is in what the run keeps of the request.
    var namesSecret: Bool {
        let texts = SecretTexts(secrets.map { $0.reveal() })
        if texts.isEmpty { return false }
        return ([source.text(Span(0, source.bytes.count))] + definitions + names.map(\.value.json))
            .contains(where: texts.stand)
    }
}

extension Registry {
    /// The commands that store or read secrets themselves.
    fileprivate var namesOfTelling: Set<String> { Set(commands.filter { $0.value.secrets == .any }.keys) }

    /// Whether a call is told a secret, or may be.
    func hasSecrets(_ call: CallNode) -> Bool {
        let signature = vocabulary.commands[call.command]
        return commands[call.command]?.secrets == .any
            || signature?.parameters.contains(where: \.type.takesSecret) ?? true
    }

    /// The secrets that are written into a script and the files that it uses; with nothing that takes one only those that
    /// are known by their form.
    func secrets(
        in script: Script, _ used: UsedFiles, _ names: [(name: String, type: ValueType)], isBroken: Bool, isClean: Bool
    ) -> SecretPlaces {
        let telling = namesOfTelling
        var places =
            isClean
            ? SecretPlaces()
            : SecretPlaces(
                in: script, used.source, vocabulary: vocabulary, names: names, used: used.scripts, telling: telling)
        places.addPasswords(in: used.source)
        if !isClean || isBroken { places.addBare(in: used.source, vocabulary: vocabulary, telling: telling) }
        if isBroken { places.addValues(in: used.source, vocabulary: vocabulary, telling: telling) }
        return places
    }
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

    /// Adds the texts in it, or in its fields at the path.
    fileprivate func tell(_ texts: inout [String], at path: ArraySlice<String>) {
        switch self {
        case .list(let items): for item in items { item.tell(&texts, at: path) }
        case .record(let record):
            for field in record.fields where path.isEmpty || field.name == path.first {
                field.value.tell(&texts, at: path.dropFirst())
            }
        case .nothing, .bool: break
        default: if let text = plainText { texts.append(text) }
        }
    }
}
