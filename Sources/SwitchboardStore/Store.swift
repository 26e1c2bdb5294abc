public import FoundationEssentials
public import SwitchboardCore

/// Where the workspace's state lives: ledger, effect journal, claims, profiles and secrets.
///
/// Calls block briefly and are made from the evaluator's own threads. Everything that has returned survives SIGKILL, and
/// power loss too; only what `settle` wrote last may go with the power: the intent is open then, and is asked about as
/// after a death between the two. Any number of processes may use one store at a time. Errors are
/// `store_unavailable` with the store's path, unless said otherwise.
public protocol Store: Sendable {
    /// This session's id, `session_` and 26 characters: one per open store, alive until it is closed or its
    /// process ends.
    var session: String { get }

    // Ledger. A profile is a workspace of its own.

    /// The numbers of a profile in ascending order of number.
    func numbers(profile: String) throws -> [WorkspaceNumber]
    /// One number of a profile by its number.
    func number(_ e164: E164, profile: String) throws -> WorkspaceNumber?
    /// The first `limit` numbers of a profile whose text begins so, in ascending order, and the last of all such numbers,
    /// which tells what they have in common; asks for no more than it gives.
    func numbers(profile: String, beginning: String, limit: Int) throws -> [WorkspaceNumber]
    /// The same of the numbers that hold the text among their digits; where none does, of those that hold it in their
    /// label, in small letters or large.
    func numbers(profile: String, holding text: String, limit: Int) throws -> [WorkspaceNumber]
    /// The agents of a profile in order of name.
    func agents(profile: String) throws -> [Agent]
    /// The names of a profile's agents in order, with their ids.
    func agentNames(profile: String) throws -> [AgentName]
    /// The trunks of a profile in order of name.
    func trunks(profile: String) throws -> [Trunk]
    /// Makes changes that need no provider, all or none.
    func apply(_ changes: [LedgerChange], profile: String) throws

    // Effect journal

    /// Writes an intent with the secrets that are needed to carry it out or to ask whether it happened, reserves its slots
    /// and counts what it spends, in one durable transaction.
    ///
    /// The secrets are by keys of the intent's own, encrypted, and gone once it is settled.
    /// Errors: `payment_required` when the slots asked for would cross a cap, counting the ledger's rows and the
    /// slots of every open intent of the profile; `limit_reached` when its run or its day would spend more than the caps
    /// allow, counting every intent that has not surely failed; `conflict` when another open intent has the same subject
    /// or obtains the same number for the profile, whatever its provider, any has the same id, or what it undoes is undone
    /// or being undone. The intent belongs to this store's session, whatever session it names. Where the file
    /// system can promise room, room for the outcome is kept from here on, so that a disk that fills up refuses
    /// `begin` and not `settle`.
    func begin(_ intent: Intent, caps: Caps, keeping secrets: [String: Secret]) throws
    /// Reads a secret that an open intent was begun with; nil when none of that key is kept for it.
    func keptSecret(_ key: String, intent: String) throws -> Secret?
    /// Writes an intent's outcome and the ledger's changes in one transaction, frees its slots, gives back what it has not
    /// spent, and removes the secrets that were kept for it; it is on the disk with the next intent, or the run's end.
    ///
    /// `trace` is how it was asked for, where that is known. Errors: `conflict` when there is no such intent or it is
    /// settled already, and nothing is changed then.
    func settle(
        _ intentID: String, _ outcome: IntentOutcome, changes: [LedgerChange], trace: RequestTrace.Record?) throws
    /// Takes over, for this session, every intent without an outcome whose session has ended; oldest first.
    ///
    /// Intents that this session took over or left open itself are returned too. No other session gets the same one.
    /// Runs of ended sessions that were still running become `interrupted`.
    func adoptAbandonedIntents() throws -> [Intent]
    /// The same for the intents of one profile; another profile's stay free for a session that can settle them.
    func adoptAbandonedIntents(profile: String) throws -> [Intent]
    /// Every intent without an outcome, of whatever session, oldest first.
    func openIntents() throws -> [Intent]
    /// Every intent of a run in order, with its outcome where there is one.
    func intents(run: String) throws -> [(Intent, IntentOutcome?)]
    /// Writes an intent that is settled at once, with the ledger's changes, in one durable transaction.
    ///
    /// Errors: `conflict` as `begin` has it, and where the changes are refused; nothing is written then.
    func record(_ intent: Intent, _ outcome: IntentOutcome, changes: [LedgerChange]) throws

