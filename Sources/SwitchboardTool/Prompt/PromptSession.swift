import Switchboard
import SwitchboardTerminal

/// A session at the prompt: how it is set, what it knows, and what runs in its background.
///
/// It is used on the prompt's own thread; what other threads look at is in `context`, `history` and `jobs`.
final class PromptSession {
    let workplace: Workplace
    let editor: LineEditor
    let context: PromptContext
    let history: PromptHistory
    let jobs = Jobs()
    /// What was typed unseen, and what statements have given to parameters that take a secret; kept nowhere else.
    private(set) var secrets: Set<Secret> = []
    var mode: ResultMode
    var isPlanning = false
    var isTimed = false
    /// What stands on the next line before anything is typed.
    var prefill = ""
    /// The status to leave with, once the session is over.
    var status: Int32?

    init(_ workplace: Workplace) throws {
        self.workplace = workplace
        mode = workplace.options.form
        context = PromptContext(workplace.profile)
        history = PromptHistory(path: workplace.folder + "/history.jsonl", tell: Output.note)
        editor = try LineEditor(
            program: "switchboard", signals: workplace.signals,
            hooks: LineHooks(engine: workplace.engine, context: context, jobs: jobs, history: history))
    }

    var profile: Profile { context.profile }

    /// Reads an entry, which may have several lines.
    func read(prompt: @escaping @Sendable () -> String) -> LineOutcome {
        let (editor, text) = (editor, prefill)
        prefill = ""
        editor.setMemory(history.lines)
        return Keyboard.edit(printing: { editor.print($0) }) { editor.readLine(prompt: prompt(), prefill: text) }
    }

    /// Does what was typed; the history has it before it begins, so that it is there whatever becomes of the program.
    func take(_ text: String) {
        takeNames(of: jobs.takeEnded())
        let entry = PromptEntry(text)
        if case .nothing = entry { return }
        learn(secrets(in: text))
        let id = kept(text).flatMap { history.add($0, profile: profile.name) }
        let started = ContinuousClock.now
        let outcome = carryOut(entry, text)
        let elapsed = ContinuousClock.now - started
        learn(Keyboard.typedSecrets)
        history.finish(id, exit: outcome.exit, milliseconds: Int(elapsed / .milliseconds(1)), run: outcome.run)
        if isTimed, case .statement = entry { Output.note(TimingText.line(outcome.shown, took: elapsed)) }
    }

    private func carryOut(_ entry: PromptEntry, _ text: String) -> EntryOutcome {
        switch entry {
        case .nothing: EntryOutcome()
        case .statement:
            if let mistake = Mistake.bare(text, workplace.engine.registry.vocabulary, context.known.definitions) {
                attempt { throw mistake }
            } else {
                execute(text)
            }
        case .meta(let command, let argument): attempt { try command.run(in: self, argument) }
        case .mistaken(let mistake): attempt { throw mistake }
        }
    }

    /// What of a text may be kept and shown again; nil where nobody can tell what in it is secret.
    func kept(_ text: String) -> String? {
        let known = context.known
        return PromptHistory.kept(text) { statement in
            workplace.engine.redacted(
                statement, profile: profile, names: known.all, definitions: known.definitions, knowing: Array(secrets))
        }
    }

    private func secrets(in text: String) -> [Secret] {
        let known = context.known
        return workplace.engine.secrets(
            in: MetaLine(text)?.statement ?? text, names: known.all, definitions: known.definitions)
    }

    /// Takes what turns out to be a secret out of the statements of before, of other sessions as well.
    private func learn(_ found: [Secret]) {
        let new = found.filter { !$0.reveal().isEmpty && secrets.insert($0).inserted }
        if new.isEmpty { return }
        history.forget(new.map { $0.reveal() }) { text in
            PromptHistory.kept(text) { workplace.engine.redacted($0, knowing: new) }
        }
    }

    /// Says what is wrong where something cannot be done.
    @discardableResult
    func attempt(_ body: () throws -> Void) -> EntryOutcome {
        do {
            try body()
            return EntryOutcome()
        } catch let error as TerminalError {
            Output.error(SwitchboardError(.internal, error.description))
        } catch {
            Output.error(SwitchboardError(wrapping: error))
        }
        return EntryOutcome(exit: 2)
    }

    /// Ends the session; where jobs run, only if the person says so.
    func leave(_ status: Int32) {
        let running = jobs.running
        if !running.isEmpty {
            Output.note(running.count == 1 ? "a job runs:" : "\(running.count) jobs run:")
            running.forEach { Output.note("  \($0.line)") }
            Output.note("to leave ends them: what is under way is finished, nothing else is begun")
            guard Keyboard.agrees("leave?", workplace.signals, atEnd: true) else { return }
        }
        self.status = status
    }

    /// Makes names of jobs that have ended known to the next statement.
    private func takeNames(of ended: [(job: Job, report: RunReport)]) {
        for (job, report) in ended {
            for name in context.take(report, showing: job.isInFront ? job.writer.last : nil) {
                Output.note("job \(job.number): $\(name) was bound meanwhile and keeps its value")
            }
        }
    }
}

/// What became of an entry.
struct EntryOutcome {
    /// The exit status that a program would have.
    var exit: Int32 = 0
    /// The id of its run, where it had one.
    var run: String?
    /// What it showed last.
    var shown: ShownResult?
}
