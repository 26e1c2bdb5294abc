extension Parser {
    /// Reads flags and operands up to the stage's end, or up to the block where there is one.
    mutating func arguments(before blockStart: Token.Kind?) throws(Abandon) -> [Argument] {
        var result: [Argument] = []
        while true {
            switch token.kind {
            case .newline, .semicolon, .end, .pipe, .closeParenthesis, .closeBracket, .closeBrace: return result
            case .openBrace where blockStart != nil && !startsRecord: return result
            case .flag:
                checkBlank()
                result.append(try flag())
            default:
                try refuseOperator(behind: result.last)
                checkBlank()
                result.append(.operand(try operand(.argument)))
            }
        }
    }

    /// Notes a missing blank in front of a value and goes on.
    mutating func checkBlank() {
        guard !token.isSpaced, token.span.start == lastEnd, beginsArgument else { return }
        var help: String?
        if case .string = token.kind { help = "text with values in it is one string: \"$name and text\"" }
        report(.touchingValues, found, at: token.span, help: help)
    }

    /// Whether the current token is a flag or the first of a value.
    private var beginsArgument: Bool {
        switch token.kind {
        case .word, .path, .string, .variable, .field, .flag, .openParenthesis, .openBracket, .openBrace: true
        default: Self.isNumeric(token.kind)
        }
    }

    private mutating func flag() throws(Abandon) -> Argument {
        let flag = advance()
        let name = Name(flagText(flag), flag.span)
        guard token.kind == .assign else { return .flag(name, value: nil) }
        advance()
        return .flag(name, value: try operand(.argument))
    }

    /// Refuses operators among arguments, with the help to put them in parentheses.
    private mutating func refuseOperator(behind argument: Argument?) throws(Abandon) {
        let isTouching = !token.isSpaced && token.span.start == lastEnd
        switch token.kind {
        case .symbol(.greater) where !isTouching:
            throw fail(.operatorOutside, found, help: "a comparison needs parentheses; into a file goes | write FILE")
        case .symbol where isTouching && argument != nil:
            throw fail(
                .touchingValues, found,
                help: "text with values in it is one string: \"$name/text\"; arithmetic needs ( ) and blanks")
        case .symbol(.times), .symbol(.divided):
            throw fail(
                .operatorOutside, found,
                help: "arithmetic needs parentheses: (2 * 3); the text \(text(token)) needs quotes")
        case .symbol:
            throw fail(.operatorOutside, found, help: "an expression needs parentheses here: ( … )")
        case .foreign:
            throw failForeign()
        case .assign:
            throw fail(
                .unexpected, "'=' has no place here",
                help: "--flag=value, let name = value; == compares, in parentheses")
        case .comma:
            throw fail(
                .unexpected, "',' has no place here",
                help: "arguments are separated by blanks; text with a comma needs quotes")
        case .word where Self.isValue(argument) && ["and", "or", "in", "has", "matches"].contains(text(token)):
            throw fail(.operatorOutside, found, help: "an expression needs parentheses here: ( … )")
        default: return
        }
    }

    private static func isValue(_ argument: Argument?) -> Bool {
        guard case .operand(let operand) = argument else { return false }
        switch operand {
        case .variable, .field, .group: return true
        default: return false
        }
    }
}