    // What is taken back. An entry of the journal is undone once an intent that names it in `undoes` is done.

    /// Every intent that takes back, or was to take back, an entry of a run, in order, with its outcome where there is one.
    func undoings(of run: String) throws -> [(Intent, IntentOutcome?)]
    /// The runs of a profile with changes that are neither undone nor dealt with, nor undo others, the newest first.
    ///
    /// `onlyUnfinished` are those that failed, were cancelled or interrupted, and those whose undo did.
    func changedRuns(profile: String, onlyUnfinished: Bool, limit: Int) throws -> [RunRecord]
    /// Which runs of a profile have taken back, or were to take back, what others have done, oldest first.
    func undos(profile: String) throws -> [RunUndo]
    /// The entries of a profile whose undo has failed so far and with which nobody has dealt, oldest failure first.
    func leftovers(profile: String) throws -> [Leftover]
    /// Writes that a person has dealt with a run or with one entry of the journal, by its id; once more changes nothing.
    func dealWith(_ id: String) throws
    /// The ids of all that a person has dealt with.
    func dealtWith() throws -> Set<String>

    // Limits. A profile without a record, as the sandbox's, has them too.

    /// What is set for a profile; of what is not, the defaults hold.
    func limits(profile: String) throws -> [Limit: LimitValue]
    /// Sets limits of a profile; nil takes back what was set.
    func set(_ limits: [Limit: LimitValue?], profile: String) throws
    /// What the intents of a profile have spent within a period, those counted not that have surely failed.
    func spent(in period: SpendingPeriod, profile: String) throws -> Spent

    // Locks

    /// Runs the body while nobody else, in whatever process, runs one under the same name, or while all who do share it.
    ///
    /// Calls `waiting` again and again until it has the lock; what that throws ends the wait. The lock of a process that
    /// dies is free. Who asks for one within a body asks in one order everywhere: a number's before an account's.
    func locked<Result>(
        _ name: String, alone: Bool, waiting: () throws -> Void, _ body: () throws -> Result
    ) throws -> Result

    // Claims

    /// Claims up to `count` of the candidates, in their order, that nobody else has claimed, no open intent is
    /// about and the profile does not hold; returns those that were claimed. A claim that the same holder has
    /// already counts and is renewed. A holder is a name within a profile; claims hold across profiles.
    func claim(
        _ candidates: [E164], count: Int, provider: String, profile: String, holder: String, until: Date, now: Date
    ) throws -> [E164]
    /// Gives up every claim of a holder on these numbers.
    func unclaim(_ numbers: [E164], provider: String, profile: String, holder: String) throws

    // Runs

    /// Writes a run that begins, or that begins again because it is resumed; it belongs to this store's session. A
    /// script that is not given is kept.
    ///
    /// Errors: `conflict` when another session is running it, `not_planned` when another run is held to the same plan and
    /// has changed something, or may yet.
    func begin(_ run: RunRecord, script: RunScript?) throws
    /// Writes how a run ended; `not_found` when there is no such run.
    func end(run id: String, status: RunRecord.Status, at: Date) throws
    /// Forgets a run without an entry in the journal, with its steps and what it has told; any other stays. Returns
    /// whether it is gone.
    func forget(run id: String) throws -> Bool
    /// The newest runs first.
    func runs(limit: Int) throws -> [RunRecord]
    /// The newest runs of a profile first.
    func runs(profile: String, limit: Int) throws -> [RunRecord]
    /// One run; nil where there is none of that id.
    func run(_ id: String) throws -> RunRecord?
    /// What is needed to go on with a run; nil where it was begun without.
    func script(ofRun id: String) throws -> RunScript?

    // Steps of runs. What is written here survives SIGKILL with the next change of any other kind, or some milliseconds
    // later, and power loss with the next one that is durable; whoever asks this store for it finds it at once.

