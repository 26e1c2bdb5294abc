import SwitchboardCore
import SwitchboardStore
import Synchronization

/// What all who change anything with the numbers of one account have to agree on, in whatever process of the workspace.
public final class AccountGate: Sendable {
    private let provider: String
    private let account: String
    private let store: any Store
    // A run that is resumed has the id that it had, and a tally of its own.
    private let soundIn = Mutex<RunTally?>(nil)
    private let refusal = Mutex<(run: RunTally, error: SwitchboardError)?>(nil)

    init(_ provider: String, _ account: String, _ store: any Store) {
        (self.provider, self.account, self.store) = (provider, account, store)
    }

    private var name: String { "\(provider) \(account)" }

    /// Runs the body while nobody makes or takes away what the account's numbers share; others do the same meanwhile.
    public func shared<Result>(in run: RunSession, _ body: () throws -> Result) throws -> Result {
        try store.locked(name, alone: false, waiting: run.checkCancelled, body)
    }

    /// Runs the body while nobody else does anything with the account's numbers.
    public func alone<Result>(in run: RunSession, _ body: () throws -> Result) throws -> Result {
        try store.locked(name, alone: true, waiting: run.checkCancelled, body)
    }

    /// Whether this run has looked at all that the numbers share and has found or made it.
    public func isSound(in run: RunSession) -> Bool { soundIn.withLock { $0 === run.tally } }

    /// Keeps that it has; a later run looks anew, since somebody may have taken it away by then.
    public func setSound(_ isSound: Bool, in run: RunSession) { soundIn.withLock { $0 = isSound ? run.tally : nil } }

    /// Asks the account, unless it has refused its credentials to this run already: one that is revoked in the middle of
    /// a run is asked no more.
    public func asking<Answer>(for run: RunSession, _ body: () throws -> Answer) throws -> Answer {
        if let known = refusal.withLock({ $0 }), known.run === run.tally {
            var error = known.error
            error.message = "the \(provider) account \(account) is asked no more in this run: \(error.message)"
            error.attempts = 0
            throw error
        }
        do { return try body() } catch let error as SwitchboardError
            where error.code == .unauthorized && error.provider == provider
        {
            refusal.withLock { $0 = (run.tally, error) }
            throw error
        }
    }
}

/// An effect that changes what the numbers of one account share, so that nobody else may do so at the same time.
///
/// Whoever has it carried out has the account's gate for itself.
public protocol AccountEffect: Effect {
    /// The provider, by its registered name.
    var provider: String { get }
    /// The id of the account.
    var account: String { get }
}
