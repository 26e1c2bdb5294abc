public import FoundationEssentials
import Glibc
public import SwitchboardCore
import Synchronization

/// A store that lives as long as the value: for tests, for checks without a state folder, and for hosts that keep nothing.
///
/// It keeps every promise but durability: what a program was doing when it died is forgotten, so it is no place for the
/// ledger of an account that costs money.
public final class MemoryStore: Store {
    /// This session's id.
    public let session: String
    let state = Mutex(State())
    private let now: @Sendable () -> Date
    /// What it is a copy of, and of which profile.
    private let original: (store: any Store, profile: String)?

    struct State {
        var ledgers: [String: Ledger] = [:]
        var intents: [(intent: Intent, secrets: [String: Secret], outcome: IntentOutcome?)] = []
        var claims: [String: Claim] = [:]
        var runs: [RunRecord] = []
        var scripts: [String: RunScript] = [:]
        var steps: [String: [StepRecord]] = [:]
        var lines: [String: [RunLine]] = [:]
        var profiles: [String: ProfileRecord] = [:]
        var secrets: [String: [SecretKey: Secret]] = [:]
        var locks: [String: ReadWriteLock] = [:]
        var dealtWith: Set<String> = []
        var named: [String: [String: (entry: NamedSecret, secret: Secret)]] = [:]
        var limits: [String: [Limit: LimitValue]] = [:]
        /// What is spent as far as no intent says so any more: of a copy, whose settled ones are forgotten.
        var counted: [SpendingPeriod: Spent] = [:]

        var open: [Intent] { intents.filter { $0.outcome == nil }.map(\.intent) }

        func spent(in period: SpendingPeriod, profile: String, after before: Spent) -> Spent {
            intents.reduce(into: before) { spent, entry in
                if case .failed? = entry.outcome { return }
                guard entry.intent.profile == profile, let spending = entry.intent.spending,
                    period == .run(entry.intent.run) || period == entry.intent.day
                else { return }
                spent.add(spending)
            }
        }

        func requireNew(_ intent: Intent) throws {
            if intents.contains(where: { $0.intent.id == intent.id }) {
                throw SwitchboardError(.conflict, "there is an intent \(intent.id) already")
            }
        }

        func requireNotUndone(_ intent: Intent) throws {
            if let other = undoings(of: intent.undoes).first(where: { $0.outcome?.isDone ?? true }) {
                throw Intent.undoneAlready(by: other.intent.run)
            }
        }

        func undoings(of id: String?) -> [(intent: Intent, outcome: IntentOutcome?)] {
            id.map { id in intents.filter { $0.intent.undoes == id }.map { ($0.intent, $0.outcome) } } ?? []
        }

        func isToUndo(_ intent: Intent, _ outcome: IntentOutcome?) -> Bool {
            outcome?.isDone == true && intent.undoes == nil && !dealtWith.contains(intent.id)
                && !undoings(of: intent.id).contains { $0.outcome?.isDone == true }
        }

        /// Whether it or its undo has ended before its end.
        func isUnfinished(_ run: RunRecord) -> Bool {
            let ids = Set(intents.filter { $0.intent.run == run.id }.map(\.intent.id))
            let undos = intents.map(\.intent).filter { ids.contains($0.undoes ?? "") }.map(\.run) + [run.id]
            return runs.contains { undos.contains($0.id) && $0.status.isUnfinished }
        }
    }

    /// The workspace of one profile.
    struct Ledger {
        var numbers: [E164: WorkspaceNumber] = [:]
        var agents: [String: Agent] = [:]
        var trunks: [String: Trunk] = [:]
    }

    struct Claim {
        var holder: [String]
        var until: Date
    }

    /// Makes an empty store.
    public init(now: @escaping @Sendable () -> Date = { Date() }) {
        self.now = now
        session = IDKind.session.make(at: now())
        original = nil
    }