    /// Writes what a run has got through, replacing what was written of the same step.
    func note(_ step: StepRecord, run: String) throws
    /// What a run has written of a step; nil where it has not got through it.
    func step(_ key: String, run: String) throws -> StepRecord?
    /// Everything that a run has got through, in order of beginning.
    func steps(run: String) throws -> [StepRecord]
    /// The first `limit` steps of a run behind the one of a key, in order of key, which has each behind those around it.
    func steps(run: String, after key: String?, limit: Int) throws -> [StepRecord]
    /// The first `limit` changes of a run behind the one of an id, in order of step.
    func changes(run: String, after id: String?, limit: Int) throws -> [RunChange]
    /// Forgets a step of a run and everything within it, since it was taken back; the journal keeps what was done.
    func forgetSteps(under key: String, run: String) throws
    /// The intents of a step and of everything within it that nobody has taken back, in order.
    func intents(run: String, under key: String) throws -> [(Intent, IntentOutcome?)]

    // What runs tell. It survives as steps do.

    /// Writes a line that a run has told, behind the others.
    func tell(_ line: RunLine, run: String) throws
    /// What a run has told, in order.
    func lines(run: String) throws -> [RunLine]

    // Profiles and secrets

    /// All profiles in order of name.
    func profiles() throws -> [ProfileRecord]
    /// Writes a profile, replacing the one of that name; secrets not given are kept.
    func save(_ profile: ProfileRecord, secrets: [SecretKey: Secret]) throws
    /// Removes a profile with its limits and its secrets, named ones too; its ledger stays. One that is not there changes nothing.
    func removeProfile(_ name: String) throws
    /// Writes a profile, replacing the one of that name, and removes the secrets that it has for a provider, at once;
    /// returns how many those were.
    func save(_ profile: ProfileRecord, removingSecretsOf provider: String) throws -> Int
    /// Reads one secret of a profile's settings.
    func secret(_ key: SecretKey, profile: String) throws -> Secret?

    // Named secrets, apart from those of the settings. A profile without a record, as the sandbox's, has them too.

    /// The named secrets of a profile in order of name, without their texts.
    func namedSecrets(profile: String) throws -> [NamedSecret]
    /// Reads a named secret of a profile; nil when it has none of that name.
    func namedSecret(_ name: String, profile: String) throws -> Secret?
    /// Writes a named secret of a profile, replacing the one of that name.
    func setNamedSecret(_ name: String, to secret: Secret, profile: String) throws -> NamedSecret
    /// Removes a named secret of a profile; one that is not there changes nothing.
    func removeNamedSecret(_ name: String, profile: String) throws

    // The key of all secrets

    /// Gets the key ready where a person has to be asked for it, so that no question comes in the middle of a run.
    ///
    /// Errors: `unauthorized` where nobody gives the passphrase or a wrong one is given.
    func unlock() throws
    /// Seals every secret of all profiles with a new key, all or none; returns how many there were.
    ///
    /// Errors: `invalid_argument` for an empty passphrase, `unauthorized` without the old one, `store_unavailable` naming
    /// a secret that cannot be read, `unsupported` where nothing is sealed.
    func rotateKey(to source: KeySource) throws -> Int
}

extension Store {
    /// Writes an intent that needs no secret.
    public func begin(_ intent: Intent, caps: Caps) throws { try begin(intent, caps: caps, keeping: [:]) }

    /// Writes the outcome of an intent of which nobody knows how it was asked for.
    public func settle(_ intentID: String, _ outcome: IntentOutcome, changes: [LedgerChange]) throws {
        try settle(intentID, outcome, changes: changes, trace: nil)
    }

    /// Writes a run that nobody can go on with.
    public func begin(_ run: RunRecord) throws { try begin(run, script: nil) }

    /// Takes over those of all profiles, and returns the profile's.
    public func adoptAbandonedIntents(profile: String) throws -> [Intent] {
        try adoptAbandonedIntents().filter { $0.profile == profile }
    }
}

