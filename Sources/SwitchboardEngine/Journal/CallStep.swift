import FoundationEssentials
import SwitchboardCore
import SwitchboardStore
import Synchronization

/// One call of a command as a step of its run: what it decides and what it changes belong to it.
///
/// Where an earlier process died within the call, the call runs once more, is told the same decisions, and its effects are
/// those of the journal as far as they go.
final class CallStep: Sendable {
    let key: String
    private let journal: RunJournal
    private let state = Mutex(State())

    private struct State {
        var decisions = 0
        /// What the journal has of the call's effects and this process has not come to yet; nil until somebody asks.
        var recorded: [Entry]?
        /// Whether the journal had any.
        var hasActed = false

        mutating func nextDecision() -> Int {
            decisions += 1
            return decisions
        }
    }

    private struct Entry {
        var intent: Intent
        var outcome: IntentOutcome?

        /// Whether the process died before it took effect, so that nothing in the call has gone on after that.
        var isInterrupted: Bool {
            if case .failed(let error)? = outcome { error.isInterruption } else { false }
        }
    }

    /// What the journal says of an effect.
    enum Replay<Outcome: Sendable> {
        /// It is to be carried out.
        case unknown
        /// It was, by this intent.
        case done(Outcome, intent: String)
    }

    init(_ key: String, _ journal: RunJournal) { (self.key, self.journal) = (key, journal) }

    // MARK: Decisions

    /// Decides, or takes the decision of the call that was interrupted; of one that had not acted on it only where it is
    /// `lasting`.
    func decide<Answer: Codable>(isLasting: Bool, _ decision: () throws -> Answer) throws -> Answer {
        let place = "\(key)?\(state.withLock { $0.nextDecision() })"
        if journal.isResumed, try isLasting || hasActed, let found = try journal.recorded(place) {
            return try JSONDecoder().decode(Decision<Answer>.self, from: Data(found.result)).answer
        }
        let answer = try decision()
        let now = journal.time.now()
        try journal.store.note(
            StepRecord(
                key: place, title: "decision", state: .decided,
                result: Array(JSONEncoder().encode(Decision(answer: answer))), startedAt: now, endedAt: now),
            run: journal.run)
        return answer
    }

    private struct Decision<Answer: Codable>: Codable { var answer: Answer }

    private var hasActed: Bool {
        get throws {
            try read()
            return state.withLock(\.hasActed)
        }
    }

    private func read() throws {
        guard journal.isResumed, state.withLock({ $0.recorded == nil }) else { return }
        let found = try journal.store.intents(run: journal.run, under: key).map { Entry(intent: $0.0, outcome: $0.1) }
        state.withLock { ($0.recorded, $0.hasActed) = (found, !found.isEmpty) }
    }

    // MARK: Effects

    /// The changes that the journal has of the call and that it has not come to, since it found them made; they are taken.
    func takeDone() throws -> [Intent] {
        try read()
        return state.withLock { state in
            let done = (state.recorded ?? []).filter { if case .done? = $0.outcome { true } else { false } }
            if state.recorded != nil { state.recorded = [] }
            return done.map(\.intent)
        }
    }

    /// What became of the effect in the process that was interrupted.
    ///
    /// Throws its failure where the call went on after that, and `unknown_outcome` where nobody can tell yet.
    func replay<E: Effect>(_ effect: E) throws -> Replay<E.Outcome> {
        try read()
        let subject = effect.subject
        let found = state.withLock { state -> (entry: Entry, isLast: Bool)? in
            let recorded = state.recorded ?? []
            let same = recorded.indices.filter {
                recorded[$0].intent.kind == E.kind && recorded[$0].intent.subject == subject
            }
            // A process that died in it has left it to the next one.
            guard let index = same.first(where: { !recorded[$0].isInterrupted }) ?? same.last else { return nil }
            state.recorded?.removeFirst(index + 1)
            return (recorded[index], index == recorded.count - 1)
        }
        guard let found else { return .unknown }
        switch found.entry.outcome {
        case .done(let json):
            return .done(
                try JSONDecoder().decode(E.Outcome.self, from: Data(json)), intent: found.entry.intent.id)
        case .failed(let error):
            if found.isLast || found.entry.isInterrupted { return .unknown }
            throw error
        case nil:
            throw SwitchboardError(
                .unknownOutcome, "nobody can tell yet whether this happened: \(effect.summary)",
                help: "it is journaled; the next start asks the provider again", mayHaveHappened: true)
        }
    }
}
