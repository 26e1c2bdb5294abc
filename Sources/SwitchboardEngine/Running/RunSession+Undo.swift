import SwitchboardCore
public import SwitchboardStore

extension RunSession {
    /// What an earlier run of this profile has done and nobody has undone or dealt with, the newest first.
    ///
    /// Throws `not_found` for no run, `conflict` for one that is running, that is of another profile, or that is itself
    /// an undo.
    public func undoSteps(of run: RunRecord) throws -> [UndoStep] {
        try requireOver(run)
        let entries = try store.intents(run: run.id)
        let undoings = try store.undoings(of: run.id)
        if let undone = entries.first(where: { $0.0.undoes != nil })?.0.undoes,
            !entries.contains(where: { $0.0.id == undone })
        {
            throw SwitchboardError(
                .conflict, "\(run.id) is an undo itself", help: "run the script again whose changes it took back")
        }
        let done = Set(undoings.filter { $0.1?.isDone == true }.compactMap(\.0.undoes)).union(try store.dealtWith())
        let open = Set(undoings.filter { $0.1 == nil }.compactMap(\.0.undoes))
        let accounts = try providers.accounts
        let steps = entries.reversed().compactMap { intent, outcome -> UndoStep? in
            guard intent.undoes == nil, !done.contains(intent.id) else { return nil }
            switch outcome {
            case .failed: return nil
            case .done(let json) where !open.contains(intent.id):
                return UndoStep(intent, json, registry, accounts: accounts)
            case .done, nil:
                return UndoStep(entry: intent.id, summary: "\(intent.kind) of \(intent.subject)", way: .unknown)
            }
        }
        return try UndoStep.keeping(steps) { try store.number($0, profile: profile)?.isProtected == true }
    }

    /// What an entry of the journal does, in one sentence without a period.
    public func summary(of intent: Intent) -> String { registry.summary(of: intent) }

    private func requireOver(_ run: RunRecord) throws {
        if run.profile != profile {
            throw SwitchboardError(
                .conflict, "\(run.id) is a run of the profile '\(run.profile)', not of '\(profile)'",
                help: "give --profile \(run.profile)")
        }
        guard run.status == .running else { return }
        throw SwitchboardError(.conflict, "\(run.id) is running still", help: "wait for it to end, or stop it first")
    }

    /// What would become of the steps if they were taken back now; asks, and changes nothing.
    public func lookAtUndo(of steps: [UndoStep]) throws -> [UndoResult] {
        try Undo(lookingAt: steps, in: self).results
    }

    /// Takes the steps back, each marked in the transaction that settles it; what is left makes the run end with 6.
    public func undo(_ steps: [UndoStep]) throws -> [UndoResult] { try Undo(ofRun: steps, in: self).results }
}
