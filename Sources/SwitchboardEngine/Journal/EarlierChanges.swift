import SwitchboardCore
import SwitchboardStore
import Synchronization

/// What earlier processes of a run have done that stands, so that a changed script is not taken for one that has no such
/// thing yet.
final class EarlierChanges: Sendable {
    /// By what the keys of a loop's turns begin with, up to and with the bracket; with the rest of the key.
    private let all = Mutex<[String: [(rest: String, change: Intent)]]>([:])

    func set(_ changes: [Intent]) {
        all.withLock { all in
            for change in changes {
                let key = change.step.unicodeScalars
                for bracket in key.indices where key[bracket] == "[" {
                    let rest = String(key[key.index(after: bracket)...])
                    all[String(key[...bracket]), default: []].append((rest, change))
                }
            }
        }
    }

    /// Those in the turns of a loop that are not among its turns any more.
    ///
    /// `prefix` is what the keys of its turns begin with, up to and with the bracket, `turns` are their names with the
    /// other bracket, and `isInside` tells from the rest of a key whether it is of this loop.
    func gone(
        under prefix: String, isInside: (Substring) -> Bool = { _ in true }, turns: () throws -> Set<String>
    ) rethrows -> [Intent] {
        guard let known = all.withLock({ $0[prefix] }) else { return [] }
        let turns = try turns()
        return known.filter { rest, _ in
            let turn = rest.prefix { $0 != "/" }
            return !turns.contains(String(turn)) && isInside(rest.dropFirst(turn.count))
        }.map(\.change)
    }
}

extension RunSession {
    /// Takes up what earlier processes of the run have changed: what the script has no place for any more is named before
    /// anything else happens, and the rest counts against the plan that the run is held to.
    func takeUpEarlierChanges(in places: ScriptPlaces) throws {
        guard let journal, journal.isResumed, journal.mayDiffer || allowance != nil else { return }
        let changes = try earlierChanges()
        let gone = changes.filter { !places.contains(step: $0.intent.step) }
        let still = changes.filter { places.contains(step: $0.intent.step) }
        try tellOfGone(gone.filter(\.isDone).map(\.intent), "not in this script any more")
        for (intent, _) in still { allowance?.admit(earlier: intent, registry.summary(of: intent)) }
        if journal.mayDiffer { journal.earlier.set(still.filter(\.isDone).map(\.intent)) }
    }

    /// What is done, or may be, and not taken back.
    private func earlierChanges() throws -> [(intent: Intent, isDone: Bool)] {
        let undone = Set(try store.undoings(of: id).filter { $0.1?.isDone ?? true }.compactMap(\.0.undoes))
        return try store.intents(run: id).filter { intent, outcome in
            intent.undoes == nil && outcome?.isDone ?? true && !undone.contains(intent.id)
        }.map { ($0, $1 != nil) }
    }

    /// The most that is told at once.
    private static let most = 20

    /// Names what has no place any more, and asks before the run goes on where it is paid for.
    func tellOfGone(_ changes: [Intent], _ how: String) throws {
        let standing = try changes.filter { change in
            guard let number = change.number else { return true }
            return try store.number(number, profile: profile).map { $0.status != .released } ?? false
        }
        let (bought, others) = (standing.filter { $0.spending != nil }, standing.filter { $0.spending == nil })
        for change in others.prefix(Self.most) { note("done before and \(how): \(registry.summary(of: change))") }
        if others.count > Self.most {
            note("and \(others.count - Self.most) more of these; run show \(id) has them all")
        }
        guard !bought.isEmpty else { return }
        for start in stride(from: 0, to: bought.count, by: Self.most) {
            let numbers = bought[start...].prefix(Self.most).map { $0.number?.text ?? $0.subject }
            note("bought before and \(how): \(numbers.joined(separator: ", ")), still billed")
        }
        let count = bought.count == 1 ? "1 number stays" : "\(bought.count) numbers stay"
        try confirm("\(count) billed that the run has bought before, and it may buy others instead")
    }
}

extension Intent {
    /// The number that it is about.
    fileprivate var number: E164? { subject.split(separator: " ").last.flatMap { E164(String($0)) } }
}

extension Frame {
    /// Names what an earlier process has done in turns that a loop, or a call that maps over a list, does not have any
    /// more.
    func tellOfTurnsGone(_ items: any ItemSource, isInside: (Substring) -> Bool) throws {
        guard let path, let journal = run.journal, journal.mayDiffer else { return }
        let names = TurnNames()
        try run.tellOfGone(
            journal.earlier.gone(under: "\(path)/[", isInside: isInside) {
                var turns: Set<String> = []
                try items.forEach { item in
                    turns.insert("\(names.next(item))]")
                    return true
                }
                return turns
            }, "of no turn any more")
    }
}
