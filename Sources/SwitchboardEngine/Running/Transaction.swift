import SwitchboardCore
import SwitchboardLanguage

/// A part of a run that is done whole or not at all.
enum Transaction {
    /// Runs the body in a part of the run; what it has done by the time it fails is taken back.
    ///
    /// `exit 0` is no failure.
    static func run<Result>(in outer: RunSession, _ body: (RunSession) throws -> Result) throws -> Result {
        let log = UndoLog()
        let inner = outer.part(cancel: outer.cancel, undoLog: log)
        do {
            let result = try body(inner)
            outer.keep(inner, log)
            return result
        } catch let exit as ScriptExit where exit.status == 0 {
            outer.keep(inner, log)
            throw exit
        } catch {
            let undo = Undo(log.all, in: outer)
            outer.part.add(inner.part, butOnly: undo.stays)
            outer.tally.didUndo(undo.undone, leaving: undo.leftovers)
            if let fault = error as? RunFault { throw undo.told(in: fault) }
            if !undo.undone.isEmpty { outer.note("\(Undo.label): \(undo.text)") }
            throw error
        }
    }
}

extension RunSession {
    /// Takes over what a transaction within this part has done; one around it would have to undo that too.
    fileprivate func keep(_ inner: RunSession, _ log: UndoLog) {
        part.add(inner.part)
        undoLog?.add(log)
    }
}