    /// Makes a copy of one profile's workspace, which from then on changes by itself.
    ///
    /// Secrets, profiles and the workspaces of other profiles are read from the original as long as the copy has none of
    /// its own, and so are runs, the journal and what is spent; nothing is ever written to it. A copy keeps no journal of
    /// what is settled.
    public init(
        copying store: any Store, profile: String, now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        self.now = now
        session = IDKind.session.make(at: now())
        original = (store, profile)
        let changes =
            try store.numbers(profile: profile).map(LedgerChange.putNumber)
            + store.agents(profile: profile).map(LedgerChange.putAgent)
            + store.trunks(profile: profile).map(LedgerChange.putTrunk)
        try apply(changes, profile: profile)
        try set(store.limits(profile: profile).mapValues { $0 }, profile: profile)
    }

    /// The store that has the workspace of a profile which this one is no copy of.
    func home(of profile: String) -> (any Store)? {
        original.flatMap { $0.profile == profile ? nil : $0.store }
    }

    /// The store whose runs and journal are read in the place of one's own.
    private var past: (any Store)? { original?.store }

    // MARK: Ledger

    /// The numbers of a profile in ascending order of number.
    public func numbers(profile: String) throws -> [WorkspaceNumber] {
        if let home = home(of: profile) { return try home.numbers(profile: profile) }
        return ledger(profile).numbers.values.sorted { $0.e164 < $1.e164 }
    }

    /// One number of a profile by its number.
    public func number(_ e164: E164, profile: String) throws -> WorkspaceNumber? {
        if let home = home(of: profile) { return try home.number(e164, profile: profile) }
        return ledger(profile).numbers[e164]
    }

    /// The agents of a profile in order of name.
    public func agents(profile: String) throws -> [Agent] {
        if let home = home(of: profile) { return try home.agents(profile: profile) }
        return ledger(profile).agents.values.sorted { $0.name < $1.name }
    }

    /// The names of a profile's agents in order, with their ids.
    public func agentNames(profile: String) throws -> [AgentName] {
        try agents(profile: profile).map { AgentName(id: $0.id, name: $0.name) }
    }

