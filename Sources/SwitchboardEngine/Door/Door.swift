import FoundationEssentials
public import SwitchboardCore
public import SwitchboardStore

/// The one way by which a change reaches a provider: intent first, durably; then the call; then the outcome.
///
/// An effect whose answer was lost is settled by asking the provider. It is asked for again only after the provider
/// has said that it did not happen, under the same key; what cannot be settled stays open and is settled at the next
/// start.
public final class Door: Sendable {
    let registry: Registry
    let providers: ProviderSet
    let store: any Store
    let time: TimeSource
    let settleTime: @Sendable () -> Duration
    let observe: @Sendable (DoorStep) -> Void
    let inFlight: InFlight
    /// Whether its effects are only foreseen.
    let isPlan: Bool

    init(
        registry: Registry, providers: ProviderSet, store: any Store, time: TimeSource,
        settleTime: @escaping @Sendable () -> Duration, observe: @escaping @Sendable (DoorStep) -> Void,
        inFlight: InFlight, isPlan: Bool
    ) {
        self.registry = registry
        self.providers = providers
        self.store = store
        self.time = time
        self.settleTime = settleTime
        self.observe = observe
        self.inFlight = inFlight
        self.isPlan = isPlan
    }

    /// An effect whose intent is on the disk.
    struct Begun<E: Effect>: Sendable {
        let effect: E
        let intent: Intent
        let trace = RequestTrace()
    }

    /// What an intent says besides its effect.
    struct Place: Sendable {
        /// The intent's id.
        var id: String
        var run: String
        /// The key of the step that it belongs to; empty where there is none.
        var step: String
        /// The entry of the journal that it takes back.
        var undoes: String?
    }

    /// Writes an effect's intent, and returns once that is durable; whoever calls it has it performed and ended.
    func begin<E: Effect>(_ effect: E, at place: Place, caps: Caps) throws -> Begun<E> {
        let (intent, secrets) = try intent(of: effect, at: place)
        _ = inFlight.enter(intent.id)
        observe(.begins(intent))
        do { try store.begin(intent, caps: caps, keeping: secrets) } catch {
            inFlight.leave(intent.id)
            throw error
        }
        observe(.intentWritten(intent))
        return Begun(effect: effect, intent: intent)
    }

    /// Carries an effect out.
    func perform<E: Effect>(_ begun: Begun<E>) async throws -> E.Outcome {
        try await RequestTrace.$current.withValue(begun.trace) {
            try await perform(begun.effect, in: world(begun.intent))
        }
    }

    /// Writes the outcome and what it changes in the ledger; throws what the caller is to hear where it failed.
    func end<E: Effect>(_ begun: Begun<E>, _ result: Result<E.Outcome, any Error>) throws -> E.Outcome {
        let intent = begun.intent
        defer { inFlight.leave(intent.id) }
        let outcome: E.Outcome
        let trace = begun.trace.record
        do { outcome = try result.get() } catch {
            throw settleFailure(SwitchboardError(wrapping: error), intent, trace)
        }
        observe(.performed(intent))
        try settle(begun.effect, outcome, intent, trace)
        observe(.settled(intent))
        return outcome
    }

    private func intent(of effect: some Effect, at place: Place) throws -> (Intent, secrets: [String: Secret]) {
        let (arguments, secrets) = try SecretCollector.encode(JournaledEffect(effect, accounts: providers.accounts))
        let intent = Intent(
            id: place.id, run: place.run, session: store.session, profile: providers.profile.name,
            kind: type(of: effect).kind, subject: effect.subject, arguments: arguments, slots: effect.slots,
            spending: effect.spending, startedAt: time.now(), step: place.step, undoes: place.undoes)
        return (intent, secrets)
    }

    private func world(_ intent: Intent) -> EffectWorld {
        EffectWorld(
            key: intent.id, profile: intent.profile, providers: providers, store: store, time: time)
    }

    // MARK: Performing

    private static let attempts = 3

