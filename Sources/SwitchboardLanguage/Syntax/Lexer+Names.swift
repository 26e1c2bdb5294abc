extension Lexer {
    /// Reads `$name.field.deeper?`.
    mutating func readVariable() {
        let start = position
        position += 1
        guard Byte.isLetter(byte()) || byte() == UInt8(ascii: "_") else { return refuseVariable(from: start) }
        passName()
        position = FieldPath.read(bytes, from: position, marks: true).end
        finishAccess(.variable, from: start)
    }

    /// Reads `.field.deeper?`, a path, or says what the dot should have been.
    mutating func readDot() {
        let start = position
        let path = FieldPath.read(bytes, from: position, marks: true)
        if path.end > start {
            position = path.end
            return finishAccess(.field, from: start)
        }
        if byte(1) == UInt8(ascii: "/") || (byte(1) == UInt8(ascii: ".") && byte(2) == UInt8(ascii: "/")) {
            while position < bytes.count, Byte.isWordByte(byte()) || (byte() >= 0x80 && UnicodeClass.isWord(scalarHere))
            {
                position += scalarHere.utf8.count
            }
            return add(.path, from: start)
        }
        guard Byte.isDigit(byte(1)) else { return readStray(help: "a field is . and a name, a path begins with ./") }
        position += 1
        while Byte.isWordByte(byte()) { position += 1 }
        add(.malformed(.badNumber), from: start)
    }

    /// Adds the token, unless an apostrophe behind it shows that a quoted text was meant.
    private mutating func finishAccess(_ kind: Token.Kind, from start: Int) {
        guard byte() == UInt8(ascii: "'"), Byte.isLetter(byte(1)) else { return add(kind, from: start) }
        readApostrophe(from: start)
    }

    private mutating func refuseVariable(from start: Int) {
        let next = byte()
        var help = "a $ outside quotes begins a variable: $name"
        if next == UInt8(ascii: "{") { help = "${ } stands in double quotes only; here write $name" }
        if next == UInt8(ascii: "(") { help = "write ( ) without $ around a pipeline whose value is wanted" }
        if Byte.isDigit(next) {
            help = "an amount of money is written 2.00USD, text in quotes"
            while Byte.isWordByte(byte()) { position += 1 }
        }
        report(.badVariable, "'$'", at: Span(start, position), help: help)
        add(.invalid, from: start)
    }
}

/// `.field.deeper?` behind a variable, a dot or a parenthesis.
extension FieldPath {
    /// The accesses from an offset and where they end; without `marks` a `?` is left alone.
    static func read(_ bytes: [UInt8], from start: Int, marks: Bool) -> (path: [FieldAccess], end: Int) {
        var path: [FieldAccess] = []
        var offset = start
        while offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "."),
            Byte.isLetter(bytes[offset + 1]) || bytes[offset + 1] == UInt8(ascii: "_")
        {
            var end = Lexer.endOfName(bytes, from: offset + 1)
            let name = String(decoding: bytes[offset + 1..<end], as: UTF8.self)
            let question = UInt8(ascii: "?")
            let isOptional =
                marks && end < bytes.count && bytes[end] == question
                && !(end + 1 < bytes.count && bytes[end + 1] == question)
            if isOptional { end += 1 }
            path.append(FieldAccess(name: name, isOptional: isOptional, span: Span(offset, end)))
            offset = end
        }
        return (path, offset)
    }
}
