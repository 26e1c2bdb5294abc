import FoundationEssentials
import Synchronization
public import SwitchboardCore
public import SwitchboardLanguage
public import SwitchboardStore

/// Checks and runs scripts on behalf of a host; the program's prompt and batch runner are clients of these calls.
///
/// One engine serves any number of runs at a time; an open store belongs to one engine.
public final class Engine: Sendable {
    /// What is registered.
    public let registry: Registry
    /// The ledger and journal.
    public let store: any Store
    let host: Host
    private let providerSets = Mutex<[String: ProviderSet]>([:])
    private let inFlight = InFlight()
    /// What platforms have told for completion.
    let live = LiveValues()

    /// Makes an engine; opens nothing.
    public init(registry: Registry, store: any Store, host: Host) {
        self.registry = registry
        self.store = store
        self.host = host
    }

    // MARK: Profiles

    /// The names of all profiles: `sandbox`, `env`, and those that are stored.
    public func profileNames() throws -> [String] {
        [Profile.sandboxName, Profile.environmentName] + (try store.profiles().map(\.name))
    }

    /// The profile of a name: `sandbox`, `env`, or a stored one.
    ///
    /// Throws `unauthorized` for an unknown one.
    public func profile(_ name: String) throws -> Profile {
        switch name {
        case Profile.sandboxName: return Profile(name: name, origin: .sandbox)
        case Profile.environmentName: return try environmentProfile()
        default:
            guard let record = try store.profiles().first(where: { $0.name == name }) else {
                throw SwitchboardError(
                    .unauthorized, "no profile '\(name)'",
                    help: "there are: \(try profileNames().joined(separator: " ")); connect makes one")
            }
            return Profile(name: name, origin: .stored(record.settings))
        }
    }

    /// The environment may name another account tomorrow, so each account has a ledger of its own: no number of the one
    /// is ever looked for, or given up, at the other.
    private func environmentProfile() throws -> Profile {
        let profile = Profile(name: Profile.environmentName, origin: .environment(host.environment))
        let accounts = try ProviderSet(profile: profile, registry: registry, store: store, host: host).accounts
        guard !accounts.isEmpty else { return profile }
        let text = accounts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n")
        return Profile(name: "\(Profile.environmentName)-\(Fingerprint.of(text))", origin: profile.origin)
    }

    /// Whether real money is at stake: some provider's URL in this profile is not on this machine.
    public func isLive(_ profile: Profile) -> Bool {
        registry.plugins.values.map(\.manifest).contains { manifest in
            guard let settings = settings(of: manifest, in: profile) else { return false }
            return !manifest.isOnThisMachine(settings)
        }
    }

    /// What a profile says of a provider besides its stored secrets; nil where it says nothing, and in the sandbox.
    private func settings(of manifest: ProviderManifest, in profile: Profile) -> ProviderSettings? {
        switch profile.origin {
        case .sandbox: return nil
        case .given(let settings): return settings[manifest.name]
        case .stored(let settings): return settings[manifest.name].map { ProviderSettings(plain: $0) }
        case .environment(let environment):
            let given = manifest.settings.compactMap { setting in
                setting.environment.flatMap { environment[$0] }.map { (setting.name, $0) }
            }
            return given.isEmpty ? nil : ProviderSettings(plain: Dictionary(given) { first, _ in first })
        }
    }

    // MARK: Running

