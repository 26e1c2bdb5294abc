/// A prompt may hold colours and nothing else that a terminal obeys.
enum PromptText {
    /// For the editor: each colour stands between two bytes 1, as it takes no room on the screen.
    static func marked(_ prompt: String) -> String {
        runs(of: prompt).map { $0.isColour ? "\u{1}\($0.text)\u{1}" : VisibleText.line($0.text) }.joined()
    }

    /// For plain output.
    static func visible(_ prompt: String) -> String {
        runs(of: prompt).map { $0.isColour ? $0.text : VisibleText.line($0.text) }.joined()
    }

    /// The cells that it takes.
    static func width(of prompt: String) -> Int {
        runs(of: prompt).reduce(0) { $0 + ($1.isColour ? 0 : DisplayWidth.of(VisibleText.line($1.text))) }
    }

    private static func runs(of prompt: String) -> [(text: String, isColour: Bool)] {
        var runs: [(text: String, isColour: Bool)] = []
        var rest = prompt.unicodeScalars[...]
        var plain = String.UnicodeScalarView()
        while let first = rest.first {
            guard let colour = colourPrefix(of: rest) else {
                plain.append(first)
                rest.removeFirst()
                continue
            }
            runs.append((String(plain), false))
            runs.append((String(colour), true))
            plain = String.UnicodeScalarView()
            rest = rest[colour.endIndex...]
        }
        runs.append((String(plain), false))
        return runs
    }

    /// ESC, `[`, digits and semicolons, `m`.
    private static func colourPrefix(of text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView? {
        guard text.first == "\u{1B}", text.dropFirst().first == "[" else { return nil }
        let parameters = text.dropFirst(2).prefix { ("0"..."9").contains($0) || $0 == ";" }
        guard parameters.endIndex < text.endIndex, text[parameters.endIndex] == "m" else { return nil }
        return text[text.startIndex...parameters.endIndex]
    }
}
