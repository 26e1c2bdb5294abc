extension Lexer {
    /// Reads a string in quotes; it may span lines, whose ends count as LF.
    mutating func readString(quote: UInt8) {
        let start = position
        guard let end = endOfString(quote: quote) else { return readOpenString(quote: quote) }
        position = end + 1
        var pieces = StringPieces(lexer: self, from: start + 1, to: end)
        if quote == UInt8(ascii: "'") { pieces.readRaw() } else { pieces.readInterpolated() }
        for fault in pieces.faults { report(fault.0, fault.1, at: fault.2, help: fault.3) }
        list.strings.append(pieces.parts)
        add(.string(list.strings.count - 1), from: start)
    }

    /// The offset of the closing quote.
    private func endOfString(quote: UInt8) -> Int? {
        let isLonely = lonelyQuotes.contains(quote)
        var offset = position + 1
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == quote { return offset }
            if byte == UInt8(ascii: "\n"), isLonely { return nil }
            offset += byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
        return nil
    }

    /// Reports a string without an end, once for each kind of quote, and goes on behind its first line.
    private mutating func readOpenString(quote: UInt8) {
        let start = position
        if lonelyQuotes.insert(quote).inserted, list.openString == nil {
            list.openString = start
            list.suspectString = firstLongString(quote: quote)
            let name = quote == UInt8(ascii: "'") ? "'" : "\""
            report(.unterminatedString, name, at: Span(start, start + 1), help: openStringHelp)
        }
        while position < bytes.count, byte() != UInt8(ascii: "\n"), byte() != UInt8(ascii: "\r") { position += 1 }
        add(.invalid, from: start)
    }

    /// A string that spans lines and ends right here in front of a word: its end is missing, and the quote that closed
    /// it opens another.
    var stringWithoutEnd: Token? {
        guard !isSpaced, let last = list.tokens.last, case .string = last.kind else { return nil }
        let isLong = source.line(at: last.span.start) != source.line(at: last.span.end)
        return isLong ? last : nil
    }

    /// Reports a string without its end, and goes on behind its first line.
    mutating func reopen(_ string: Token) {
        list.tokens.removeLast()
        isSpaced = string.isSpaced
        position = string.span.start
        let quote = bytes[position]
        lonelyQuotes.insert(quote)
        report(
            .unterminatedString, String(UnicodeScalar(quote)), at: Span(position, position + 1),
            help: "it would end in line \(source.line(at: string.span.end)), right in front of a word")
        while position < bytes.count, byte() != UInt8(ascii: "\n"), byte() != UInt8(ascii: "\r") { position += 1 }
        add(.invalid, from: string.span.start)
    }

    private var openStringHelp: String? {
        guard let suspect = list.suspectString else { return nil }
        let first = source.line(at: suspect.start)
        return "the string in lines \(first) to \(source.line(at: suspect.end - 1)) may be the one that lacks its end"
    }

    /// The first string with this quote that spans lines.
    private func firstLongString(quote: UInt8) -> Span? {
        list.tokens.first { token in
            guard case .string = token.kind, bytes[token.span.start] == quote else { return false }
            return source.line(at: token.span.start) != source.line(at: token.span.end - 1)
        }?.span
    }
}
