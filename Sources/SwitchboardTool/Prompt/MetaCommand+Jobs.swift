import Switchboard
import SwitchboardTerminal

extension MetaCommand {
    /// Statements in the background, and those that run again and again.
    static let background: [MetaCommand] = [
        MetaCommand(name: "bg", argument: "STATEMENT", help: "run it in the background", statement: .behind(words: 0)) {
            session, text in
            try session.startJob(text)
        },
        MetaCommand(name: "jobs", help: "what runs in the background") { session, _ in
            let running = session.jobs.running
            running.isEmpty ? Output.line("no job runs") : running.forEach { Output.line($0.line) }
        },
        MetaCommand(
            name: "fg", argument: "[JOB]", words: numbers,
            help: "wait for a job, the newest unless said, to which Ctrl-C goes then"
        ) {
            session, number in
            let job = try session.jobs.job(number)
            Output.note(job.line)
            job.waitInFront(session.workplace.signals)
        },
        MetaCommand(
            name: "cancel", argument: "[JOB]", words: numbers,
            help: "end a job as Ctrl-C does; once more ends it sooner"
        ) { session, number in
            try session.jobs.job(number).end(.interrupt)
        },
        MetaCommand(
            name: "watch", argument: "TIME STATEMENT [--times N]",
            help: "run what reads again and again, as :watch 5s list; * marks what has changed",
            statement: .behind(words: 1),
            most: .reads
        ) { session, text in
            try Watch(text).run(in: session)
        },
    ]

    /// The numbers of the jobs that run, with what they do.
    private static let numbers = { @Sendable (place: PromptCompletion, _: String) in
        place.jobs.running.map { PromptCompletion.Candidate("\($0.number)", help: $0.title) }
    }
}

extension PromptSession {
    /// Starts a statement in the background, after asking what has to be asked.
    func startJob(_ text: String) throws {
        if isPlanning {
            throw SwitchboardError(.invalidArgument, "in plan mode nothing runs", help: ":plan off ends it")
        }
        var request = request(text, CancelToken())
        request.mayAsk = workplace.consent.isOn
        let (program, faults) = workplace.engine.program(of: request)
        guard faults.isEmpty else {
            return Output.diagnostics(faults, in: program.source, form: mode)
        }
        if workplace.confirm(request) != nil { return }
        let job = jobs.start(request, in: workplace, ResultWriter(mode, agents: workplace.agentNames(profile)))
        Output.note("job \(job.number); :jobs lists, :fg waits, :cancel ends it")
    }
}
