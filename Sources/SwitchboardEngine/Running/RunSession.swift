public import FoundationEssentials
public import SwitchboardCore
import SwitchboardLanguage
public import SwitchboardStore
import Synchronization

/// One run in progress: what commands use to ask providers, to change things and to tell the host.
public final class RunSession: Sendable {
    /// The run's id.
    public let id: String
    /// What is registered.
    public let registry: Registry
    /// The profile's providers.
    public let providers: ProviderSet
    /// The ledger.
    public let store: any Store
    /// The host.
    public let host: Host
    /// The limits that hold for this run instead of those of the profile.
    public let given: [Limit: LimitValue]
    /// Ends the run early.
    public let cancel: CancelToken
    /// Whether real money and real calls are at stake.
    public let isLive: Bool
    private let door: Door
    private let script: String
    private let events: @Sendable (RunEvent) -> Void
    /// What all parts of the run have in common.
    let tally: RunTally
    /// What is left of the run's rows and time.
    let budget: RunBudget
    /// What this part of the run has done.
    let part: RunPart
    /// What the run writes down of its steps; nil where it changes nothing.
    let journal: RunJournal?
    /// The call that this part belongs to; nil outside of one, and where the run keeps no journal.
    let step: CallStep?
    /// How often a call that may succeed later is tried again.
    let retry: Int
    /// Where the transaction around this part keeps what it would have to take back; nil outside of one.
    let undoLog: UndoLog?
    /// Whether this is a row that may throw `ComesLater`: others of its list are to run yet.
    public let mayComeLater: Bool
    /// The data files that were checked before the run's first effect.
    public let files: CheckedFiles
    /// What the run would change, where it only plans.
    let plan: PlanSession?
    /// What the run may change, where it is held to a plan.
    let allowance: Allowance?

    init(
        id: String, registry: Registry, providers: ProviderSet, store: any Store, host: Host,
        given: [Limit: LimitValue], cancel: CancelToken, isLive: Bool, script: String, limits: Limits = Limits(),
        inFlight: InFlight, journal: RunJournal?, plan: PlanSession? = nil, allowance: Allowance? = nil,
        events: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.id = id
        self.registry = registry
        self.providers = providers
        self.store = store
        self.host = host
        self.given = given
        self.cancel = cancel
        self.isLive = isLive
        self.script = script
        self.events = events
        self.tally = RunTally()
        self.budget = RunBudget(limits)
        self.part = RunPart()
        self.journal = journal
        self.step = nil
        self.retry = 0
        self.undoLog = nil
        self.mayComeLater = false
        self.files = CheckedFiles()
        self.plan = plan
        self.allowance = allowance
        self.door = Door(
            registry: registry, providers: providers, store: store, time: host.time,
            settleTime: { providers.settleTime }, observe: host.observe, inFlight: inFlight,
            isPlan: plan != nil)
    }

    /// A part of the same run, such as a row, that can be ended by itself and knows what it has done.
    private init(
        partOf whole: RunSession, cancel: CancelToken, retry: Int, undoLog: UndoLog?, mayComeLater: Bool,
        part: RunPart = RunPart(), step: CallStep? = nil
    ) {
        (id, registry, providers, store) = (whole.id, whole.registry, whole.providers, whole.store)
        (host, given, door, script) = (whole.host, whole.given, whole.door, whole.script)
        (events, tally, budget, isLive) = (whole.events, whole.tally, whole.budget, whole.isLive)
        (files, journal) = (whole.files, whole.journal)
        (plan, allowance) = (whole.plan, whole.allowance)
        self.part = part
        self.step = step ?? whole.step
        self.cancel = cancel
        self.retry = retry
        self.undoLog = undoLog
        self.mayComeLater = mayComeLater
    }

    /// A part of this one, in the same transaction unless it is given one of its own.
    func part(
        cancel: CancelToken, retry: Int? = nil, undoLog: UndoLog? = nil, mayComeLater: Bool = false
    ) -> RunSession {
        RunSession(
            partOf: self, cancel: cancel, retry: retry ?? self.retry, undoLog: undoLog ?? self.undoLog,
            mayComeLater: mayComeLater)
    }

