/// What makes bytes unreadable as a text.
enum TextEncoding {
    /// At most one fault for invalid UTF-8 and one for NUL, each at the first place, with a count of the others.
    static func faults(in bytes: [UInt8], from start: Int) -> [Diagnostic] {
        let mark = bytes[start...].prefix(2)
        if mark.elementsEqual([0xFF, 0xFE]) || mark.elementsEqual([0xFE, 0xFF]) {
            let help = "save it as UTF-8: it is UTF-16"
            return [SyntaxFault.notUTF8.diagnostic("0x\(hex(bytes[start]))", at: Span(start, start + 2), help: help)]
        }
        var invalid: (first: Span, count: Int)?
        var null: (first: Span, count: Int)?
        bytes.withUnsafeBufferPointer { buffer in
            var offset = start
            while offset < buffer.count {
                let length = sequenceLength(buffer, at: offset)
                if buffer[offset] == 0 { null = (null?.first ?? Span(offset, offset + 1), (null?.count ?? 0) + 1) }
                if length == 0 { invalid = (invalid?.first ?? Span(offset, offset + 1), (invalid?.count ?? 0) + 1) }
                offset += max(length, 1)
            }
        }
        var faults: [Diagnostic] = []
        if let invalid {
            let more = invalid.count > 1 ? ", nor are \(invalid.count - 1) more" : ""
            faults.append(
                SyntaxFault.notUTF8.diagnostic(
                    "0x\(hex(bytes[invalid.first.start]))", at: invalid.first,
                    help: "save the file as UTF-8: this byte is not part of a character\(more)"))
        }
        if let null {
            let more = null.count > 1 ? "; there are \(null.count - 1) more" : ""
            faults.append(
                SyntaxFault.controlCharacter.diagnostic(
                    "U+0000", at: null.first, help: "a script holds no NUL\(more); is it UTF-16, or no text at all?"))
        }
        return faults
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    /// The length of the well-formed sequence at an offset, or 0.
    private static func sequenceLength(_ buffer: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        let lead = buffer[offset]
        func continues(_ distance: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
            offset + distance < buffer.count && (low...high).contains(buffer[offset + distance])
        }
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return continues(1) ? 2 : 0
        case 0xE0: return continues(1, 0xA0, 0xBF) && continues(2) ? 3 : 0
        case 0xED: return continues(1, 0x80, 0x9F) && continues(2) ? 3 : 0
        case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
        case 0xF0: return continues(1, 0x90, 0xBF) && continues(2) && continues(3) ? 4 : 0
        case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
        case 0xF4: return continues(1, 0x80, 0x8F) && continues(2) && continues(3) ? 4 : 0
        default: return 0
        }
    }
}
