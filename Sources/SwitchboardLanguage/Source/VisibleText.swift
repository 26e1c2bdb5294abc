/// Text from outside, made safe for a terminal.
public enum VisibleText {
    /// The text with control, bidirectional and invisible characters written as `<U+202E>`; tabs and line ends too.
    public static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar) { result += name(of: scalar) } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    /// Whether a character acts on the terminal or the text's order instead of showing itself.
    public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        switch scalar.value {
        case 0x80...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
            return true
        default: return false
        }
    }

    /// The visible form, `<U+202E>`.
    static func name(of scalar: Unicode.Scalar) -> String { "<\(codePoint(scalar))>" }

    /// The code point, `U+202E`.
    static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The text in quotes for a message, cut to a readable length.
    static func quoted(_ text: String) -> String {
        let limit = 40
        let head = String(text.unicodeScalars.prefix(limit + 1))
        guard head.unicodeScalars.count > limit else { return "'\(of(head))'" }
        return "'\(of(String(head.unicodeScalars.prefix(limit))))…'"
    }
}
