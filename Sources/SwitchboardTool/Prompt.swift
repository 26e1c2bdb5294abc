import Switchboard
import SwitchboardTerminal

/// The plain prompt: reads statements line by line and runs each whole statement at once.
struct Prompt {
    /// What error pictures and run records call a statement that was typed here; the banner stands above it.
    static let sourceName = "prompt"

    private let workplace: Workplace
    private let editor: LineEditor

    init(_ workplace: Workplace) throws {
        self.workplace = workplace
        editor = try LineEditor(program: "switchboard", signals: workplace.signals)
    }

    /// Runs until Ctrl-D, `:quit` or a signal; returns the exit status.
    func run() -> Int32 {
        defer { editor.close() }
        banner()
        var known = Known()
        var text = ""
        while true {
            let prompt = text.isEmpty ? "switchboard \(workplace.profile.name)> " : continuation(text)
            switch editor.readLine(prompt: prompt) {
            case .endOfFile: return 0
            case .terminated(let signal): return signal.exitStatus
            case .interrupted: text = ""
            case .line(let line):
                if text.isEmpty && [":quit", ":q", "exit", "quit"].contains(line) { return 0 }
                text += text.isEmpty ? line : "\n" + line
                guard Engine.isComplete(text) else { continue }
                if text.contains(where: { !$0.isWhitespace }) {
                    editor.remember(text)
                    if let status = execute(text, &known) { return status }
                }
                text = ""
            }
        }
    }

    private func banner() {
        let kind =
            switch workplace.profile.origin {
            case .sandbox: "the sandbox: nothing real is bought"
            default: workplace.engine.isLive(workplace.profile) ? "live: purchases cost money" : "on this machine"
            }
        Output.line("switchboard \(Switchboard.version), profile \(workplace.profile.name) (\(kind))")
        Output.line("help lists the commands, Ctrl-D leaves")
    }

    /// Shows what is still open.
    private func continuation(_ text: String) -> String {
        "\(Parser.openBrackets(text).last ?? "")... "
    }

    /// What earlier statements have named.
    private struct Known {
        var names: [Engine.Binding] = []
        var definitions: [String] = []
    }

    /// Runs a statement; returns the status of one that ends the prompt.
    private func execute(_ text: String, _ known: inout Known) -> Int32? {
        let cancel = CancelToken()
        let interruption = Interruption(cancel, goesOn: true)
        let observer = workplace.signals.observe { interruption.take($0) }
        defer { workplace.signals.remove(observer) }
        let pager = Pager(signals: workplace.signals, isColoured: Output.isColoured(.results))
        let writer = ResultWriter(workplace.options.form, pager: pager)
        let request = Engine.Request(
            source: SourceText(name: Self.sourceName, text: text), profile: workplace.profile, names: known.names,
            definitions: known.definitions, cancel: cancel)
        let report = workplace.run(request, writer)
        known.names += report.bindings
        known.definitions += report.definitions
        return report.exit
    }
}