    private func perform<E: Effect>(_ effect: E, in world: EffectWorld) async throws -> E.Outcome {
        if isPlan { return try await effect.foresee(in: world) }
        var (world, isInDoubt) = (world, false)
        var attempt = 1
        while true {
            do {
                return try await effect.perform(in: world)
            } catch {
                let failure = SwitchboardError(wrapping: error)
                isInDoubt = isInDoubt || failure.mayHaveHappened
                guard isInDoubt else { throw failure }
                if let outcome = try await ask(effect, in: world, for: patience(after: failure), after: failure) {
                    return outcome
                }
                attempt += 1
                world.isRepeated = true
                RequestTrace.current?.didRepeat()
                guard failure.mayHaveHappened, attempt <= Self.attempts else {
                    throw failure.settledAsNotDone(attempts: attempt - 1)
                }
            }
        }
    }

    /// How long the change of a failed request may still take place.
    ///
    /// A status other than success tells nothing: a proxy may have given it with the server still at work, or it speaks
    /// of a repetition whose first request was lost.
    private func patience(after failure: SwitchboardError) -> Duration {
        guard failure.mayHaveHappened else { return .zero }
        let isThrough = failure.attempts <= 1 && failure.status.map { (200..<300).contains($0) } ?? false
        return isThrough ? .zero : settleTime()
    }

    /// Asks whether the effect happened, until it did or the time in which it still could is over.
    private func ask<E: Effect>(
        _ effect: E, in world: EffectWorld, for patience: Duration, after failure: SwitchboardError?
    ) async throws -> E.Outcome? {
        var waited = Duration.zero
        while true {
            do {
                if case .done(let outcome) = try await effect.reconcile(in: world) { return outcome }
                guard waited < patience else { return nil }
                let pause = min(.milliseconds(500), patience - waited)
                try await time.sleep(pause)
                waited += pause
            } catch {
                throw unknown(effect, failure, SwitchboardError(wrapping: error))
            }
        }
    }

    private func unknown(
        _ effect: some Effect, _ failure: SwitchboardError?, _ question: SwitchboardError
    ) -> SwitchboardError {
        SwitchboardError(
            .unknownOutcome, "nobody can tell yet whether this happened: \(effect.summary)",
            help: "it is journaled; the next start asks the provider again", provider: question.provider,
            isRetryable: true, mayHaveHappened: true, attempts: (failure?.attempts ?? 0) + question.attempts,
            cause: [failure?.message, question.message].compactMap { $0 }.joined(separator: "; then: "))
    }

    // MARK: Outcomes

    private func settle<E: Effect>(
        _ effect: E, _ outcome: E.Outcome, _ intent: Intent, _ trace: RequestTrace.Record?
    ) throws {
        do {
            let changes = try effect.changes(outcome, in: world(intent))
            try store.settle(intent.id, .done(Array(JSONEncoder().encode(outcome))), changes: changes, trace: trace)
        } catch {
            let failure = SwitchboardError(wrapping: error)
            throw SwitchboardError(
                .unknownOutcome, "done at the provider, and the ledger cannot be written: \(effect.summary)",
                help: "mend the store; the next start writes what is missing", mayHaveHappened: true,
                cause: failure.message)
        }
    }

    /// Journals a failure, unless the outcome is open; returns what the caller throws.
    private func settleFailure(
        _ failure: SwitchboardError, _ intent: Intent, _ trace: RequestTrace.Record
    ) -> SwitchboardError {
        guard !failure.mayHaveHappened else { return failure }
        do {
            try store.settle(intent.id, .failed(failure), changes: [], trace: trace)
            return failure
        } catch {
            var both = failure
            both.cause = [failure.cause, SwitchboardError(wrapping: error).message].compactMap { $0 }
                .joined(separator: "; ")
            return both
        }
    }

    // MARK: What an earlier process left open

