/// The place where a text is to be completed: what is written of the word there, and how the text may go on.
struct CompletionPlace {
    /// What is written of the word.
    let span: Span
    /// The text that it is: without the quote in front of a string, and its escapes read.
    let written: String
    /// The quote of a text here: the one that is written, else the plain one.
    let quote: String
    /// Whether it is a string whose end is not written yet.
    let isQuoted: Bool
    /// What stands in front of a name: `$`, or nothing inside `${ }`.
    let mark: String
    /// Whether a field stands here, behind its dot.
    let isField: Bool
    /// Whether a statement or a stage begins here.
    let isStatement: Bool
    /// Whether a stage does.
    let isStage: Bool
    /// Whether the path of a `use` stands here.
    let isPath: Bool
    /// The text with a letter at the place and all that is open closed, in several ways, the likeliest first.
    let repaired: [SourceText]

    /// What stands for the word that is not written yet.
    private static let letter = UInt8(ascii: "x")

    /// Takes the text in front of the place; nil in a comment.
    init?(_ front: [UInt8], name: String) {
        let source = SourceText(name: name, bytes: front + [Self.letter])
        let list = Lexer.tokens(of: source)
        let tokens = list.tokens.filter { $0.kind != .end }
        var start: Int
        let nameInString = list.openString.flatMap { Self.nameInString(front, $0) }
        if let nameInString {
            (start, mark) = nameInString
        } else if let quote = list.openString {
            (start, mark) = (quote, "$")
        } else {
            guard let token = tokens.last, token.span.end > front.count else { return nil }
            (start, mark) = (token.span.start, "$")
        }
        // Behind a name or a field only what follows the last dot is to be completed.
        isQuoted = list.openString != nil && nameInString == nil
        let mayAccess = nameInString != nil || [.variable, .field].contains(tokens.last?.kind)
        let dot = mayAccess ? front[start...].lastIndex(of: UInt8(ascii: ".")) : nil
        if let dot { start = dot + 1 }
        isField = dot != nil
        span = Span(start, front.count)
        written = isQuoted ? Self.text(front, behind: start) : String(decoding: front[start...], as: UTF8.self)
        quote = isQuoted ? String(UnicodeScalar(front[start])) : "'"

        let before = nameInString == nil ? tokens.dropLast().last : nil
        isStage = before?.kind == .pipe
        isStatement =
            list.openString == nil && tokens.last?.kind == .word
            && [nil, .newline, .semicolon, .openBrace, .pipe].contains(before?.kind)
        isPath = before.map { $0.kind == .word && source.text($0.span) == "use" } ?? false
        repaired = Self.repairs(source, isBraced: list.openString != nil && mark.isEmpty)
    }

    /// What is written of a string behind its quote; as it stands where an escape is not whole.
    private static func text(_ front: [UInt8], behind quote: Int) -> String {
        let raw = String(decoding: front[(quote + 1)...], as: UTF8.self)
        guard front[quote] == UInt8(ascii: "\""), raw.contains("\\") else { return raw }
        let lexer = Lexer(SourceText(name: "", bytes: front))
        var pieces = StringPieces(lexer: lexer, from: quote + 1, to: front.count)
        pieces.readInterpolated()
        guard pieces.faults.isEmpty, pieces.parts.count == 1, case .text(let text)? = pieces.parts.first else {
            return raw
        }
        return text
    }

    /// Where `$name` or `${name` begins that a string in double quotes ends with so far.
    private static func nameInString(_ front: [UInt8], _ quote: Int) -> (start: Int, mark: String)? {
        guard front[quote] == UInt8(ascii: "\""), let dollar = front.lastIndex(of: UInt8(ascii: "$")), dollar > quote,
            front[dollar - 1] != UInt8(ascii: "\\")
        else { return nil }
        let isBraced = dollar + 1 < front.count && front[dollar + 1] == UInt8(ascii: "{")
        let start = isBraced ? dollar + 2 : dollar
        let name = front[(isBraced ? start : start + 1)...]
        guard name.allSatisfy({ Byte.isNameByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }) else {
            return nil
        }
        return (start, isBraced ? "" : "$")
    }

    /// Closes what is open, with what a statement may lack there.
    private static func repairs(_ source: SourceText, isBraced: Bool) -> [SourceText] {
        let open = Parser.openBrackets(source.text(Span(0, source.bytes.count)))
        let string = open.last.flatMap { ["'", "\""].contains($0) ? (isBraced ? "}" : "") + $0 : nil } ?? ""
        let closers = open.reversed().compactMap { ["(": ")", "[": "]", "{": "}"][$0].map { " " + $0 } }
        let all = closers.joined()
        let blocks = closers.indices.dropFirst().map { place in
            closers[..<place].joined() + " {}" + closers[place...].joined()
        }
        let ways = ["", " {}"].map { $0 + all } + [all + " {}"] + blocks
        let declarations = [" = 1" + all, ">" + all, ">" + all + " {}", ": string" + all]
        return (ways + declarations).map { way in
            SourceText(name: source.name, bytes: source.bytes + Array((string + way).utf8))
        }
    }
}
