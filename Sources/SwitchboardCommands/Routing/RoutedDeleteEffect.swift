import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Deleting exactly one trunk or dispatch rule.
struct RoutedDeleteEffect<Thing: Routed>: Effect {
    /// The kind, `trunk-delete`.
    static var kind: String { "\(Thing.word)-delete" }

    /// As it was before.
    let thing: Thing

    /// The text `trunk ST_4fGh7JkLmNpQ`.
    var subject: String { "\(Thing.word) \(thing.id)" }

    /// None.
    var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    var summary: String { "delete \(thing.title)" }

    /// Deletes; one that was gone before is `not_found`.
    func perform(in world: EffectWorld) async throws -> RoutedOutcome<Thing> {
        try await Thing.delete(id: thing.id, at: world.routing(), key: world.key)
        return await world.outcome(of: nil, instead: thing)
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    func foresee(in world: EffectWorld) async throws -> RoutedOutcome<Thing> { try await perform(in: world) }

    /// Asks whether it is gone.
    func reconcile(in world: EffectWorld) async throws -> Settlement<RoutedOutcome<Thing>> {
        if try await Thing.find(id: thing.id, at: world.routing()) != nil { return .notDone }
        return .done(await world.outcome(of: nil, instead: thing))
    }

    /// The row of a trunk goes, and the numbers are as they are routed now.
    func changes(_ outcome: RoutedOutcome<Thing>, in world: EffectWorld) throws -> [LedgerChange] {
        try Thing.ledgerChanges(from: thing, to: nil, rowID: nil, in: world) + world.changes(of: outcome.numbers)
    }

    /// Nothing takes it back: what is made anew has another id, which no carrier and no rule knows.
    func inverse(of outcome: RoutedOutcome<Thing>) -> Inverse {
        .none(because: "a \(thing.document.schema.noun) that is made anew has another id")
    }
}