    /// The same part of the run as one of its steps.
    func inStep(_ step: CallStep) -> RunSession {
        RunSession(
            partOf: self, cancel: cancel, retry: retry, undoLog: undoLog, mayComeLater: mayComeLater, part: part,
            step: step)
    }

    /// Calls, and calls again after a failure that may be over later, unless the call has changed something by then.
    func retrying<Answer>(_ call: () throws -> Answer) throws -> Answer {
        var attempt = 0
        while true {
            attempt += 1
            let before = part.changes
            do { return try call() } catch let error as SwitchboardError {
                let isSafe = error.isRetryable && !error.mayHaveHappened && part.changes == before
                guard isSafe, attempt <= retry else { throw error }
                part.didRetry()
                try pause(.milliseconds(250 << min(attempt, 6)))
            }
        }
    }

    /// The profile's name.
    public var profile: String { providers.profile.name }

    /// The time.
    public var now: Date { host.time.now() }

    /// Tells the host something that is no result.
    public func note(_ text: String) { events(.note(text)) }

    /// Tells the host how far rows are.
    func tell(_ progress: RowsProgress) { events(.progress(progress)) }

    /// Writes why a row has failed into the run's log; the host hears it as what becomes of the row.
    func log(_ failure: SwitchboardError, ofRow row: @autoclosure () -> String) {
        guard let journal, let lost = journal.log.write(failure, ofRow: row()) else { return }
        events(.note("what the run tells cannot be written down: \(lost.message)"))
    }

    /// Hands the host a result to show.
    public func show(_ value: Value) { events(.show(value)) }

    /// Hands the host a line that the script prints.
    public func print(_ line: String) { events(.print(line)) }

    /// Hands the host a list of records that the script prints.
    public func printTable(_ table: Value) { events(.printTable(table)) }

    // MARK: Asking and changing

    /// Waits, on the evaluator's thread, for something that only reads; the run's cancellation ends it.
    public func ask<Answer: Sendable>(_ question: @escaping @Sendable () async throws -> Answer) throws -> Answer {
        try checkCancelled()
        return try wait(question)
    }

    /// Carries a change out through the door; once begun it is finished even when the run is cancelled meanwhile.
    public func carryOut<E: Effect>(_ effect: E) throws -> E.Outcome {
        try checkCancelled()
        let entry = IDKind.intent.make(at: now)
        if case .done(let outcome, let entry)? = try step?.replay(effect) {
            part.didChange(effect.summary)
            undoLog?.add(UndoStep(entry: entry, effect, outcome))
            return outcome
        }
        let admission = try allowance?.admit(effect)
        let outcome: E.Outcome
        do { outcome = try throughDoor(effect, id: entry) } catch {
            if SwitchboardError(wrapping: error).mayHaveHappened {
                undoLog?.add(UndoStep(entry: entry, summary: effect.summary, way: .unknown))
            } else if let admission {
                allowance?.giveBack(admission)
            }
            throw error
        }
        part.didChange(effect.summary)
        undoLog?.add(UndoStep(entry: entry, effect, outcome))
        plan?.add(effect, outcome)
        return outcome
    }

    /// Decides something that a call's changes will depend on, such as which number it is about: a call that runs once
    /// more because the process died in it decides the same, once it has changed something, or where the decision is
    /// `lasting`.
    public func decide<Answer: Codable>(isLasting: Bool = false, _ decision: () throws -> Answer) throws -> Answer {
        try step?.decide(isLasting: isLasting, decision) ?? decision()
    }

