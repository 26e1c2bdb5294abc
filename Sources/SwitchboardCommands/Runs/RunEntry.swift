import SwitchboardEngine
import SwitchboardStore

/// A run with what became of it since, and what it has to do with others.
struct RunEntry {
    let run: RunRecord
    /// The undos that were to take it back, oldest first.
    private let undos: [RunUndo]
    /// The run that it was to take back.
    let undoes: String?

    /// How it ended, or that it was taken back since.
    let status: String

    /// Finds all that among the undos of its profile.
    init(_ run: RunRecord, _ undos: [RunUndo], in session: RunSession) throws {
        self.run = run
        self.undos = undos.filter { $0.of == run.id }
        undoes = undos.last { $0.by.id == run.id }?.of
        status = try Self.status(of: run, self.undos, session)
    }

    private static let (undone, partlyUndone) = ("undone", "partly-undone")

    /// What `status` can be.
    static let statuses = [
        "running", "succeeded", "failed", "cancelled", "interrupted", undone, partlyUndone,
    ]

    private static func status(of run: RunRecord, _ undos: [RunUndo], _ session: RunSession) throws -> String {
        guard undos.contains(where: \.hasUndone) else { return run.status.rawValue }
        // Whatever became of the newest undo: together they may have taken all back.
        let isWhole = try undos.last?.by.status == .succeeded || !session.hasStandingChanges(run)
        return isWhole ? undone : partlyUndone
    }

    /// What it has to do with others, a sentence each.
    var remarks: [String] {
        let others = undos.map(\.by.id).joined(separator: ", ")
        return (undoes.map { ["it takes \($0) back"] } ?? []) + (others.isEmpty ? [] : ["\(status) by \(others)"])
    }
}
