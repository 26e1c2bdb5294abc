extension BinaryOperator {
    /// How strongly it binds: a larger number binds its neighbours first.
    var strength: Int {
        switch self {
        case .or: 0
        case .and: 1
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .has, .matches: 3
        case .orElse: 4
        case .plus, .minus: 5
        case .times, .divided: 6
        }
    }

    /// Where `not` stands between the operators.
    static let notStrength = 2
}

extension Parser {
    /// Reads an expression with its operators.
    mutating func expression() throws(Abandon) -> Expression {
        let outer = height
        height = 0
        let result = try expression(from: 0)
        height = max(outer, height)
        return result
    }

    /// Reads an expression whose operators bind at least as strongly as a number says.
    private mutating func expression(from strength: Int) throws(Abandon) -> Expression {
        var left = try leftmost(strength)
        var compares = false
        while let symbol = try infix(), symbol.strength >= strength {
            let isComparison = symbol.strength == BinaryOperator.equal.strength
            if isComparison, compares {
                report(.comparisonChain, "", at: token.span, help: "join two comparisons with and: 1 < $x and $x < 9")
            }
            compares = isComparison
            let place = try passInfix(symbol)
            let leftHeight = height
            height = 0
            let right = try expression(from: symbol.strength + 1)
            height = max(leftHeight, height) + 1
            if height > Self.operatorLimit {
                passTooLong(place)
                left = right
            } else {
                left = .binary(symbol, left, right, operatorSpan: place)
            }
        }
        return left
    }

    private mutating func leftmost(_ strength: Int) throws(Abandon) -> Expression {
        let isForeignNot = token.kind == .foreign && text(token) == "!"
        guard isWord("not") || isForeignNot else { return .operand(try operand(.expression)) }
        if isForeignNot { report(.wrongOperator, "'!'", at: token.span, help: "write not") }
        guard strength <= BinaryOperator.notStrength else {
            throw fail(.nestedNot, "", help: "put it in parentheses: (not …)")
        }
        let start = advance().span.start
        let inner = try expression(from: BinaryOperator.notStrength + 1)
        height += 1
        return .not(inner, span: Span(start, lastEnd))
    }

    /// Reports an endless row of operators once and forgets what stands on its left.
    private mutating func passTooLong(_ place: Span) {
        if !isTooDeep {
            report(
                .tooLong, "\(Self.operatorLimit)", at: place,
                help: "compare with a list: $x in [a b c], or give parts a name with let")
        }
        isTooDeep = true
        height = 0
    }

    /// The operator that stands here, if one does; one of another language is reported and taken for ours.
    private mutating func infix() throws(Abandon) -> BinaryOperator? {
        switch token.kind {
        case .symbol(let symbol): return symbol
        case .assign: return replaced("=", by: .equal)
        case .foreign: return try foreignInfix()
        case .word: return wordInfix()
        case .number, .phone, .path, .malformed: return signInfix()
        default: return nil
        }
    }

    private mutating func replaced(_ found: String, by symbol: BinaryOperator) -> BinaryOperator {
        reportOnce(.wrongOperator, "'\(found)'", help: "write \(symbol.rawValue)")
        return symbol
    }

    /// Notes a fault at the current token unless the last one stands there too: operators are looked at repeatedly.
    private mutating func reportOnce(_ fault: SyntaxFault, _ found: String, help: String) {
        guard faults.last?.span != token.span else { return }
        report(fault, found, at: token.span, help: help)
    }

    private mutating func foreignInfix() throws(Abandon) -> BinaryOperator? {
        switch text(token) {
        case "&&": return replaced("&&", by: .and)
        case "||": return replaced("||", by: .or)
        case "<>", "!==": return replaced(text(token), by: .notEqual)
        case "===": return replaced("===", by: .equal)
        case "=~": return replaced("=~", by: .matches)
        case "=>", "=!": return replaced(text(token), by: text(token) == "=>" ? .greaterOrEqual : .notEqual)
        default: throw failForeign()
        }
    }

    /// Words between operands; one in front of a colon is a record's key.
    private mutating func wordInfix() -> BinaryOperator? {
        guard peek().kind != .colon else { return nil }
        let word = text(token)
        switch word {
        case "and": return .and
        case "or": return .or
        case "in": return .in
        case "has": return .has
        case "matches": return .matches
        default: break
        }
        if Self.strangers[word] != nil, !endsExpression(peek()) {
            return Self.strangers[word].map { replaced(word, by: $0) }
        }
        return signInfix()
    }

