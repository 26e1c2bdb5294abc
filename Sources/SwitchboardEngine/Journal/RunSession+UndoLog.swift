import FoundationEssentials
import SwitchboardCore
import SwitchboardStore

extension RunSession {
    /// What an earlier process has done in a transaction, as far as the run is resumed.
    ///
    /// Where it had begun to take that back, the rest is taken back first, and the transaction begins anew.
    func undoLog(ofStep key: String?) throws -> UndoLog {
        let log = UndoLog()
        guard let key, let journal, journal.isResumed else { return log }
        for (intent, outcome) in try store.intents(run: id, under: key) { log.add(try undoStep(of: intent, outcome)) }
        guard try journal.recorded(key)?.state == .undoing else { return log }
        _ = takeBack(log, ofStep: key)
        return UndoLog()
    }

    /// Takes a transaction back, and lets the journal forget its steps, so that they are done anew when the run is resumed.
    func takeBack(_ log: UndoLog, ofStep key: String?) -> Undo {
        tellingFailure { try noteUndo(ofStep: key) }
        let undo = Undo(log.all, in: self)
        tally.didUndo(undo.undone, leaving: undo.leftovers)
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

    private func undoStep(of intent: Intent, _ outcome: IntentOutcome?) throws -> UndoStep? {
        switch outcome {
        case .failed: return nil
        case nil: return UndoStep(summary: "\(intent.kind) of \(intent.subject)", way: .unknown, intent: intent.id)
        case .done(let json):
            guard let type = registry.effects[intent.kind] else {
                throw SwitchboardError(.unsupported, "this program knows no effect '\(intent.kind)'")
            }
            return try undoStep(of: intent, json, as: type)
        }
    }

    private func undoStep<E: Effect>(of intent: Intent, _ outcome: [UInt8], as type: E.Type) throws -> UndoStep? {
        let effect = try JSONDecoder().decode(JournaledEffect<E>.self, from: Data(intent.arguments)).effect
        return effect.undoStep(of: try JSONDecoder().decode(E.Outcome.self, from: Data(outcome)), intent: intent.id)
    }
}
