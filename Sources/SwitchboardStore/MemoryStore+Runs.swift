import Synchronization

extension MemoryStore {
    /// Forgets a run without an entry in the journal.
    public func forget(run id: String) throws -> Bool {
        state.withLock { state in
            guard !state.intents.contains(where: { $0.intent.run == id }) else { return false }
            (state.steps[id], state.lines[id], state.scripts[id]) = (nil, nil, nil)
            state.runs.removeAll { $0.id == id }
            return true
        }
    }

    /// The first steps of a run behind the one of a key, in order of key.
    public func steps(run: String, after key: String?, limit: Int) throws -> [StepRecord] {
        let rest = try steps(run: run).filter { $0.key > key ?? "" }
        return Array(rest.sorted { $0.key < $1.key }.prefix(limit))
    }

    /// The first changes of a run behind the one of an id, in order of step.
    public func changes(run: String, after id: String?, limit: Int) throws -> [RunChange] {
        let undone = Set(try undoings(of: run).filter { $0.1?.isDone == true }.compactMap(\.0.undoes))
        let all = try intents(run: run).enumerated().sorted { ($0.1.0.step, $0.0) < ($1.1.0.step, $1.0) }.map(\.1)
        let start = all.firstIndex { $0.0.id == id }.map { $0 + 1 } ?? 0
        return all[start...].prefix(limit).map {
            RunChange(intent: $0.0, outcome: $0.1, isUndone: undone.contains($0.0.id))
        }
    }
}