    /// What a run is asked for besides its script.
    public struct Request: Sendable {
        /// The script.
        public var source: SourceText
        /// The profile.
        public var profile: Profile
        /// What the script's params are given.
        public var parameters: ScriptArguments
        /// Names bound beforehand.
        public var names: [Binding]
        /// Texts of defs and uses that stand beforehand, as a prompt's earlier ones do.
        public var definitions: [String]
        /// What the run may take.
        public var limits: Limits
        /// The plan that the run is held to; it stops before the first change that the plan does not have.
        public var within: PlanFile?
        /// What lists of runs call it, in short and without secrets; nil for the script's name.
        public var title: String?
        /// Whether a person has typed it at a prompt: it is a run only where it has changed something.
        public var isTyped = false
        /// Whether the host may be asked on behalf of the run; one in the background has nobody in front of it.
        public var mayAsk = true
        /// Ends the run early.
        public var cancel: CancelToken
        /// The absolute path of the script's file, where it has one: a run that is resumed looks whether it has changed.
        public var file: String?
        /// What the host knows to be secret: a run whose script has one of them keeps that sealed, and writes none down.
        public var secrets: [Secret] = []
        /// Where relative paths begin, unless the host says so itself; nil for the program's current folder.
        public var folder: String?

        /// Makes a request.
        public init(
            source: SourceText, profile: Profile, parameters: ScriptArguments = [:], names: [Binding] = [],
            definitions: [String] = [], limits: Limits = Limits(), cancel: CancelToken = CancelToken(),
            file: String? = nil
        ) {
            self.file = file
            self.source = source
            self.profile = profile
            self.parameters = parameters
            self.names = names
            self.definitions = definitions
            self.limits = limits
            self.cancel = cancel
        }

        /// Makes a request of a text, which faults and the run's record know by the name.
        public init(
            text: String, named name: String = "script", profile: Profile, parameters: ScriptArguments = [:],
            limits: Limits = Limits()
        ) {
            self.init(
                source: SourceText(name: name, text: text), profile: profile, parameters: parameters, limits: limits)
        }
    }

    /// A name with its value and type, bound before a run or by it.
    public struct Binding: Sendable {
        /// The name.
        public var name: String
        /// The value.
        public var value: Value
        /// The type.
        public var type: ValueType

        /// Makes a binding.
        public init(name: String, value: Value, type: ValueType) {
            self.name = name
            self.value = value
            self.type = type
        }
    }

    /// Checks the whole script and, only if nothing is wrong with it, runs it; returns when it has ended.
    ///
    /// Call it from a thread that may block, never from a task: a task awaits the other `run`.
    public func run(_ request: Request, events: @escaping @Sendable (RunEvent) -> Void) -> RunReport {
        run(request, goingOn: nil, events: events)
    }

    /// The same, or the rest of a run that an earlier process has begun.
    func run(
        _ request: Request, goingOn earlier: EarlierRun?, events: @escaping @Sendable (RunEvent) -> Void
    ) -> RunReport {
        var (program, diagnostics) = program(of: request)
        let (digest, used) = (ContentDigest.of(program.source.bytes), program.source.usedFiles)
        let given = GivenParams(request.parameters, of: program)
        program.source = given.source
        do {
            let report = try EvaluatorThread.run { [self] in
                request.cancel.withRunToken { cancel in
                    Result {
                        try run(
                            request, program, given, diagnostics, cancel,
                            RunBeginning(
                                request: request, digest: digest,
                                used: Dictionary(used.map { ($0.name, ContentDigest.of($0.bytes)) }) { $1 },
                                folder: files(of: request).base, earlier: earlier,
                                isSecret: program.calls.contains(where: isToldSecret)
                                    || !program.secrets.spans.isEmpty || request.namesSecret), events)
                    }
                }
            }.get()
            return report.with(program.source)
        } catch let wanted as ResumeWanted {
            return resume(wanted, as: request, events: events)
        } catch { return RunReport(status: .failed, error: SwitchboardError(wrapping: error)) }
    }

    /// The same for a task, whose cancellation ends the run.
    public func run(_ request: Request, events: @escaping @Sendable (RunEvent) -> Void) async -> RunReport {
        await withTaskCancellationHandler {
            await EvaluatorThread.await { [self] in run(request, events: events) }
        } onCancel: {
            request.cancel.cancel()
        }
    }

    /// The script of a request as far as its text tells: names, types, flags, literals, the strongest effect.
    public func program(of request: Request) -> (program: Program, diagnostics: [Diagnostic]) {
        registry.check(
            request.source, names: request.names.map { ($0.name, $0.type) }, definitions: request.definitions,
            files: files(of: request))
    }

