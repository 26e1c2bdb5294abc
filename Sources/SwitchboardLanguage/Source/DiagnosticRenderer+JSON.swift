extension DiagnosticRenderer {
    /// One JSON object per line and diagnostic, in the order of their places.
    public func json(_ diagnostics: [Diagnostic]) -> String {
        Self.sorted(diagnostics).map { json($0) }.joined(separator: "\n")
    }

    /// One JSON object on one line: `code message file line column end_line end_column start end help
    /// notes`.
    ///
    /// Lines and columns count from 1, columns in characters; `start` and `end` are offsets in bytes of the file, from 0;
    /// ends are excluded; `help` is null where there is
    /// none, `notes` are objects with `label` and `text`.
    public func json(_ diagnostic: Diagnostic) -> String {
        let span = clamped(diagnostic.span)
        let notes = diagnostic.notes.map { #"{"label":\#(quoted($0.label)),"text":\#(quoted(hiding($0.text)))}"# }
        let fields = [
            ("code", quoted(diagnostic.code)),
            ("message", quoted(hiding(diagnostic.message))),
            ("file", quoted(source.name(at: span.start))),
            ("line", String(source.line(at: span.start))),
            ("column", String(source.column(at: span.start))),
            ("end_line", String(source.line(at: span.end))),
            ("end_column", String(source.column(at: span.end))),
            ("start", String(source.offsetInFile(span.start))),
            ("end", String(source.offsetInFile(span.end))),
            ("help", diagnostic.help.map { quoted(hiding($0)) } ?? "null"),
            ("notes", "[\(notes.joined(separator: ","))]"),
        ]
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// A JSON string, with everything escaped that could act on a terminal.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default:
                guard VisibleText.isHidden(scalar) else {
                    result.unicodeScalars.append(scalar)
                    continue
                }
                for unit in UTF16.encode(scalar) ?? .init() {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return result + "\""
    }
}