/// A change of the ledger.
public enum LedgerChange: Hashable, Sendable, Codable {
    /// Writes a number, replacing the one of the same number.
    case putNumber(WorkspaceNumber)
    /// Writes what differs between two states of a number, as it was read and as it is to be, and keeps what others have
    /// changed since; a number that is gone stays gone.
    case changeNumber(from: WorkspaceNumber, to: WorkspaceNumber)
    /// Removes a number; one that is not there changes nothing.
    case removeNumber(E164)
    /// Writes an agent, replacing the one of the same id. A second agent of one name is `conflict`.
    case putAgent(Agent)
    /// Removes an agent by id.
    case removeAgent(String)
    /// Writes a trunk, replacing the one of the same id. A second row for a trunk of the platform is not written: two
    /// processes may find at one time that it has none.
    case putTrunk(Trunk)
    /// Removes a trunk by id.
    case removeTrunk(String)
}

/// A change that is about to be asked of a provider, written before it is asked.
public struct Intent: Hashable, Sendable, Codable {
    /// `intent_` and 26 characters; also the idempotency key of every attempt.
    public var id: String
    /// The run that wants it.
    public var run: String
    /// The session (process) that is carrying it out.
    public var session: String
    /// The profile.
    public var profile: String
    /// The effect's kind, such as `purchase`.
    public var kind: String
    /// What it is about, such as `livekit +14155550100`; two open intents never have one subject.
    public var subject: String
    /// The effect's own arguments as JSON, without secrets: enough to ask the provider whether it happened.
    public var arguments: [UInt8]
    /// The slots it reserves: how many numbers and trunks the workspace will hold more.
    public var slots: Slots
    /// What it buys; nil where it buys nothing.
    public var spending: Spending?
    /// When it was written.
    public var startedAt: Date
    /// The key of the step that it belongs to; empty where its run keeps no steps.
    public var step: String
    /// The id of the entry that it takes back; nil where it takes none back.
    public var undoes: String?
    /// When its outcome was written; nil while it has none.
    public var settledAt: Date?
    /// How it was asked for; nil where that is not known.
    public var trace: RequestTrace.Record?

    /// Places that an intent keeps free for what it is about to obtain.
    public struct Slots: Hashable, Sendable, Codable {
        /// Numbers that it is about to obtain.
        public var numbers: Int
        /// Trunks that it is about to make.
        public var trunks: Int

        /// Makes slots.
        public init(numbers: Int = 0, trunks: Int = 0) {
            self.numbers = numbers
            self.trunks = trunks
        }
    }

    /// Makes an intent.
    public init(
        id: String, run: String, session: String, profile: String, kind: String, subject: String,
        arguments: [UInt8], slots: Slots = Slots(), spending: Spending? = nil, startedAt: Date, step: String = "",
        undoes: String? = nil
    ) {
        self.id = id
        self.run = run
        self.session = session
        self.profile = profile
        self.kind = kind
        self.subject = subject
        self.arguments = arguments
        self.slots = slots
        self.spending = spending
        self.startedAt = startedAt
        self.step = step
        self.undoes = undoes
    }
}

extension Intent {
    /// The number that it is about to obtain, the last word of its subject; nil where it obtains none.
    var incoming: String? { slots.numbers > 0 ? subject.split(separator: " ").last.map(String.init) : nil }

    /// The day on which what it spends is counted.
    var day: SpendingPeriod { .day(of: startedAt) }

    /// Throws where its run or its day may not spend that much, by what each has spent.
    func requireAffordable(_ caps: Caps, _ spent: (SpendingPeriod) throws -> Spent) throws {
        guard let spending else { return }
        for (limits, period) in [(caps.run, .run(run)), (caps.day, day)] where limits != SpendingLimits() {
            try limits.require(spending, after: spent(period), in: period)
        }
    }

    /// Whether it cannot begin before another one has ended.
    func waits(for other: Intent) -> Bool {
        subject == other.subject || profile == other.profile && incoming != nil && incoming == other.incoming
    }
}

/// How an intent ended.
public enum IntentOutcome: Hashable, Sendable, Codable {
    /// It happened; the result as JSON.
    case done([UInt8])
    /// It surely did not happen.
    case failed(SwitchboardError)

    /// Whether it happened.
    public var isDone: Bool { if case .done = self { true } else { false } }
}

