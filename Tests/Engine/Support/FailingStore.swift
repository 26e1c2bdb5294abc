import FoundationEssentials
import SwitchboardCore
import SwitchboardStore

/// A real store some of whose calls fail, as on a full disk.
final class FailingStore: Store {
    enum Call: Sendable { case begin, settle }

    private let store: any Store
    private let failing: Set<Call>

    init(_ store: any Store, failing: Set<Call>) {
        self.store = store
        self.failing = failing
    }

    func close() { (store as? SQLiteStore)?.close() }

    private func check(_ call: Call) throws {
        if failing.contains(call) { throw SwitchboardError(.storeUnavailable, "the disk is full") }
    }

    var session: String { store.session }
    func numbers(profile: String) throws -> [WorkspaceNumber] { try store.numbers(profile: profile) }
    func numbers(profile: String, beginning: String, limit: Int) throws -> [WorkspaceNumber] {
        try store.numbers(profile: profile, beginning: beginning, limit: limit)
    }
    func numbers(profile: String, holding text: String, limit: Int) throws -> [WorkspaceNumber] {
        try store.numbers(profile: profile, holding: text, limit: limit)
    }
    func agentNames(profile: String) throws -> [AgentName] { try store.agentNames(profile: profile) }
    func number(_ e164: E164, profile: String) throws -> WorkspaceNumber? { try store.number(e164, profile: profile) }
    func agents(profile: String) throws -> [Agent] { try store.agents(profile: profile) }
    func trunks(profile: String) throws -> [Trunk] { try store.trunks(profile: profile) }
    func apply(_ changes: [LedgerChange], profile: String) throws { try store.apply(changes, profile: profile) }
    func begin(_ intent: Intent, caps: Caps, keeping secrets: [String: Secret]) throws {
        try check(.begin)
        try store.begin(intent, caps: caps, keeping: secrets)
    }
    func keptSecret(_ key: String, intent: String) throws -> Secret? { try store.keptSecret(key, intent: intent) }
    func settle(
        _ intentID: String, _ outcome: IntentOutcome, changes: [LedgerChange], trace: RequestTrace.Record?
    ) throws {
        try check(.settle)
        try store.settle(intentID, outcome, changes: changes, trace: trace)
    }
    func tell(_ line: RunLine, run: String) throws { try store.tell(line, run: run) }
    func lines(run: String) throws -> [RunLine] { try store.lines(run: run) }
    func adoptAbandonedIntents() throws -> [Intent] { try store.adoptAbandonedIntents() }
    func limits(profile: String) throws -> [Limit: LimitValue] { try store.limits(profile: profile) }
    func set(_ limits: [Limit: LimitValue?], profile: String) throws { try store.set(limits, profile: profile) }
    func spent(in period: SpendingPeriod, profile: String) throws -> Spent {
        try store.spent(in: period, profile: profile)
    }
    func locked<Result>(
        _ name: String, alone: Bool, waiting: () throws -> Void, _ body: () throws -> Result
    ) throws -> Result {
        try store.locked(name, alone: alone, waiting: waiting, body)
    }
    func openIntents() throws -> [Intent] { try store.openIntents() }
    func intents(run: String) throws -> [(Intent, IntentOutcome?)] { try store.intents(run: run) }
    func record(_ intent: Intent, _ outcome: IntentOutcome, changes: [LedgerChange]) throws {
        try check(.begin)
        try store.record(intent, outcome, changes: changes)
    }
    func undoings(of run: String) throws -> [(Intent, IntentOutcome?)] { try store.undoings(of: run) }
    func changedRuns(profile: String, onlyUnfinished: Bool, limit: Int) throws -> [RunRecord] {
        try store.changedRuns(profile: profile, onlyUnfinished: onlyUnfinished, limit: limit)
    }
    func undos(profile: String) throws -> [RunUndo] { try store.undos(profile: profile) }
    func leftovers(profile: String) throws -> [Leftover] { try store.leftovers(profile: profile) }
    func dealWith(_ id: String) throws { try store.dealWith(id) }
    func dealtWith() throws -> Set<String> { try store.dealtWith() }
    func claim(
        _ candidates: [E164], count: Int, provider: String, profile: String, holder: String, until: Date, now: Date
    ) throws -> [E164] {
        try store.claim(
            candidates, count: count, provider: provider, profile: profile, holder: holder, until: until, now: now)
    }
    func unclaim(_ numbers: [E164], provider: String, profile: String, holder: String) throws {
        try store.unclaim(numbers, provider: provider, profile: profile, holder: holder)
    }
    func begin(_ run: RunRecord, script: RunScript?) throws { try store.begin(run, script: script) }
    func run(_ id: String) throws -> RunRecord? { try store.run(id) }
    func runs(profile: String, limit: Int) throws -> [RunRecord] { try store.runs(profile: profile, limit: limit) }
    func script(ofRun id: String) throws -> RunScript? { try store.script(ofRun: id) }
    func note(_ step: StepRecord, run: String) throws { try store.note(step, run: run) }
    func step(_ key: String, run: String) throws -> StepRecord? { try store.step(key, run: run) }
    func steps(run: String) throws -> [StepRecord] { try store.steps(run: run) }
    func forgetSteps(under key: String, run: String) throws { try store.forgetSteps(under: key, run: run) }
    func intents(run: String, under key: String) throws -> [(Intent, IntentOutcome?)] {
        try store.intents(run: run, under: key)
    }
    func end(run id: String, status: RunRecord.Status, at: Date) throws {
        try store.end(run: id, status: status, at: at)
    }
    func forget(run id: String) throws -> Bool { try store.forget(run: id) }
    func steps(run: String, after key: String?, limit: Int) throws -> [StepRecord] {
        try store.steps(run: run, after: key, limit: limit)
    }
    func changes(run: String, after id: String?, limit: Int) throws -> [RunChange] {
        try store.changes(run: run, after: id, limit: limit)
    }
    func runs(limit: Int) throws -> [RunRecord] { try store.runs(limit: limit) }
    func profiles() throws -> [ProfileRecord] { try store.profiles() }
    func save(_ profile: ProfileRecord, secrets: [SecretKey: Secret]) throws {
        try store.save(profile, secrets: secrets)
    }
    func save(_ profile: ProfileRecord, removingSecretsOf provider: String) throws -> Int {
        try store.save(profile, removingSecretsOf: provider)
    }
    func unlock() throws { try store.unlock() }
    func rotateKey(to source: KeySource) throws -> Int { try store.rotateKey(to: source) }
    func removeProfile(_ name: String) throws { try store.removeProfile(name) }
    func secret(_ key: SecretKey, profile: String) throws -> Secret? { try store.secret(key, profile: profile) }
    func namedSecrets(profile: String) throws -> [NamedSecret] { try store.namedSecrets(profile: profile) }
    func namedSecret(_ name: String, profile: String) throws -> Secret? {
        try store.namedSecret(name, profile: profile)
    }
    func setNamedSecret(_ name: String, to secret: Secret, profile: String) throws -> NamedSecret {
        try store.setNamedSecret(name, to: secret, profile: profile)
    }
    func removeNamedSecret(_ name: String, profile: String) throws {
        try store.removeNamedSecret(name, profile: profile)
    }
}
