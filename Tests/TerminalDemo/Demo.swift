import Glibc
import SwitchboardTerminal

/// A prompt that says what it read: what the screen tests drive.
///
/// `tick` prints from another thread a moment later, `run` waits for Ctrl-C as a command would, `secret` asks without
/// echo, `exit` ends with status 0. With the argument `secret` it only asks for a secret, as a batch program does.
@main
struct Demo {
    static func main() async {
        do {
            let signals = try SignalWatcher()
            if CommandLine.arguments.dropFirst().first == "secret" {
                Glibc.exit(onlySecret(signals))
            }
            let editor = try LineEditor(program: "demo", signals: signals)
            let status = await prompt(editor, signals)
            editor.close()
            Glibc.exit(status)
        } catch {
            print("failed: \(error)")
            Glibc.exit(1)
        }
    }

    private static func onlySecret(_ signals: SignalWatcher) -> Int32 {
        let outcome = readSecret(prompt: "token: ", signals: signals)
        print("outcome: \(outcome)")
        if case .terminated(let signal) = outcome { return signal.exitStatus }
        return 0
    }

    private static func prompt(_ editor: LineEditor, _ signals: SignalWatcher) async -> Int32 {
        let mark = TextStyle.cyan.applied(to: "demo", when: ColourChoice.auto.allows(descriptor: 1))
        let commands = Commands(editor: editor)
        signals.observe { if $0 == .interrupt || $0 == .terminate { commands.interrupt() } }
        while true {
            switch await editor.readLine(prompt: "\(mark)> ") {
            case .interrupted: editor.print("interrupted")
            case .endOfFile:
                editor.print("end")
                return 0
            case .terminated(let signal):
                editor.print("terminated \(signal)")
                return signal.exitStatus
            case .line("exit"): return 0
            case .line(let text):
                editor.remember(text)
                await commands.run(text)
            }
        }
    }
}
