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
        let secrets = secrets.filter { !$0.isEmpty }
        let known = KnownSecrets(secrets).spans(in: source, list)
        guard faults.isEmpty else { return known.isEmpty && isHarmless(list.tokens, source) ? text : nil }
        let typed = typed(script, source)
        // A name in the place of a secret is none itself.
        let isFound = typed.contains { source.bytes[$0.start] != UInt8(ascii: "$") }
        if !isFound, SecretDoubt(vocabulary, telling).remains(about: list, script, source) { return nil }
        return Self.text(source, without: known + typed)
    }

    /// Where secrets stand by their type.
    private func typed(_ script: Script, _ source: SourceText) -> [Span] {
        let used = UsedFiles(of: script, in: source, definitions: definitions, opener: opener)
        var checker = Checker(vocabulary: vocabulary)
        checker.told = ToldSecrets(commands: telling)
        checker.check(script, names, used.scripts)
        for (name, value) in checker.told?.entries ?? [] where checker.told?.fields.contains(name) ?? false {
            checker.noteSecret(value)
        }
        return checker.told?.spans.filter { $0.end <= source.bytes.count && $0.start < $0.end } ?? []
    }

    private func isHarmless(_ tokens: [Token], _ source: SourceText) -> Bool {
        let words = tokens.map { $0.kind == .word ? source.text($0.span) : "" }
        let flags = tokens.filter { $0.kind == .flag }.map { String(source.text($0.span).drop { $0 == "-" }) }
        let names = vocabulary.commands.values.filter { $0.hasSecrets(telling) }.map { $0.name.split(separator: " ") }
        let isNamed = names.contains { name in
            words.indices.contains { words[$0...].prefix(name.count).elementsEqual(name, by: { $0 == $1 }) }
        }
        return !isNamed && vocabulary.plainFlags(telling).isSuperset(of: flags)
    }

    private static func text(_ source: SourceText, without spans: [Span]) -> String {
        var (bytes, end) = ([UInt8](), 0)
        for span in spans.sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) }) {
            guard span.start >= end else {
                end = max(end, span.end)
                continue
            }
            bytes += source.bytes[end..<span.start] + Array(mark.utf8)
            end = span.end
        }
        return String(decoding: bytes + source.bytes[end...], as: UTF8.self)
    }
}

/// Finds secrets that are known by their text.
struct KnownSecrets {
    private let secrets: [[UInt8]]

    /// A shorter one counts only where it stands alone, so that no number is torn by a PIN.
    private static let longEnough = 6

    init(_ secrets: [String]) { self.secrets = secrets.map { Array($0.utf8) } }

    func spans(in source: SourceText, _ list: TokenList) -> [Span] {
        secrets.flatMap { secret in occurrences(of: secret, in: source.bytes) } + strings(in: list)
    }

    private func occurrences(of secret: [UInt8], in bytes: [UInt8]) -> [Span] {
        guard let first = secret.first, bytes.count >= secret.count else { return [] }
        return (0...bytes.count - secret.count).compactMap { start in
            let end = start + secret.count
            guard bytes[start] == first, bytes[start..<end].elementsEqual(secret) else { return nil }
            let isAlone = !(start > 0 && isLetter(bytes[start - 1])) && !(end < bytes.count && isLetter(bytes[end]))
            return isAlone || secret.count >= Self.longEnough ? Span(start, end) : nil
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool { Byte.isNameByte(byte) || byte >= 0x80 }

    /// Strings that spell a secret with escapes.
    private func strings(in list: TokenList) -> [Span] {
        list.tokens.compactMap { token in
            guard case .string(let number) = token.kind else { return nil }
            let text = list.strings[number].map { if case .text(let text) = $0 { text } else { "" } }.joined()
            return secrets.contains { !occurrences(of: $0, in: Array(text.utf8)).isEmpty } ? token.span : nil
        }
    }
}