    /// Which files the request's script may use.
    func files(of request: Request) -> ScriptFiles {
        var files = host.files
        files.folder = files.folder ?? request.folder
        return files
    }

    private func run(
        _ request: Request, _ program: Program, _ given: GivenParams, _ diagnostics: [Diagnostic],
        _ cancel: CancelToken, _ beginning: RunBeginning, _ events: @escaping @Sendable (RunEvent) -> Void
    ) throws -> RunReport {
        guard diagnostics.isEmpty else { return RunReport(status: .refused, diagnostics: diagnostics) }
        var request = request
        // A plan that is given with it is that of the run which goes on.
        if program.isResumption { request.within = nil }
        do { try requirePlan(of: request, goingOn: beginning.earlier) } catch {
            return RunReport(status: .refused, error: SwitchboardError(wrapping: error))
        }
        let kept = program.isKept ? beginning : nil
        let secrets = SecretTexts(program.secrets.texts + request.secrets.map { $0.reveal() })
        let session = session(of: request, cancel, kept, without: secrets, events)
        let timer = session.budget.watch(cancel, host.time)
        defer { timer?.cancel() }
        let frame = frame(of: program, request, session)
        let (body, places): (Action, ScriptPlaces)
        do throws(RunRefusal) { (body, _, places) = try prepare(program, given, frame, for: .run) } catch {
            let isOutOfTime = session.budget.isOutOfTime
            return isOutOfTime
                ? RunReport(status: .refused, error: session.budget.timeIsOver)
                : RunReport(status: .refused, error: error.error, diagnostics: error.diagnostics)
        }
        if program.isResumption {
            let failure: any Error
            do {
                _ = try body(frame)
                failure = SwitchboardError(.internal, "the run was not resumed")
            } catch { failure = error }
            guard let fault = failure as? RunFault else { throw failure }
            return RunReport(status: .refused, error: fault.error, diagnostics: [fault.diagnostic])
        }
        request.cancel.begin()
        var report = execute(program, body, places, frame, session, kept)
        report.openOutcomes += session.tally.openOutcomes.load(ordering: .relaxed)
        report.leftovers = session.tally.leftovers
        let told = Set(report.diagnostics.flatMap(\.notes).filter { $0.label == Undo.notUndone }.map(\.text))
        for line in report.leftovers where !told.contains(line) {
            session.note("\(Undo.notUndone), so somebody has to look: \(line)")
        }
        report.failedRows = session.tally.failedRows.load(ordering: .relaxed)
        report.refusedRows = session.tally.refusedRows.load(ordering: .relaxed)
        report.differences = session.tally.differences.load(ordering: .relaxed)
        report.bindings = bindings(program, request, frame)
        report.shown = program.shown
        report.run = session.tally.hasBegun ? session.id : nil
        report.definitions = program.definitions
        return report
    }

    func session(
        of request: Request, _ cancel: CancelToken, _ beginning: RunBeginning? = nil,
        without secrets: SecretTexts = SecretTexts([]), _ events: @escaping @Sendable (RunEvent) -> Void
    ) -> RunSession {
        // Rows may tell at the same time; the host hears one after the other.
        let turn = Mutex(())
        let id = beginning?.earlier?.id ?? IDKind.run.make(at: host.time.now())
        let journal = beginning?.journal(store, run: id, host.time, without: secrets)
        return RunSession(
            id: id, registry: registry,
            providers: providers(of: request.profile),
            store: store, host: host(of: request), given: request.workspaceLimits, cancel: cancel,
            isLive: isLive(request.profile), script: request.source.name, limits: request.limits, inFlight: inFlight,
            journal: journal,
            allowance: request.within.map { Allowance($0.permits) },
            events: { event in
                let failure = journal?.log.write(event)
                turn.withLock { _ in
                    if let failure { events(.note("what the run tells cannot be written down: \(failure.message)")) }
                    events(event)
                }
            })
    }

