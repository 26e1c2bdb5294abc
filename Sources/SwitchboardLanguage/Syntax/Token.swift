/// One token of a source text.
public struct Token: Hashable, Sendable {
    /// What it is.
    public var kind: Kind
    /// Where it stands, quotes, dashes and `$` included.
    public var span: Span
    /// Whether a blank, a line end or the text's start is in front of it.
    public var isSpaced: Bool

    /// The forms of tokens.
    public enum Kind: Hashable, Sendable {
        case word, number, phone, money, duration, rate, time, path
        /// A quoted string; the number finds its pieces in the token list.
        case string(Int)
        case variable, field, flag
        /// One or more line ends, comments between them included.
        case newline
        case semicolon, pipe, comma, colon, assign, question, arrow
        case openParenthesis, closeParenthesis, openBracket, closeBracket, openBrace, closeBrace
        case symbol(BinaryOperator)
        /// An operator of another language, such as `&&`.
        case foreign
        /// A word that looks like a phone number, a time or a number and is none: fine where a slot wants text.
        case malformed(SyntaxFault)
        /// Something whose fault is already reported.
        case invalid
        case end
    }
}

/// What a source text is made of.
public struct TokenList: Sendable {
    /// The tokens in order; the last one is `.end`.
    public internal(set) var tokens: [Token] = []
    /// The pieces of the quoted strings, by the number in `.string`.
    public internal(set) var strings: [[StringPart]] = []
    /// The comment in front of a `.newline` or `.end` token on the same line, by the token's position.
    public internal(set) var comments: [Int: Span] = [:]
    /// What is wrong with single tokens.
    public internal(set) var diagnostics: [Diagnostic] = []
    /// Where the string begins that has no closing quote, if there is one.
    public internal(set) var openString: Int?
    /// The first string of the same quote that spans lines, which may be the one that lacks its end.
    var suspectString: Span?
}
