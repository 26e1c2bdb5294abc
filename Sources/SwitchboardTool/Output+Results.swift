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
        let renderer = DiagnosticRenderer(source)
        if form.isJSON { return diagnostics.forEach { note(renderer.json($0)) } }
        put(marked(renderer.render(diagnostics)), .remarks)
    }

    /// The picture of faults, in which their codes stand out.
    private static func marked(_ picture: String) -> StyledText {
        picture.split(separator: "\n", omittingEmptySubsequences: false).reduce(into: StyledText("")) { text, line in
            let end = line.hasPrefix("error[") ? line.firstIndex(of: ":") ?? line.startIndex : line.startIndex
            text += StyledText(String(line[..<end]), .red)
            text += line[end...] + "\n"
        }
    }

    /// Writes what a check has found, which is its result: as pictures on standard error, or on standard output as one
    /// JSON array, or one JSON object a line.
    static func findings(_ diagnostics: [Diagnostic], in source: SourceText, form: ResultMode) {
        let objects = DiagnosticRenderer(source).json(diagnostics)
        switch form {
        case .json: line(diagnostics.isEmpty ? "[]" : "[\n\(objects.replacing("\n", with: ",\n"))\n]")
        case .jsonl: if !diagnostics.isEmpty { line(objects) }
        default: if !diagnostics.isEmpty { self.diagnostics(diagnostics, in: source, form: form) }
        }
    }

    /// Writes a plan, which is its result.
    static func plan(_ plan: Plan, form: ResultMode) { line(form.isJSON ? plan.json.compact : plan.text) }
}
