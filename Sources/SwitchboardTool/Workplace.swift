import AllProviders
import FoundationEssentials
import Glibc
import Switchboard
import SwitchboardTerminal

/// The engine with everything that the program gives it, and the ways to feed it.
struct Workplace {
    let options: Options
    /// The path of the state folder.
    let folder: String
    let engine: Engine
    let profile: Profile
    let signals: SignalWatcher
    /// Whether somebody has said yes to everything beforehand.
    let consent: Toggle
    /// Whether requests are told of.
    let log: Toggle
    private let transport: CurlTransport

    init(_ options: Options) throws {
        let environment = ProcessInfo.processInfo.environment
        let folder = try options.state ?? StateFolder.defaultPath(environment: environment)
        let registry = try Switchboard.registry(plugins: AllProviders.plugins)
        let passphrase = Passphrase(environment)
        // The store comes first: where a standard file is closed, it keeps the file's number from being taken.
        let store = try Self.store(options, folder, passphrase)
        let sandbox = SandboxProcess(stateFolder: folder, executable: SandboxProgram.path)
        let signals = try SignalWatcher()
        passphrase.watch(signals)
        let transport = CurlTransport()
        var host = Host(transport: transport, sandbox: { try sandbox.endpoint() })
        host.askSecret = { question, source in Self.secret(question, source, signals) }
        let (consent, log) = (Toggle(options.isConfirmed), Toggle(options.isDebugLogged))
        if Self.canAsk {
            host.confirm = { question in consent.isOn || Self.ask(question, signals) }
        } else if !options.isConfirmed {
            host.confirm = nil
        }
        if options.mayLog { host.requestLog = { line in if log.isOn { Output.note(line) } } }
        host.environment = environment
        host.pageWidth = { Output.pageWidth }
        if case .prompt = options.action { host.files.folders = InitFile.folders(environment) }
        (self.options, self.folder) = (options, folder)
        self.signals = signals
        (self.consent, self.log) = (consent, log)
        self.transport = transport
        engine = Engine(registry: registry, store: store, host: host)
        profile = try engine.profile(options.profile).limited(to: options.limits)
    }

    /// A check and a plan make and change nothing in the state folder; where there is none, nothing is in the ledger.
    private static func store(
        _ options: Options, _ folder: String, _ passphrase: Passphrase
    ) throws -> any Store {
        switch options.action {
        case .check where !options.isOnline || options.profile != Profile.sandboxName: break
        case .plan:
            // The sandbox is asked also for a plan, and lives in the folder.
            if options.profile == Profile.sandboxName { try StateFolder.make(folder) }
        default: return try SQLiteStore.open(directory: folder, passphrase: passphrase.give)
        }
        return try SQLiteStore.openForReading(directory: folder, passphrase: passphrase.give) ?? MemoryStore()
    }

    func run() throws -> Int32 {
        switch options.action {
        case .statements(let text):
            return runBatch(try read(.statements(text)), [:], within: try allowance())
        case .script(let path, let arguments):
            return runBatch(try read(.file(path)), Self.parameters(arguments), within: try allowance())
        case .check(let script, let arguments):
            return check(try read(script), Self.parameters(arguments))
        case .plan(let script, let arguments):
            return plan(try read(script), ScriptArguments(words: arguments, reserved: Options.planNames))
        case .prompt where isTerminal(0) && isTerminal(1): return try Prompt(self).run()
        default: return runBatch(try read(.file("-")), [:])
        }
    }

    /// Reads a script, which a signal ends at once.
    private func read(_ script: Options.Script) throws -> SourceText {
        let observer = signals.observe { if $0.isEnding { _exit($0.exitStatus) } }
        defer { signals.remove(observer) }
        return try ScriptFile.read(script)
    }

    private static func parameters(_ words: [String]) -> ScriptArguments {
        ScriptArguments(words: words, reserved: Options.names)
    }

    // MARK: Check

    private func check(_ source: SourceText, _ parameters: ScriptArguments) -> Int32 {
        interruptible { cancel in
            let request = Engine.Request(source: source, profile: profile, parameters: parameters, cancel: cancel)
            let report = engine.check(request, online: options.isOnline)
            Output.findings(report.diagnostics, in: report.program.source, form: options.form)
            if let error = report.error, report.diagnostics.isEmpty { Output.error(error) }
            return report.exitStatus
        }
    }

    // MARK: Plan

    private func plan(_ source: SourceText, _ parameters: ScriptArguments) -> Int32 {
        interruptible { cancel in
            let request = Engine.Request(source: source, profile: profile, parameters: parameters, cancel: cancel)
            let report = engine.plan(request)
            tell(report, options.form)
            do { try keep(report.file) } catch {
                Output.error(SwitchboardError(wrapping: error))
                return 1
            }
            let hasChanges = options.tellsChanges && !report.plan.changes.isEmpty
            return report.exitStatus == 0 && hasChanges ? 5 : report.exitStatus
        }
    }

