import Switchboard
import SwitchboardTerminal

extension PromptSession {
    /// Runs a statement, or in plan mode plans one that would change something.
    ///
    /// Signals end it, each one sooner than the one before.
    @discardableResult
    func execute(_ text: String) -> EntryOutcome {
        let cancel = CancelToken()
        let interruption = Interruption(cancel, goesOn: true)
        let observer = workplace.signals.observe { interruption.take($0) }
        defer { workplace.signals.remove(observer) }
        let request = request(text, cancel)
        return isPlanning && changes(request) ? plan(request) : run(request)
    }

    /// What is asked of the engine on behalf of a statement.
    func request(_ text: String, _ cancel: CancelToken) -> Engine.Request {
        let known = context.known
        var request = Engine.Request(
            source: SourceText(name: Prompt.sourceName, text: text), profile: profile, names: known.all,
            definitions: known.definitions, cancel: cancel)
        request.secrets = Array(secrets)
        request.title = kept(text).map(Engine.inShort) ?? Engine.hiddenStatement
        request.isTyped = true
        return request
    }

    /// What writes the results of a statement; what is taller than the screen is shown page by page.
    var writer: ResultWriter {
        ResultWriter(
            mode, agents: workplace.agentNames(profile),
            pager: Pager(signals: workplace.signals, isColoured: Output.isColoured(.results)))
    }

    /// Whether a statement would change anything; what reads is as harmless as its plan, and shows what it finds.
    private func changes(_ request: Engine.Request) -> Bool {
        let (program, faults) = workplace.engine.program(of: request)
        return faults.isEmpty && program.effect > .reads
    }

    private func plan(_ request: Engine.Request) -> EntryOutcome {
        let report = workplace.engine.plan(request)
        workplace.tell(report, mode) { writer.page($0) }
        return EntryOutcome(exit: report.exitStatus)
    }

    private func run(_ request: Engine.Request) -> EntryOutcome {
        let (writer, started) = (writer, ContinuousClock.now)
        let report = workplace.run(request, writer)
        context.take(report, showing: writer.last)
        if isTerminal(2), let line = ChangeText.line(report, outlook(of: report), since: started) { Output.note(line) }
        if let status = report.exit { leave(status) }
        return EntryOutcome(exit: report.exitStatus, run: report.run, shown: writer.last)
    }
    /// Whether what a statement has changed can be taken back; what cannot be read is told by whoever tries.
    private func outlook(of report: RunReport) -> UndoOutlook {
        report.run.flatMap { try? workplace.engine.undoOutlook(of: $0, in: profile) } ?? .nothing
    }
}
