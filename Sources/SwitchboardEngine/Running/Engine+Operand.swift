import SwitchboardLanguage

extension Engine {
    /// A text as a statement has it where a word is wanted: bare where it is one word, else in quotes, with what nobody
    /// sees as an escape.
    public static func operand(_ text: String) -> String {
        if ListLiteral.items(of: "[\(text)]") == [text] { return text }
        if !text.contains("'"), !text.unicodeScalars.contains(where: \.isUnseen) { return "'\(text)'" }
        return "\"" + text.unicodeScalars.map(\.inDoubleQuotes).joined() + "\""
    }
}

extension Unicode.Scalar {
    /// Whether a line would show nothing of it, or obey it.
    fileprivate var isUnseen: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: properties.isDefaultIgnorableCodePoint
        }
    }

    /// The character as it is written in double quotes.
    fileprivate var inDoubleQuotes: String {
        switch self {
        case "\n": "\\n"
        case "\t": "\\t"
        case "\\", "\"", "$": "\\\(self)"
        case _ where isUnseen: "\\u{\(String(value, radix: 16, uppercase: true))}"
        default: String(self)
        }
    }
}
