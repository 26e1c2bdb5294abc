import Dispatch
import SwitchboardTerminal
import Synchronization

/// What the demo does with a line.
final class Commands: Sendable {
    private let editor: LineEditor
    private let signals: SignalWatcher
    private let pager: Pager
    private let running = Mutex<CheckedContinuation<Void, Never>?>(nil)

    init(editor: LineEditor, signals: SignalWatcher, pager: Pager) {
        self.editor = editor
        self.signals = signals
        self.pager = pager
    }

    func run(_ text: String) async {
        switch text {
        case "tick": tickLater()
        case "run":
            editor.print("running")
            await withCheckedContinuation { continuation in
                running.withLock { $0 = continuation }
            }
            editor.print("cancelled")
        case "ask": editor.print("outcome: \(readAnswer(Question("sure? "), signals: signals))")
        case "secret":
            let outcome = await editor.readSecret(prompt: "token: ")
            editor.print("outcome: \(outcome)")
        case _ where text.utf8.count > 10_000: editor.print("read \(text.utf8.count) bytes, sum \(sum(of: text))")
        case _ where text.hasPrefix("page "): page(Int(text.dropFirst(5)) ?? 0)
        default: editor.print("read \(text.unicodeScalars.count) <\(VisibleText.line(text))>")
        }
    }

    /// Depends on each byte and its place.
    private func sum(of text: String) -> UInt32 {
        text.utf8.reduce(0) { $0 &* 31 &+ UInt32($1) }
    }

    func interrupt() {
        let continuation = running.withLock { running in
            defer { running = nil }
            return running
        }
        continuation?.resume()
    }

    private func page(_ count: Int) {
        let table = TextTable(columns: [.init("number"), .init("text")], count: count) { row in
            ["\(row + 1)", "text of row \(row + 1)"]
        }
        let layout = TableLayout(table, width: Pager.size.columns)
        let listing = Listing(head: layout.head, headStyle: .bold, count: count, lines: layout.lines)
        if Pager.isPossible, !listing.fits(Pager.size) {
            let rows = pager.show(listing)
            editor.print("seen \(rows.lowerBound + 1)-\(rows.upperBound)")
        } else {
            editor.print((listing.head + (0..<count).flatMap(listing.lines)).joined(separator: "\n"))
        }
    }

    private func tickLater() {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(500)) { [editor] in
            editor.print("tick")
        }
    }
}