    /// Writes the plan where `--out` says, for the user's eyes alone.
    private func keep(_ plan: PlanFile?) throws {
        guard let path = options.planFile else { return }
        guard let plan else { return Output.note("\(path) is not written, since the run would not come to its end") }
        let file = try AtomicFile(path, isPrivate: true)
        try file.write(try plan.text)
        try file.commit()
    }

    /// The plan that the run is held to.
    private func allowance() throws -> PlanFile? {
        guard let path = options.within else { return nil }
        let file = try ScriptFile.read(path, as: "plan", help: PlanFile.help(path))
        return try PlanFile(file.bytes, named: path)
    }

    // MARK: Batch

    private func runBatch(
        _ source: SourceText, _ parameters: ScriptArguments, within plan: PlanFile? = nil
    ) -> Int32 {
        interruptible { cancel in
            let writer = ResultWriter(options.form, agents: agentNames(profile))
            writer.begin()
            defer { writer.end() }
            var request = Engine.Request(source: source, profile: profile, parameters: parameters, cancel: cancel)
            if case .script(let path, _) = options.action, path != "-" {
                request.file = ScriptFile.absolute(path)
            } else {
                request.title = title(of: source)
            }
            request.within = plan
            return run(request, writer).exitStatus
        }
    }

    /// What lists of runs call statements.
    private func title(of source: SourceText) -> String {
        let text = String(decoding: source.bytes, as: UTF8.self)
        return engine.redacted(text, profile: profile).map(Engine.inShort) ?? Engine.hiddenStatement
    }

    /// Runs what signals end; returns the exit status.
    private func interruptible(_ body: (CancelToken) -> Int32) -> Int32 {
        let cancel = CancelToken()
        let interruption = Interruption(cancel)
        let observer = signals.observe { interruption.take($0) }
        defer { signals.remove(observer) }
        let status = body(cancel)
        // What nobody knows yet needs a person, whatever ended the run.
        if status == 6 { return status }
        return interruption.exitStatus ?? Output.finish(status)
    }

    /// Runs one request, after asking where real money is at stake.
    func run(_ request: Engine.Request, _ writer: ResultWriter) -> RunReport {
        if let refusal = confirm(request) { return refusal }
        let rows = RowsDisplay()
        defer { rows.end() }
        let report = engine.run(request) { writer.take($0, rows) }
        tell(report, writer.mode)
        return report
    }

    /// On a live profile a script that spends or gives up something is run only when somebody says so.
    func confirm(_ request: Engine.Request) -> RunReport? {
        let (program, faults) = engine.program(of: request)
        let (profile, isTyped) = (request.profile, request.source.name == Prompt.sourceName)
        guard faults.isEmpty, program.effect >= .spends else { return nil }
        guard engine.isLive(profile) else {
            if case .sandbox = profile.origin, !isTyped { Output.note("profile sandbox: nothing real is bought") }
            return nil
        }
        if consent.isOn { return nil }
        let verb = program.effect == .spends ? "spends money" : "cannot be taken back"
        if Self.canAsk {
            let commands = engine.registry.vocabulary.commands
            let strong = program.calls.compactMap { commands[$0.command] }.filter { $0.effect >= .spends }
            if strong.allSatisfy(\.asksForItself) { return nil }
            if isTyped { showEffects(of: request) }
            if request.cancel.isCancelled { return RunReport(status: .cancelled) }
            let isYes = Self.ask("profile \(profile.name) is live, and this \(verb)", signals)
            return isYes ? nil : RunReport(status: .refused)
        }
        Output.error(
            SwitchboardError(
                .invalidArgument, "profile \(profile.name) is live, and this script \(verb)",
                help: "give --yes to run it"))
        return RunReport(status: .refused)
    }

    private static var canAsk: Bool { isTerminal(0) && isTerminal(2) }

    /// Asks the person at the terminal; anything but yes is no.
    private static func ask(_ what: String, _ signals: SignalWatcher) -> Bool {
        Keyboard.agrees(what.hasSuffix("?") ? what : what + ". Go on?", signals)
    }

    /// What is typed at a terminal is never shown, also where standard input is asked for by name.
    private static func secret(_ question: String, _ source: SecretSource, _ signals: SignalWatcher) -> Secret? {
        if isTerminal(0) { return Keyboard.secret(question, signals) }
        switch source {
        case .person: return nil
        case .line: return readLine().map { Secret($0) }
        case .input: return secretOfInput()
        }
    }

    private static func secretOfInput() -> Secret? {
        var text = ""
        while let line = readLine(strippingNewline: false) { text += line }
        if let last = text.last, ["\n", "\r\n"].contains(last) { text.removeLast() }
        return Secret(text)
    }
}
