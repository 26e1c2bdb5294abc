/// Takes secrets out of a statement before it is remembered.
///
/// What is a secret follows from the types of parameters and from the secrets that are known, never from a list of words.
/// Where nobody can tell, the statement is not to be remembered at all.
public struct Redactor {
    /// What stands in the place of a secret.
    public static let mark = "(secret)"

    private let vocabulary: Vocabulary
    private let names: [(name: String, type: ValueType)]
    private let definitions: [String]
    private let opener: ScriptOpener
    private let telling: Set<String>

    /// Makes a redactor for statements that may use these names and defs; `telling` are the commands that store or read
    /// secrets without a parameter for them.
    public init(
        vocabulary: Vocabulary, names: [(name: String, type: ValueType)] = [], definitions: [String] = [],
        opener: ScriptOpener, telling: Set<String> = []
    ) {
        self.vocabulary = vocabulary
        self.names = names
        self.definitions = definitions
        self.opener = opener
        self.telling = telling
    }

    /// The text without secrets; nil where it is not to be remembered.
    ///
    /// A text that does not parse is kept only where it has none of the secrets in it, names no command that takes some,
    /// and has no flag that might.
    public func redacted(_ text: String, knowing secrets: [String] = []) -> String? {
        let source = SourceText(name: "prompt", text: text)
        let (script, faults) = Parser.parse(source)
        let list = Lexer.tokens(of: source)
        let places = places(script, source)
        let secrets = KnownSecrets(secrets + places.texts, vocabulary)
        guard faults.isEmpty else {
            let isKept = vocabulary.isHarmless(list.tokens, source, telling) && SecretForm.passwords(in: source).isEmpty
            return isKept && secrets.spans(in: source, list).isEmpty ? text : nil
        }
        // A name in the place of a secret is none itself.
        let isFound = places.found.contains {
            $0.end <= source.bytes.count && source.bytes[$0.start] != UInt8(ascii: "$")
        }
        if !isFound, SecretDoubt(vocabulary, telling).remains(about: list, script, source) { return nil }
        let own = places.spans.filter { $0.end <= source.bytes.count }
        return SecretTexts.text(source.bytes, with: Self.mark, at: own + secrets.spans(in: source, list))
    }

    /// The text without secrets that are known; nil where it does not parse, so that nobody can tell what is left of one.
    public func without(_ secrets: [String], _ text: String) -> String? {
        let source = SourceText(name: "prompt", text: text)
        let known = KnownSecrets(secrets, vocabulary).spans(in: source, Lexer.tokens(of: source))
        guard !known.isEmpty else { return text }
        let isWhole = Parser.parse(source).diagnostics.isEmpty
        return isWhole ? SecretTexts.text(source.bytes, with: Self.mark, at: known) : nil
    }

    /// Where secrets stand in a text, and what they are.
    public func places(in text: String) -> SecretPlaces {
        let source = SourceText(name: "prompt", text: text)
        return places(Parser.parse(source).script, source)
    }

    private func places(_ script: Script, _ source: SourceText) -> SecretPlaces {
        let used = UsedFiles(of: script, in: source, definitions: definitions, opener: opener)
        var places = SecretPlaces(
            in: script, used.source, vocabulary: vocabulary, names: names, used: used.scripts, telling: telling)
        places.addPasswords(in: used.source)
        places.addBare(in: used.source, vocabulary: vocabulary, telling: telling)
        return places
    }
}