    /// The trunks of a profile in order of name, then of id.
    public func trunks(profile: String) throws -> [Trunk] {
        if let home = home(of: profile) { return try home.trunks(profile: profile) }
        return ledger(profile).trunks.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    private func ledger(_ profile: String) -> Ledger { state.withLock { $0.ledgers[profile] ?? Ledger() } }

    /// Makes changes that need no provider, all or none.
    public func apply(_ changes: [LedgerChange], profile: String) throws {
        try state.withLock { try Self.apply(changes, profile, &$0) }
    }

    private static func apply(_ changes: [LedgerChange], _ profile: String, _ state: inout State) throws {
        var ledger = state.ledgers[profile] ?? Ledger()
        for change in changes { try apply(change, &ledger) }
        state.ledgers[profile] = ledger
    }

    private static func apply(_ change: LedgerChange, _ ledger: inout Ledger) throws {
        switch change {
        case .putNumber(let number): ledger.numbers[number.e164] = number
        case .changeNumber(let before, let after): ledger.numbers[after.e164]?.take(from: before, to: after)
        case .removeNumber(let e164): ledger.numbers[e164] = nil
        case .putAgent(let agent):
            guard !ledger.agents.values.contains(where: { $0.name == agent.name && $0.id != agent.id }) else {
                throw SwitchboardError(
                    .conflict, "there is another agent named '\(agent.name)' already",
                    help: "choose another name, or remove that agent first")
            }
            ledger.agents[agent.id] = agent
        case .removeAgent(let id): ledger.agents[id] = nil
        case .putTrunk(let trunk):
            if !trunk.isSecond(among: Array(ledger.trunks.values)) { ledger.trunks[trunk.id] = trunk }
        case .removeTrunk(let id): ledger.trunks[id] = nil
        }
    }

    // MARK: Effect journal

    /// Writes an intent with its secrets, reserves its slots and counts what it spends.
    public func begin(_ intent: Intent, caps: Caps, keeping secrets: [String: Secret]) throws {
        var intent = intent
        intent.session = session
        try state.withLock { state in
            try state.requireNew(intent)
            try state.requireNotUndone(intent)
            if let other = state.open.first(where: intent.waits(for:)) {
                throw SwitchboardError(
                    .conflict, "other work on \(intent.subject) is under way (\(other.id) of \(other.run))",
                    help: "wait for that run to end")
            }
            let ledger = state.ledgers[intent.profile] ?? Ledger()
            let reserved = state.open.filter { $0.profile == intent.profile }.map(\.slots)
            try Caps.require(
                intent.slots.numbers, of: "number", upTo: caps.numbers, held: ledger.numbers.count,
                reserved: reserved.reduce(0) { $0 + $1.numbers })
            try Caps.require(
                intent.slots.trunks, of: "trunk", upTo: caps.trunks, held: ledger.trunks.count,
                reserved: reserved.reduce(0) { $0 + $1.trunks })
            try intent.requireAffordable(caps) { period in
                try spent(in: period, profile: intent.profile, state)
            }
            state.intents.append((intent, secrets, nil))
        }
    }

    /// Reads a secret that an open intent was begun with.
    public func keptSecret(_ key: String, intent: String) throws -> Secret? {
        state.withLock { state in state.intents.first { $0.intent.id == intent }?.secrets[key] }
    }

    /// Writes an intent's outcome and the ledger's changes, all or none.
    public func settle(
        _ intentID: String, _ outcome: IntentOutcome, changes: [LedgerChange], trace: RequestTrace.Record?
    ) throws {
        try state.withLock { state in
            guard let index = state.intents.firstIndex(where: { $0.intent.id == intentID }) else {
                throw SwitchboardError(.conflict, "there is no intent \(intentID) to settle")
            }
            guard state.intents[index].outcome == nil else {
                throw SwitchboardError(.conflict, "the intent \(intentID) is settled already")
            }
            try Self.apply(changes, state.intents[index].intent.profile, &state)
            state.intents[index].outcome = outcome
            state.intents[index].secrets = [:]
            if original == nil {
                state.intents[index].intent.settledAt = now()
                state.intents[index].intent.trace = trace
            } else {
                try forget(state.intents.remove(at: index), &state)
            }
        }
    }

    /// Writes an intent that is settled at once, with the ledger's changes.
    public func record(_ intent: Intent, _ outcome: IntentOutcome, changes: [LedgerChange]) throws {
        var intent = intent
        intent.session = session
        try state.withLock { state in
            try state.requireNew(intent)
            if outcome.isDone { try state.requireNotUndone(intent) }
            try Self.apply(changes, intent.profile, &state)
            if original != nil { return }
            intent.settledAt = now()
            state.intents.append((intent, [:], outcome))
        }
    }

    /// The open intents, which are all this session's own.
    public func adoptAbandonedIntents() throws -> [Intent] { state.withLock(\.open) }

    /// Every intent without an outcome, oldest first.
    public func openIntents() throws -> [Intent] { try (past?.openIntents() ?? []) + state.withLock(\.open) }

    /// Every intent of a run in order, with its outcome where there is one.
    public func intents(run: String) throws -> [(Intent, IntentOutcome?)] {
        if let past { return try past.intents(run: run) }
        return state.withLock { $0.intents.filter { $0.intent.run == run }.map { ($0.intent, $0.outcome) } }
    }

    // MARK: Limits

    /// What is set for a profile.
    public func limits(profile: String) throws -> [Limit: LimitValue] { state.withLock { $0.limits[profile] ?? [:] } }

    /// Sets limits of a profile; nil takes back what was set.
    public func set(_ limits: [Limit: LimitValue?], profile: String) throws {
        state.withLock { state in
            for (limit, value) in limits { state.limits[profile, default: [:]][limit] = value }
        }
    }

    /// What the intents of a profile have spent within a period.
    public func spent(in period: SpendingPeriod, profile: String) throws -> Spent {
        try state.withLock { try spent(in: period, profile: profile, $0) }
    }

    private func spent(in period: SpendingPeriod, profile: String, _ state: borrowing State) throws -> Spent {
        state.spent(in: period, profile: profile, after: try counted(in: period, profile: profile, state))
    }

    private func counted(in period: SpendingPeriod, profile: String, _ state: borrowing State) throws -> Spent {
        try state.counted[period] ?? past?.spent(in: period, profile: profile) ?? Spent()
    }

    /// Counts what a settled intent has spent, in the place of the intent.
    private func forget(
        _ entry: (intent: Intent, secrets: [String: Secret], outcome: IntentOutcome?), _ state: inout State
    ) throws {
        guard let spending = entry.intent.spending, entry.outcome?.isDone == true else { return }
        for period in [.run(entry.intent.run), entry.intent.day] {
            var spent = try counted(in: period, profile: entry.intent.profile, state)
            spent.add(spending)
            state.counted[period] = spent
        }
    }

    // MARK: What is taken back

    /// Every intent that takes back, or was to take back, an entry of a run, in order.
    public func undoings(of run: String) throws -> [(Intent, IntentOutcome?)] {
        if let past { return try past.undoings(of: run) }
        return state.withLock { state in
            let ids = Set(state.intents.filter { $0.intent.run == run }.map(\.intent.id))
            return state.intents.filter { ids.contains($0.intent.undoes ?? "") }.map { ($0.intent, $0.outcome) }
        }
    }

    /// The runs of a profile with changes that are neither undone nor dealt with, nor undo others, the newest first.
    public func changedRuns(profile: String, onlyUnfinished: Bool, limit: Int) throws -> [RunRecord] {
        if let past { return try past.changedRuns(profile: profile, onlyUnfinished: onlyUnfinished, limit: limit) }
        return state.withLock { state in
            let runs = state.runs.reversed().filter { run in
                run.profile == profile && !state.dealtWith.contains(run.id)
                    && state.intents.contains { $0.intent.run == run.id && state.isToUndo($0.intent, $0.outcome) }
                    && (!onlyUnfinished || state.isUnfinished(run))
            }
            return Array(runs.prefix(max(0, limit)))
        }
    }

    /// Which runs of a profile have taken back, or were to take back, what others have done, oldest first.
    public func undos(profile: String) throws -> [RunUndo] {
        if let past { return try past.undos(profile: profile) }
        return state.withLock { state in
            let runs = Dictionary(state.intents.map { ($0.intent.id, $0.intent.run) }) { first, _ in first }
            return state.runs.filter { $0.profile == profile }.flatMap { run in
                let undoings = state.intents.filter { $0.intent.run == run.id && $0.intent.undoes != nil }
                let others = Set(undoings.compactMap { runs[$0.intent.undoes ?? ""] }).subtracting([run.id])
                let hasUndone = undoings.contains { $0.outcome?.isDone == true }
                return others.sorted().map { RunUndo(by: run, of: $0, hasUndone: hasUndone) }
            }
        }
    }

    /// The entries of a profile whose undo has failed so far and with which nobody has dealt.
    public func leftovers(profile: String) throws -> [Leftover] {
        if let past { return try past.leftovers(profile: profile) }
        return state.withLock { state in
            let found = state.intents.filter { $0.intent.profile == profile }.compactMap { entry -> Leftover? in
                guard let last = state.undoings(of: entry.intent.id).last, case .failed(let error)? = last.outcome,
                    state.dealtWith.isDisjoint(with: [entry.intent.id, entry.intent.run])
                else { return nil }
                let since = last.intent.settledAt ?? last.intent.startedAt
                return Leftover(intent: entry.intent, error: error, since: since)
            }
            return found.sorted { $0.since < $1.since }
        }
    }

    /// Writes that a person has dealt with a run or with one entry of the journal.
    public func dealWith(_ id: String) throws { state.withLock { _ = $0.dealtWith.insert(id) } }

    /// The ids of all that a person has dealt with.
    public func dealtWith() throws -> Set<String> { try past?.dealtWith() ?? state.withLock(\.dealtWith) }

    // MARK: Locks

    /// Runs the body while nobody else runs one under the same name, or while all who do share it.
    public func locked<Result>(
        _ name: String, alone: Bool, waiting: () throws -> Void, _ body: () throws -> Result
    ) throws -> Result {
        let lock = state.withLock { state in
            let lock = state.locks[name] ?? ReadWriteLock()
            state.locks[name] = lock
            return lock
        }
        while !lock.tryLock(alone: alone) {
            try waiting()
            usleep(1_000)
        }
        defer { lock.unlock() }
        return try body()
    }

    // MARK: Claims

    /// Claims up to `count` of the candidates, in their order, that are free; returns those that were claimed.
    public func claim(
        _ candidates: [E164], count: Int, provider: String, profile: String, holder: String, until: Date, now: Date
    ) throws -> [E164] {
        state.withLock { state in
            state.claims = state.claims.filter { $0.value.until > now }
            let busy = Set(state.open.map(\.subject))
            var claimed: [E164] = []
            for number in candidates where claimed.count < count && !claimed.contains(number) {
                let place = "\(provider) \(number)"
                let isFree = state.claims[place].map { $0.holder == [profile, holder] } ?? true
                guard isFree, !busy.contains(place), state.ledgers[profile]?.numbers[number] == nil else { continue }
                state.claims[place] = Claim(holder: [profile, holder], until: until)
                claimed.append(number)
            }
            return claimed
        }
    }

    /// Gives up every claim of a holder on these numbers.
    public func unclaim(_ numbers: [E164], provider: String, profile: String, holder: String) throws {
        state.withLock { state in
            for place in numbers.map({ "\(provider) \($0)" }) where state.claims[place]?.holder == [profile, holder] {
                state.claims[place] = nil
            }
        }
    }

    // MARK: Runs

    /// Writes a run that begins, or that begins again.
    public func begin(_ run: RunRecord, script: RunScript?) throws {
        try state.withLock { state in
            let other = state.runs.first { other in
                guard let plan = run.plan, other.plan == plan, other.id != run.id else { return false }
                let changes = state.intents.filter { $0.intent.run == other.id }
                return other.status == .running || changes.contains { $0.outcome?.isDone ?? true }
            }
            if let other { throw other.planIsUsed }
            if let script { state.scripts[run.id] = script }
            state.runs.removeAll { $0.id == run.id }
            state.runs.append(run)
        }
    }

    /// Writes how a run ended.
    public func end(run id: String, status: RunRecord.Status, at time: Date) throws {
        try state.withLock { state in
            guard let index = state.runs.firstIndex(where: { $0.id == id }) else {
                throw SwitchboardError(.notFound, "there is no run \(id)")
            }
            state.runs[index].status = status
            state.runs[index].endedAt = time
        }
    }

    /// The newest runs first.
    public func runs(limit: Int) throws -> [RunRecord] {
        if let past { return try past.runs(limit: limit) }
        return state.withLock { Array($0.runs.reversed().prefix(max(0, limit))) }
    }

    /// The newest runs of a profile first.
    public func runs(profile: String, limit: Int) throws -> [RunRecord] {
        if let past { return try past.runs(profile: profile, limit: limit) }
        return state.withLock { Array($0.runs.reversed().filter { $0.profile == profile }.prefix(max(0, limit))) }
    }

    /// One run.
    public func run(_ id: String) throws -> RunRecord? {
        try past?.run(id) ?? state.withLock { $0.runs.first { $0.id == id } }
    }

    /// What is needed to go on with a run.
    public func script(ofRun id: String) throws -> RunScript? {
        try past?.script(ofRun: id) ?? state.withLock { $0.scripts[id] }
    }

    // MARK: Steps

    /// Writes what a run has got through.
    public func note(_ step: StepRecord, run: String) throws {
        state.withLock { state in
            if let index = state.steps[run]?.firstIndex(where: { $0.key == step.key }) {
                state.steps[run]?[index] = step
            } else {
                state.steps[run, default: []].append(step)
            }
        }
    }

    /// What a run has written of a step.
    public func step(_ key: String, run: String) throws -> StepRecord? {
        try past?.step(key, run: run) ?? state.withLock { $0.steps[run]?.first { $0.key == key } }
    }

    /// Everything that a run has got through, in order of beginning.
    public func steps(run: String) throws -> [StepRecord] {
        if let past { return try past.steps(run: run) }
        return state.withLock { ($0.steps[run] ?? []).sorted { $0.startedAt < $1.startedAt } }
    }

    /// Forgets a step of a run and everything within it.
    public func forgetSteps(under key: String, run: String) throws {
        state.withLock { state in
            state.steps[run]?.removeAll { Self.is($0.key, under: key) }
            for index in state.intents.indices
            where state.intents[index].intent.run == run && Self.is(state.intents[index].intent.step, under: key) {
                state.intents[index].intent.step = ""
            }
        }
    }

    /// The intents of a step and of everything within it that nobody has taken back, in order.
    public func intents(run: String, under key: String) throws -> [(Intent, IntentOutcome?)] {
        let undone = Set(try undoings(of: run).filter { $0.1?.isDone == true }.compactMap(\.0.undoes))
        return try intents(run: run).filter { Self.is($0.0.step, under: key) && !undone.contains($0.0.id) }
    }

    private static func `is`(_ step: String, under key: String) -> Bool { step == key || step.hasPrefix(key + "/") }

    // MARK: What runs tell

    /// Writes a line that a run has told.
    public func tell(_ line: RunLine, run: String) throws { state.withLock { $0.lines[run, default: []].append(line) } }

    /// What a run has told, in order.
    public func lines(run: String) throws -> [RunLine] {
        try past?.lines(run: run) ?? state.withLock { $0.lines[run] ?? [] }
    }

    // MARK: Profiles and secrets

    /// All profiles in order of name.
    public func profiles() throws -> [ProfileRecord] {
        let earlier = try original?.store.profiles() ?? []
        let own = state.withLock { $0.profiles }
        return (earlier.filter { own[$0.name] == nil } + own.values).sorted { $0.name < $1.name }
    }

    /// Writes a profile; secrets not given are kept.
    public func save(_ profile: ProfileRecord, secrets: [SecretKey: Secret]) throws {
        state.withLock { state in
            state.profiles[profile.name] = profile
            state.secrets[profile.name, default: [:]].merge(secrets) { $1 }
        }
    }

    /// Writes a profile and removes the secrets that it has for a provider; returns how many those were.
    public func save(_ profile: ProfileRecord, removingSecretsOf provider: String) throws -> Int {
        state.withLock { state in
            let before = state.secrets[profile.name] ?? [:]
            let after = before.filter { $0.key.provider != provider }
            (state.profiles[profile.name], state.secrets[profile.name]) = (profile, after)
            return before.count - after.count
        }
    }

    /// Gets the key of the original ready; what is kept in memory is not sealed.
    public func unlock() throws { try original?.store.unlock() }

    /// Throws `unsupported`: what is kept in memory is not sealed.
    public func rotateKey(to source: KeySource) throws -> Int {
        throw SwitchboardError(.unsupported, "a store in memory has no key")
    }

    /// Removes a profile with its limits and its secrets; its ledger stays.
    public func removeProfile(_ name: String) throws {
        state.withLock { state in
            (state.profiles[name], state.secrets[name], state.named[name]) = (nil, nil, nil)
            state.limits[name] = nil
        }
    }

    /// Reads one secret of a profile's settings.
    public func secret(_ key: SecretKey, profile: String) throws -> Secret? {
        try state.withLock { $0.secrets[profile]?[key] } ?? original?.store.secret(key, profile: profile)
    }

    /// The named secrets of a profile in order of name.
    public func namedSecrets(profile: String) throws -> [NamedSecret] {
        let earlier = try original?.store.namedSecrets(profile: profile) ?? []
        let own = state.withLock { $0.named[profile] ?? [:] }
        return (earlier.filter { own[$0.name] == nil } + own.values.map(\.entry)).sorted { $0.name < $1.name }
    }

    /// Reads a named secret of a profile.
    public func namedSecret(_ name: String, profile: String) throws -> Secret? {
        try state.withLock { $0.named[profile]?[name]?.secret } ?? original?.store.namedSecret(name, profile: profile)
    }

    /// Writes a named secret of a profile.
    public func setNamedSecret(_ name: String, to secret: Secret, profile: String) throws -> NamedSecret {
        let time = now()
        return state.withLock { state in
            let before = state.named[profile]?[name]?.entry
            let entry = NamedSecret(name: name, createdAt: before?.createdAt ?? time, updatedAt: time)
            state.named[profile, default: [:]][name] = (entry, secret)
            return entry
        }
    }

    /// Removes a named secret of a profile.
    public func removeNamedSecret(_ name: String, profile: String) throws {
        state.withLock { $0.named[profile]?[name] = nil }
    }
}
