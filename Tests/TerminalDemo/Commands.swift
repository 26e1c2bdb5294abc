import Dispatch
import SwitchboardTerminal
import Synchronization

/// What the demo does with a line.
final class Commands: Sendable {
    private let editor: LineEditor
    private let running = Mutex<CheckedContinuation<Void, Never>?>(nil)

    init(editor: LineEditor) {
        self.editor = editor
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
        case "secret":
            let outcome = await editor.readSecret(prompt: "token: ")
            editor.print("outcome: \(outcome)")
        default: editor.print("read \(text.unicodeScalars.count) <\(VisibleText.line(text))>")
        }
    }

    func interrupt() {
        let continuation = running.withLock { running in
            defer { running = nil }
            return running
        }
        continuation?.resume()
    }

    private func tickLater() {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(500)) { [editor] in
            editor.print("tick")
        }
    }
}
