/// Where secrets stand in a text, and what they are.
///
/// What a secret is follows from the types of parameters; a password in a URL and the value of a header that identifies
/// somebody are known by their form.
public struct SecretPlaces: Sendable {
    /// Where one stands, or may stand.
    public private(set) var spans: [Span] = []
    /// Those that are certainly meant as one, as texts, where such a text is nothing else in other statements: a bare word
    /// of letters may be a name, and three characters stand everywhere.
    public private(set) var texts: [String] = []
    /// What of the names that are bound beforehand is given to a parameter that takes a secret: the number of the name,
    /// and the fields that lead to the value.
    public private(set) var named: [(name: Int, path: [String])] = []
    /// Those that were meant as one, or may have been: not only what others are worked out of.
    private(set) var found: [Span] = []

    /// None.
    public init() {}

    /// Looks for them in a script as far as it could be parsed, and in the files that it uses; `telling` are the commands
    /// that store or read secrets without a parameter for them.
    public init(
        in script: Script, _ source: SourceText, vocabulary: Vocabulary,
        names: [(name: String, type: ValueType)] = [], used: [Script] = [], telling: Set<String> = []
    ) {
        var checker = Checker(vocabulary: vocabulary)
        checker.told = ToldSecrets(commands: telling, nameCount: names.count)
        checker.check(script, names, used)
        checker.noteFields()
        guard let told = checker.told else { return }
        let certain = told.certain.filter { $0.start < $0.end }
        found = (certain + told.possible).filter { $0.start < $0.end }
        spans = found + (told.isOpen ? told.loose : [])
        texts = certain.filter { !Self.isEveryday($0, source) }.compactMap { Self.text(at: $0, in: source) }
            .filter { $0.utf8.count >= Self.shortest }
        named = told.named
    }

    /// Adds the passwords of URLs.
    public mutating func addPasswords(in source: SourceText) {
        let passwords = SecretForm.passwords(in: source)
        spans += passwords
        texts += passwords.compactMap { Self.text(at: $0, in: source) }
    }

    /// The fewest bytes of a text that is looked for in other statements.
    public static let shortest = 4
    /// A bare word of letters that is no shorter is no name.
    private static let longestName = 12

    private static func isEveryday(_ span: Span, _ source: SourceText) -> Bool {
        span.end - span.start < longestName && source.text(span).allSatisfy(\.isLetter)
    }

    /// Adds what stands without quotes behind a flag that takes a secret, up to the next blank: a password has characters
    /// that mean something else to the language.
    public mutating func addBare(in source: SourceText, vocabulary: Vocabulary, telling: Set<String> = []) {
        let doubt = SecretDoubt(vocabulary, telling)
        for token in Lexer.tokens(of: source).tokens where token.kind == .flag {
            guard doubt.isFlag(source.text(token.span)) else { continue }
            let start = source.bytes[token.span.end...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? source.bytes.count
            let text = source.bytes[start...].prefix { $0 > 0x20 }
            guard let first = text.first, !Self.openings.contains(first) else { continue }
            if doubt.isPlainFlag(String(decoding: text, as: UTF8.self)) { continue }
            // Whole, and what a message may repeat of it.
            let pieces = text.split { Self.ends.contains($0) }
            spans += ([text] + pieces).map { Span($0.startIndex, $0.endIndex) }
        }
    }

    /// What ends a call.
    private static let ends = Set(";|".utf8)
    /// What begins a string, a name, or a value that a command gives.
    private static let openings = Set("\"'`$(".utf8)

    /// Adds what may be one in a text with faults of syntax: every value of a line that has to do with secrets.
    public mutating func addValues(in source: SourceText, vocabulary: Vocabulary, telling: Set<String> = []) {
        let (words, doubt) = (vocabulary.words, SecretDoubt(vocabulary, telling))
        for line in Lexer.tokens(of: source).tokens.split(whereSeparator: {
            $0.kind == .newline || $0.kind == .semicolon
        })
        where doubt.remains(about: line, source) {
            spans += line.filter { $0.isValue || $0.kind == .word && !words.contains(String(source.text($0.span))) }
                .map(\.span)
        }
    }

    /// What is written at a place; nil where it is more than one value.
    static func text(at span: Span, in source: SourceText) -> String? {
        let text = source.text(span)
        let list = Lexer.tokens(of: SourceText(name: source.name, text: text))
        guard case .string(let number)? = list.tokens.first?.kind else {
            return text.contains { $0.isWhitespace || $0 == "$" } ? nil : text
        }
        guard list.tokens[0].span.end == text.utf8.count else { return nil }
        return list.strings[number].reduce("") { text, piece in
            guard let text, case .text(let more) = piece else { return nil }
            return text + more
        }
    }
}

extension Token {
    /// Whether it is a value by its form.
    fileprivate var isValue: Bool {
        switch kind {
        case .number, .phone, .money, .duration, .rate, .time, .path, .string, .malformed, .invalid: true
        default: false
        }
    }
}

/// What is a secret by its form, whatever takes it.
enum SecretForm {
    private static let headers: Set = ["authorization", "cookie", "token", "password", "secret"]

    /// Whether the field of a record, such as a header, identifies somebody by its value.
    static func isHeader(_ name: String) -> Bool {
        let words = name.lowercased().split { "-_ ".contains($0) }
        return words.last.map { headers.contains(String($0)) } ?? false || words.suffix(2) == ["api", "key"]
    }

    /// Where the passwords of URLs stand, between the user's name and the host, and the values of settings.
    static func passwords(in source: SourceText) -> [Span] {
        let bytes = source.bytes[...]
        var spans: [Span] = []
        var place = 0
        while let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")) {
            place = colon + 1
            guard bytes[place...].starts(with: [0x2F, 0x2F]) else { continue }
            let authority = bytes[(place + 2)...].prefix { $0 > 0x20 && !ends.contains($0) }
            guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { continue }
            guard let start = authority[..<at].firstIndex(of: UInt8(ascii: ":")) else { continue }
            spans.append(Span(start + 1, at))
        }
        return spans + settings(in: bytes)
    }

    /// The values of settings as a shell has them, such as `API_TOKEN=…`.
    private static func settings(in bytes: ArraySlice<UInt8>) -> [Span] {
        var (spans, place) = ([Span](), 0)
        while let sign = bytes[place...].firstIndex(of: UInt8(ascii: "=")) {
            let start = bytes[place..<sign].lastIndex { !Byte.isNameByte($0) }.map { $0 + 1 } ?? place
            let name = bytes[start..<sign]
            place = sign + 1
            guard isHeader(String(decoding: name, as: UTF8.self)) else { continue }
            let value = bytes[place...].prefix { $0 > 0x20 }
            if value.isEmpty || value.first == UInt8(ascii: "=") { continue }
            spans.append(Span(place, value.endIndex))
            place = value.endIndex
        }
        return spans
    }

    private static let ends = Set("/?#'\"`<>\\|".utf8)
}
