import SwitchboardCore
import SwitchboardLanguage

extension PlanSession {
    /// Plans both ways of a condition that only the run decides; each begins where the condition stands, and behind it the
    /// script goes on as after the one that leaves more in the workspace.
    ///
    /// A way that fails ends there. Throws only where both do.
    func bothWays<Outcome>(
        of span: Span, _ then: () throws -> Outcome, _ otherwise: () throws -> Outcome
    ) throws -> [Outcome] {
        let condition = text(span)
        leaveOpen("if \(condition)", at: span)
        let start = snapshot()
        let one = try way("if \(condition)", then)
        let (afterOne, holds) = (snapshot(), try holdings)
        restore(start)
        let other = try way("else, where not \(condition)", otherwise)
        if try holdings <= holds { restore(afterOne) }
        let outcomes = [one, other].compactMap { try? $0.get() }
        if outcomes.isEmpty { return [try one.get()] }
        return outcomes
    }

    private func way<Outcome>(_ words: String, _ body: () throws -> Outcome) throws -> Result<Outcome, any Error> {
        try under(words, isCondition: true) {
            do { return .success(try body()) } catch {
                let failure = (error as? RunFault)?.error ?? error as? SwitchboardError
                if failure?.code == .cancelled || error is ComesLater { throw error }
                remark("the script ends here: " + (failure?.message ?? "exit"))
                return .failure(error)
            }
        }
    }

    /// What two ways give together: the one value that both give, else one that is known after the run.
    static func joined(_ values: [Value]) -> Value {
        guard let first = values.first else { return .nothing }
        return values.allSatisfy { $0 == first } ? first : .unknown(Placeholder(.any))
    }
}

extension PlanSession {
    /// Plans something of which all happens or nothing.
    func whole<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
        let start = snapshot()
        do { return try body() } catch {
            if let exit = error as? ScriptExit, exit.status == 0 { throw error }
            takeBack(to: start)
            throw error
        }
    }

    /// Plans a row by its name; of one that fails it is told why.
    func row<Outcome>(_ index: Int, _ row: Value, _ key: FieldPath?, _ body: () throws -> Outcome) throws -> Outcome {
        let name = (try? RowName(of: row, key: key))?.text ?? String(index + 1)
        return try under("row \(name)") {
            do { return try body() } catch let fault as RunFault {
                remark("this row fails: \(fault.error.message)")
                throw fault
            }
        }
    }

    /// Asks a question once that the run asks until it is true.
    func expect(at span: Span, _ question: () throws -> Value) throws {
        do { if try question() == .bool(true) { return } } catch let fault as RunFault {
            if fault.error.code == .cancelled { throw fault }
        }
        leaveOpen(text(span), at: span)
    }

    /// Whether a file cannot be read before the run: its name is not known, or the run writes it.
    func cannotRead(_ arguments: [String: Value]) -> Bool {
        arguments.values.contains { $0.holdsOpen } || arguments["file"]?.plainText.map(writes) ?? false
    }
}
