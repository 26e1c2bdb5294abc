/// Cuts what stands between quotes into pieces.
struct StringPieces {
    typealias Fault = (SyntaxFault, String, Span, String?)

    private let source: SourceText
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int
    private var text: [UInt8] = []
    private(set) var parts: [StringPart] = []
    private(set) var faults: [Fault] = []

    init(lexer: Lexer, from start: Int, to end: Int) {
        source = lexer.source
        bytes = lexer.bytes
        position = start
        self.end = end
    }

    private func byte(_ distance: Int = 0) -> UInt8 { position + distance < end ? bytes[position + distance] : 0 }

    /// Text without escapes.
    mutating func readRaw() {
        while position < end { takeByte() }
        flush()
    }

    /// Text with escapes, `$name.field` and `${ }`.
    mutating func readInterpolated() {
        while position < end {
            switch byte() {
            case UInt8(ascii: "\\"): readEscape()
            case UInt8(ascii: "$") where byte(1) == UInt8(ascii: "{"): readBraces()
            case UInt8(ascii: "$") where Byte.isLetter(byte(1)): readVariable()
            default: takeByte()
            }
        }
        flush()
    }

    private mutating func flush() {
        guard !text.isEmpty else { return }
        parts.append(.text(String(decoding: text, as: UTF8.self)))
        text = []
    }

    /// Takes one byte; CRLF becomes LF, and a character that would reorder the text is refused.
    private mutating func takeByte() {
        let byte = byte()
        if byte == 0x0D, self.byte(1) == 0x0A {
            position += 1
            return
        }
        if byte == 0xE2 || byte == 0xD8 { refuseBidirectional() }
        text.append(byte)
        position += 1
    }

    private mutating func refuseBidirectional() {
        let stop = min(position + 3, end)
        guard let scalar = String(decoding: bytes[position..<stop], as: UTF8.self).unicodeScalars.first,
            UnicodeClass.isBidirectional(scalar)
        else { return }
        let span = Span(position, position + scalar.utf8.count)
        let escape = "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        faults.append(
            (.invisibleCharacter, VisibleText.codePoint(scalar), span, "write it as \(escape) in double quotes"))
    }

    private mutating func readEscape() {
        let start = position
        position += 1
        let letter = byte()
        switch letter {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): text.append(letter)
        case UInt8(ascii: "u") where byte(1) == UInt8(ascii: "{"): return readCodePoint(from: start)
        default:
            let rest = String(decoding: bytes[position..<min(position + 4, end)], as: UTF8.self)
            let width = rest.unicodeScalars.first.map(\.utf8.count) ?? 0
            position += width
            refuse(
                .unknownEscape, from: start,
                help: "escapes are \\n \\t \\\" \\\\ \\$ and \\u{1F600}; a string in ' ' has none")
            return
        }
        position += 1
    }

    /// Reads `\u{1F600}`, one to six hexadecimal digits.
    private mutating func readCodePoint(from start: Int) {
        position += 2
        let digitStart = position
        while Byte.isHexDigit(byte()) { position += 1 }
        let digits = String(decoding: bytes[digitStart..<position], as: UTF8.self)
        let isClosed = byte() == UInt8(ascii: "}")
        if isClosed { position += 1 }
        if isClosed, digits.utf8.count <= 6, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) {
            text += Array(String(scalar).utf8)
        } else {
            refuse(.unknownEscape, from: start, help: "write \\u{…} with one to six hexadecimal digits of a character")
        }
    }

    private mutating func refuse(_ fault: SyntaxFault, from start: Int, help: String) {
        let span = Span(start, position)
        faults.append((fault, VisibleText.quoted(source.text(span)), span, help))
    }

    /// Reads `$name.field`; a `?` behind it is text.
    private mutating func readVariable() {
        flush()
        let start = position
        let nameEnd = Lexer.endOfName(bytes, from: start + 1)
        let name = Name(source.text(Span(start + 1, nameEnd)), Span(start, nameEnd))
        let access = FieldPath.read(bytes, from: nameEnd, marks: false)
        position = access.end
        parts.append(.variable(name, path: access.path))
    }

    /// Reads `${name.field}` or `${.field}`.
    private mutating func readBraces() {
        flush()
        let start = position
        position += 2
        while byte() == UInt8(ascii: " ") { position += 1 }
        let nameStart = position
        let hasName = Byte.isLetter(byte()) || byte() == UInt8(ascii: "_")
        let nameEnd = hasName ? Lexer.endOfName(bytes, from: nameStart) : nameStart
        let access = FieldPath.read(bytes, from: nameEnd, marks: true)
        position = access.end
        while byte() == UInt8(ascii: " ") { position += 1 }
        guard byte() == UInt8(ascii: "}"), hasName || !access.path.isEmpty else { return refuseBraces(from: start) }
        position += 1
        if hasName {
            let span = Span(nameStart, nameEnd)
            parts.append(.variable(Name(source.text(span), span), path: access.path))
        } else {
            parts.append(.field(path: access.path, span: Span(nameStart, access.end)))
        }
    }

    private mutating func refuseBraces(from start: Int) {
        while position < end, byte() != UInt8(ascii: "}"), byte() != UInt8(ascii: "\n") { position += 1 }
        let isClosed = byte() == UInt8(ascii: "}")
        if isClosed { position += 1 }
        let help =
            isClosed
            ? "give the value a name first: let x = …, then ${x}; a text with ${ needs \\$ or single quotes"
            : "a text with ${ needs \\$ or single quotes"
        faults.append((.badInterpolation, isClosed ? "" : ", and it must be closed", Span(start, position), help))
    }
}
