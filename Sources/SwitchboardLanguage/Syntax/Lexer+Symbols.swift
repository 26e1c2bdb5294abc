extension Lexer {
    /// Reads brackets, separators and the operators that are no word.
    mutating func readSymbol(_ first: UInt8) {
        if let kind = Self.brackets[first] { return take(1, kind) }
        let next = byte(1)
        let equals = UInt8(ascii: "=")
        switch first {
        case UInt8(ascii: "|"): next == first ? take(2, .foreign) : take(1, .pipe)
        case UInt8(ascii: "&") where next == first: take(2, .foreign)
        case equals where next == equals || next == UInt8(ascii: "!"):
            byte(2) == equals ? take(3, .foreign) : take(2, next == equals ? .symbol(.equal) : .foreign)
        case equals: next == UInt8(ascii: "~") || next == UInt8(ascii: ">") ? take(2, .foreign) : take(1, .assign)
        case UInt8(ascii: "!") where next == equals: byte(2) == equals ? take(3, .foreign) : take(2, .symbol(.notEqual))
        case UInt8(ascii: "!"): next == UInt8(ascii: "~") ? take(2, .foreign) : take(1, .foreign)
        case UInt8(ascii: "<") where next == equals: take(2, .symbol(.lessOrEqual))
        case UInt8(ascii: "<"): next == UInt8(ascii: ">") ? take(2, .foreign) : take(1, .symbol(.less))
        case UInt8(ascii: ">"): next == equals ? take(2, .symbol(.greaterOrEqual)) : take(1, .symbol(.greater))
        case UInt8(ascii: "?"): next == first ? take(2, .symbol(.orElse)) : take(1, .question)
        case UInt8(ascii: "#"):
            readStray(help: "a comment needs a blank in front of #, a text that holds # needs quotes")
        case UInt8(ascii: "\\"): readBackslash()
        case UInt8(ascii: "`"): readBackquotes()
        case UInt8(ascii: "%"): readStray(help: "there is no remainder operator; a text that holds % needs quotes")
        case UInt8(ascii: "&"): readStray(help: "'and' joins conditions; a text that holds & needs quotes")
        case 0..<0x20, 0x7F: refuseControl()
        default: readStray(help: "a text that holds it needs quotes")
        }
    }

    private static let brackets: [UInt8: Token.Kind] = [
        UInt8(ascii: "("): .openParenthesis, UInt8(ascii: ")"): .closeParenthesis,
        UInt8(ascii: "["): .openBracket, UInt8(ascii: "]"): .closeBracket,
        UInt8(ascii: "{"): .openBrace, UInt8(ascii: "}"): .closeBrace,
        UInt8(ascii: ";"): .semicolon, UInt8(ascii: ","): .comma, UInt8(ascii: ":"): .colon,
    ]

    /// Refuses one character and what clings to it.
    mutating func readStray(help: String) {
        let start = position
        position += scalarHere.utf8.count
        while position < bytes.count, bytes[position] == bytes[start], bytes[start] < 0x80 { position += 1 }
        report(
            .strayCharacter, VisibleText.quoted(source.text(Span(start, position))), at: Span(start, position),
            help: help)
        while Byte.isWordByte(byte()), byte() != UInt8(ascii: ":") { position += 1 }
        add(.invalid, from: start)
    }

    /// Refuses a backslash, with the line end behind it where it was meant to join two lines.
    private mutating func readBackslash() {
        readStray(help: "a statement goes on behind a line that ends in |, and inside ( ) and [ ]")
        if byte() == UInt8(ascii: "\r"), byte(1) == UInt8(ascii: "\n") { position += 1 }
        if byte() == UInt8(ascii: "\n") { position += 1 }
        isSpaced = true
    }

    /// Refuses a text in backquotes as a whole.
    private mutating func readBackquotes() {
        let start = position
        position += 1
        while position < bytes.count, byte() != UInt8(ascii: "`"), byte() != UInt8(ascii: "\n") { position += 1 }
        if byte() == UInt8(ascii: "`") { position += 1 }
        report(
            .strayCharacter, "'`'", at: Span(start, start + 1),
            help: "quotes are ' and \", the value of a pipeline is written ( )")
        add(.invalid, from: start)
    }

    /// Reads what begins with a character beyond ASCII.
    mutating func readUnicode() {
        let scalar = scalarHere
        if UnicodeClass.isWord(scalar) { return readWord() }
        if let quote = UnicodeClass.plainQuote(scalar) { return readTypographicQuote(plain: quote) }
        if UnicodeClass.isDash(scalar) { return readTypographicDash(scalar) }
        if VisibleText.isHidden(scalar) || scalar.properties.isWhitespace {
            reportHidden(scalar)
            position += scalar.utf8.count
            isSpaced = isSpaced || scalar.properties.isWhitespace
            return
        }
        readStray(help: "a text that holds it needs quotes")
    }

    /// Takes a text in typographic quotes as a string, with one fault.
    private mutating func readTypographicQuote(plain: String) {
        let start = position
        let first = scalarHere
        position += first.utf8.count
        report(
            .typographicCharacter, VisibleText.quoted(String(first)), at: Span(start, position),
            help: plain == "'" ? "write a plain ' or \"" : "write a plain \"")
        let textStart = position
        while position < bytes.count, byte() != UInt8(ascii: "\n"), byte() != UInt8(ascii: "\r") {
            let scalar = scalarHere
            let width = scalar.utf8.count
            if UnicodeClass.plainQuote(scalar) == plain || (width == 1 && plain.unicodeScalars.first == scalar) {
                let text = source.text(Span(textStart, position))
                position += width
                list.strings.append([.text(text)])
                return add(.string(list.strings.count - 1), from: start)
            }
            position += width
        }
        add(.invalid, from: start)
    }

    /// Takes a long dash in front of a word as a flag, with one fault.
    private mutating func readTypographicDash(_ scalar: Unicode.Scalar) {
        let start = position
        while position < bytes.count, UnicodeClass.isDash(scalarHere) || byte() == UInt8(ascii: "-") {
            position += scalarHere.utf8.count
        }
        let dash = VisibleText.quoted(String(scalar))
        guard Byte.isLetter(byte()) else {
            report(.typographicCharacter, dash, at: Span(start, position), help: "write a plain -")
            return add(.invalid, from: start)
        }
        let nameStart = position
        passName()
        let name = source.text(Span(nameStart, position))
        report(.typographicCharacter, dash, at: Span(start, nameStart), help: "write --\(name)")
        add(.flag, from: start)
    }
}
