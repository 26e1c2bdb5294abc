import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Changing exactly one trunk or dispatch rule, in some fields or as a whole.
struct RoutedChangeEffect<Thing: Routed>: Effect {
    /// What is to become of it.
    enum Goal: Codable, Sendable {
        /// These fields change, and what others changed meanwhile stays.
        case fields(RoutingChange)
        /// It says this and nothing else.
        case whole(Thing)
    }

    /// The kind, `trunk-change`.
    static var kind: String { "\(Thing.word)-change" }

    /// As it was before.
    let earlier: Thing
    let goal: Goal
    /// The secrets that are given, by path.
    let secrets: [String: SecretReference]
    /// The paths of secrets that a new whole takes over from what is there.
    var keeping: Set<String> = []

    /// The text `trunk ST_4fGh7JkLmNpQ`.
    var subject: String { "\(Thing.word) \(earlier.id)" }

    /// None.
    var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    var summary: String {
        switch goal {
        case .fields: "change \(earlier.title)"
        case .whole: "replace \(earlier.title)"
        }
    }

    /// Reads it anew and changes that.
    func perform(in world: EffectWorld) async throws -> RoutedOutcome<Thing> {
        let routing = try world.routing()
        guard let now = try await Thing.find(id: earlier.id, at: routing) else {
            throw SwitchboardError(.notFound, "there is no \(earlier.title) any more")
        }
        let after: Thing
        switch goal {
        case .fields(var change):
            try change.take(secrets, from: world)
            after = try await now.update(by: change, at: routing, key: world.key)
        case .whole(let whole):
            after = try await filled(whole, now, world).replace(at: routing, key: world.key)
        }
        return await world.outcome(of: after, instead: earlier)
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    func foresee(in world: EffectWorld) async throws -> RoutedOutcome<Thing> { try await perform(in: world) }

    /// Asks whether it says what it is to say.
    func reconcile(in world: EffectWorld) async throws -> Settlement<RoutedOutcome<Thing>> {
        guard let now = try await Thing.find(id: earlier.id, at: world.routing()) else { return .notDone }
        let wanted: RoutingDocument
        switch goal {
        case .fields(var change):
            try change.take(secrets, from: world)
            wanted = try change.applied(to: now.document)
        case .whole(let whole): wanted = try filled(whole, now, world).document
        }
        guard now.document.means(wanted, comparingSecrets: true) else { return .notDone }
        return .done(await world.outcome(of: now, instead: earlier))
    }

    /// The new whole with its id and its secrets.
    private func filled(_ whole: Thing, _ now: Thing, _ world: EffectWorld) throws -> Thing {
        var document = whole.document
        try document.take(secrets, from: world)
        document.keep(keeping, of: now.document)
        try document.set(document.schema.idField, .string(earlier.id))
        return Thing(document)
    }

    /// The row's name, and the numbers as they are routed now.
    func changes(_ outcome: RoutedOutcome<Thing>, in world: EffectWorld) throws -> [LedgerChange] {
        try Thing.ledgerChanges(from: earlier, to: outcome.thing, rowID: nil, in: world)
            + world.changes(of: outcome.numbers)
    }

    /// What it said before, unless that takes a password or a PIN that it has no more and that nobody knows: the journal
    /// does not, and the process that made the change does where the platform has told it.
    func inverse(of outcome: RoutedOutcome<Thing>) -> Inverse {
        let paths = earlier.document.secretPaths
        let gone = paths.filter { secrets[$0] != nil || outcome.thing?.document.has(secret: $0) != true }
        let known = earlier.document.secrets.filter { gone.contains($0.key) }
        guard known.count == gone.count else { return .none(because: "its earlier password or PIN is not kept") }
        return .effect(
            RoutedChangeEffect(
                earlier: outcome.thing ?? earlier, goal: .whole(earlier),
                secrets: known.mapValues(SecretReference.init), keeping: paths.subtracting(gone)))
    }

    /// What it names or has named.
    func uses(of outcome: RoutedOutcome<Thing>) -> Set<String> {
        Set(earlier.numberIDs + (outcome.thing?.numberIDs ?? []))
    }

    /// Whether it says what it was changed to.
    func standing(of outcome: RoutedOutcome<Thing>, in world: EffectWorld) async throws -> Standing {
        guard let thing = outcome.thing else { return .asLeft }
        return try await world.standing(of: thing)
    }
}
