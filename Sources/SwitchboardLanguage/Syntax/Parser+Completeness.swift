extension Parser {
    /// Whether a text can be run, or reported, as it is: false while a bracket or string is open or a `|` ends it.
    ///
    /// A fault that no more text can mend makes a text complete, so that it is reported at once.
    public static func isComplete(_ text: String) -> Bool {
        var parser = Parser(SourceText(name: "prompt", text: text))
        _ = parser.script()
        let open = parser.list.openString
        let tokensAreBroken = parser.list.diagnostics.contains { fault in
            fault.code != SyntaxFault.unterminatedString.code && fault.span.start < open ?? .max
        }
        if parser.isBroken || tokensAreBroken { return true }
        return !parser.wantsMore && open == nil
    }

    /// What is open at the end of a text, outermost first: brackets, a quote, or `|` where a stage is to follow.
    public static func openBrackets(_ text: String) -> [String] {
        let source = SourceText(name: "prompt", text: text)
        let list = Lexer.tokens(of: source)
        var open: [Token] = []
        var last: Token?
        for token in list.tokens {
            if let start = list.openString, token.span.start >= start {
                return open.map { source.text($0.span) } + [source.text(Span(start, start + 1))]
            }
            if token.kind.isOpener { open.append(token) }
            if let match = open.last, match.kind.closer == token.kind { open.removeLast() }
            if token.kind != .newline, token.kind != .end { last = token }
        }
        return open.map { source.text($0.span) } + (last?.kind == .pipe ? ["|"] : [])
    }
}