    /// Operators that are words in other languages.
    private static let strangers: [String: BinaryOperator] = [
        "is": .equal, "eq": .equal, "ne": .notEqual, "lt": .less, "le": .lessOrEqual, "gt": .greater,
        "ge": .greaterOrEqual, "contains": .has, "includes": .has, "like": .matches,
    ]

    private func endsExpression(_ token: Token) -> Bool {
        switch token.kind {
        case .newline, .semicolon, .end, .pipe, .closeParenthesis, .closeBracket, .closeBrace, .openBrace: true
        default: false
        }
    }

    /// A value that begins with a sign behind another value, as in `1 +2`: its blank is missing.
    private mutating func signInfix() -> BinaryOperator? {
        let signs: [UInt8: BinaryOperator] = [
            UInt8(ascii: "+"): .plus, UInt8(ascii: "-"): .minus, UInt8(ascii: "*"): .times, UInt8(ascii: "/"): .divided,
        ]
        return signs[source.bytes[token.span.start]]
    }

    /// Consumes an operator, which needs blanks on both sides.
    private mutating func passInfix(_ symbol: BinaryOperator) throws(Abandon) -> Span {
        if !isInfix(token), signInfix() != nil {
            let rest = VisibleText.of(String(text(token).dropFirst()))
            throw fail(.missingBlanks, "'\(symbol.rawValue)'", help: "write \(symbol.rawValue) \(rest)")
        }
        let consumed = token
        let next = list.tokens[min(index + 1, list.tokens.count - 1)]
        let isWord = consumed.kind == .word
        if !isWord, !consumed.isSpaced || (!next.isSpaced && !endsExpression(next)) {
            report(
                .missingBlanks, VisibleText.quoted(text(consumed)), at: consumed.span,
                help: "put a blank on both sides of it")
        }
        advance()
        return consumed.span
    }

    mutating func failForeign() -> Abandon {
        let word = text(token)
        let helps = [
            "&&": "conditions are joined with and; statements stand on lines of their own",
            "||": "conditions are joined with or; a pipeline has one |",
            "!": "write not", "!~": "write not (… matches …)", "=>": "write >=", "=!": "write !=",
        ]
        return fail(.wrongOperator, found, help: helps[word])
    }
}

// MARK: - What stands behind a value

extension Parser {
    /// Whether a token could be meant as an operator.
    func isInfix(_ token: Token) -> Bool {
        switch token.kind {
        case .symbol, .foreign, .assign: true
        default: false
        }
    }

    /// Says what is wrong with a token behind a complete value.
    mutating func unexpectedBehindValue(orElse what: String) -> Abandon {
        switch token.kind {
        case .symbol:
            return fail(.operatorOutside, found, help: "an expression needs parentheses here: ( … )")
        case .foreign: return failForeign()
        case .assign: return fail(.unexpected, "'=' has no place here", help: "a value gets a name with let x = …")
        case .comma:
            return fail(.unexpected, "',' has no place here", help: "only lists, records and parameters have commas")
        case .pipe: return expected(what, help: "a pipeline whose value is wanted needs parentheses: ( … )")
        case .openBrace:
            return fail(.unexpected, "a block has no place here", help: "blocks belong to if, for, each and the like")
        case .closeParenthesis, .closeBracket, .closeBrace:
            if openers.isEmpty { return fail(.strayCloser, found) }
            return expected(what)
        case .word:
            if text(token) == "not", peek().kind == .word, text(peek()) == "in" {
                return fail(.nestedNot, "", help: "write not ($x in $list)")
            }
            return expected(what, help: wordHelp)
        case .malformed where !token.isSpaced && text(token).hasPrefix("."):
            return expected(what, help: "fields have names; of a list, first, last and each take items")
        default: return expected(what)
        }
    }

    /// Two bare words in a row are a text without quotes, or a command in the wrong place.
    private var wordHelp: String? {
        if index > 0, list.tokens[index - 1].kind == .closeBrace {
            return NearName.help(for: text(token), among: ["else", "catch"])
        }
        guard index > 0, list.tokens[index - 1].kind == .word, list.tokens[index - 1].span.end == lastEnd else {
            return nil
        }
        return "text needs quotes; a command whose value is wanted needs parentheses: ( … )"
    }
}
