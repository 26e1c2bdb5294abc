public import SwitchboardCore
public import SwitchboardLanguage

/// Everything that the host registers at startup; a value, made once.
public struct Registry: Sendable {
    /// The plugins by provider name.
    public let plugins: [String: Plugin]
    /// The provider names in the order of registration.
    public let providerNames: [String]
    /// The commands by name.
    public let commands: [String: any Command.Type]
    /// The effects that the commands hand to the door, by kind.
    let effects: [String: any Effect.Type]
    /// The id kinds of the core and of all providers.
    public let idKinds: [IDKind]
    /// What the checker sees.
    public let vocabulary: Vocabulary

    /// Makes a registry.
    ///
    /// Throws `invalid_argument` where two commands or two providers have one name, or two effects one kind, and where a
    /// command changes something and cannot plan it.
    public init(plugins: [Plugin], commands: [any Command.Type]) throws {
        let allCommands = commands + plugins.flatMap(\.commands)
        self.plugins = try Self.table(plugins.map { ($0.manifest.name, $0) }, what: "provider")
        self.providerNames = plugins.map(\.manifest.name)
        self.commands = try Self.table(allCommands.map { ($0.signature.name, $0) }, what: "command")
        let changing = try allCommands.compactMap(Self.changing)
        let allEffects = changing.flatMap { $0.effects } + [LedgerEffect.self]
        self.effects = try Dictionary(allEffects.map { ($0.kind, $0) }) { one, other in
            if one == other { return one }
            throw SwitchboardError(.invalidArgument, "two effects are of the kind '\(one.kind)'")
        }
        let kinds = [IDKind.phone, .trunk, .agent, .run] + plugins.flatMap(\.manifest.idKinds)
        self.idKinds = kinds
        self.vocabulary = Vocabulary(
            commands: allCommands.map { $0.signature(with: plugins) },
            providers: Dictionary(
                plugins.map { ($0.manifest.name, Self.refusals($0.manifest)) }, uniquingKeysWith: { first, _ in first }),
            readID: { Self.read($0, kinds) }, idKinds: Set(kinds.map(\.name)))
    }

    /// The command as one that changes something; nil for one that does not.
    private static func changing(_ command: any Command.Type) throws -> (any ChangingCommand.Type)? {
        if let changing = command as? any ChangingCommand.Type { return changing }
        guard command.signature.effect >= .changes else { return nil }
        throw SwitchboardError(
            .invalidArgument, "the command '\(command.signature.name)' changes something and cannot plan it",
            help: "make it a ChangingCommand")
    }

    private static func table<Value>(_ pairs: [(String, Value)], what: String) throws -> [String: Value] {
        try Dictionary(pairs) { _, _ in
            let names = pairs.map(\.0)
            let twice = names.first { name in names.filter { $0 == name }.count > 1 } ?? ""
            throw SwitchboardError(.invalidArgument, "the \(what) '\(twice)' is registered twice")
        }
    }

    private static func refusals(_ manifest: ProviderManifest) -> [String: String?] {
        var answers: [String: String?] = [:]
        for (capability, support) in manifest.capabilities {
            answers[capability.rawValue] = .some(support.isYes ? nil : support.remark)
        }
        return answers
    }

    private static func read(_ word: String, _ kinds: [IDKind]) -> IDReading {
        let candidates = kinds.filter { word.hasPrefix($0.prefix) }
        if let fitting = candidates.first(where: { $0.matches(word) }) { return .id(kind: fitting.name) }
        guard let near = candidates.max(by: { $0.prefix.count < $1.prefix.count }), near.prefix.hasSuffix("_") else {
            return misspelt(word, kinds) ?? .noID
        }
        let length = near.length.lowerBound == near.length.upperBound ? "\(near.length.lowerBound)" : "some"
        return .broken(
            kind: near.name, expected: "\(near.prefix) is followed by \(length) characters of \(near.alphabet)")
    }

    /// An id whose prefix nearly is one, and that would be right with that.
    private static func misspelt(_ word: String, _ kinds: [IDKind]) -> IDReading? {
        guard let end = word.firstIndex(of: "_") else { return nil }
        let (prefix, rest) = (String(word[...end]), word[word.index(after: end)...])
        guard let near = NearName.guess(for: prefix, among: kinds.map(\.prefix)),
            let kind = kinds.first(where: { $0.prefix == near }), kind.matches(near + rest)
        else { return nil }
        return .broken(kind: kind.name, expected: "did you mean '\(near)\(rest)'?")
    }
}