/// An entry of the journal that is not undone although it was to be.
public struct Leftover: Hashable, Sendable {
    /// The entry.
    public var intent: Intent
    /// Why it is not undone.
    public var error: SwitchboardError
    /// When that was found out.
    public var since: Date

    /// Makes one.
    public init(intent: Intent, error: SwitchboardError, since: Date) {
        self.intent = intent
        self.error = error
        self.since = since
    }
}

/// One execution of a script, of `-c` statements or of a prompt statement that changes something.
public struct RunRecord: Hashable, Sendable, Codable {
    /// How a run stands.
    public enum Status: String, Hashable, Sendable, Codable {
        case running, succeeded, failed, cancelled
        /// Its session ended before it did.
        case interrupted

        /// Whether it has ended before its end.
        var isUnfinished: Bool { [.failed, .cancelled, .interrupted].contains(self) }
    }

    /// `run_` and 26 characters.
    public var id: String
    /// The session (process) that executes it.
    public var session: String
    /// The profile.
    public var profile: String
    /// The script's file name, or `-c`, `-` or `prompt`.
    public var script: String
    /// Statements in short, without secrets; nil for a script that is known by its name.
    public var statement: String?
    /// How it stands.
    public var status: Status
    /// When it began.
    public var startedAt: Date
    /// When it ended.
    public var endedAt: Date?
    /// The id of the plan that it is held to; nil for none.
    public var plan: String?

    /// Makes a run that is running.
    public init(id: String, session: String, profile: String, script: String, startedAt: Date) {
        self.id = id
        self.session = session
        self.profile = profile
        self.script = script
        self.status = .running
        self.startedAt = startedAt
        self.endedAt = nil
    }

    /// What it executes, in short.
    public var what: String { statement ?? script }

    /// The refusal of a second run by the plan of this one.
    var planIsUsed: SwitchboardError {
        let state = status == .running ? "is running" : "has changed something"
        return SwitchboardError(
            .notPlanned, "the plan is that of \(id), which \(state)",
            help: status.isUnfinished
                ? "go on with that run: resume \(id); or make a new plan of what is left" : "make a new plan")
    }
}

/// A change that a run has begun.
public struct RunChange: Hashable, Sendable {
    /// Its entry in the journal.
    public var intent: Intent
    /// How it ended; nil where nobody knows yet.
    public var outcome: IntentOutcome?
    /// Whether it was taken back.
    public var isUndone: Bool

    /// Makes one.
    public init(intent: Intent, outcome: IntentOutcome?, isUndone: Bool) {
        self.intent = intent
        self.outcome = outcome
        self.isUndone = isUndone
    }
}

/// A run that takes back what another one has done.
public struct RunUndo: Hashable, Sendable {
    /// The one that takes it back.
    public var by: RunRecord
    /// The id of the one that is taken back.
    public var of: String
    /// Whether it has taken anything back.
    public var hasUndone: Bool
}

/// A profile: which accounts a workspace uses.
public struct ProfileRecord: Hashable, Sendable, Codable {
    /// The name that `--profile` takes.
    public var name: String
    /// The plain settings of each provider, by provider name and setting name.
    public var settings: [String: [String: String]]
    /// What numbers cost at providers that do not tell; nil for nothing.
    public var prices: [ListedPrice]?
    /// When it was made.
    public var createdAt: Date

    /// Makes a profile.
    public init(name: String, settings: [String: [String: String]] = [:], createdAt: Date) {
        self.name = name
        self.settings = settings
        self.createdAt = createdAt
    }
}

/// A secret that a user has stored under a name, as lists show it: without its text.
public struct NamedSecret: Hashable, Sendable {
    /// The name, one of a kind in its profile.
    public var name: String
    /// When the name was first given.
    public var createdAt: Date
    /// When the secret was last written.
    public var updatedAt: Date

    /// Makes an entry.
    public init(name: String, createdAt: Date, updatedAt: Date) {
        self.name = name
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// Names a secret of a profile's settings.
public struct SecretKey: Hashable, Sendable, Codable {
    /// The provider, by its registered name.
    public var provider: String
    /// The setting's name.
    public var setting: String

    /// Makes a key.
    public init(provider: String, setting: String) {
        self.provider = provider
        self.setting = setting
    }
}
