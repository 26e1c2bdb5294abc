/// Whether a text in which no secret was found may have one all the same.
///
/// It may where it deals in secrets by more than one plain call: what flows into a command that stores them, what loops,
/// records and defs hand on, lines that were meant as an answer to a question, and comments.
struct SecretDoubt {
    /// The flags that take a secret.
    private let flags: Set<String>
    /// The other flags.
    private let plain: Set<String>
    /// The fields that bind to them and are no everyday words.
    private let fields: Set<String>
    /// The words of the commands that store secrets.
    private let names: [[String]]

    init(_ vocabulary: Vocabulary, _ telling: Set<String>) {
        let parameters = vocabulary.commands.values.flatMap(\.parameters).filter { $0.type.takesSecret }
        flags = Set(parameters.flatMap { [$0.name] + $0.aliases })
        plain = vocabulary.plainFlags(telling)
        fields = Set(flags.map { $0.replacing("-", with: "_") }.filter { $0.contains("_") })
        // `secret NAME` only says by which name one is kept, unlike `secret set`.
        names = telling.filter { name in !telling.contains { $0.hasPrefix(name + " ") } }
            .map { $0.split(separator: " ").map(String.init) }
    }

    func remains(about list: TokenList, _ script: Script, _ source: SourceText) -> Bool {
        let tokens = list.tokens
        let words = Self.words(source)
        if !fields.isDisjoint(with: words) { return true }
        let isOneCall =
            script.statements.count == 1 && list.comments.isEmpty && !tokens.contains { $0.kind == .openBrace }
        let first = tokens.prefix { $0.kind != .pipe }
        if isNamed(in: words[...]) {
            return !isOneCall || !names.contains { name in first.prefix(name.count).map(text).elementsEqual(name) }
        }
        guard words.contains(where: isFlag) else { return false }
        return !isOneCall
            || tokens.indices.contains { place in
                guard tokens[place].kind == .flag, isFlag(text(tokens[place])) else { return false }
                // A name, or what a command in parentheses gives, is written somewhere else.
                let value = first.dropFirst(place + 1).first?.kind
                return value != .variable && value != .openParenthesis
            }

        func text(_ token: Token) -> String { String(source.text(token.span)) }
    }

    /// The same of a line in a text with faults, by its words alone; a flag that nobody knows counts where one that takes a
    /// secret may have been meant.
    func remains(about line: ArraySlice<Token>, _ source: SourceText) -> Bool {
        guard let first = line.first, let last = line.last else { return false }
        let words = Self.words(SourceText(name: source.name, text: source.text(Span(first.span.start, last.span.end))))
        return !fields.isDisjoint(with: words) || isNamed(in: words[...])
            || line.contains { $0.kind == .flag && isMeant(String(source.text($0.span).drop { "-–—".contains($0) })) }
    }

    private func isMeant(_ name: String) -> Bool {
        if flags.contains(name) || plain.contains(name) { return flags.contains(name) }
        return flags.contains { $0.hasPrefix(name) || name.hasPrefix($0) }
            || NearName.guess(for: name, among: flags.union(plain)).map(flags.contains) ?? false
    }

    /// Whether it is a flag that takes none.
    func isPlainFlag(_ word: String) -> Bool { word.hasPrefix("--") && plain.contains(String(word.dropFirst(2))) }

    /// Whether it is a flag that takes a secret.
    func isFlag(_ word: String) -> Bool { word.hasPrefix("--") && flags.contains(String(word.dropFirst(2))) }

    /// Whether the words of a command stand there one after the other.
    private func isNamed(in words: ArraySlice<String>) -> Bool {
        words.indices.contains { place in names.contains { words[place...].starts(with: $0) } }
    }

    /// All words of the text, of comments and strings as well.
    private static func words(_ source: SourceText) -> [String] {
        String(decoding: source.bytes, as: UTF8.self).split { !($0.isLetter || $0.isNumber || "-_".contains($0)) }
            .map(String.init)
    }
}
