import SwitchboardCore
public import SwitchboardStore

/// What an undo of a run that is over would find.
public enum UndoOutlook: Hashable, Sendable {
    /// Nothing that stands.
    case nothing
    /// Something that it takes back; `isBilled` where a number is among it, which stays billed for its month.
    case possible(isBilled: Bool)
    /// Only what nothing takes back.
    case impossible

    /// The same with one more change that stands.
    fileprivate func with(_ step: UndoStep) -> UndoOutlook {
        switch self {
        case .nothing where step.inverse == nil: .impossible
        case _ where step.inverse == nil: self
        case .possible(isBilled: true): self
        case .nothing, .impossible, .possible: .possible(isBilled: step.bill != nil)
        }
    }
}

extension Engine {
    /// How many changes that stand are looked at once one is found that can be taken back.
    private static let most = 1000

    /// What an undo of a run would find, from the journal alone.
    public func undoOutlook(of run: String, in profile: Profile) throws -> UndoOutlook {
        let (accounts, dealtWith) = (try providers(of: profile).accounts, try store.dealtWith())
        var (outlook, count) = (UndoOutlook.nothing, 0)
        try store.forEachStanding(ofRun: run, registry, accounts) { step in
            if step.entry.map(dealtWith.contains) ?? false { return true }
            (outlook, count) = (outlook.with(step), count + 1)
            if case .possible = outlook { return count < Self.most }
            return true
        }
        return outlook
    }
}

extension RunSession {
    /// Whether something that a run has done stands, and would have to be taken back.
    public func hasStandingChanges(_ run: RunRecord) throws -> Bool {
        var isFound = false
        try store.forEachStanding(ofRun: run.id, registry, [:]) { _ in
            isFound = true
            return false
        }
        return isFound
    }
}

extension Store {
    /// Gives what stands of a run's changes until it is told to stop.
    fileprivate func forEachStanding(
        ofRun run: String, _ registry: Registry, _ accounts: [String: String], _ take: (UndoStep) -> Bool
    ) throws {
        try forEachChange(ofRun: run) { change in
            guard case .done(let outcome)? = change.outcome, !change.isUndone, change.intent.undoes == nil,
                let step = UndoStep(change.intent, outcome, registry, accounts: accounts)
            else { return true }
            return take(step)
        }
    }
}