    /// Settles every open intent that nobody is carrying out any more, all at once, since each may have to wait until its
    /// request can take place no more; returns what became of each.
    func settleAbandoned(announce: @Sendable (String) -> Void) async throws -> [SettledIntent] {
        let intents = try store.adoptAbandonedIntents(profile: providers.profile.name).filter { inFlight.enter($0.id) }
        defer { for intent in intents { inFlight.leave(intent.id) } }
        // A run of this session may have settled one since.
        let open = Set(try store.openIntents().map(\.id))
        let questions = intents.filter { open.contains($0.id) }.map { question(on: $0, announce) }
        return await withTaskGroup(of: (Int, SettledIntent).self) { group in
            for (place, question) in questions.enumerated() { group.addTask { (place, await question()) } }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// What is to be asked about an intent; announced where somebody will be asked.
    private func question(on intent: Intent, _ announce: (String) -> Void) -> @Sendable () async -> SettledIntent {
        guard let type = registry.effects[intent.kind] else {
            return {
                SettledIntent(intent: intent, summary: Self.words(intent), result: .unknown(Self.unknownKind(intent)))
            }
        }
        return question(on: intent, as: type, announce)
    }

    /// What an intent whose effect cannot be read is about.
    private static func words(_ intent: Intent) -> String { "\(intent.kind) of \(intent.subject)" }

    private static func anotherAccount(_ provider: String, _ intent: Intent) -> SwitchboardError {
        SwitchboardError(
            .conflict, "profile '\(intent.profile)' leads to another \(provider) account than when that was begun",
            help: "start once with the earlier settings", provider: provider)
    }

    private static func unknownKind(_ intent: Intent) -> SwitchboardError {
        SwitchboardError(
            .unsupported, "this program knows no effect '\(intent.kind)'",
            help: "start the program that began it, with the same plugins")
    }

    private func question<E: Effect>(
        on intent: Intent, as type: E.Type, _ announce: (String) -> Void
    ) -> @Sendable () async -> SettledIntent {
        let journaled: JournaledEffect<E>
        do { journaled = try JSONDecoder().decode(JournaledEffect<E>.self, from: Data(intent.arguments)) } catch {
            let failure = SwitchboardError(
                .internal, "the journal's arguments of it cannot be read by this program", cause: "\(error)")
            return { SettledIntent(intent: intent, summary: Self.words(intent), result: .unknown(failure)) }
        }
        let effect = journaled.effect
        do {
            if let moved = try journaled.movedProvider(providers.accounts) {
                let failure = Self.anotherAccount(moved, intent)
                return { SettledIntent(intent: intent, summary: effect.summary, result: .unknown(failure)) }
            }
        } catch {
            let failure = SwitchboardError(wrapping: error)
            return { SettledIntent(intent: intent, summary: effect.summary, result: .unknown(failure)) }
        }
        announce("an earlier run was interrupted; asking whether this happened: \(effect.summary)")
        return { SettledIntent(intent: intent, summary: effect.summary, result: await self.settle(intent, effect)) }
    }

    private func settle(_ intent: Intent, _ effect: some Effect) async -> SettledIntent.Result {
        let isOld = time.now().timeIntervalSince(intent.startedAt) > 600
        do {
            guard let outcome = try await ask(effect, in: world(intent), for: isOld ? .zero : settleTime(), after: nil)
            else {
                let failure = SwitchboardError.interruption(of: effect)
                try store.settle(intent.id, .failed(failure), changes: [])
                return .notDone
            }
            // How often a process that has died had asked is not known.
            try settle(effect, outcome, intent, nil)
            return .done
        } catch { return .unknown(SwitchboardError(wrapping: error)) }
    }
}

/// What became of an intent that an earlier process left open.
public struct SettledIntent: Sendable {
    /// The intent.
    public var intent: Intent
    /// The effect, in one sentence.
    public var summary: String
    /// What the provider said.
    public var result: Result

    /// What the provider said.
    public enum Result: Sendable {
        case done, notDone
        case unknown(SwitchboardError)
    }
}

/// Where the door stands with an effect; a host may watch it, to show progress or to test what a crash does.
public enum DoorStep: Sendable {
    case begins(Intent)
    case intentWritten(Intent)
    case performed(Intent)
    case settled(Intent)
}

extension SwitchboardError {
    /// The failure of a change whose process died before it took effect.
    static func interruption(of effect: some Effect) -> SwitchboardError {
        SwitchboardError(.cancelled, "interrupted before it took effect: \(effect.summary)")
    }

    /// Whether it is one: a change that is under way is cancelled by nothing else.
    var isInterruption: Bool { code == .cancelled }

    /// The failure of a change of which the provider has said since that it did not happen.
    fileprivate func settledAsNotDone(attempts: Int) -> SwitchboardError {
        var failure = self
        failure.mayHaveHappened = false
        failure.attempts = max(self.attempts, attempts)
        return failure
    }
}
