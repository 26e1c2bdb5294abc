import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore
import Synchronization

/// A run that plans: it works on copies of the ledger and of the providers' things, and keeps what it would have changed.
final class PlanSession: Sendable {
    /// The plan's own copy of the ledger.
    let store: MemoryStore
    /// The plan's own changes at the providers.
    let world = PlannedWorld()
    private let registry: Registry
    private let source: SourceText
    private let profile: String
    private let begin: Date
    /// The ids that the workspace has before the plan.
    private let knownIDs: Set<String>

    private struct State {
        var plan = Plan()
        /// Where the script stands.
        var span = Span(0, 0)
        /// The whole of the call there.
        var statement = Span(0, 0)
        /// The rows and conditions around it.
        var within: [String] = []
        /// How many of these are conditions.
        var conditions = 0
        /// The files that the run would have written by now.
        var written: Set<String> = []
    }
    private let state = Mutex(State())

    init(_ original: any Store, _ registry: Registry, _ source: SourceText, profile: String, time: TimeSource) throws {
        (self.registry, self.source, self.profile) = (registry, source, profile)
        begin = time.now()
        store = try MemoryStore(copying: original, profile: profile, now: time.now)
        knownIDs = try Set(
            store.numbers(profile: profile).map(\.id) + store.trunks(profile: profile).map(\.id)
                + store.agents(profile: profile).map(\.id))
    }

    /// What is planned so far.
    var plan: Plan { state.withLock(\.plan) }

    // MARK: Where the script stands

    func stand(at node: CallNode) { state.withLock { ($0.span, $0.statement) = (node.nameSpan, node.span) } }

    private func place(_ state: borrowing State) -> String { source.place(of: state.span) }

    /// Runs the body under a row or a condition.
    func under<Result>(_ words: String, isCondition: Bool = false, _ body: () throws -> Result) rethrows -> Result {
        state.withLock { state in
            state.within.append(words)
            if isCondition { state.conditions += 1 }
        }
        defer {
            state.withLock { state in
                state.within.removeLast()
                if isCondition { state.conditions -= 1 }
            }
        }
        return try body()
    }

    // MARK: What is planned

    /// Keeps a change.
    func add(_ change: PlannedChange) {
        state.withLock { state in
            var change = change
            change.place = place(state)
            change.within = state.within
            change.isConditional = state.conditions > 0
            change.subject = Self.shown(change.subject)
            change.summary = Self.shown(change.summary)
            if case .by(let words) = change.undoing { change.undoing = .by(Self.shown(words)) }
            state.plan.changes.append(change)
        }
    }

    /// Keeps what an effect has led to.
    func add<E: Effect>(_ effect: E, _ outcome: E.Outcome) {
        let provider = provider(of: effect)
        let number = effect.subject.split(separator: " ").last.flatMap { E164(String($0)) }
        let isOffered = number.flatMap { world.offer($0, at: provider ?? "") } != nil
        let undoing: PlannedUndoing =
            switch effect.inverse(of: outcome) {
            case .effect(let inverse):
                .by(inverse.summary + (effect.spending == nil ? "" : "; what is billed by then stays billed"))
            case .none(let reason), .never(let reason): .never(reason)
            case .unneeded: .unneeded
            }
        add(
            PlannedChange(
                kind: E.kind, subject: effect.subject, summary: effect.summary, provider: provider,
                purchases: effect.spending?.purchases ?? 0, monthlyCost: effect.spending?.monthlyCost,
                anyOf: isOffered && effect.spending != nil
                    ? number.map { PlannedChange.search($0, at: provider ?? "") } : nil,
                undoing: undoing))
    }

    /// Who is asked for an effect: the provider that its subject begins with, else the platform that answers calls.
    private func provider(of effect: some Effect) -> String? {
        if let shared = effect as? any AccountEffect { return shared.provider }
        let word = effect.subject.split(separator: " ").first.map(String.init) ?? ""
        if registry.plugins[word] != nil { return word }
        return registry.providerNames.first { registry.plugins[$0]?.provider is any CallAnswering.Type }
    }

    /// Keeps a change of the ledger alone.
    func add(ledger summary: String, _ inverse: LedgerInverse) {
        let undoing: PlannedUndoing =
            switch inverse {
            case .changes: .by("undo, in the ledger")
            case .none(let reason): .never(reason)
            case .unneeded: .unneeded
            }
        // What only writes down what is so anyway is no change.
        if case .unneeded = undoing { return }
        add(PlannedChange(kind: PlannedChange.ledger, subject: summary, summary: summary, undoing: undoing))
    }

