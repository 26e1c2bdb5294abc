import Switchboard
import SwitchboardTerminal

extension Output {
    /// How much is written at once.
    private static let blockSize = 1 << 16

    /// Writes rows of a listing with its head, and what stands behind them.
    static func listing(_ listing: Listing, rows: Swift.Range<Int>, to target: Target) {
        var block = StyledText("")
        for line in listing.head {
            block += StyledText(line, listing.headStyle)
            block += "\n"
        }
        var text = ""
        for row in rows {
            for line in listing.lines(row) { text += line + "\n" }
            if text.utf8.count >= blockSize {
                put(block + StyledText(text), target)
                (block, text) = (StyledText(""), "")
            }
        }
        for line in listing.foot(rows) { text += line + "\n" }
        put(block + StyledText(text), target)
    }

    /// Writes the faults of a script: as pictures, or one JSON object a line where results are JSON.
    static func diagnostics(_ diagnostics: [Diagnostic], in source: SourceText, form: ResultMode) {
        if form.isJSON {
            return diagnostics.forEach { put(StyledText(DiagnosticRenderer(source).json($0) + "\n"), .remarks) }
        }
        put(
            marked(DiagnosticRenderer(source, width: min(columns(of: .remarks) ?? 160, 160)).render(diagnostics)),
            .remarks)
    }

    /// The picture of faults, in which their codes stand out.
    private static func marked(_ picture: String) -> StyledText {
        picture.split(separator: "\n", omittingEmptySubsequences: false).reduce(into: StyledText("")) { text, line in
            let end = line.hasPrefix("error[") ? line.firstIndex(of: ":") ?? line.startIndex : line.startIndex
            text += paragraph(marked: String(line[..<end]), String(line[end...]), .remarks)
        }
    }

    /// Writes what a check has found, which is its result: as pictures on standard error, or on standard output as one
    /// JSON array, or one JSON object a line.
    static func findings(_ diagnostics: [Diagnostic], in source: SourceText, form: ResultMode) {
        let objects = DiagnosticRenderer(source).json(diagnostics)
        switch form {
        case .json: write(diagnostics.isEmpty ? "[]\n" : "[\n\(objects.replacing("\n", with: ",\n"))\n]\n")
        case .jsonl: if !diagnostics.isEmpty { write(objects + "\n") }
        default: if !diagnostics.isEmpty { self.diagnostics(diagnostics, in: source, form: form) }
        }
    }
}
