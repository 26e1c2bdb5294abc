extension JSON {
    /// The value as compact UTF-8; `escapingHTML` also writes `<`, `>` and `&` as escapes, as Go's encoder does.
    public func bytes(escapingHTML: Bool = false) -> [UInt8] {
        var output: [UInt8] = []
        write(to: &output, escapingHTML)
        return output
    }

    /// The value as compact text.
    public var compact: String { String(decoding: bytes(), as: UTF8.self) }

    private func write(to output: inout [UInt8], _ html: Bool) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let text): output += text.utf8
        case .string(let text): Self.append(text, to: &output, escapingHTML: html)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.write(to: &output, html)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.append(member.name, to: &output, escapingHTML: html)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output, html)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Appends a text in its quotes; see `bytes(escapingHTML:)`.
    public static func append(_ text: String, to output: inout [UInt8], escapingHTML html: Bool = false) {
        output.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy(isPlain) { output += text.utf8 } else { appendEscaped(text, to: &output, html) }
        output.append(UInt8(ascii: "\""))
    }

    /// Whether the byte stands for itself in every JSON text.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "\\"): false
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): false
        default: true
        }
    }

    private static func appendEscaped(_ text: String, to output: inout [UInt8], _ html: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case UInt8(ascii: "\n"): output += "\\n".utf8
            case UInt8(ascii: "\r"): output += "\\r".utf8
            case UInt8(ascii: "\t"): output += "\\t".utf8
            case 0..<0x20, 0x7F: escape(byte, to: &output)
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
                if html { escape(byte, to: &output) } else { output.append(byte) }
            default: output.append(byte)
            }
        }
    }

    private static func escape(_ byte: UInt8, to output: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        output += "\\u00".utf8
        output.append(digits[Int(byte >> 4)])
        output.append(digits[Int(byte & 15)])
    }
}
