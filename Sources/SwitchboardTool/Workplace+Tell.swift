import Switchboard
import SwitchboardTerminal

extension ResultWriter {
    /// Shows what a run tells: results in their form, remarks and progress on standard error.
    func take(_ event: RunEvent, _ rows: RowsDisplay) {
        switch event {
        case .show(let value): show(value)
        case .print(let line): print(line)
        case .printTable(let table): printTable(table)
        case .note(let text): Output.note(text)
        case .progress(let progress): rows.take(progress)
        }
    }
}

extension Workplace {
    /// Says why a run has not done what it was to do.
    func tell(_ report: RunReport, _ form: ResultMode) {
        tell(report.diagnostics, report.error, in: report.source, form)
    }

    /// Shows a plan, one for people as `show` does, or says why there is none.
    func tell(_ report: PlanReport, _ form: ResultMode, show: (String) -> Void = Output.line) {
        if report.isPlanned { form.isJSON ? Output.write(report.plan.json.compact + "\n") : show(report.plan.text) }
        tell(report.diagnostics, report.error, in: report.source, form)
    }

    private func tell(
        _ diagnostics: [Diagnostic], _ error: SwitchboardError?, in source: SourceText, _ form: ResultMode
    ) {
        if !diagnostics.isEmpty { return Output.diagnostics(diagnostics, in: source, form: form) }
        if let error { Output.error(error) }
    }

    // MARK: Before a yes

    /// A provider that does not answer must not hold up the question for long.
    private static let patience = Duration.seconds(10)

    /// Shows what a statement would do, as far as a plan finds that out soon: what each provider is asked for, what it
    /// costs, and what cannot be undone.
    func showEffects(of request: Engine.Request) {
        let cancel = CancelToken()
        var planned = request
        planned.cancel = cancel
        let observer = signals.observe { if $0.isEnding { cancel.cancel(.leave) } }
        let timer = Task {
            try await Task.sleep(for: Self.patience)
            cancel.cancel(.leave)
        }
        defer {
            timer.cancel()
            signals.remove(observer)
        }
        let report = engine.plan(planned)
        if report.exitStatus == 0 { return report.plan.totals.forEach(Output.note) }
        let why = report.error?.message ?? report.diagnostics.first?.message ?? "it takes too long"
        Output.note("what this would change and cost is not known: \(why)")
    }
}

extension Profile {
    /// The same with the limits that the command line gives a run.
    func limited(to limits: [Limit: LimitValue]) -> Profile {
        Profile(name: name, origin: origin, limits: limits)
    }
}
