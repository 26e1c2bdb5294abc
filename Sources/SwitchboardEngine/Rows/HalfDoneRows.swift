import SwitchboardCore

/// Rows that have failed in the middle of what they are for: each looks like one to run again, and may have bought its
/// number.
struct HalfDoneRows {
    private var rows = NewestLines()

    mutating func add(_ row: Value, _ outcome: RowOutcome, named name: String?) {
        let done = outcome.done.isEmpty ? "" : "; done before: \(outcome.done.joined(separator: ", "))"
        rows.append("\(name ?? row.spokenText): \(outcome.error?.message ?? "")\(done)")
    }

    /// What is told of them; who ends a run is told each of them by name.
    func tell(_ session: RunSession) {
        if rows.isEmpty { return }
        session.note(
            "warning: in \(rows.count) failed row\(rows.count == 1 ? "" : "s") something was changed, or may have been; "
                + "look at list and at the column error before running them again")
        guard session.cancel.isCancelled else { return }
        for line in rows.told("rows") { session.note("half done: \(line)") }
    }
}
