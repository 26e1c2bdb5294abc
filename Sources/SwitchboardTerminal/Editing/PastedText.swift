import CEditline

/// What a paste becomes in the line.
enum PastedText {
    /// The text without what a line cannot have: each line ends with a newline only, invalid UTF-8 and characters that
    /// the editor drops are forgotten.
    static func cleaned(_ bytes: some Sequence<UInt8>) -> String {
        var result = String.UnicodeScalarView()
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        var followsReturn = false
        while true {
            switch decoder.decode(&rest) {
            case .scalarValue(let scalar):
                let isSecond = scalar == "\n" && followsReturn
                followsReturn = scalar == "\r"
                if !isSecond && ce_is_kept(scalar.value) { result.append(followsReturn ? "\n" : scalar) }
            case .error: followsReturn = false
            case .emptyInput: return String(result)
            }
        }
    }

    /// Whether a character is in it that nobody sees, or that turns a line's order around.
    static func hasUnseen(_ bytes: some Sequence<UInt8>) -> Bool {
        String(decoding: Array(bytes), as: UTF8.self).unicodeScalars.contains { ce_is_unseen($0.value) }
    }

    /// How many rows of a terminal the text takes.
    static func rows(of text: String, columns: Int) -> Int {
        text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { rows, line in
            rows + 1 + DisplayWidth.of(line) / max(columns, 1)
        }
    }

    /// What is said above a paste of several statements or more rows than the screen; nil for others.
    static func remark(statements: Int, isTall: Bool) -> String? {
        if statements > 1 { return "\(statements) statements, Enter runs, :edit edits" }
        return isTall ? "more lines than the screen has: Enter runs, :edit edits" : nil
    }
}