    /// Carries an effect out that takes back the last change of this run with the same subject that is not undone yet,
    /// also when the run is cancelled.
    public func takeBack<E: Effect>(_ effect: E) throws -> E.Outcome {
        let undone = Set(try store.undoings(of: id).filter { $0.1?.isDone ?? true }.compactMap(\.0.undoes))
        let entry = try store.intents(run: id).last { intent, outcome in
            intent.subject == effect.subject && intent.undoes == nil && outcome?.isDone == true
                && !undone.contains(intent.id)
        }
        let outcome = try throughDoor(effect, undoes: entry?.0.id)
        part.didChange(effect.summary)
        plan?.add(effect, outcome)
        return outcome
    }

    /// Does work that blocks, such as carrying out a change, and suspends the task for as long.
    public func blocking<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await EvaluatorThread.await { Result { try work() } }.get()
    }

    /// Has the door carry an effect out as part of this run, also when the run is cancelled; `id` becomes that of its
    /// intent, `undoes` is the entry of the journal that it takes back.
    func throughDoor<E: Effect>(_ effect: E, id: String? = nil, undoes: String? = nil) throws -> E.Outcome {
        let isFree = effect.spending == nil && effect.slots == Intent.Slots()
        let caps = isFree ? Caps() : try self.caps
        try begin()
        do {
            // What takes a step back is none of the step's own: a call that runs once more makes it anew.
            let place = Door.Place(
                id: id ?? IDKind.intent.make(at: now), run: self.id, step: undoes == nil ? step?.key ?? "" : "",
                undoes: undoes)
            // The journal is written on this thread: those of other rows wait for the same sync then.
            let (door, begun) = (door, try door.begin(effect, at: place, caps: caps))
            let result = try wait(orLeaving: effect.summary) {
                await Result { try await door.perform(begun) }
            } left: { result in
                // What became of it is journaled all the same; who left learns nothing of it.
                _ = try? door.end(begun, result)
            }
            return try door.end(begun, result)
        } catch {
            if SwitchboardError(wrapping: error).mayHaveHappened { tally.openOutcomes.add(1, ordering: .relaxed) }
            throw error
        }
    }

    /// Makes changes of the ledger that need no provider, and journals them unless nothing has to take them back.
    ///
    /// `summary` says what they do, in one sentence without a period; `inverse` is what an undo of the run, or a
    /// transaction that fails, takes them back with.
    public func apply(_ changes: [LedgerChange], _ summary: String, inverse: LedgerInverse) throws {
        try checkCancelled()
        if case .unneeded = inverse {
            try store.apply(changes, profile: profile)
            return part.didChange()
        }
        let effect = LedgerEffect(summary: summary, changes: changes, inverse: inverse)
        if case .done(_, let entry)? = try step?.replay(effect) {
            part.didChange()
            undoLog?.add(UndoStep(entry: entry, effect, .init()))
            return
        }
        try allowance?.admit(ledger: summary, inverse)
        let entry = try record(effect, .done(Array("{}".utf8)))
        part.didChange()
        undoLog?.add(UndoStep(entry: entry, effect, .init()))
        plan?.add(ledger: summary, inverse)
    }

    /// Writes an entry of the journal that is settled at once, with its changes where it is done; returns its id.
    @discardableResult
    func record(_ effect: LedgerEffect, _ outcome: IntentOutcome, undoes: String? = nil) throws -> String {
        try begin()
        let intent = Intent(
            id: IDKind.intent.make(at: now), run: id, session: store.session, profile: profile,
            kind: LedgerEffect.kind, subject: effect.subject, arguments: Array(try JSONEncoder().encode(effect)),
            startedAt: now, step: undoes == nil ? step?.key ?? "" : "", undoes: undoes)
        try store.record(intent, outcome, changes: outcome.isDone ? effect.changes : [])
        return intent.id
    }

    /// What effects see of this run when they are asked what has become of them.
    var world: EffectWorld {
        EffectWorld(key: id, profile: profile, providers: providers, store: store, time: host.time)
    }

    /// Claims up to `count` of the candidates, in their order, that nobody else has claimed; returns those that were.
    ///
    /// Every call claims for itself: what one has claimed, no other place and no other row of the run gets. A transaction
    /// that fails gives them up again.
    public func claim(_ candidates: [E164], count: Int, provider: String, until: Date) throws -> [E164] {
        let holder = "\(id)/\(UInt64.random(in: 0 ... .max))"
        func claim() throws -> [E164] {
            try store.claim(
                candidates, count: count, provider: provider, profile: profile, holder: holder, until: until, now: now)
        }
        let claimed = try step?.decide(isLasting: true, claim) ?? claim()
        if !claimed.isEmpty {
            undoLog?.add(
                UndoStep(entry: nil, summary: "claim", way: .unclaim(claimed, provider: provider, holder: holder)))
        }
        return claimed
    }

    /// Tells that something is already as it was asked for; a row that changes nothing else counts as unchanged.
    public func unchanged(_ what: String) throws {
        if let done = try step?.takeDone(), !done.isEmpty {
            // An earlier process has made it so, in this very call.
            return part.add(changes: done.count, done: done.map(registry.summary))
        }
        note("\(what): unchanged")
        part.foundUnchanged()
    }

    /// Tells that things are not as they are to be; a script that ends well otherwise ends with 5 then.
    public func foundDifferences(_ count: Int) { tally.differences.add(count, ordering: .relaxed) }

    /// Waits on the evaluator's thread; throws `cancelled` when the run is to end meanwhile.
    func pause(_ duration: Duration) throws {
        if plan != nil { return }
        let time = host.time
        try ask { try await time.sleep(duration) }
    }

    /// Goes on where nothing real is at stake or somebody says so; throws `cancelled` where nobody does.
    public func confirm(_ what: String) throws {
        try checkCancelled()
        guard isLive, plan == nil, !(host.confirm?("profile \(profile) is live: \(what)") ?? false) else { return }
        throw SwitchboardError(
            .cancelled, "it is not done, since nobody has confirmed it: \(what)",
            help: "answer y at the terminal, or give --yes")
    }

    /// Whether an error is the end that was asked for.
    func isCancellation(_ error: SwitchboardError) -> Bool { error.code == .cancelled && cancel.isCancelled }

    /// Throws `limit_reached` where a list is longer than the host allows.
    @inline(__always)
    func checkRows(of value: Value, _ span: Span) throws {
        if budget.limits.rows != nil, case .list(let values) = value { try budget.checkRows(values.count, span) }
    }

    /// The same for items that come one by one, which are counted beforehand.
    func checkRows(of flow: Flow, _ span: Span) throws {
        guard budget.limits.rows != nil else { return }
        switch flow {
        case .value(let value): try checkRows(of: value, span)
        case .items(let items): try budget.checkRows(items.count(), span)
        }
    }

    /// Whether a transaction that fails now takes back what it has done; who asks twice to end the run does not wait.
    var rollsBack: Bool {
        switch cancel.level {
        case nil, .finish: true
        case .stop: budget.isOutOfTime
        case .leave: false
        }
    }

    /// Throws `cancelled` once the run is to end.
    public func checkCancelled() throws {
        if cancel.isCancelled { throw SwitchboardError(.cancelled, "cancelled") }
    }

    /// Tells of each change of this run whose outcome is open when somebody has ended it.
    func noteOpenIntents() {
        do {
            for intent in try store.openIntents() where intent.run == id {
                note("still open: \(intent.kind) of \(intent.subject)")
            }
        } catch { note("what is open cannot be read: \(SwitchboardError(wrapping: error).message)") }
    }

    func settleAbandoned() throws -> [SettledIntent] {
        let door = door
        let note = events
        let settled = try wait { try await door.settleAbandoned { note(.note($0)) } }
        tally.didSettle(settled)
        return settled
    }

    /// What earlier processes left open and nobody can tell of, as this run has found when it began.
    public var unsettled: [(intent: Intent, summary: String, error: SwitchboardError)] {
        tally.settled.compactMap { settled in
            guard case .unknown(let error) = settled.result else { return nil }
            return (settled.intent, settled.summary, error)
        }
    }

    /// Waits for something that ends when the run is cancelled.
    private func wait<Answer: Sendable>(_ work: @escaping @Sendable () async throws -> Answer) throws -> Answer {
        let box = Waiter<Answer>()
        let task = Task.immediate { box.finish(await Result { try await work() }) }
        let handler = cancel.onCancel { level in
            task.cancel()
            if level == .leave { box.finish(.failure(SwitchboardError(.cancelled, "cancelled"))) }
        }
        defer { cancel.remove(handler) }
        return try box.wait().get()
    }

    /// Waits for a change, which is finished whatever becomes of the run; who leaves does not wait for it.
    private func wait<Answer: Sendable>(
        orLeaving change: String, _ work: @escaping @Sendable () async -> Answer,
        left: @escaping @Sendable (Answer) -> Void
    ) throws -> Answer {
        let box = Waiter<Answer>()
        Task.immediate {
            let answer = await work()
            if !box.finish(.success(answer)) { left(answer) }
        }
        let handler = cancel.onCancel { if $0 == .leave { box.finish(.failure(Self.left(change))) } }
        defer { cancel.remove(handler) }
        return try box.wait().get()
    }

    private static func left(_ change: String) -> SwitchboardError {
        SwitchboardError(
            .unknownOutcome, "left while this was under way: \(change)",
            help: "it is journaled; it goes on while the program does, else the next start asks what became of it",
            mayHaveHappened: true)
    }

    // MARK: The run's record

    /// Writes the run's record before its first effect.
    ///
    /// Throws `not_planned` where the plan that it is held to is another run's already.
    func begin(_ beginning: RunBeginning? = nil) throws {
        try tally.beginOnce {
            var run = RunRecord(id: id, session: store.session, profile: profile, script: script, startedAt: now)
            run.plan = beginning?.request.within?.id
            run.statement = beginning?.request.title
            try store.begin(run, script: beginning?.script(files))
        }
    }

    /// Writes how the run ended; what was typed and has changed nothing is forgotten instead.
    func end(_ status: RunRecord.Status, isTyped: Bool = false) throws {
        guard tally.hasBegun else { return }
        if isTyped, !isLeft, part.changes == 0, tally.isEmpty, try store.forget(run: id) { return tally.forget() }
        try store.end(run: id, status: status, at: now)
    }

    /// Whether somebody has left the run while something of it went on.
    var isLeft: Bool { cancel.level == .leave && !budget.isOutOfTime }
}

