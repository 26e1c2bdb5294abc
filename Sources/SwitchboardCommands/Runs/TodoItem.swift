import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// Something that needs a person.
struct TodoItem {
    /// The run's id, or that of an entry of the journal.
    let id: String
    let what: String
    let since: Date
    let run: String
    let why: String
    let help: String

    /// All of a profile, the most pressing kinds first.
    static func all(_ run: RunSession) throws -> [TodoItem] {
        let leftovers = try run.store.leftovers(profile: run.profile)
        let listed = Set(leftovers.map(\.intent.id))
        let halfDone = try run.store.changedRuns(profile: run.profile, onlyUnfinished: true, limit: .max)
            .map { record in (record, try run.undoSteps(of: record).filter { !listed.contains($0.entry ?? "") }) }
            .filter { !$0.1.isEmpty }
        return run.unsettled.map { TodoItem(unknown: $0.intent, $0.summary, $0.error) }
            + leftovers.map { TodoItem($0, run.summary(of: $0.intent)) }
            + halfDone.map { TodoItem($0, changes: $1.count) }
            + (try halfDone.flatMap { try unbound($1, of: $0, run) })
    }

    private init(unknown intent: Intent, _ summary: String, _ error: SwitchboardError) {
        let number = intent.subject.split(separator: " ").compactMap { E164(String($0)) }.last
        let then = number.map { ", and adopt or release \($0) where the ledger is wrong" } ?? ""
        self.init(
            id: intent.id, what: summary, since: intent.startedAt, run: intent.run,
            why: (["nobody can tell whether it happened: \(error.message)", error.cause].compactMap { $0 })
                .joined(separator: "; "),
            help: "look at the provider's console whether it happened; then todo done \(intent.id)\(then)")
    }

    private init(_ leftover: Leftover, _ summary: String) {
        let intent = leftover.intent
        self.init(
            id: intent.id, what: summary, since: leftover.since, run: intent.run,
            why: "not undone: \(leftover.error.message)",
            help: "undo \(intent.run) tries again; what you see to by hand is ticked off with todo done \(intent.id)")
    }

    private init(_ record: RunRecord, changes: Int) {
        let ways = record.status == .succeeded ? "" : "resume \(record.id), or "
        self.init(
            id: record.id, what: "\(record.what): \(changes) change\(changes == 1 ? " stands" : "s stand")",
            since: record.endedAt ?? record.startedAt, run: record.id, why: Self.why(record.status),
            help: "\(ways)undo \(record.id); if all is as it is to be, todo done \(record.id)")
    }

    /// The numbers that a run which is half done has bought and that nobody uses.
    private static func unbound(_ steps: [UndoStep], of record: RunRecord, _ run: RunSession) throws -> [TodoItem] {
        try steps.filter { $0.bill != nil }.compactMap { step in
            guard let id = step.entry, let e164 = step.things.compactMap({ E164($0) }).first,
                let held = try run.store.number(e164, profile: run.profile), held.status != .released,
                held.agentID == nil, held.dispatchRuleIDs.isEmpty, held.trunkID == nil
            else { return nil }
            return TodoItem(
                id: id, what: "\(e164) is bought and bound to no agent", since: held.createdAt, run: record.id,
                why: why(record.status),
                help: "bind-agent AGENT --number \(e164), or release \(e164); if it is to stay so, todo done \(id)")
        }
    }

    private static func why(_ status: RunRecord.Status) -> String {
        switch status {
        case .failed: "the run failed half-way"
        case .cancelled: "somebody interrupted the run half-way"
        case .interrupted: "the run's process ended before it did"
        case .running, .succeeded: "its undo ended half-way"
        }
    }

    private init(id: String, what: String, since: Date, run: String, why: String, help: String) {
        (self.id, self.what, self.since, self.run, self.why, self.help) = (id, what, since, run, why, help)
    }

    fileprivate static let columns: [RoutingColumn<TodoItem>] = [
        .init("id", .string, "what todo done takes: a run's id, or that of one change") { .string($0.id) },
        .init("what", .string, "what it is about") { .string($0.what) },
        .init("since", .time, "since when it waits") { .time($0.since) },
        .init("run", .string, "the run that has done it") { .string($0.run) },
        .init("why", .string, "why it needs a person") { .string($0.why) },
        .init("help", .string, "what to do about it") { .string($0.help) },
    ]
}

extension RecordTypes {
    /// The text `todo`.
    static let todo = RecordType(name: "todo", summary: "something that needs a person", columns: TodoItem.columns)
}

extension Value {
    /// The record `todo`.
    init(_ item: TodoItem) { self = .record(Record("todo", item, columns: TodoItem.columns)) }
}
