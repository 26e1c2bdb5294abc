import SwitchboardLanguage

/// What a test asks about a text.
enum Reading {
    /// The tree in a short form; fails to hide faults by putting their codes in front.
    static func tree(_ text: String) -> String {
        let (script, diagnostics) = Parser.parse(SourceText(name: "test.swb", text: text))
        let codes = diagnostics.map { "!\($0.code)" }
        return (codes + script.statements.map { TreeText.of($0) }).joined(separator: "; ")
    }

    /// The faults as `L030 1:5`.
    static func faults(_ text: String) -> [String] {
        let source = SourceText(name: "test.swb", text: text)
        return Parser.parse(source).diagnostics.map { diagnostic in
            "\(diagnostic.code) \(source.line(at: diagnostic.span.start)):\(source.column(at: diagnostic.span.start))"
        }
    }

    /// The faults as pictures.
    static func picture(_ text: String, name: String = "test.swb") -> String {
        let source = SourceText(name: name, text: text)
        return DiagnosticRenderer(source).render(Parser.parse(source).diagnostics)
    }

    /// The tokens' kinds and texts, line ends and the end left out.
    static func tokens(_ text: String) -> [String] {
        let source = SourceText(name: "test.swb", text: text)
        return Lexer.tokens(of: source).tokens.compactMap { token in
            let text = source.text(token.span)
            switch token.kind {
            case .newline, .end: return nil
            case .string: return "string \(text)"
            case .symbol: return "symbol \(text)"
            case .malformed(let fault): return "malformed(\(fault.code)) \(text)"
            default: return "\(token.kind) \(text)"
            }
        }
    }
}