    /// The host, with the folder of the request.
    func host(of request: Request) -> Host {
        var host = request.mayAsk ? self.host : self.host.askingNobody
        host.files = files(of: request)
        return host
    }

    func frame(of program: Program, _ request: Request, _ session: RunSession) -> Frame {
        let frame = Frame(slotCount: program.slotCount, run: session)
        if session.journal != nil { frame.path = "" }
        for (slot, binding) in request.names.enumerated() { frame.slots[slot] = binding.value }
        return frame
    }

    /// The providers of a profile, the same ones for every run as long as the profile reads them from one place.
    func providers(of profile: Profile) -> ProviderSet {
        providerSets.withLock { sets in
            if let set = sets[profile.name], set.profile.origin == profile.origin {
                set.refresh()
                return set
            }
            let set = ProviderSet(profile: profile, registry: registry, store: store, host: host)
            sets[profile.name] = set
            return set
        }
    }

    /// The same, where some run has asked for them already.
    func usedProviders(of profile: Profile) -> ProviderSet? {
        // Whoever completes a text waits for nobody.
        let set = providerSets.withLockIfAvailable { $0[profile.name] } ?? nil
        return set?.profile.origin == profile.origin ? set : nil
    }

    private func execute(
        _ program: Program, _ body: Action, _ places: ScriptPlaces, _ frame: Frame, _ session: RunSession,
        _ beginning: RunBeginning?
    ) -> RunReport {
        var (unknown, isUnderWay) = (0, false)
        let isTyped = beginning?.isTyped ?? false
        do {
            // From here on nobody else takes back, or goes on with, what it finds.
            if let beginning, beginning.earlier != nil { try session.begin(beginning) }
            if program.effect > .pure { unknown = try settleAbandoned(session, before: program.effect) }
            if session.journal?.isResumed == true { unknown += try awaitSettlement(session, before: program.effect) }
            try session.takeUpEarlierChanges(in: places)
            if let beginning { try session.begin(beginning) }
            isUnderWay = true
            let exit = try status(of: body, frame, session)
            let hasFailed = exit == 1 || session.tally.failedRows.load(ordering: .relaxed) > 0
            try session.end(hasFailed || !session.tally.leftovers.isEmpty ? .failed : .succeeded, isTyped: isTyped)
            var report = RunReport(status: .succeeded)
            report.openOutcomes = unknown
            report.exit = exit
            return report
        } catch {
            var failure = (error as? RunFault)?.error ?? SwitchboardError(wrapping: error)
            var isCancelled = failure.code == .cancelled && session.cancel.isCancelled
            if isCancelled, session.budget.isOutOfTime { (failure, isCancelled) = (session.budget.timeIsOver, false) }
            for line in session.part.done { session.note("done before: \(line)") }
            if session.cancel.isCancelled { session.noteOpenIntents() }
            let isRefused = beginning != nil && !isUnderWay && !isCancelled
            var report = RunReport(status: isCancelled ? .cancelled : isRefused ? .refused : .failed, error: failure)
            report.openOutcomes = unknown
            if var fault = error as? RunFault {
                fault.error = failure
                report.diagnostics = [fault.diagnostic]
            }
            do {
                if !isRefused { try session.journal?.log.write(failure) }
                let status: RunRecord.Status = isCancelled || session.isLeft ? .cancelled : .failed
                let before = isUnderWay ? nil : beginning?.earlier?.status
                try session.end(before ?? status, isTyped: isTyped)
            } catch {
                session.note("the run's end could not be recorded: \(SwitchboardError(wrapping: error).message)")
            }
            return report
        }
    }

    /// Runs the statements; returns the status that the script itself ends with, where it says one.
    private func status(of body: Action, _ frame: Frame, _ session: RunSession) throws -> Int32? {
        do {
            if try body(frame) == .leave, !frame.result.isNothing { session.show(frame.result) }
            return nil
        } catch let exit as ScriptExit { return exit.status }
    }

