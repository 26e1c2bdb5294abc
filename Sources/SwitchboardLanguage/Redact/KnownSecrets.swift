/// Finds secrets that are known by their text in a statement.
struct KnownSecrets {
    private let secrets: SecretTexts
    /// What is no secret where it stands as a word or a flag, as in `secret set`, whatever the secret is.
    private let words: Set<String>

    init(_ secrets: [String], _ vocabulary: Vocabulary) {
        self.secrets = SecretTexts(secrets)
        words = self.secrets.isEmpty ? [] : vocabulary.words
    }

    func spans(in source: SourceText, _ list: TokenList) -> [Span] {
        if secrets.isEmpty { return [] }
        let plain = list.tokens.filter { isPlain($0, source) }.map(\.span)
        return (secrets.places(in: source.bytes) + strings(in: source, list)).filter { span in
            !plain.contains { $0.start <= span.start && span.end <= $0.end }
        }
    }

    private func isPlain(_ token: Token, _ source: SourceText) -> Bool {
        switch token.kind {
        case .word: words.contains(source.text(token.span))
        case .flag: words.contains(String(source.text(token.span).dropFirst(2)))
        default: false
        }
    }

    /// Strings that are one, or spell one with escapes.
    private func strings(in source: SourceText, _ list: TokenList) -> [Span] {
        list.tokens.compactMap { token in
            guard case .string(let number) = token.kind else { return nil }
            let text = list.strings[number].map { if case .text(let text) = $0 { text } else { "" } }.joined()
            let places = secrets.places(in: Array(text.utf8))
            let written = secrets.places(in: Array(source.bytes[token.span.start..<token.span.end]))
            let isWhole = places.contains(Span(0, text.utf8.count))
            return isWhole || places.count > written.count ? token.span : nil
        }
    }
}
