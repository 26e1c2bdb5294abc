/// Makes visible what a terminal would obey or hide, wherever text from outside reaches one.
///
/// Control characters (`^[`, `^?`), bidirectional marks and characters without a width (`<U+202E>`) are spelled out.
public enum VisibleText {
    /// The text as a part of one line: newlines and tabs are spelled out too.
    public static func line(_ text: String) -> String {
        spelled(text) { _ in false }
    }

    /// The text as lines of its own: newlines and tabs stay.
    public static func lines(_ text: String) -> String {
        spelled(text) { $0 == "\n" || $0 == "\t" }
    }

    /// JSON text, in which the same stands in JSON's own way (`\u202e`), so that it stays the same JSON.
    public static func json(_ text: String) -> String {
        if isPlain(text, keeping: { _ in false }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if spelling(of: scalar) == nil {
                result.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    let zeros = String(repeating: "0", count: 4 - digits.count)
                    result.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
                }
            }
        }
        return String(result)
    }

    private static func spelled(_ text: String, keeping isKept: (Unicode.Scalar) -> Bool) -> String {
        if isPlain(text, keeping: isKept) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let spelling = isKept(scalar) ? nil : spelling(of: scalar) {
                result.append(contentsOf: spelling.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Printable ASCII only and what is kept, by far the most frequent text.
    private static func isPlain(_ text: String, keeping isKept: (Unicode.Scalar) -> Bool) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) || ($0 < 0x80 && isKept(Unicode.Scalar($0))) }
    }

    private static func spelling(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0..<0x20: return "^" + String(UnicodeScalar(UInt8(scalar.value) + 0x40))
        case 0x20..<0x7F: return nil
        case 0x7F: return "^?"
        default: break
        }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return code(of: scalar)
        default: return properties.isDefaultIgnorableCodePoint ? code(of: scalar) : nil
        }
    }

    private static func code(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }
}
