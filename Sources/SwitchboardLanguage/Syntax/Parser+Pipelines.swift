extension Parser {
    /// Reads a pipeline that stands as a statement: its head is a command or an operand.
    mutating func pipeline() throws(Abandon) -> Pipeline {
        let start = token.span.start
        try refuseHead()
        if startsStage {
            let head = try stage()
            let stages = try self.stages()
            return Pipeline(head: .stage(head), stages: stages, span: Span(start, lastEnd))
        }
        let head = try operand(.head)
        let stages = try self.stages()
        return Pipeline(head: .operand(head), stages: stages, span: Span(start, lastEnd))
    }

    /// Reads what stands behind `=`, `return` and `(`.
    mutating func rightSide(inParentheses: Bool = false) throws(Abandon) -> RightSide {
        if isWord("if") {
            guard !inParentheses else {
                throw fail(
                    .unexpected, "'if' cannot stand in parentheses", help: "give its value a name first: let x = if …")
            }
            return .if(try ifStatement())
        }
        if startsStage {
            try refuseHead()
            return .pipeline(try pipeline())
        }
        let expression = try expression()
        return .expression(expression, try stages())
    }

    /// Whether the current word is a command's name or a stage's word rather than a literal or `not`.
    private var startsStage: Bool {
        guard isName(token) else { return false }
        let word = text(token)
        return word != "not" && !ReservedWords.literals.contains(word)
    }

    /// Refuses words that begin no pipeline, with what was probably meant.
    private mutating func refuseHead() throws(Abandon) {
        if token.kind == .pipe {
            throw fail(.leadingPipe, "", help: "a line that begins with | continues the statement above it")
        }
        guard token.kind == .word else { return }
        switch text(token) {
        case "else": throw fail(.danglingBranch, "'else' has no 'if' in front of it")
        case "catch": throw fail(.danglingBranch, "'catch' has no 'try' in front of it")
        case "while", "until", "loop", "repeat":
            guard hasBlockAhead else { return }
            throw fail(
                .noSuchLoop, found,
                help: "every loop ends here: for x in LIST { … }, each { … }, wait-until --timeout 60s { … }")
        case "foreach":
            throw fail(.noSuchLoop, found, help: "write for x in LIST { … }, or LIST | each x { … }")
        case "not":
            throw fail(.operatorOutside, found, help: "put the expression in parentheses: (not …)")
        default: return
        }
    }

    /// Whether a `{` follows on this line.
    private var hasBlockAhead: Bool {
        for next in list.tokens[index...].prefix(100) {
            if next.kind == .openBrace { return true }
            if next.kind == .newline || next.kind == .semicolon { return false }
        }
        return false
    }

    /// Reads `| stage | stage`, also over lines that end in `|` or begin with it.
    mutating func stages() throws(Abandon) -> [Stage] {
        var result: [Stage] = []
        while true {
            if token.kind == .newline, peek(passNewlines: true).kind == .pipe { advance() }
            guard token.kind == .pipe else { return result }
            advance()
            if token.kind == .newline { advance() }
            result.append(try stage())
        }
    }

    /// Reads one stage.
    private mutating func stage() throws(Abandon) -> Stage {
        guard isName(token) else { throw failWithoutCommand() }
        let word = text(token)
        switch word {
        case "where":
            let start = advance().span.start
            let condition = try expression()
            return .filter(condition, span: Span(start, lastEnd))
        case "each": return try eachStage()
        case "wait-until", "transaction", "explain":
            let name = advance()
            let arguments = try arguments(before: .openBrace)
            let body = try block(of: word)
            return .block(
                word: Name(word, name.span), arguments: arguments, body: body, span: Span(name.span.start, lastEnd))
        default:
            guard !ReservedWords.all.contains(word) else {
                throw fail(.unexpected, "expected a command, found \(found), a word of the grammar")
            }
            return .call(try call())
        }
    }

    private mutating func failWithoutCommand() -> Abandon {
        switch token.kind {
        case .end where openers.isEmpty:
            note(.missingStage, "", at: Span(lastEnd - 1, lastEnd))
            wantsMore = true
            return Abandon()
        case .newline, .semicolon, .pipe, .closeParenthesis, .closeBracket, .closeBrace:
            return fail(.missingStage, "", at: Span(max(lastEnd - 1, 0), lastEnd))
        case .field:
            return expected("a command", help: "a field is picked with select \(text(token)), compared with where")
        default: return expected("a command")
        }
    }

    private mutating func eachStage() throws(Abandon) -> Stage {
        let start = advance().span.start
        var name: Name?
        if isName(token) { name = try self.name("a name for the row", example: "each row { … }") }
        if token.kind == .variable { throw fail(.badName, found, help: "a name is bound without $: each row { … }") }
        let arguments = try arguments(before: .openBrace)
        let body = try block(of: "each")
        return .each(name: name, arguments: arguments, body: body, span: Span(start, lastEnd))
    }

    private mutating func call() throws(Abandon) -> Call {
        let word = advance()
        let name = Name(text(word), word.span)
        let earlier = faults.count
        do throws(Abandon) {
            let arguments = try arguments(before: nil)
            return Call(name: name, arguments: arguments, span: Span(word.span.start, lastEnd))
        } catch {
            if faults.count == earlier + 1, let fault = misspeltWord(name) { faults[earlier] = fault }
            throw error
        }
    }

    /// The fault of a statement's or a stage's word that is misspelt, told by what no command can have behind it.
    private func misspeltWord(_ name: Name) -> Diagnostic? {
        let words: [String]
        switch token.kind {
        case .openBrace: words = ["if", "for", "def", "try", "each", "transaction", "explain", "wait-until"]
        case .assign: words = ["let"]
        case .colon: words = ["def", "param"]
        default: words = isInfix(token) ? ["where", "if"] : []
        }
        guard let word = words.first(where: { NearName.isOneSlip(from: $0, to: name.text) }) else { return nil }
        return SyntaxFault.unexpected.diagnostic(
            "a command takes no \(found), and \(VisibleText.quoted(name.text)) is no word of the grammar",
            at: name.span, help: "did you mean '\(word)'?")
    }
}