    /// Settles what earlier processes left open; returns how much of it stays unknown.
    ///
    /// A store that cannot be written still answers a script that only reads.
    private func settleAbandoned(_ session: RunSession, before effect: EffectClass) throws -> Int {
        let all: [SettledIntent]
        do { all = try session.settleAbandoned() } catch let error as SwitchboardError
            where effect == .reads && error.code == .storeUnavailable
        {
            session.note("what earlier runs left open is not settled: \(error.message)")
            return 0
        }
        var unknown = 0
        for settled in all {
            switch settled.result {
            case .done: session.note("it had happened, and the ledger knows it now: \(settled.summary)")
            case .notDone: session.note("it had not happened: \(settled.summary)")
            case .unknown(let error):
                unknown += 1
                let why = error.cause ?? error.message
                session.note("still unknown: \(settled.summary) (\(why)); the next start asks again")
            }
        }
        return unknown
    }

    /// Waits, before a run goes on, while another process asks what became of the run's changes.
    ///
    /// Where that process ends before it knows, this one asks. Returns how much of it stays unknown.
    private func awaitSettlement(_ session: RunSession, before effect: EffectClass) throws -> Int {
        var unknown = 0
        for _ in 0..<300 {
            guard try store.openIntents().contains(where: { $0.run == session.id && $0.session != store.session })
            else { break }
            try session.pause(.milliseconds(200))
            unknown += try settleAbandoned(session, before: effect)
        }
        return unknown
    }

    /// The top-level names of a script that ran at the prompt, for the statements that follow.
    private func bindings(_ program: Program, _ request: Request, _ frame: Frame) -> [Binding] {
        program.topNames.map { Binding(name: $0.name, value: frame.slots[$0.slot], type: $0.type) }
    }
}

extension Registry {
    /// Checks a script without any effect: names, types, flags, literals.
    ///
    /// `names` are bound beforehand, as a prompt's earlier `let`s are; `definitions` are texts of its earlier defs. The
    /// spans of the diagnostics point into the program's source, which has the used files too.
    public func check(
        _ source: SourceText, names: [(name: String, type: ValueType)] = [], definitions: [String] = [],
        files: ScriptFiles = ScriptFiles()
    ) -> (program: Program, diagnostics: [Diagnostic]) {
        EvaluatorThread.run { checked(source, names, definitions, files) }
    }

    private func checked(
        _ source: SourceText, _ names: [(name: String, type: ValueType)], _ definitions: [String], _ files: ScriptFiles
    ) -> (program: Program, diagnostics: [Diagnostic]) {
        let (script, faults) = Parser.parse(source)
        let used = UsedFiles(
            of: script, in: source, definitions: definitions, opener: files.opener(for: source.name))
        var program = Program()
        var diagnostics = faults + used.diagnostics
        if diagnostics.isEmpty {
            (program, diagnostics) = Checker.check(script, vocabulary: vocabulary, names: names, used: used.scripts)
            if diagnostics.isEmpty { diagnostics = (program.calls + program.explained).compactMap(fault) }
            if diagnostics.isEmpty { diagnostics = program.faultsOfCompany }
            if diagnostics.isEmpty { diagnostics = Compiler(registry: self, program: program).refusals }
        }
        program.secrets = secrets(
            in: script, used, names, isBroken: !faults.isEmpty || !used.diagnostics.isEmpty,
            isClean: diagnostics.isEmpty && definitions.isEmpty && program.defs.isEmpty
                && !(program.calls + program.explained).contains(where: hasSecrets))
        program.source = used.source.hiding(program.secrets.spans)
        program.definitions = script.definitions.map { source.text($0) }
        return (program, diagnostics)
    }

    private func fault(of call: CallNode) -> Diagnostic? {
        commands[call.command]?.fault(in: call).map {
            let place = $0.parameter.flatMap { call.arguments[$0]?.span } ?? call.nameSpan
            return Diagnostic(CheckFault.refusedArguments.rawValue, $0.message, at: place, help: $0.help)
        }
    }
}