/// What takes a change of the ledger back.
public enum LedgerInverse: Sendable, Codable {
    /// These changes.
    case changes([LedgerChange])
    /// Nothing, and why.
    case none(because: String)
    /// Nothing has to: what was written is so, whatever becomes of the run.
    case unneeded
}

/// What a run tells its host while it goes on.
public enum RunEvent: Sendable {
    /// A result that nothing consumed.
    case show(Value)
    /// A line that the script prints.
    case print(String)
    /// A list of records that the script prints, to be laid out as the host shows tables.
    case printTable(Value)
    /// Something worth knowing that is no result.
    case note(String)
    /// How far the rows of a list are, those of the outermost loop; told whenever one begins or ends, so a host that draws
    /// it does not draw every one.
    case progress(RowsProgress)
}

/// A slot that a task fills and a thread waits for.
private final class Waiter<Answer: Sendable>: Sendable {
    private let answer = Mutex<Result<Answer, any Error>?>(nil)
    private let semaphore = Semaphore()

    /// The first result counts; tells whether this one does.
    @discardableResult
    func finish(_ result: Result<Answer, any Error>) -> Bool {
        let isFirst = answer.withLock { answer in
            defer { answer = answer ?? result }
            return answer == nil
        }
        semaphore.signal()
        return isFirst
    }

    func wait() -> Result<Answer, any Error> {
        semaphore.wait()
        return answer.withLock { $0 } ?? .failure(CancellationError())
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
