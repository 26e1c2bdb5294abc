extension Lexer {
    /// Reads a bare word, number, date, duration, … from the position.
    mutating func readWord() {
        if let string = stringWithoutEnd { return reopen(string) }
        let start = position
        let followsString = touchesRawString
        passWord()
        if followsString, Byte.isLetter(bytes[start]) {
            reportApostrophe(Span(list.tokens.last?.span.start ?? start, position))
            isSpaced = true
        }
        finishWord(from: start)
    }

    /// Whether a string in single quotes ends right here, as in `'don't'`.
    private var touchesRawString: Bool {
        guard !isSpaced, case .string = list.tokens.last?.kind else { return false }
        return bytes[position - 1] == UInt8(ascii: "'")
    }

    /// Gives the word between an offset and the position its kind.
    private mutating func finishWord(from start: Int) {
        if byte() == UInt8(ascii: "'"), Byte.isLetter(bytes[position - 1]) { return readApostrophe(from: start) }
        let first = bytes[start]
        let isNumeric = Byte.isDigit(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
        add(isNumeric ? LiteralForm.kind(bytes[start..<position]) : .word, from: start)
    }

    /// Moves behind the characters that may stand inside a word, closing colons left out.
    private mutating func passWord() {
        let start = position
        while position < bytes.count {
            if Byte.isWordByte(bytes[position]) {
                position += 1
            } else if bytes[position] >= 0x80, UnicodeClass.isWord(scalarHere) {
                position += scalarHere.utf8.count
            } else {
                break
            }
        }
        while position > start + 1, bytes[position - 1] == UInt8(ascii: ":") { position -= 1 }
    }

    /// Takes `don't` as one word with one fault.
    mutating func readApostrophe(from start: Int) {
        while byte() == UInt8(ascii: "'") || UnicodeClass.plainQuote(scalarHere) == "'" {
            position += scalarHere.utf8.count
            passWord()
        }
        reportApostrophe(Span(start, position))
        add(.word, from: start)
    }

    /// Notes the first apostrophe of a line.
    private mutating func reportApostrophe(_ span: Span) {
        let line = source.line(at: span.start)
        if line != apostropheLine {
            report(.apostropheInWord, "", at: span, help: "put the whole text in double quotes")
        }
        apostropheLine = line
    }

    /// Whether the token in front is a value that ends right here, so that a sign can only be an operator.
    private var touchesValue: Bool {
        guard !isSpaced, let last = list.tokens.last else { return false }
        switch last.kind {
        case .variable, .field, .string, .closeParenthesis, .closeBracket, .closeBrace, .question: return true
        default: return false
        }
    }

    /// Reads what begins with `+`, `*`, `/` or `~`: a phone number, a path, a pattern or an operator.
    mutating func readSign(_ first: UInt8) {
        let next = byte(1)
        if touchesValue { return readOperator(first) }
        switch first {
        case UInt8(ascii: "+") where Byte.isDigit(next): readWord()
        case UInt8(ascii: "~") where next == UInt8(ascii: "/"): readPath()
        case UInt8(ascii: "/") where Byte.isWordByte(next) || next >= 0x80: readPath()
        case UInt8(ascii: "*") where Byte.isWordByte(next): readWord()
        default: readOperator(first)
        }
    }

    private mutating func readOperator(_ first: UInt8) {
        switch first {
        case UInt8(ascii: "+"): take(1, .symbol(.plus))
        case UInt8(ascii: "-"): take(1, .symbol(.minus))
        case UInt8(ascii: "*"): take(1, .symbol(.times))
        case UInt8(ascii: "/"): take(1, .symbol(.divided))
        default: readStray(help: "quote it")
        }
    }

    private mutating func readPath() {
        let start = position
        passWord()
        add(.path, from: start)
    }

    /// Reads what begins with `-`: a flag, a negative number, an arrow or an operator.
    mutating func readDash() {
        let next = byte(1)
        if next == UInt8(ascii: "-") { return readFlag() }
        if next == UInt8(ascii: ">") { return take(2, .arrow) }
        if touchesValue { return readOperator(byte()) }
        if Byte.isDigit(next) { return readWord() }
        guard Byte.isLetter(next) else { return readOperator(byte()) }
        let start = position
        position += 1
        passName()
        let name = source.text(Span(start + 1, position))
        report(
            .shortFlag, "'-\(name)'", at: Span(start, position),
            help: name.utf8.count == 1 ? "every flag has a long name: --…" : "write --\(name)")
        add(.flag, from: start)
    }

    private mutating func readFlag() {
        let start = position
        position += 2
        guard Byte.isLetter(byte()) else {
            while byte() == UInt8(ascii: "-") || Byte.isNameByte(byte()) { position += 1 }
            let text = VisibleText.quoted(source.text(Span(start, position)))
            report(.badFlag, text, at: Span(start, position), help: "a flag is -- and a name, such as --limit")
            return add(.invalid, from: start)
        }
        passName()
        add(.flag, from: start)
    }

    /// Moves behind a name: letters, digits, `_`, and `-` with a letter or digit behind it.
    mutating func passName() { position = Self.endOfName(bytes, from: position) }

    /// Where the name ends that begins at an offset.
    static func endOfName(_ bytes: [UInt8], from start: Int) -> Int {
        var offset = start
        while offset < bytes.count {
            if Byte.isNameByte(bytes[offset]) {
                offset += 1
            } else if bytes[offset] == UInt8(ascii: "-"), offset > start, offset + 1 < bytes.count,
                Byte.isLetter(bytes[offset + 1]) || Byte.isDigit(bytes[offset + 1])
            {
                offset += 2
            } else {
                break
            }
        }
        return offset
    }
}
