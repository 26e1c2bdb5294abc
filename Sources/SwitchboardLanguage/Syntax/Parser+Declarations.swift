extension Parser {
    /// Reads a name that is to be bound.
    mutating func name(_ what: String, example: String) throws(Abandon) -> Name {
        if token.kind == .variable {
            let bare = String(text(token).dropFirst())
            throw fail(.badName, found, help: "a name is bound without $: \(VisibleText.of(bare))")
        }
        let value = text(token)
        guard token.kind == .word || Self.isNumeric(token.kind) else { throw expected(what, help: "write \(example)") }
        guard !ReservedWords.all.contains(value) else { throw fail(.reservedName, found) }
        guard isName(token) else {
            let help =
                value.contains(":")
                ? "put a blank behind the colon" : "a name has letters, digits, _ and inner -, and begins with a letter"
            throw fail(.badName, found, help: help)
        }
        let span = advance().span
        return Name(value, span)
    }

    static func isNumeric(_ kind: Token.Kind) -> Bool {
        switch kind {
        case .number, .phone, .money, .duration, .rate, .time, .malformed: true
        default: false
        }
    }

    /// Whether a token is a name by its form.
    func isName(_ token: Token) -> Bool {
        token.kind == .word && Byte.isLetter(source.bytes[token.span.start])
            && Lexer.endOfName(source.bytes, from: token.span.start) == token.span.end
    }

    /// Consumes a flag and gives its name, dashes left out.
    private mutating func flagName() throws(Abandon) -> Name {
        let flag = Name(flagText(token), token.span)
        guard !ReservedWords.all.contains(flag.text) else { throw fail(.reservedName, VisibleText.quoted(flag.text)) }
        advance()
        return flag
    }

    func flagText(_ token: Token) -> String {
        var bytes = source.bytes[token.span.start..<token.span.end]
        while let first = bytes.first, !Byte.isLetter(first) { bytes.removeFirst() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func passColon(behind name: Name) throws(Abandon) {
        guard token.kind == .colon else {
            throw expected("':' and a type", help: "write \(VisibleText.of(source.text(name.span))): string")
        }
        advance()
    }

    mutating func paramStatement() throws(Abandon) -> ParamStatement {
        let start = advance().span.start
        guard token.kind == .flag else {
            let help = isName(token) ? "write param --\(text(token)): string" : "write param --name: string"
            throw expected("a flag", help: help)
        }
        let name = try flagName()
        try passColon(behind: name)
        let type = try type()
        var defaultValue: Operand?
        if token.kind == .assign {
            advance()
            defaultValue = try operand(.argument)
        }
        let statement = ParamStatement(
            name: name, type: type, defaultValue: defaultValue, help: commentAtLineEnd, span: Span(start, lastEnd))
        return statement
    }

    /// The comment on the current line behind the last token, without `#` and blanks around.
    private var commentAtLineEnd: String? {
        guard let span = list.comments[index] else { return nil }
        var bytes = source.bytes[span.start + 1..<span.end]
        func isBlank(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        while isBlank(bytes.first) { bytes.removeFirst() }
        while isBlank(bytes.last) { bytes.removeLast() }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    mutating func useStatement() throws(Abandon) -> UseStatement {
        let start = token.span.start
        if !openers.isEmpty { report(.onlyAtTop, "'use'", at: token.span) }
        advance()
        guard token.kind == .path else {
            let help = token.kind == .word ? "write use ./\(text(token))" : "write use ./lib.swb"
            throw expected("a path that begins with ./ ../ / or ~/", help: help)
        }
        let path = advance()
        return UseStatement(path: Name(text(path), path.span), span: Span(start, lastEnd))
    }

    mutating func letStatement() throws(Abandon) -> LetStatement {
        let start = advance().span.start
        let name = try name("a name", example: "let n = …")
        var declared: TypeSyntax?
        if token.kind == .colon {
            advance()
            declared = try type()
        }
        guard token.kind == .assign else {
            if token.kind == .symbol(.equal) {
                throw fail(.wrongOperator, "'==' behind let", help: "write let \(name.text) = …")
            }
            throw fail(
                .missingValue, VisibleText.quoted(name.text), at: name.span, help: "write let \(name.text) = …")
        }
        advance()
        let value = try rightSide()
        return LetStatement(name: name, type: declared, value: value, span: Span(start, lastEnd))
    }

    mutating func defStatement() throws(Abandon) -> DefStatement {
        let start = advance().span.start
        let name = try name("a name for the command", example: "def buy [--area: string] { … }")
        guard token.kind == .openBracket else {
            throw expected(
                "'[' and the parameters", help: "write def \(name.text) [--area: string  site: string] { … }")
        }
        let parameters = try bracketed { parser throws(Abandon) in try parser.parameters() } ?? []
        var result: TypeSyntax?
        if token.kind == .arrow {
            advance()
            result = try type()
        }
        let body = try block(of: "def")
        return DefStatement(
            name: name, parameters: parameters, result: result, body: body, span: Span(start, lastEnd))
    }

    private mutating func parameters() throws(Abandon) -> [DefStatement.Parameter] {
        var result: [DefStatement.Parameter] = []
        while token.kind == .flag || token.kind == .word {
            result.append(try parameter())
            if token.kind == .comma { advance() }
        }
        guard token.kind == .closeBracket || token.kind.isCloser || token.kind == .end else {
            throw expected("a parameter or ']'", help: "a parameter is --name: type or name: type")
        }
        return result
    }

    private mutating func parameter() throws(Abandon) -> DefStatement.Parameter {
        let isFlag = token.kind == .flag
        let name = isFlag ? try flagName() : try name("a parameter", example: "site: string")
        try passColon(behind: name)
        let type = try type()
        var defaultValue: Operand?
        if token.kind == .assign {
            guard isFlag else {
                throw fail(
                    .unexpected, "only a flag has a default value",
                    help: "write --\(name.text), or make its type optional")
            }
            advance()
            defaultValue = try operand(.argument)
        }
        return DefStatement.Parameter(isFlag: isFlag, name: name, type: type, defaultValue: defaultValue)
    }

    /// Reads a type such as `list<id<agent>>?`.
    mutating func type() throws(Abandon) -> TypeSyntax {
        var open: [Name] = []
        while true {
            guard isName(token) else { throw expected("a type") }
            let word = advance()
            let name = Name(text(word), word.span)
            guard open.count < Self.nestingLimit else { throw fail(.tooDeep, "\(Self.nestingLimit)") }
            if token.kind == .symbol(.less) {
                advance()
                open.append(name)
                continue
            }
            var type = finishedType(name, [])
            while let outer = open.popLast() {
                guard token.kind == .symbol(.greater) else { throw expected("'>'") }
                advance()
                type = finishedType(outer, [type])
            }
            return type
        }
    }

    private mutating func finishedType(_ name: Name, _ arguments: [TypeSyntax]) -> TypeSyntax {
        let isOptional = token.kind == .question
        if isOptional { advance() }
        return TypeSyntax(
            name: name, arguments: arguments, isOptional: isOptional, span: Span(name.span.start, lastEnd))
    }
}
