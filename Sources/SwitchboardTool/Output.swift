import Glibc
import Switchboard
import SwitchboardTerminal
import Synchronization

/// The two outputs of the program: results on standard output, everything else on standard error.
enum Output {
    /// Whether standard output refused a write, so that the program cannot claim success.
    private static let isBroken = Atomic(false)
    /// The last line of a terminal on standard error, for what goes on.
    static let status = StatusLine(descriptor: 2)

    /// Writes a line of result.
    static func line(_ text: String) { write(text + "\n") }

    /// Writes text of result as it is; to a terminal with control characters made visible.
    static func write(_ text: String) {
        if !show(text, 1) { isBroken.store(true, ordering: .relaxed) }
    }

    /// Writes a line of remark.
    static func note(_ text: String) {
        _ = show(text + "\n", 2)
    }

    private static func show(_ text: String, _ descriptor: Int32) -> Bool {
        guard isTerminal(descriptor) else { return put(Array(text.utf8), descriptor) }
        return status.beside(endsLine: text.hasSuffix("\n")) { put(Array(VisibleText.lines(text).utf8), descriptor) }
    }

    /// Writes an error that has no place in a script.
    static func error(_ error: SwitchboardError) {
        note("error: \(error.message)")
        if let cause = error.cause { note("  = cause: \(cause)") }
        if let help = error.help { note("  = help: \(help)") }
    }

    /// Writes the faults of a script: as pictures, or one JSON object a line where results are JSON.
    static func diagnostics(_ diagnostics: [Diagnostic], in source: SourceText, form: Options.Form) {
        let renderer = DiagnosticRenderer(source)
        switch form {
        case .json, .jsonl: diagnostics.forEach { note(renderer.json($0)) }
        case .automatic, .csv: note(renderer.render(diagnostics))
        }
    }

    /// Writes what a check has found, which is its result: as pictures on standard error, or on standard output as one
    /// JSON array, or one JSON object a line.
    static func findings(_ diagnostics: [Diagnostic], in source: SourceText, form: Options.Form) {
        let objects = DiagnosticRenderer(source).json(diagnostics)
        switch form {
        case .json: line(diagnostics.isEmpty ? "[]" : "[\n\(objects.replacing("\n", with: ",\n"))\n]")
        case .jsonl: if !diagnostics.isEmpty { line(objects) }
        case .automatic, .csv:
            if !diagnostics.isEmpty { self.diagnostics(diagnostics, in: source, form: form) }
        }
    }

    /// Writes a plan, which is its result.
    static func plan(_ plan: Plan, form: Options.Form) {
        switch form {
        case .json, .jsonl: line(plan.json.compact)
        case .automatic, .csv: line(plan.text)
        }
    }

    /// The exit status, unless results were lost on the way out: then 1.
    static func finish(_ status: Int32) -> Int32 {
        guard status == 0, isBroken.load(ordering: .relaxed) else { return status }
        note("error: standard output could not be written")
        return 1
    }

    private static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
