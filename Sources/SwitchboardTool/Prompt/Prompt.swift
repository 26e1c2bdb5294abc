import Switchboard
import SwitchboardTerminal

/// The prompt: reads statements and meta commands, and does one after the other until the session is over.
struct Prompt {
    /// What error pictures and run records call a statement that was typed here; the banner stands above it.
    static let sourceName = "prompt"

    private let session: PromptSession

    init(_ workplace: Workplace) throws { session = try PromptSession(workplace) }

    /// Runs until Ctrl-D, `:quit` or a signal; returns the exit status.
    func run() -> Int32 {
        defer { session.editor.close() }
        Welcome(session).show()
        session.editor.warnings.forEach { Output.note($0) }
        if session.workplace.options.readsInit { session.readInit() }
        while session.status == nil { takeEntry() }
        session.jobs.end(session.workplace.signals)
        return session.status ?? 0
    }

    private func takeEntry() {
        let (label, jobs, isColoured) = (label, session.jobs, Output.isColoured(.results))
        let prompt = { @Sendable in
            var label = label
            label.jobs = jobs.running.count
            return label.text(isColoured: isColoured)
        }
        switch session.read(prompt: prompt) {
        case .endOfFile: session.leave(0)
        case .terminated(let signal): session.status = signal.exitStatus
        case .interrupted: break
        case .line(let text): session.take(text)
        }
    }

    private var label: PromptLabel {
        PromptLabel(
            profile: session.profile.name, isLive: session.workplace.engine.isLive(session.profile),
            isPlanning: session.isPlanning)
    }
}
