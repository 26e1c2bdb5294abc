import SwitchboardCore
import SwitchboardStore

extension RunSession {
    /// What an earlier process has done in a transaction, as far as the run is resumed.
    ///
    /// Where it had begun to take that back, the rest is taken back first, and the transaction begins anew.
    func undoLog(ofStep key: String?) throws -> UndoLog {
        let log = UndoLog()
        guard let key, let journal, journal.isResumed else { return log }
        let accounts = try providers.accounts
        for (intent, outcome) in try store.intents(run: id, under: key) {
            switch outcome {
            case .failed: continue
            case .done(let json): log.add(UndoStep(intent, json, registry, accounts: accounts))
            case nil: log.add(UndoStep(entry: intent.id, summary: registry.summary(of: intent), way: .unknown))
            }
        }
        guard try journal.recorded(key)?.state == .undoing else { return log }
        _ = takeBack(log, ofStep: key)
        return UndoLog()
    }

    /// Takes a transaction back, and lets the journal forget its steps, so that they are done anew when the run is resumed.
    func takeBack(_ log: UndoLog, ofStep key: String?) -> Undo {
        tellingFailure { try noteUndo(ofStep: key) }
        let undo = Undo(log.all, in: self)
        tally.didLeave(undo.leftovers)
        tellingFailure { if let key { try journal?.forget(under: key) } }
        return undo
    }

    private func noteUndo(ofStep key: String?) throws {
        if let key, let journal { try journal.note(key, "transaction", .undoing, .null, since: now) }
    }

    /// A journal that cannot be written keeps nothing from being taken back.
    private func tellingFailure(_ body: () throws -> Void) {
        do { try body() } catch { note("the journal cannot be written: \(SwitchboardError(wrapping: error).message)") }
    }
}