    /// Keeps that a file would be written.
    func write(_ path: String) { state.withLock { _ = $0.written.insert(path) } }

    /// Whether the run would have written the file by now.
    func writes(_ path: String) -> Bool { state.withLock { $0.written.contains(path) } }

    /// Keeps a condition that only the run decides.
    func leaveOpen(_ text: String, at span: Span) {
        state.withLock { state in
            let remark = PlanRemark(place: source.place(of: span), text: text)
            if !state.plan.open.contains(remark) { state.plan.open.append(remark) }
        }
    }

    /// The same of the call where the script stands.
    func leaveOpen() {
        let (place, statement) = state.withLock { ($0.span, $0.statement) }
        leaveOpen(text(statement), at: place)
    }

    /// Keeps a remark.
    func remark(_ text: String) {
        state.withLock { state in
            let under = state.within.isEmpty ? "" : state.within.joined(separator: ", ") + ": "
            state.plan.remarks.append(PlanRemark(place: place(state), text: Self.shown(under + text)))
        }
    }

    /// The text of a statement in front of its block, or of an expression, on one line and without its first word `if`.
    func text(_ span: Span) -> String {
        let head = source.text(span).prefix { $0 != "{" }
        let words = head.split(whereSeparator: \.isWhitespace)
        return words.drop { $0 == "if" }.joined(separator: " ")
    }

    /// A text with a placeholder for every id that stands for one of a vendor.
    static func shown(_ text: String) -> String {
        guard PlannedWorld.isPlanned(text) else { return text }
        var parts = text.split(separator: PlannedWorld.idPrefix, omittingEmptySubsequences: false).map(String.init)
        for index in parts.indices.dropFirst() {
            parts[index] = Placeholder.text + parts[index].drop { ("0"..."9").contains($0) }
        }
        return parts.joined().replacing("(\(Placeholder.text))", with: Placeholder.text)
    }

    // MARK: Two ways

    /// What a plan takes back where it tries another way.
    struct Snapshot {
        fileprivate let store: MemoryStore.Snapshot
        fileprivate let world: PlannedWorld.State
        fileprivate let changes: Int
    }

    func snapshot() -> Snapshot {
        Snapshot(store: store.snapshot(), world: world.read { $0 }, changes: plan.changes.count)
    }

    /// Makes the copies what they were; what is planned stays planned.
    func restore(_ snapshot: Snapshot) {
        store.restore(snapshot.store)
        world.change { $0 = snapshot.world }
    }

    /// The same, and plans nothing of what came since: the run would take it back.
    func takeBack(to snapshot: Snapshot) {
        restore(snapshot)
        state.withLock { $0.plan.changes.removeLast($0.plan.changes.count - snapshot.changes) }
    }

    /// How much the copy of the workspace holds: numbers and trunks, then bindings.
    var holdings: Int {
        get throws {
            let numbers = try store.numbers(profile: profile)
            let trunks = try store.trunks(profile: profile)
            return (numbers.count + trunks.count) * 1_000_000 + numbers.count { $0.agentID != nil }
        }
    }

    // MARK: Values

    /// A value as the plan's script sees it, with placeholders for what only the run knows.
    func masked(_ value: Value) -> Value {
        switch value {
        case .id(let id): isNew(id) ? .unknown(Placeholder(.id(nil), named: id)) : value
        case .string(let text): PlannedWorld.isPlanned(text) ? .unknown(Placeholder(.string, named: text)) : value
        case .list(let values): .list(values.map(masked))
        case .record(let record): maskedRecord(record)
        default: value
        }
    }

    private func maskedRecord(_ record: Record) -> Value {
        let isOfPlan = if case .id(let id)? = record["id"] { isNew(id) } else { false }
        var isChanged = false
        let fields = record.fields.map { field in
            var value = masked(field.value)
            if record.typeName != nil, isOfPlan, field.name == "status" { value = .unknown(Placeholder(.string)) }
            if record.typeName != nil, case .time(let time) = value, time >= begin {
                value = .unknown(Placeholder(.time))
            }
            isChanged = isChanged || value.isUnknown || value != field.value
            return Record.Field(field.name, value)
        }
        guard isChanged else { return .record(record) }
        var shown = Record(record.typeName, fields)
        (shown.candidates, shown.origin, shown.place) = (record.candidates, record.origin, record.place)
        return .record(shown)
    }

    /// Whether an id is one that the plan has made.
    private func isNew(_ id: String) -> Bool {
        if PlannedWorld.isPlanned(id) { return true }
        return [IDKind.phone, .trunk, .agent].contains { id.hasPrefix($0.prefix) } && !knownIDs.contains(id)
    }
}
