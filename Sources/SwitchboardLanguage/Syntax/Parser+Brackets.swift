extension Parser {
    /// Consumes an opening bracket, reads what stands inside, and consumes the closing one.
    ///
    /// Line ends are blanks inside unless `lines` is set. Too deep inside other brackets it gives nil and passes
    /// everything up to the closing bracket.
    mutating func bracketed<Inside>(
        lines: Bool = false, _ inside: (inout Parser) throws(Abandon) -> Inside
    ) throws(Abandon) -> Inside? {
        guard openers.count < Self.nestingLimit else {
            passTooDeep()
            return nil
        }
        let opener = token
        let outer = newlinesAreBlanks
        let outerHeight = height
        height = 0
        openers.append(opener)
        newlinesAreBlanks = !lines
        advance()
        let result = try inside(&self)
        guard token.kind == opener.kind.closer else { throw failToClose(opener) }
        newlinesAreBlanks = outer
        openers.removeLast()
        advance()
        height = max(outerHeight, height + 1)
        return result
    }

    private mutating func failToClose(_ opener: Token) -> Abandon {
        let name = VisibleText.quoted(text(opener))
        if token.kind.isCloser {
            let other = "\(name) is closed by \(found)"
            return fail(.mismatchedCloser, other, help: "close it with '\(opener.kind.closerText)'")
        }
        let isNextLine = newlinesAreBlanks && index > 0 && list.tokens[index - 1].kind == .newline
        if isNextLine, token.kind == .word, startsStatement(token) || !closesSoon() {
            report(.unclosed, name, at: opener.span)
            lastFailureIsUnclosed = true
            return Abandon()
        }
        return unexpectedBehindValue(orElse: "'\(opener.kind.closerText)'")
    }

    /// Whether a token is a word that only a statement begins with.
    func startsStatement(_ token: Token) -> Bool {
        guard token.kind == .word else { return false }
        return ["param", "use", "let", "def", "if", "for", "try", "return"].contains(text(token))
    }

    /// Whether the bracket around the current token is closed within the next tokens.
    func closesSoon() -> Bool {
        var depth = 0
        for next in list.tokens[index...].prefix(200) {
            if startsStatement(next), depth == 0 { return false }
            if next.kind.isOpener { depth += 1 }
            if next.kind.isCloser { depth -= 1 }
            if depth < 0 { return true }
        }
        return false
    }

    /// Reports too deep nesting once and moves behind the bracket that closes the current one.
    private mutating func passTooDeep() {
        if !isTooDeep {
            report(
                .tooDeep, "\(Self.nestingLimit)", at: token.span, help: "give inner values a name with let, or use def")
        }
        isTooDeep = true
        var depth = 0
        repeat {
            if token.kind.isOpener { depth += 1 }
            if token.kind.isCloser { depth -= 1 }
            if token.kind == .end { break }
            index += 1
        } while depth > 0
        lastEnd = list.tokens[max(index - 1, 0)].span.end
        skipBlankNewlines()
    }

    /// Reads a block in braces; `owner` is the word that needs it.
    mutating func block(of owner: String) throws(Abandon) -> Block {
        if token.kind == .newline, peek(passNewlines: true).kind == .openBrace {
            report(
                .missingBlock, "the block of '\(owner)' begins on another line", at: placeOfToken,
                help: "write { on the line of '\(owner)'")
            advance()
        }
        guard token.kind == .openBrace else { throw failWithoutBlock(owner) }
        let start = token.span.start
        let statements = try bracketed(lines: true) { parser throws(Abandon) in parser.statements() }
        return Block(statements: statements ?? [], span: Span(start, lastEnd))
    }

    private mutating func failWithoutBlock(_ owner: String) -> Abandon {
        if isInfix(token) { return unexpectedBehindValue(orElse: "a block { … }") }
        let isStage = ["each", "explain", "transaction", "wait-until"].contains(owner)
        return fail(
            .missingBlock, "'\(owner)' needs a block { … } here, found \(found)",
            help: isStage ? "put the pipeline in braces: \(owner) { … }" : nil)
    }
}

extension Token.Kind {
    var isOpener: Bool { self == .openParenthesis || self == .openBracket || self == .openBrace }

    var isCloser: Bool { self == .closeParenthesis || self == .closeBracket || self == .closeBrace }

    /// The bracket that closes this one.
    var closer: Token.Kind? {
        switch self {
        case .openParenthesis: .closeParenthesis
        case .openBracket: .closeBracket
        case .openBrace: .closeBrace
        default: nil
        }
    }

    var closerText: String {
        switch self {
        case .openParenthesis: ")"
        case .openBracket: "]"
        default: "}"
        }
    }
}
