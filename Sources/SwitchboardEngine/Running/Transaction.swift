import SwitchboardCore
import SwitchboardLanguage

/// A part of a run that is done whole or not at all.
enum Transaction {
    /// Runs the body in a part of the run; what it has done by the time it fails is taken back.
    ///
    /// `exit 0` is no failure. Under its key a resumed run finds what an earlier process has done of it: that is taken back
    /// as well where it fails now, and at once where it was being taken back then.
    static func run<Result>(
        in outer: RunSession, key: String? = nil, _ body: (RunSession) throws -> Result
    ) throws -> Result {
        if let plan = outer.plan { return try plan.whole { try body(outer) } }
        let log = try outer.undoLog(ofStep: key)
        let inner = outer.part(cancel: outer.cancel, undoLog: log)
        do {
            let result = try body(inner)
            outer.keep(inner, log)
            return result
        } catch let exit as ScriptExit where exit.status == 0 {
            outer.keep(inner, log)
            throw exit
        } catch {
            let undo = outer.takeBack(log, ofStep: key)
            outer.part.add(inner.part, butOnly: undo.stays)
            if let fault = error as? RunFault { throw undo.told(in: fault) }
            if !undo.undone.isEmpty { outer.note("\(Undo.label): \(undo.text)") }
            throw error
        }
    }
}

extension RunSession {
    /// Runs a command's own steps so that all of them are done or none is; only where nobody can tell what became of one,
    /// the others stay as well, so that whoever asks again finds all that there is.
    public func wholeOrOpen(_ body: (RunSession) throws -> Void) throws {
        let open = try Transaction.run(in: self) { inner -> SwitchboardError? in
            do { try body(inner) } catch {
                let failure = SwitchboardError(wrapping: error)
                guard failure.mayHaveHappened else { throw error }
                return failure
            }
            return nil
        }
        if let open { throw open }
    }

    /// Takes over what a transaction within this part has done; one around it would have to undo that too.
    fileprivate func keep(_ inner: RunSession, _ log: UndoLog) {
        part.add(inner.part)
        undoLog?.add(log)
    }
}
