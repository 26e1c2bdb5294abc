public import SwitchboardCore
public import SwitchboardLanguage
import SwitchboardStore

/// What a check without a run has found.
public struct CheckReport: Sendable {
    /// The faults, with their places in the source.
    public var diagnostics: [Diagnostic] = []
    /// Why a provider cannot be used, or the ledger not be read.
    public var error: SwitchboardError?
    /// The checked program; its source is the text that the places of the faults point into.
    public var program = Program()

    /// The exit status that tells it: 0 nothing is wrong, 2 faults, 4 a provider that is not configured or refuses,
    /// 1 a ledger that cannot be read.
    public var exitStatus: Int32 {
        if let error { return error.code == .storeUnavailable ? 1 : 4 }
        return diagnostics.isEmpty ? 0 : 2
    }
}

/// Why a script is not run.
struct RunRefusal: Error {
    var error: SwitchboardError?
    var diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    init(_ fault: RunFault) {
        error = fault.error
        diagnostics = [fault.diagnostic]
    }

    init(_ error: SwitchboardError) {
        self.error = error
        diagnostics = []
    }
}

extension Engine {
    /// Finds everything for which `run` would refuse the request before its first effect, and changes and asks nothing:
    /// data files, targets of reports, agents and secrets that are named, settings of providers.
    ///
    /// A param without a value needs none here; what depends on it is left to the run. With `online` every provider that
    /// the script names is asked once whether it takes the credentials; the sandbox is started for that, and for nothing
    /// else. Call it from a thread that may block, as `run`.
    public func check(_ request: Request, online: Bool = false) -> CheckReport {
        var report = CheckReport()
        (report.program, report.diagnostics) = program(of: request)
        guard report.diagnostics.isEmpty else { return report }
        let given = GivenParams(request.parameters, of: report.program)
        report.program.source = given.source
        let program = report.program
        let refusal = EvaluatorThread.run { [self] () -> RunRefusal? in
            let session = session(of: request, request.cancel) { _ in }
            let frame = frame(of: program, request, session)
            do throws(RunRefusal) {
                let providers = try prepare(program, given, frame, for: .look).providers
                if online { try tryCredentials(of: providers, session) }
                return nil
            } catch { return error }
        }
        (report.diagnostics, report.error) = (refusal?.diagnostics ?? [], refusal?.error)
        return report
    }

    /// The same for a task.
    public func check(_ request: Request, online: Bool = false) async -> CheckReport {
        await withTaskCancellationHandler {
            await EvaluatorThread.await { [self] in check(request, online: online) }
        } onCancel: {
            request.cancel.cancel()
        }
    }

    /// Looks at everything that has to be right before the first effect; gives the statements, ready to run, the
    /// providers that calls name, and the places of the script.
    func prepare(
        _ program: Program, _ given: GivenParams, _ frame: Frame, for purpose: PreRunCheck.Purpose
    ) throws(RunRefusal) -> (body: Action, providers: [NamedProvider], places: ScriptPlaces) {
        try unlockSecrets(for: program, frame.run)
        let compiler = Compiler(registry: registry, program: program)
        var before = PreRunCheck(program, compiler, frame, given, for: purpose)
        let faults: [Diagnostic]
        do throws(SwitchboardError) { faults = try before.run() } catch { throw RunRefusal(error) }
        guard faults.isEmpty else { throw RunRefusal(faults) }
        let providers = before.namedProviders
        for provider in providers where !frame.run.providers.isSandbox {
            // The sandbox has them all, and is not started before it is needed.
            do { _ = try frame.run.providers.provider(provider.name) } catch {
                throw RunRefusal(RunFault(error: SwitchboardError(wrapping: error), span: provider.span))
            }
        }
        let body = compiler.block(program.steps)
        guard compiler.badLiterals.isEmpty else { throw RunRefusal(compiler.badLiterals.map(\.diagnostic)) }
        return (body, providers, compiler.places)
    }

    /// Asks for the passphrase of the secrets, where there is one, on behalf of the first call or param that needs a secret.
    private func unlockSecrets(for program: Program, _ run: RunSession) throws(RunRefusal) {
        let mayAsk: Bool
        do { mayAsk = try run.providers.hasStoredSecrets } catch { throw RunRefusal(SwitchboardError(wrapping: error)) }
        func needsSecret(_ call: CallNode) -> Bool {
            // What a change is told in secret is kept, sealed, until it is settled.
            if isToldSecret(call) { return true }
            return switch registry.commands[call.command]?.secrets {
            case .any?: true
            case .accounts?: mayAsk
            case .nothing?, nil: false
            }
        }
        let call = program.calls.first(where: needsSecret)?.nameSpan
        guard let span = call ?? program.parameters.first(where: { $0.type.takesSecret })?.span else { return }
        do { try run.store.unlock() } catch {
            throw RunRefusal(RunFault(error: SwitchboardError(wrapping: error), span: span))
        }
    }

    /// Whether a call is, or may be, told a secret.
    func isToldSecret(_ call: CallNode) -> Bool {
        let told = registry.vocabulary.commands[call.command]?.parameters.filter { $0.type.takesSecret } ?? []
        return told.contains { call.bound?.contains($0.name) ?? true }
    }

    /// Asks each provider that the script names for something small.
    private func tryCredentials(of providers: [NamedProvider], _ session: RunSession) throws(RunRefusal) {
        for named in providers {
            do {
                let provider = try session.providers.provider(named.name)
                try session.ask { try await provider.tryCredentials() }
            } catch { throw RunRefusal(RunFault(error: SwitchboardError(wrapping: error), span: named.span)) }
        }
    }
}
