public import SwitchboardCore
public import SwitchboardLanguage
import SwitchboardStore

/// What planning a script has come to.
public struct PlanReport: Sendable {
    /// The plan; of a script that fails somewhere what it would change until then.
    public var plan = Plan()
    /// Whether the statements were gone through; else something was refused before the first.
    public var isPlanned = false
    /// The plan as a file keeps it; nil where the script would not run to its end.
    public var file: PlanFile?
    /// The faults, with their places in the source.
    public var diagnostics: [Diagnostic] = []
    /// Why there is no plan, or why the run would end early.
    public var error: SwitchboardError?
    /// The text that the places of the faults point into.
    public var source = SourceText(name: "", bytes: [])
    /// The status of a script that is not planned.
    var failure: Int32 = 0

    /// The exit status: 0 planned, 1 the run would fail, 2 refused before any effect, 4 authentication or configuration.
    public var exitStatus: Int32 { failure }
}

extension Engine {
    /// Finds out what a run of the request would change, and changes nothing: providers and ledger are read as they are,
    /// and what would be changed is changed in copies of both, so that the script decides as it would in the run.
    ///
    /// Call it from a thread that may block, as `run`.
    public func plan(_ request: Request) -> PlanReport {
        var report = PlanReport()
        let (program, diagnostics) = program(of: request)
        report.source = program.source
        guard diagnostics.isEmpty else {
            (report.diagnostics, report.failure) = (diagnostics, 2)
            return report
        }
        let planned = EvaluatorThread.run { [self] in
            request.cancel.withRunToken { cancel in plan(request, program, cancel) }
        }
        return planned
    }

    /// The same for a task, whose cancellation ends it.
    public func plan(_ request: Request) async -> PlanReport {
        await withTaskCancellationHandler {
            await EvaluatorThread.await { [self] in plan(request) }
        } onCancel: {
            request.cancel.cancel()
        }
    }

    /// Throws `not_planned` where a run is held to a plan of something else.
    func requirePlan(of request: Request, goingOn earlier: EarlierRun?) throws {
        guard let plan = request.within else { return }
        do { try plan.requireSame(request, program(of: request).program, files(of: request)) } catch {
            var error = SwitchboardError(wrapping: error)
            if let earlier, error.code == .notPlanned {
                error.help = "plan what there is now, and go on with: resume \(earlier.id) --changed-ok --within PLAN"
            }
            throw error
        }
    }

    private func plan(_ request: Request, _ program: Program, _ cancel: CancelToken) -> PlanReport {
        var (report, checked) = (PlanReport(), program)
        let given = GivenParams(request.parameters, of: program)
        (report.source, checked.source) = (given.source, given.source)
        do {
            let planning = try PlanSession(
                store, registry, given.source, profile: request.profile.name, time: host.time)
            let session = session(of: request, planning, cancel)
            report.plan = try planning.plan(of: request, in: session, before: store) {
                let frame = frame(of: checked, request, session)
                do throws(RunRefusal) {
                    let body = try prepare(checked, given, frame, for: .run).body
                    report.isPlanned = true
                    report.failure = planning.carryOut(body, frame, &report)
                } catch {
                    (report.diagnostics, report.error) = (error.diagnostics, error.error)
                    report.failure = error.error.map { RunReport.exitStatus(of: $0, isRefused: true) } ?? 2
                }
            }
            if report.failure == 0 {
                report.file = try PlanFile(
                    report.plan, request, program, data: session.files.read, at: host.time.now())
            }
        } catch {
            let failure = SwitchboardError(wrapping: error)
            (report.error, report.failure) = (failure, RunReport.exitStatus(of: failure))
        }
        return report
    }

    /// A run that works on the plan's copies; nobody is asked, and nothing is told but to the plan.
    private func session(of request: Request, _ plan: PlanSession, _ cancel: CancelToken) -> RunSession {
        var host = host(of: request)
        host.confirm = { _ in true }
        host.observe = { _ in }
        return RunSession(
            id: IDKind.run.make(at: host.time.now()), registry: registry,
            providers: ProviderSet(planning: providers(of: request.profile), in: plan.world, plan.store),
            store: plan.store, host: host, given: request.workspaceLimits, cancel: cancel,
            isLive: isLive(request.profile), script: request.source.name, limits: request.limits,
            inFlight: InFlight(), journal: nil, plan: plan
        ) { event in if case .note(let text) = event { plan.remark(text) } }
    }
}

extension PlanSession {
    /// Runs the body and returns the plan that it has made, with what the workspace holds before and after.
    fileprivate func plan(
        of request: Engine.Request, in session: RunSession, before: any Store, _ body: () throws -> Void
    ) throws -> Plan {
        let name = request.profile.name
        let held = (numbers: try before.numbers(profile: name).count, trunks: try before.trunks(profile: name).count)
        try body()
        let caps = try session.caps
        var plan = plan
        (plan.script, plan.profile) = (request.source.name, name)
        plan.numbers = PlannedHolding(
            before: held.numbers, after: try store.numbers(profile: name).count, cap: caps.numbers)
        plan.trunks = PlannedHolding(
            before: held.trunks, after: try store.trunks(profile: name).count, cap: caps.trunks)
        let open = try before.openIntents().count { $0.profile == name }
        if open > 0 {
            let text =
                "\(open) change\(open == 1 ? "" : "s") of earlier runs may be unsettled; a run asks what became of them"
            plan.remarks.insert(PlanRemark(place: "", text: text), at: 0)
        }
        return plan
    }

    /// Goes through the statements; returns the exit status of a script that would fail.
    fileprivate func carryOut(_ body: Action, _ frame: Frame, _ report: inout PlanReport) -> Int32 {
        do {
            _ = try body(frame)
            return 0
        } catch let exit as ScriptExit {
            remark("the script ends here with status \(exit.status)")
            return 0
        } catch {
            let failure = (error as? RunFault)?.error ?? SwitchboardError(wrapping: error)
            if let fault = error as? RunFault { report.diagnostics = [fault.diagnostic] }
            report.error = failure
            return failure.code == .cancelled && frame.run.cancel.isCancelled ? 130 : RunReport.exitStatus(of: failure)
        }
    }
}
