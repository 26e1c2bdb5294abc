/// Cuts a source text into tokens, in one pass and in linear time.
///
/// Control characters other than tab and line ends are refused outside strings, NUL and bidirectional characters
/// everywhere (a string writes them as `\u{202E}`), and blanks are the plain space and the tab only.
public struct Lexer {
    let source: SourceText
    let bytes: [UInt8]
    var position: Int
    var list = TokenList()
    /// Whether a blank, a line end or the text's start is right in front of the position.
    var isSpaced = true
    /// The quotes that are known to have no partner in the rest of the text.
    var lonelyQuotes: Set<UInt8> = []
    /// The line of the last apostrophe fault, so that a text with two gets one.
    var apostropheLine = 0

    init(_ source: SourceText) {
        self.source = source
        bytes = source.bytes
        position = source.start
    }

    /// The tokens of a text; a text that is no UTF-8 has none.
    public static func tokens(of source: SourceText) -> TokenList {
        guard source.diagnostics.isEmpty else {
            var list = TokenList()
            list.diagnostics = source.diagnostics
            list.tokens = [Token(kind: .end, span: Span(source.bytes.count, source.bytes.count), isSpaced: true)]
            return list
        }
        var lexer = Lexer(source)
        while lexer.position < lexer.bytes.count { lexer.readToken() }
        lexer.add(.end, from: lexer.position)
        return lexer.list
    }

    /// The byte at a distance from the position, 0 behind the end.
    func byte(_ distance: Int = 0) -> UInt8 {
        let offset = position + distance
        return offset < bytes.count ? bytes[offset] : 0
    }

    /// Appends a token that ends at the position.
    mutating func add(_ kind: Token.Kind, from start: Int) {
        list.tokens.append(Token(kind: kind, span: Span(start, position), isSpaced: isSpaced))
        isSpaced = false
    }

    /// Appends a token of a number of bytes.
    mutating func take(_ count: Int, _ kind: Token.Kind) {
        let start = position
        position += count
        add(kind, from: start)
    }

    /// Notes a fault; behind the limit nothing more is noted.
    mutating func report(_ fault: SyntaxFault, _ found: String, at span: Span, help: String? = nil) {
        guard list.diagnostics.count <= Parser.faultLimit else { return }
        list.diagnostics.append(fault.diagnostic(found, at: span, help: help))
    }

    private mutating func readToken() {
        let first = byte()
        switch first {
        case UInt8(ascii: " "), UInt8(ascii: "\t"):
            position += 1
            isSpaced = true
        case UInt8(ascii: "\n"): readNewline(1)
        case UInt8(ascii: "\r") where byte(1) == UInt8(ascii: "\n"): readNewline(2)
        case UInt8(ascii: "#") where isSpaced: readComment()
        case UInt8(ascii: "'"), UInt8(ascii: "\""): readString(quote: first)
        case UInt8(ascii: "$"): readVariable()
        case UInt8(ascii: "."): readDot()
        case UInt8(ascii: "-"): readDash()
        case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "~"): readSign(first)
        case _ where Byte.isNameByte(first) || first == UInt8(ascii: "@"): readWord()
        case 0x80...: readUnicode()
        default: readSymbol(first)
        }
    }

    private mutating func readNewline(_ length: Int) {
        isSpaced = true
        if list.tokens.last?.kind == .newline { position += length } else { take(length, .newline) }
        isSpaced = true
    }

    private mutating func readComment() {
        let start = position
        while position < bytes.count, byte() != UInt8(ascii: "\n") {
            if byte() < 0x20, byte() != UInt8(ascii: "\t"), !isLineEnd { refuseControl() } else { refuseHidden() }
        }
        var end = position
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        if let last = list.tokens.last, last.kind != .newline { list.comments[list.tokens.count] = Span(start, end) }
    }

    private var isLineEnd: Bool { byte() == UInt8(ascii: "\r") && byte(1) == UInt8(ascii: "\n") }

    /// Passes one character of a comment, refusing what would reorder it.
    private mutating func refuseHidden() {
        guard byte() >= 0x80 else {
            position += 1
            return
        }
        let scalar = scalarHere
        if UnicodeClass.isBidirectional(scalar) { reportHidden(scalar) }
        position += scalar.utf8.count
    }

    /// The character at the position.
    var scalarHere: Unicode.Scalar {
        let end = min(position + 4, bytes.count)
        return String(decoding: bytes[position..<end], as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    }

    mutating func refuseControl() {
        let start = position
        position += 1
        let scalar = Unicode.Scalar(bytes[start])
        let help =
            scalar == "\r"
            ? "lines end with LF or CRLF; this is a CR alone"
            : "delete it, or write it in a string in double quotes as \\u{…}"
        report(.controlCharacter, VisibleText.codePoint(scalar), at: Span(start, position), help: help)
        if scalar == "\u{1B}", byte() == UInt8(ascii: "[") { passTerminalSequence() }
        isSpaced = true
    }

    /// Passes what stands behind an escape character to make a colour of it, `[31m`.
    private mutating func passTerminalSequence() {
        position += 1
        while Byte.isDigit(byte()) || byte() == UInt8(ascii: ";") { position += 1 }
        if Byte.isLetter(byte()) { position += 1 }
    }

    mutating func reportHidden(_ scalar: Unicode.Scalar) {
        let span = Span(position, position + scalar.utf8.count)
        let escape = "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        let help =
            scalar.properties.isWhitespace
            ? "write a plain space" : "delete it; a string in double quotes can hold it as \(escape)"
        report(.invisibleCharacter, VisibleText.codePoint(scalar), at: span, help: help)
    }
}
