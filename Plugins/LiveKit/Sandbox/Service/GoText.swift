/// Texts as Go prints them with `%q`, which is how LiveKit quotes ids and numbers in its messages.
enum GoText {
    private static let short: [Unicode.Scalar: String] = [
        "\"": #"\""#, "\\": #"\\"#, "\u{7}": #"\a"#, "\u{8}": #"\b"#, "\u{C}": #"\f"#, "\n": #"\n"#, "\r": #"\r"#,
        "\t": #"\t"#, "\u{B}": #"\v"#,
    ]

    /// A list, elements separated by spaces: `["+15105550100" "+15105550101"]`.
    static func quoted(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: " ") + "]" }

    /// A text in quotes, with everything escaped that does not print.
    static func quoted(_ text: String) -> String { "\"" + text.unicodeScalars.map(escaped).joined() + "\"" }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        if let escape = short[scalar] { return escape }
        guard !prints(scalar) else { return String(scalar) }
        switch scalar.value {
        case ..<0x80: return #"\x"# + hex(scalar, 2)
        case ..<0x10000: return #"\u"# + hex(scalar, 4)
        default: return #"\U"# + hex(scalar, 8)
        }
    }

    /// Letters, marks, numbers, punctuation, symbols, and of all spaces only the plain one.
    private static func prints(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func hex(_ scalar: Unicode.Scalar, _ digits: Int) -> String {
        let text = String(scalar.value, radix: 16)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }
}