/// How a run ended.
public struct RunReport: Sendable {
    /// How a run can end.
    public enum Status: Sendable {
        /// The script did what it says.
        case succeeded
        /// The check found faults; nothing happened.
        case refused
        /// A run-time error stopped it.
        case failed
        /// It was cancelled.
        case cancelled
    }

    /// How it ended.
    public var status: Status
    /// The id of its record; nil where nothing was to be recorded.
    public var run: String?
    /// The error that stopped it.
    public var error: SwitchboardError?
    /// How many changes of earlier runs stay unknown: somebody has to look.
    public var openOutcomes = 0
    /// What transactions that failed could not take back, a line each: somebody has to look.
    public var leftovers: [String] = []
    /// The faults, with their places in the source; empty where the error has none, as a ledger that cannot be read.
    public var diagnostics: [Diagnostic] = []
    /// How many rows failed in loops that went on.
    public var failedRows = 0
    /// How many of them failed because an account's credentials were missing or refused.
    public var refusedRows = 0
    /// How many differences were found by commands that look for them.
    public var differences = 0
    /// The status that the script itself said it ends with.
    public var exit: Int32?
    /// The text that the places of the faults point into: the script's and those of the files that it uses.
    public var source = SourceText(name: "", bytes: [])
    /// The names that the script bound at its top level.
    public var bindings: [Engine.Binding] = []
    /// The type of what it has shown, where it is one pipeline; nil where it is anything else.
    public var shown: ValueType?
    /// The script's defs and uses as written.
    public var definitions: [String] = []

    /// The same about a script's text.
    func with(_ source: SourceText) -> RunReport {
        var report = self
        report.source = source
        return report
    }

    /// Makes a report.
    public init(status: Status, error: SwitchboardError? = nil, diagnostics: [Diagnostic] = []) {
        self.status = status
        self.error = error
        self.diagnostics = diagnostics
    }

    /// The exit status that tells this truth: 0 done, 1 run-time error, 2 refused before any effect,
    /// 3 some rows failed, 4 authentication or configuration, also where no row failed for anything else, 5 a difference
    /// was found, 6 an undo that failed or an outcome that stays unknown, 130 cancelled; else the script's own.
    public var exitStatus: Int32 {
        switch status {
        case _ where !leftovers.isEmpty: 6
        case .succeeded where openOutcomes > 0: 6
        case .succeeded where failedRows > 0 && exit ?? 0 == 0: failedRows == refusedRows ? 4 : 3
        case .succeeded where differences > 0: exit ?? 5
        case .succeeded: exit ?? 0
        case .refused: error.map { Self.exitStatus(of: $0, isRefused: true) } ?? 2
        case .cancelled: openOutcomes == 0 ? 130 : 6
        case .failed: openOutcomes == 0 ? error.map { Self.exitStatus(of: $0) } ?? 1 : 6
        }
    }

    static func exitStatus(of error: SwitchboardError, isRefused: Bool = false) -> Int32 {
        let refusals: Set<ErrorCode> = [.conflict, .notFound, .notPlanned, .unsupported, .cancelled]
        return switch error.code {
        case _ where isRefused && refusals.contains(error.code): 2
        case .unauthorized, .forbidden: 4
        case .unknownOutcome: 6
        default: error.mayHaveHappened ? 6 : 1
        }
    }
}

extension RunFault {
    /// The failure as the renderer shows it.
    var diagnostic: Diagnostic {
        var notes: [Diagnostic.Note] = []
        var facts = [error.code.rawValue]
        if let status = error.status { facts.append("HTTP \(status)") }
        if error.attempts > 0 { facts.append("\(error.attempts) attempt\(error.attempts == 1 ? "" : "s")") }
        if let cause = error.cause { facts.append(cause) }
        if let id = error.requestID { facts.append("request \(id)") }
        notes.append(.init("cause", facts.joined(separator: ", ")))
        return Diagnostic(
            RunTimeFault.code(of: error.code), error.message, at: span, help: error.help, notes: notes + self.notes)
    }
}
