extension Parser {
    /// Where an operand stands, which decides what a bare word may be.
    enum Place {
        /// A slot with a type of its own: any bare text will do.
        case argument
        /// Between operators.
        case expression
        /// In front of a pipeline.
        case head
    }

    /// Reads one operand.
    mutating func operand(_ place: Place) throws(Abandon) -> Operand {
        switch token.kind {
        case .word: return try wordOperand(place)
        case .malformed(let fault): return try malformedOperand(fault, place)
        case .number: return literal(.number)
        case .phone: return literal(.phone)
        case .money: return literal(.money)
        case .duration: return literal(.duration)
        case .rate: return literal(.rate)
        case .time: return literal(.time)
        case .path: return literal(.path)
        case .string(let number): return literal(.string(list.strings[number]))
        case .variable: return variable()
        case .field:
            let span = advance().span
            return .field(path: FieldPath.read(source.bytes, from: span.start, marks: true).path, span: span)
        case .openParenthesis: return try group()
        case .openBracket: return try listOperand(place)
        case .openBrace: return try braces()
        default: throw failWithoutOperand()
        }
    }

    private mutating func literal(_ kind: Literal.Kind) -> Operand {
        let token = advance()
        return .literal(Literal(kind: kind, text: text(token), span: token.span))
    }

    private mutating func wordOperand(_ place: Place) throws(Abandon) -> Operand {
        let word = text(token)
        switch word {
        case "true", "false": return literal(.bool)
        case "nothing": return literal(.nothing)
        default: break
        }
        if place != .argument {
            guard !ReservedWords.all.contains(word) else { throw expected("a value") }
            if let help = arithmeticHelp(word) {
                report(.missingBlanks, "the operator in \(VisibleText.quoted(word))", at: token.span, help: help)
            }
        }
        let span = advance().span
        return .word(Name(word, span))
    }

    /// `2*3` is one bare word: says how it is written as an expression.
    private func arithmeticHelp(_ word: String) -> String? {
        guard let sign = word.firstIndex(where: { "+*/-".contains($0) }), let first = word.first, first.isNumber else {
            return nil
        }
        let left = word[..<sign]
        let right = word[word.index(after: sign)...]
        guard let next = right.first, next.isNumber, left.allSatisfy({ $0.isNumber || $0 == "." }) else { return nil }
        guard right.allSatisfy({ $0.isNumber || "+*/-.".contains($0) }) else { return nil }
        return "write \(left) \(word[sign]) \(right)"
    }

    /// Takes a text that is no phone number, time or number for a word where a slot decides, else refuses it.
    private mutating func malformedOperand(_ fault: SyntaxFault, _ place: Place) throws(Abandon) -> Operand {
        let span = token.span
        if place != .argument {
            let help: String
            switch fault {
            case .badPhone: help = "a phone number is + and 7 to 15 digits, the first not 0; text needs quotes"
            case .badTime: help = "a time is 2026-11-20 or 2026-11-20T08:00:00Z; text needs quotes"
            default: help = "a number is 415, 3.14 or -2; text needs quotes"
            }
            report(fault, found, at: span, help: help)
        }
        let word = text(advance())
        return .word(Name(word, span))
    }

    private mutating func variable() -> Operand {
        let span = advance().span
        let nameEnd = Lexer.endOfName(source.bytes, from: span.start + 1)
        let name = Name(source.text(Span(span.start + 1, nameEnd)), Span(span.start, nameEnd))
        return .variable(name, path: FieldPath.read(source.bytes, from: nameEnd, marks: true).path)
    }

    /// Reads `( … )`, possibly with `.field` right behind.
    private mutating func group() throws(Abandon) -> Operand {
        let start = token.span.start
        let value = try bracketed { parser throws(Abandon) in
            if parser.token.kind == .closeParenthesis { throw parser.expected("a value in the parentheses") }
            return try parser.rightSide(inParentheses: true)
        }
        var path: [FieldAccess] = []
        if token.kind == .field, !token.isSpaced, token.span.start == lastEnd {
            path = FieldPath.read(source.bytes, from: token.span.start, marks: true).path
            advance()
        }
        let span = Span(start, lastEnd)
        guard let value else { return .literal(Literal(kind: .nothing, text: "nothing", span: span)) }
        return .group(value, path: path, span: span)
    }

    private mutating func listOperand(_ place: Place) throws(Abandon) -> Operand {
        let start = token.span.start
        let items = try bracketed { parser throws(Abandon) in try parser.listItems() }
        return .list(items ?? [], span: Span(start, lastEnd))
    }

    private mutating func listItems() throws(Abandon) -> [Operand] {
        var items: [Operand] = []
        while token.kind != .closeBracket {
            if token.kind.isCloser || token.kind == .end { return items }
            if !items.isEmpty { try refuseAmongItems() }
            items.append(try operand(.argument))
            if token.kind == .comma {
                advance()
            } else if token.kind != .closeBracket {
                checkBlank()
            }
        }
        return items
    }

    private mutating func refuseAmongItems() throws(Abandon) {
        let isNextLine = list.tokens[index - 1].kind == .newline
        if isNextLine && startsStatement(token) || token.kind == .flag, !closesSoon(), let opener = openers.last {
            report(.unclosed, VisibleText.quoted(text(opener)), at: opener.span)
            lastFailureIsUnclosed = true
            throw Abandon()
        }
        guard isInfix(token) else { return }
        throw fail(.operatorOutside, found, help: "an item with an operator needs parentheses: [(1 + 2) 3]")
    }

    private mutating func failWithoutOperand() -> Abandon {
        switch token.kind {
        case .flag: return expected("a value", help: "flags stand behind a command")
        case .symbol(.minus):
            return expected("a value", help: "a negative number is written -2; of a variable: (0 - $x)")
        case .question: return expected("a value", help: "a ? stands behind a field that may be missing: $row.label?")
        case .foreign: return failForeign()
        default: return expected("a value")
        }
    }
}
