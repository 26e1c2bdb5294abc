extension Parser {
    /// Which brace lacks its end, where the indentation of a later one tells: a `}` that begins a line further out than
    /// the line of the `{` that it closes.
    var helpOnIndentation: String? {
        var open: [Token] = []
        for (position, token) in list.tokens.enumerated() {
            if token.kind == .openBrace { open.append(token) }
            guard token.kind == .closeBrace, let opener = open.popLast() else { continue }
            let beginsLine = position > 0 && list.tokens[position - 1].kind == .newline
            guard beginsLine, indentation(of: token) < indentation(of: opener) else { continue }
            let (first, last) = (source.line(at: opener.span.start), source.line(at: token.span.start))
            return "the '{' in line \(first) may be the one that lacks it: the '}' in line \(last) stands further out"
        }
        return nil
    }

    /// The number of blanks that begin a token's line.
    private func indentation(of token: Token) -> Int {
        let line = source.lineSpan(source.lineIndex(at: token.span.start))
        return source.bytes[line.start..<line.end].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    }
}
