/// Reads a source text into a tree, collecting every fault on the way.
///
/// It never fails: what cannot be read is left out of the tree and stands in the diagnostics, one for each cause.
/// Reading takes time in proportion to the text's length, and no text makes it recurse deeper than `nestingLimit`.
public struct Parser {
    /// How deep brackets and blocks may nest.
    public static let nestingLimit = 100
    /// How many operators one expression may apply one upon the other.
    public static let operatorLimit = 500
    /// How many faults of a text are reported.
    public static let faultLimit = 100

    let source: SourceText
    let list: TokenList
    /// The position of the token that is looked at.
    var index = 0
    /// Where the last consumed token ends.
    var lastEnd: Int
    /// Whether line ends are blanks here: inside parentheses, brackets and records.
    var newlinesAreBlanks = false
    /// The brackets that are open, outermost first.
    var openers: [Token] = []
    /// How deep the tree is that was built last, counting operators.
    var height = 0
    var faults: [Diagnostic] = []
    /// Whether the text ends in an open bracket or behind a `|`, which more text can mend.
    var wantsMore = false
    /// Whether there is a fault that no more text can mend.
    var isBroken = false
    /// Whether the statement failed because a bracket lacks its end in front of the current line.
    var lastFailureIsUnclosed = false
    /// Whether too deep nesting is already reported.
    var isTooDeep = false

    /// Leaves the statement that is being read; its fault is already reported.
    struct Abandon: Error {}

    init(_ source: SourceText) {
        self.source = source
        list = Lexer.tokens(of: source)
        lastEnd = source.start
        skipBlankNewlines()
    }

    /// The tree of a text, and what is wrong with the text, sorted by place.
    public static func parse(_ source: SourceText) -> (script: Script, diagnostics: [Diagnostic]) {
        var parser = Parser(source)
        let statements = parser.script()
        return (Script(statements: statements), parser.diagnostics)
    }

    /// The faults of tokens and structure together, cut at the limit.
    var diagnostics: [Diagnostic] { Self.limited(list.diagnostics + faults.filter(isCause)) }

    /// Faults in the order of their places, cut at the limit.
    static func limited(_ faults: [Diagnostic]) -> [Diagnostic] {
        let all = DiagnosticRenderer.sorted(faults)
        guard all.count > faultLimit else { return all }
        let more = SyntaxFault.tooMany.diagnostic("\(faultLimit)", at: all[faultLimit].span)
        return Array(all.prefix(faultLimit)) + [more]
    }

    /// Where quotes do not pair up, everything behind the first string that spans lines is read inside out.
    private func isCause(_ fault: Diagnostic) -> Bool {
        guard let suspect = list.suspectString else { return true }
        return fault.span.start < suspect.end
    }
}

// MARK: - Tokens

extension Parser {
    var token: Token { list.tokens[index] }

    /// The token behind the current one, line ends passed if they are blanks here or if told to.
    func peek(passNewlines: Bool = false) -> Token {
        var next = min(index + 1, list.tokens.count - 1)
        if list.tokens[next].kind == .newline, passNewlines || newlinesAreBlanks {
            next = min(next + 1, list.tokens.count - 1)
        }
        return list.tokens[next]
    }

    /// Consumes the current token.
    @discardableResult
    mutating func advance() -> Token {
        let consumed = token
        if consumed.kind != .end {
            index += 1
            if consumed.kind != .newline { lastEnd = consumed.span.end }
        }
        skipBlankNewlines()
        return consumed
    }

    mutating func skipBlankNewlines() {
        while newlinesAreBlanks, token.kind == .newline { index += 1 }
    }

    func text(_ token: Token) -> String { source.text(token.span) }

    func isWord(_ word: String) -> Bool { token.kind == .word && text(token) == word }

    /// The current token's text for a message.
    var found: String {
        switch token.kind {
        case .end: "the end of the text"
        case .newline: "the end of the line"
        case .string: "a string"
        default: VisibleText.quoted(text(token))
        }
    }
}

// MARK: - Faults

extension Parser {
    /// Notes a fault that no more text can mend, and goes on.
    mutating func report(_ fault: SyntaxFault, _ found: String, at span: Span, help: String? = nil) {
        if span.start < list.openString ?? .max { isBroken = true }
        note(fault, found, at: span, help: help)
    }

    /// Notes a fault; behind the limit nothing more is noted.
    mutating func note(_ fault: SyntaxFault, _ found: String, at span: Span, help: String? = nil) {
        guard faults.count <= Self.faultLimit else { return }
        faults.append(fault.diagnostic(found, at: span, help: help))
    }

    /// Notes a fault, about the current token unless a place is given, for the caller to leave the statement.
    ///
    /// Says nothing where the token's fault is known, and at the text's end blames the bracket that is open.
    mutating func fail(_ fault: SyntaxFault, _ found: String, at span: Span? = nil, help: String? = nil) -> Abandon {
        if token.kind == .invalid || isKnownFault(token) { return Abandon() }
        if token.kind == .end, let opener = openers.last {
            if !wantsMore, !isTooDeep {
                note(.unclosed, VisibleText.quoted(text(opener)), at: opener.span, help: helpOnIndentation)
            }
            wantsMore = true
        } else if let opener = unclosedOpener {
            report(.unclosed, VisibleText.quoted(text(opener)), at: opener.span)
            lastFailureIsUnclosed = true
        } else {
            report(fault, found, at: span ?? placeOfToken, help: help)
        }
        return Abandon()
    }

    /// Whether the token's own fault is reported already, as for a flag with one dash.
    private func isKnownFault(_ token: Token) -> Bool {
        token.kind == .flag && list.diagnostics.contains { $0.span.start == token.span.start }
    }

    /// The parenthesis or bracket that lacks its end, where a new line begins with a statement's word inside it.
    private var unclosedOpener: Token? {
        guard newlinesAreBlanks, index > 0, list.tokens[index - 1].kind == .newline, startsStatement(token) else {
            return nil
        }
        return openers.last
    }

    /// Says what was expected instead of the current token.
    mutating func expected(_ what: String, help: String? = nil) -> Abandon {
        fail(.unexpected, "expected \(what), found \(found)", help: help)
    }

    /// The current token; a line end or the text's end is marked right behind what is in front of it.
    var placeOfToken: Span {
        switch token.kind {
        case .newline, .end: Span(lastEnd, lastEnd)
        default: token.span
        }
    }

}
