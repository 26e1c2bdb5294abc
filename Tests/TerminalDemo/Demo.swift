import Glibc
import SwitchboardTerminal

/// A prompt that says what it read: what the screen tests drive.
///
/// `tick` prints from another thread a moment later, `run` waits for Ctrl-C as a command would, `ask` asks, `secret` asks
/// without echo, `:edit` opens an editor, `old` brings lines of before, `page 100` shows a table of so many rows, `exit`
/// ends with status 0. With the argument `secret` it only asks for a secret, as a batch program does.
@main
struct Demo {
    static func main() async {
        if CommandLine.arguments.dropFirst().first == "history" {
            Glibc.exit(HistoryWriter.run(Array(CommandLine.arguments.dropFirst(2))))
        }
        do {
            let signals = try SignalWatcher()
            if CommandLine.arguments.dropFirst().first == "secret" {
                Glibc.exit(onlySecret(signals))
            }
            let remembered = Remembered()
            let editor = try LineEditor(
                program: "demo", signals: signals, hooks: DemoHooks(remembered: remembered).hooks)
            for warning in editor.warnings { editor.print(warning) }
            let status = await prompt(editor, signals, remembered)
            editor.close()
            Glibc.exit(status)
        } catch {
            print("failed: \(error)")
            Glibc.exit(1)
        }
    }

    private static func onlySecret(_ signals: SignalWatcher) -> Int32 {
        let outcome = readSecret(Question("token: "), signals: signals)
        print("outcome: \(outcome)")
        if case .terminated(let signal) = outcome { return signal.exitStatus }
        return 0
    }

    private static func prompt(_ editor: LineEditor, _ signals: SignalWatcher, _ remembered: Remembered) async -> Int32
    {
        let isColoured = ColourChoice.auto.allows(descriptor: 1)
        let mark = TextStyle.cyan.applied(to: "demo", when: isColoured)
        let pager = Pager(signals: signals, isColoured: isColoured)
        let commands = Commands(editor: editor, signals: signals, pager: pager)
        signals.observe { if $0 == .interrupt || $0 == .terminate { commands.interrupt() } }
        var prefill = ""
        while true {
            let outcome = await editor.readLine(prompt: "\(mark)> ", prefill: prefill)
            prefill = ""
            switch outcome {
            case .interrupted: editor.print("interrupted")
            case .endOfFile:
                editor.print("end")
                return 0
            case .terminated(let signal):
                editor.print("terminated \(signal)")
                return signal.exitStatus
            case .line("exit"): return 0
            case .line("old"): editor.setMemory(["first of old", "second of old {\n    two rows\n}"])
            case .line(let text):
                if let before = EditRequest.text(in: text) {
                    prefill = edited(before, editor, signals)
                    continue
                }
                editor.remember(text)
                remembered.add(text)
                await commands.run(text)
            }
        }
    }

    private static func edited(_ text: String, _ editor: LineEditor, _ signals: SignalWatcher) -> String {
        do {
            return try editText(text, signals: signals)
        } catch {
            editor.print("failed: \(error)")
            return text
        }
    }
}
