extension Parser {
    /// Whether the `{` here begins a record rather than a block.
    var startsRecord: Bool {
        let tokens = list.tokens
        var next = index + 1
        if next < tokens.count, tokens[next].kind == .newline { next += 1 }
        guard next + 1 < tokens.count else { return false }
        switch tokens[next].kind {
        case .colon: return true
        case .word, .string: break
        default:
            guard Self.isNumeric(tokens[next].kind) else { return false }
        }
        if tokens[next + 1].kind == .newline, next + 2 < tokens.count { return tokens[next + 2].kind == .colon }
        return tokens[next + 1].kind == .colon
    }

    mutating func braces() throws(Abandon) -> Operand {
        guard startsRecord else { throw failAtBlock() }
        let start = token.span.start
        let entries = try bracketed { parser throws(Abandon) in try parser.entries() }
        return .braces(entries ?? [], span: Span(start, lastEnd))
    }

    private mutating func failAtBlock() -> Abandon {
        let next = peek(passNewlines: true)
        if next.kind == .end {
            openers.append(token)
            index = list.tokens.count - 1
            return expected("a record")
        }
        if next.kind == .closeBrace {
            return fail(.unexpected, "'{}' is an empty block, not a value", help: "the empty record is {:}")
        }
        if next.kind == .word, let colon = text(next).firstIndex(of: ":") {
            let word = text(next)
            let help = "put a blank behind the colon: \(word[...colon]) \(word[word.index(after: colon)...])"
            return fail(
                .unexpected, "\(VisibleText.quoted(word)) is one word", at: next.span, help: VisibleText.of(help))
        }
        return fail(.unexpected, "a block has no place here", help: "a record is {name: value}")
    }

    private mutating func entries() throws(Abandon) -> [BraceEntry] {
        if token.kind == .colon {
            advance()
            return []
        }
        var entries: [BraceEntry] = []
        var keys: Set<String> = []
        while token.kind != .closeBrace {
            if token.kind.isCloser || token.kind == .end { return entries }
            if !entries.isEmpty, list.tokens[index - 1].kind != .comma { checkBlank() }
            let key = try key()
            if !keys.insert(key.text).inserted {
                report(.duplicateKey, VisibleText.quoted(key.text), at: key.span)
            }
            entries.append(try entry(key))
            if token.kind == .comma { advance() }
        }
        return entries
    }

    private mutating func key() throws(Abandon) -> Name {
        let span = token.span
        var key: String?
        if isName(token) { key = text(token) }
        if case .string(let number) = token.kind { key = plainText(list.strings[number]) }
        guard let key else {
            if token.kind == .word, text(token).contains(":") {
                throw fail(.unexpected, "\(found) is one word", help: "put a blank behind the colon")
            }
            if token.kind == .word || Self.isNumeric(token.kind), peek().kind == .colon {
                throw fail(.badName, found, help: "quote a key that is no name: {'2nd': 1}")
            }
            return try failWithoutKey()
        }
        let isFirstOfLine = list.tokens[index - 1].kind == .newline
        advance()
        if token.kind != .colon, isFirstOfLine, !closesSoon(), let opener = openers.last {
            report(.unclosed, VisibleText.quoted(text(opener)), at: opener.span)
            lastFailureIsUnclosed = true
            throw Abandon()
        }
        guard token.kind == .colon else {
            throw expected("':' behind the key \(VisibleText.quoted(key))", help: "text of several words needs quotes")
        }
        advance()
        return Name(key, span)
    }

    private mutating func failWithoutKey() throws(Abandon) -> Name {
        throw unexpectedBehindValue(orElse: "a key or '}'")
    }

    /// A string's text where it holds no variables.
    private func plainText(_ parts: [StringPart]) -> String? {
        switch parts.first {
        case nil: ""
        case .text(let text) where parts.count == 1: text
        default: nil
        }
    }

    /// Reads what stands behind a key, as a type, as a value, or as both.
    private mutating func entry(_ key: Name) throws(Abandon) -> BraceEntry {
        guard let end = endOfType() else { return BraceEntry(name: key, value: try expression(), type: nil) }
        let isPlain = end == index + 1
        let word = token
        let type = try type()
        let isWord = !ReservedWords.literals.contains(text(word))
        let operand: Operand =
            isWord
            ? .word(Name(text(word), word.span)) : .literal(Literal(kind: .nothing, text: text(word), span: word.span))
        return BraceEntry(name: key, value: isPlain ? .operand(operand) : nil, type: type)
    }

    /// The position behind a type that fills the whole entry, if one begins here; nothing is consumed.
    private func endOfType() -> Int? {
        let tokens = list.tokens
        var next = index
        var open = 0
        while true {
            guard next < tokens.count, isName(tokens[next]), !["true", "false", "not"].contains(text(tokens[next]))
            else { return nil }
            next += 1
            if next < tokens.count, tokens[next].kind == .symbol(.less), !tokens[next].isSpaced {
                next += 1
                open += 1
                continue
            }
            if next < tokens.count, tokens[next].kind == .question { next += 1 }
            while open > 0, next < tokens.count, tokens[next].kind == .symbol(.greater) {
                next += 1
                open -= 1
                if next < tokens.count, tokens[next].kind == .question { next += 1 }
            }
            guard open == 0 else { return nil }
            return endsEntry(next) ? next : nil
        }
    }

    /// Whether an entry can end in front of a position: at a comma, a brace or the next key.
    private func endsEntry(_ position: Int) -> Bool {
        let tokens = list.tokens
        var next = position
        if next < tokens.count, tokens[next].kind == .newline { next += 1 }
        guard next < tokens.count else { return false }
        if tokens[next].kind == .comma || tokens[next].kind == .closeBrace || tokens[next].kind == .end { return true }
        guard next + 1 < tokens.count, tokens[next + 1].kind == .colon else { return false }
        if case .string = tokens[next].kind { return true }
        return isName(tokens[next])
    }
}
