extension Parser {
    /// Reads the whole text.
    mutating func script() -> [Statement] {
        var result: [Statement] = []
        while token.kind != .end {
            result += statements()
            guard token.kind.isCloser else { break }
            report(.strayCloser, found, at: token.span)
            advance()
        }
        return result
    }

    /// Reads statements up to a closing brace or the end, passing those with faults.
    mutating func statements() -> [Statement] {
        var result: [Statement] = []
        var seesOther = false
        while true {
            while token.kind == .newline || token.kind == .semicolon { advance() }
            if token.kind == .end || token.kind == .closeBrace { return result }
            if token.kind.isCloser, openers.isEmpty { return result }
            let start = checkpoint
            height = 0
            do throws(Abandon) {
                let isParam = isWord("param")
                if isParam, seesOther || !openers.isEmpty { reportMisplacedParam() }
                seesOther = seesOther || !isParam
                let statement = try statement()
                try endStatement()
                result.append(statement)
            } catch {
                recover(from: start)
            }
        }
    }

    private mutating func reportMisplacedParam() {
        if openers.isEmpty {
            report(.lateParam, "", at: token.span, help: "move it above the first other statement")
        } else {
            report(.onlyAtTop, "'param'", at: token.span)
        }
    }

    private mutating func statement() throws(Abandon) -> Statement {
        try refuseAssignment()
        guard token.kind == .word else { return .pipeline(try pipeline()) }
        switch text(token) {
        case "param": return .param(try paramStatement())
        case "use": return .use(try useStatement())
        case "let": return .let(try letStatement())
        case "def": return .def(try defStatement())
        case "if": return .if(try ifStatement())
        case "for": return .for(try forStatement())
        case "try": return .try(try tryStatement())
        case "return": return .return(try returnStatement())
        default: return .pipeline(try pipeline())
        }
    }

    /// Needs a separator, the block's end or the text's end.
    private mutating func endStatement() throws(Abandon) {
        switch token.kind {
        case .newline, .semicolon, .end, .closeBrace: return
        case .closeParenthesis, .closeBracket: throw failAtCloser()
        default: throw unexpectedBehindValue(orElse: "'|' or the end of the statement")
        }
    }

    private mutating func failAtCloser() -> Abandon {
        if let opener = openers.last {
            return fail(
                .mismatchedCloser, "\(VisibleText.quoted(text(opener))) is closed by \(found)",
                help: "close it with '}'")
        }
        let fault = fail(.strayCloser, found)
        return fault
    }

    /// Refuses `$x = 5`, `$x += 1` and `x = 5`.
    private mutating func refuseAssignment() throws(Abandon) {
        guard token.kind == .variable || token.kind == .word else { return }
        let next = peek()
        let isCompound: Bool
        switch next.kind {
        case .symbol(.plus), .symbol(.minus), .symbol(.times), .symbol(.divided):
            let after = list.tokens[min(index + 2, list.tokens.count - 1)]
            isCompound = after.kind == .assign && !after.isSpaced
        default: isCompound = false
        }
        guard next.kind == .assign || isCompound else { return }
        if token.kind == .word, ReservedWords.all.contains(text(token)) { return }
        if token.kind == .word {
            throw fail(
                .unexpected, "expected a command, found a name with '='", at: token.span.union(next.span),
                help: "a name is given with let \(VisibleText.of(text(token))) = …")
        }
        throw fail(
            .assignment, VisibleText.quoted(text(token)), at: token.span,
            help: "give the new value a name of its own: let … = …")
    }
}

// MARK: - Branches and loops

extension Parser {
    mutating func ifStatement() throws(Abandon) -> IfStatement {
        var branches: [(start: Int, condition: Expression, then: Block)] = []
        var last: Block?
        repeat {
            let start = advance().span.start
            guard openers.count + branches.count < Self.nestingLimit else {
                throw fail(.tooDeep, "\(Self.nestingLimit)")
            }
            let condition = try headExpression()
            branches.append((start, condition, try block(of: "if")))
            guard passContinuation("else") else { break }
            if isWord("if") { continue }
            last = try block(of: "else")
        } while last == nil
        try refuseElseIf()
        var otherwise = last.map { IfStatement.Otherwise.block($0) }
        let end = lastEnd
        while let branch = branches.popLast() {
            let statement = IfStatement(
                condition: branch.condition, then: branch.then, otherwise: otherwise, span: Span(branch.start, end))
            if branches.isEmpty { return statement }
            otherwise = .if(statement)
        }
        throw Abandon()
    }

    private mutating func refuseElseIf() throws(Abandon) {
        guard token.kind == .word, ["elif", "elsif", "elseif"].contains(text(token)) else { return }
        throw fail(.unexpected, "there is no \(found)", help: "write else if")
    }

    /// Consumes `else` or `catch`, also at the start of the next line.
    private mutating func passContinuation(_ word: String) -> Bool {
        if token.kind == .newline {
            let next = peek(passNewlines: true)
            guard next.kind == .word, text(next) == word else { return false }
            advance()
        }
        guard isWord(word) else { return false }
        advance()
        return true
    }

    /// Reads a condition or sequence in front of a block; a fault in it leaves the block readable.
    private mutating func headExpression() throws(Abandon) -> Expression {
        let start = checkpoint
        do throws(Abandon) {
            let result = try expression()
            switch token.kind {
            case .openBrace, .newline, .semicolon, .end: return result
            default: throw unexpectedBehindValue(orElse: "a block { … }")
            }
        } catch {
            let span = token.span
            guard recoverAtBlock(from: start) else { throw error }
            return .operand(.literal(Literal(kind: .nothing, text: "nothing", span: span)))
        }
    }

    mutating func forStatement() throws(Abandon) -> ForStatement {
        let start = advance().span.start
        let name = try name("a name for the items", example: "for n in $numbers { … }")
        guard isWord("in") else { throw expected("'in'", help: "write for \(name.text) in … { … }") }
        advance()
        let sequence = try headExpression()
        let body = try block(of: "for")
        return ForStatement(name: name, sequence: sequence, body: body, span: Span(start, lastEnd))
    }

    mutating func tryStatement() throws(Abandon) -> TryStatement {
        let start = advance().span.start
        let body = try block(of: "try")
        var errorName: Name?
        var handler: Block?
        if passContinuation("catch") {
            if token.kind == .word || token.kind == .variable {
                errorName = try name("a name for the error", example: "catch e { … }")
            }
            handler = try block(of: "catch")
        }
        return TryStatement(body: body, errorName: errorName, handler: handler, span: Span(start, lastEnd))
    }

    mutating func returnStatement() throws(Abandon) -> ReturnStatement {
        let start = advance().span.start
        switch token.kind {
        case .newline, .semicolon, .end, .closeBrace:
            return ReturnStatement(value: nil, span: Span(start, lastEnd))
        default:
            let value = try rightSide()
            return ReturnStatement(value: value, span: Span(start, lastEnd))
        }
    }
}
